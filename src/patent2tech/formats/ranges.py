"""Byte ranges of a big file of concatenated XML documents, found by a scan for the XML declaration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO, Final

from patent2tech.formats.splitting import DECLARATION

_BLOCK_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Range:
    """Some whole documents of a file: where they stand, the position of the first, and the hash of the bytes."""

    begin: int
    size: int
    first: int
    digest: str


def ranges(stream: BinaryIO, least_bytes: int) -> Iterator[Range]:
    """Cut the stream at the first declaration after each `least_bytes`."""
    begin, base, first, documents = 0, 0, 1, 0
    hasher = sha256()
    held = b""
    while block := stream.read(_BLOCK_BYTES):
        held += block
        hashed = searched = 0
        while (at := held.find(DECLARATION, searched)) >= 0:
            searched = at + 1
            place = base + at
            # Text before the first declaration is read as a document, as `split_documents` does.
            if documents == 0 and place > 0 and (place >= _BLOCK_BYTES or held[:at].strip()):
                documents = 1
            documents += 1
            if place - begin >= least_bytes:
                hasher.update(held[hashed:at])
                yield Range(begin, place - begin, first, hasher.hexdigest())
                begin, first, hasher, hashed = place, documents, sha256(), at
        # What may be the beginning of a declaration is looked at again with the next block.
        kept = min(len(DECLARATION) - 1, len(held) - hashed)
        hasher.update(held[hashed : len(held) - kept])
        base += len(held) - kept
        held = held[len(held) - kept :]
    hasher.update(held)
    if (size := base + len(held) - begin) > 0:
        yield Range(begin, size, first, hasher.hexdigest())
