"""Cutting one large XML file at its documents, each wrapped in the root that it stood in, without holding the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from patent2tech.errors import TooLarge
from patent2tech.formats.format import HEAD_BYTES
from patent2tech.formats.xml import as_utf8

MAX_DOCUMENT_BYTES: Final = 16 * 1024 * 1024
"""The longest document that is read; OPS gives text only, which seldom reaches one megabyte."""

_LONGEST_HEAD: Final = 1024 * 1024
"""How far into a file its first document may begin; in answers of OPS and DOCDB files it is under a kilobyte."""

_CHUNK_BYTES: Final = 1024 * 1024
_LONGEST_TAG: Final = 256
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION: Final = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(<\?xml\s[^>]*\?>)")
_TAG: Final = re.compile(rb"""<(/?)([A-Za-z_][\w.:-]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ASIDES: Final = ((b"<!--", b"-->"), (b"<?", b"?>"), (b"<![CDATA[", b"]]>"))


def cut_elements(stream: BinaryIO, name: str, max_bytes: int = MAX_DOCUMENT_BYTES) -> Iterator[bytes | TooLarge]:
    """Yield each element of that local name as a file of its own, inside the start tags that enclose the first one.

    A file without any is yielded whole, so that its refusal can say what it is. An element over `max_bytes` is
    yielded as the error, and reading goes on behind it.
    """
    start = re.compile(rb"<(?:[\w.-]+:)?%b(?=[\s/>])" % name.encode())
    end = re.compile(rb"</(?:[\w.-]+:)?%b\s*>" % name.encode())
    window = _window(stream, max_bytes)
    found = window.find(start, 0, max_bytes)
    if found is None:
        yield _too_large(max_bytes) if len(window.held) > max_bytes else bytes(window.held)
        return
    opening, closing = _wrapping(bytes(window.held[: min(found[0], _LONGEST_HEAD)]))
    if found[0] > _LONGEST_HEAD or len(opening) > HEAD_BYTES:
        yield TooLarge("the XML in front of the first document is too long; send the documents one by one")
        return
    while window.skip_to(start):
        stop = window.element_end(end, max_bytes)
        if stop is not None:
            yield b"%b%b%b" % (opening, window.take(stop), closing)
        elif len(window.held) > max_bytes:
            yield _too_large(max_bytes)
            window.skip_to(end)
        else:
            # The file breaks off within the document, which its parser will say.
            yield opening + window.take(len(window.held))


class _Window:
    """The part of a stream that is held while looking for the next tag."""

    def __init__(self, stream: BinaryIO, held: bytes) -> None:
        self._stream = stream
        self.held = bytearray(held)

    def find(self, pattern: re.Pattern[bytes], begin: int, max_bytes: int) -> tuple[int, int] | None:
        """Where the pattern stands, reading on until it does, the stream ends or too much would be held."""
        searched = begin
        while True:
            # A match would keep the buffer from being cut, so only its place is kept.
            span = _span(pattern, self.held, searched)
            if span is not None:
                return span
            searched = max(begin, len(self.held) - _LONGEST_TAG)
            if len(self.held) > max_bytes or not self._read_on():
                return None

    def skip_to(self, pattern: re.Pattern[bytes]) -> bool:
        """Drop what stands in front of the pattern; false when it does not come."""
        while (span := _span(pattern, self.held, 0)) is None:
            del self.held[:-_LONGEST_TAG]
            if not self._read_on():
                return False
        del self.held[: span[0]]
        return True

    def element_end(self, end: re.Pattern[bytes], max_bytes: int) -> int | None:
        """Where the element at the beginning ends."""
        empty = self._empty_element()
        if empty:
            return empty
        span = self.find(end, 1, max_bytes)
        return span[1] if span and span[1] <= max_bytes else None

    def _empty_element(self) -> int:
        """The length of the tag at the beginning when it is an element without content, else 0."""
        while not (tag := _TAG.match(self.held)):
            if len(self.held) > HEAD_BYTES or not self._read_on():
                return 0
        return tag.end() if tag[3].endswith(b"/") else 0

    def take(self, length: int) -> bytes:
        """Remove and return the first bytes."""
        taken = bytes(self.held[:length])
        del self.held[:length]
        return taken

    def _read_on(self) -> bool:
        chunk = self._stream.read(_CHUNK_BYTES)
        self.held += chunk
        return bool(chunk)


def _span(pattern: re.Pattern[bytes], held: bytearray, begin: int) -> tuple[int, int] | None:
    match = pattern.search(held, begin)
    return match.span() if match else None


def _window(stream: BinaryIO, max_bytes: int) -> _Window:
    """The stream in an encoding whose tags are ASCII bytes."""
    head = stream.read(2)
    if head in _UTF16_MARKS:
        return _Window(stream, as_utf8(head + stream.read(2 * max_bytes)))
    return _Window(stream, head)


def _wrapping(before: bytes) -> tuple[bytes, bytes]:
    """The start tags that are open at the end of the text, and the end tags that close them."""
    declaration = _DECLARATION.match(before)
    open_tags: list[tuple[bytes, bytes]] = []
    for tag in _tags(before):
        if tag[1]:
            del open_tags[-1:]
        elif not tag[3].endswith(b"/"):
            open_tags.append((tag[2], tag[0]))
    opening = (declaration[1] if declaration else b"") + b"".join(tag for _, tag in open_tags)
    return opening, b"".join(b"</%b>" % name for name, _ in reversed(open_tags))


def _tags(text: bytes) -> Iterator[re.Match[bytes]]:
    position = 0
    while (position := text.find(b"<", position)) >= 0:
        closing = next((closing for begin, closing in _ASIDES if text.startswith(begin, position)), None)
        if closing is not None:
            end = text.find(closing, position)
            if end < 0:
                return
            position = end + len(closing)
        elif tag := _TAG.match(text, position):
            yield tag
            position = tag.end()
        else:
            position += 1


def _too_large(max_bytes: int) -> TooLarge:
    return TooLarge(f"a document is over the limit of {max_bytes / 1e6:.0f} MB")
