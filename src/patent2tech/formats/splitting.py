"""Cutting a stream of concatenated XML documents, as the weekly files have them, without holding it in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from patent2tech.errors import TooLarge

MAX_DOCUMENT_BYTES: Final = 128 * 1024 * 1024
"""The longest document that is read; the longest seen in a weekly file was under half of it."""

DECLARATION: Final = b"<?xml "
_CHUNK_BYTES: Final = 1024 * 1024


def split_documents(stream: BinaryIO, max_bytes: int = MAX_DOCUMENT_BYTES) -> Iterator[bytes | TooLarge]:
    """Yield the documents of the stream in order, each beginning with its XML declaration.

    A document over `max_bytes` is yielded as the error, and reading goes on behind it.
    """
    held = bytearray()
    searched = 0
    overlong = 0
    while chunk := stream.read(_CHUNK_BYTES):
        held += chunk
        while (start := held.find(DECLARATION, max(searched, 1))) > 0:
            if overlong:
                yield _too_large(overlong + start, max_bytes)
                overlong = 0
            elif held[:start].strip():
                yield bytes(held[:start])
            del held[:start]
            searched = 1
        searched = max(len(held) - len(DECLARATION) + 1, 1)
        if len(held) > max_bytes or overlong:
            kept = len(DECLARATION) - 1
            overlong += len(held) - kept
            del held[:-kept]
            searched = 0
    if overlong:
        yield _too_large(overlong + len(held), max_bytes)
    elif held.strip():
        yield bytes(held)


def _too_large(length: int, max_bytes: int) -> TooLarge:
    return TooLarge(f"a document of {length / 1e6:.0f} MB is over the limit of {max_bytes / 1e6:.0f} MB")
