"""Cutting files of concatenated documents that are not XML, at the lines on which a document begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, Final

from patent2tech.errors import TooLarge
from patent2tech.formats.splitting import MAX_DOCUMENT_BYTES, split_documents

_LINE_BYTES: Final = 1024 * 1024
_DECLARED: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s")
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE\s", re.IGNORECASE)


def marked_documents(stream: BinaryIO, max_bytes: int = MAX_DOCUMENT_BYTES) -> Iterator[bytes | TooLarge]:
    """XML documents, cut at their declarations, or SGML documents, which have none and are cut at their types."""
    start = stream.readline(_LINE_BYTES)
    while start and not start.strip():
        start = stream.readline(_LINE_BYTES)
    if _DECLARED.match(start) and stream.seekable():
        stream.seek(-len(start), 1)
        yield from split_documents(stream, max_bytes)
    else:
        yield from cut_at_lines(stream, _DOCTYPE, max_bytes, start)


def cut_at_lines(
    stream: BinaryIO, begins: re.Pattern[bytes], max_bytes: int = MAX_DOCUMENT_BYTES, start: bytes = b""
) -> Iterator[bytes | TooLarge]:
    """The documents of the stream, each beginning with a line that matches; what precedes the first goes with it.

    A document over `max_bytes` is yielded as the error, and reading goes on behind it.
    """
    held: list[bytes] = []
    length = 0
    begun = at_line_start = False
    for line in chain([start] if start else (), iter(lambda: stream.readline(_LINE_BYTES), b"")):
        if at_line_start or not length:
            beginning = bool(begins.match(line))
            if beginning and begun:
                yield _document(held, length, max_bytes)
                held, length = [], 0
            begun = begun or beginning
        length += len(line)
        if length <= max_bytes:
            held.append(line)
        else:
            held.clear()
        at_line_start = line.endswith(b"\n")
    if length > max_bytes or any(line.strip() for line in held):
        yield _document(held, length, max_bytes)


def _document(held: list[bytes], length: int, max_bytes: int) -> bytes | TooLarge:
    if length > max_bytes:
        return TooLarge(f"a document of {length / 1e6:.0f} MB is over the limit of {max_bytes / 1e6:.0f} MB")
    return b"".join(held)
