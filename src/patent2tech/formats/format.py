"""The border of this room: what a format is, and what it sees and gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO, ClassVar, Final, Protocol

from patent2tech.errors import TooLarge
from patent2tech.formats.xml import root_name
from patent2tech.patents import Patent
from patent2tech.text.notes import Note

HEAD_BYTES: Final = 64 * 1024
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_LONGEST_CHARACTER: Final = 4


class Head:
    """The first bytes of a file or document, by which it is recognised."""

    def __init__(self, content: bytes) -> None:
        self.content = content[:HEAD_BYTES]

    @cached_property
    def root(self) -> str | None:
        """The name of the XML root element, `None` when it is no XML."""
        return root_name(self.content)

    @cached_property
    def text(self) -> str:
        """The bytes as text, empty when they are binary."""
        return "" if b"\x00" in self.content[:1024] and self.content[:2] not in _UTF16_MARKS else decoded(self.content)


@dataclass(frozen=True, slots=True)
class Document:
    """A patent as its document gives it, with the sheet images that the document itself carries, by their file name."""

    patent: Patent
    images: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


class Format(Protocol):
    """One kind of patent document.

    `recognises` SHALL go by content alone and be cheap. `documents` SHALL cut a stream into documents without holding
    it in memory, where the format allows that, and yield an error for one over its limit. `parse` SHALL raise only
    `BadInput` and its kinds, and SHALL be a pure function of the bytes.
    """

    name: ClassVar[str]

    def recognises(self, head: Head) -> bool:
        """Whether a document that begins so is of this format."""
        ...

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """The documents of a file, in order."""
        ...

    def parse(self, content: bytes) -> Document:
        """The patent of one document.

        Raises:
            BadInput: when it cannot be read.
        """
        ...


def whole(stream: BinaryIO, max_bytes: int) -> Iterator[bytes | TooLarge]:
    """The stream as a single document, for formats of one document a file."""
    content = stream.read(max_bytes + 1)
    if len(content) > max_bytes:
        yield TooLarge(f"the file is over the limit of {max_bytes / 1e6:.0f} MB for its format")
    else:
        yield content


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 or the Korean code page, with a mark for each byte that is none of them."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            # The head of a file may end within a character.
            if len(content) == HEAD_BYTES and error.start > len(content) - _LONGEST_CHARACTER:
                return content[: error.start].decode(encoding)
    if content[:2] in _UTF16_MARKS:
        return content.decode("utf-16", errors="replace")
    return content.decode("utf-8", errors="replace")
