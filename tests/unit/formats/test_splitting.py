import io

from hypothesis import given
from hypothesis import strategies as st

from patent2tech.errors import TooLarge
from patent2tech.formats.splitting import split_documents

DECLARATION = b'<?xml version="1.0"?>'


class Dripping(io.BytesIO):
    """A stream that gives as few bytes as it likes."""

    def __init__(self, content: bytes, step: int) -> None:
        super().__init__(content)
        self.step = step

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self.step if size is None or size < 0 else min(self.step, size))


@given(st.lists(st.binary(max_size=40).filter(lambda body: b"<?xml " not in body), max_size=6), st.integers(1, 50))
def test_concatenated_documents_come_apart_wherever_the_chunks_fall(bodies: list[bytes], step: int) -> None:
    documents = [DECLARATION + body for body in bodies]
    assert list(split_documents(Dripping(b"".join(documents), step))) == documents


def test_a_document_over_the_limit_is_reported_and_the_next_one_is_read() -> None:
    stream = Dripping(DECLARATION + b"a" * 5000 + DECLARATION + b"b", 64)
    first, second = split_documents(stream, max_bytes=1000)
    assert isinstance(first, TooLarge)
    assert second == DECLARATION + b"b"


def test_white_space_alone_is_no_document() -> None:
    assert list(split_documents(io.BytesIO(b" \n\t"))) == []
