import io
import tracemalloc

import pytest

from patent2tech.errors import TooLarge
from patent2tech.formats.epo.cutting import cut_elements


class Trickle(io.RawIOBase):
    """A stream that gives a few bytes at a time, so that tags fall apart."""

    def __init__(self, content: bytes, step: int) -> None:
        self._rest, self._step = content, step

    def read(self, _size: int = -1) -> bytes:
        piece, self._rest = self._rest[: self._step], self._rest[self._step :]
        return piece


@pytest.mark.parametrize("step", [1, 2, 7, 1000])
def test_each_element_stands_in_the_tags_that_were_open_before_the_first(step: int) -> None:
    content = (
        b'<?xml version="1.0"?><!-- <x><doc> --><a:r xmlns:a="u" t=">"><m/><n>1</n><?p <q>?><![CDATA[<z>]]><l>'
        b'<doc i="1">one</doc>\n<b/> <a:doc>two</a:doc ><doc k="a>b"/></l></a:r>'
    )
    # The comment names the element as well, which only costs one document that is refused.
    content = content.replace(b"<x><doc>", b"<x>")
    head, foot = b'<?xml version="1.0"?><a:r xmlns:a="u" t=">"><l>', b"</l></a:r>"
    assert list(cut_elements(Trickle(content, step), "doc")) == [  # type: ignore[arg-type]
        head + b'<doc i="1">one</doc>' + foot,
        head + b"<a:doc>two</a:doc >" + foot,
        head + b'<doc k="a>b"/>' + foot,
    ]


@pytest.mark.parametrize("step", [1, 500, 5000])
def test_a_long_start_tag_is_seen_whole(step: int) -> None:
    long = b'k="' + b"v" * 900 + b'"'
    content = b"<r><doc " + long + b"><m/></doc><doc " + long + b"/></r>"
    found = list(cut_elements(Trickle(content, step), "doc"))  # type: ignore[arg-type]
    assert found == [b"<r><doc " + long + b"><m/></doc></r>", b"<r><doc " + long + b"/></r>"]


def test_longer_names_are_no_documents() -> None:
    content = b"<docs><doc-number>1</doc-number></docs>"
    assert list(cut_elements(io.BytesIO(content), "doc")) == [content]


def test_an_element_over_the_limit_is_an_error_and_the_next_is_read() -> None:
    long = b"<doc>" + b"x" * 5000 + b"</doc>"
    content = b"<r>" + long + b"<doc>1</doc>" + long + b"<doc>2</doc></r>"
    first, second, third, fourth = cut_elements(Trickle(content, 100), "doc", max_bytes=1000)  # type: ignore[arg-type]
    assert isinstance(first, TooLarge)
    assert isinstance(third, TooLarge)
    assert (second, fourth) == (b"<r><doc>1</doc></r>", b"<r><doc>2</doc></r>")


def test_a_long_file_without_documents_and_a_long_head_are_errors() -> None:
    (alone,) = cut_elements(io.BytesIO(b"<r>" + b"x" * 5000), "doc", max_bytes=1000)
    assert isinstance(alone, TooLarge)
    (deep,) = cut_elements(io.BytesIO(b"<r>" * 50_000 + b"<doc/>"), "doc")
    assert isinstance(deep, TooLarge)


def test_a_file_that_breaks_off_keeps_what_there_is() -> None:
    assert list(cut_elements(io.BytesIO(b"<r><doc>1</doc><doc>2"), "doc")) == [b"<r><doc>1</doc></r>", b"<r><doc>2"]


def test_utf_16_is_cut_too() -> None:
    content = '<?xml version="1.0" encoding="UTF-16"?><r><doc>밸브</doc></r>'.encode("utf-16")
    (document,) = cut_elements(io.BytesIO(content), "doc")
    assert isinstance(document, bytes)
    assert document.decode().endswith("<r><doc>밸브</doc></r>")


def test_memory_does_not_grow_with_the_number_of_documents() -> None:
    class Endless(io.RawIOBase):
        left = 30

        def read(self, _size: int = -1) -> bytes:
            self.left -= 1
            return (
                b"<r>" if self.left == 29 else (b"<doc>" + b"x" * 10_000 + b"</doc> ") * 100 if self.left >= 0 else b""
            )

    tracemalloc.start()
    count = sum(1 for _ in cut_elements(Endless(), "doc"))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 29 * 100
    assert peak < 8_000_000
