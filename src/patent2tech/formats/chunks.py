"""A chunk of a source: about a second of work, described by paths and offsets, so that any process can do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from patent2tech.errors import BadInput
from patent2tech.formats.containers import Container, SingleFile, open_zip
from patent2tech.formats.finding import Found, find_in_member, find_in_stream
from patent2tech.formats.format import HEAD_BYTES, Head
from patent2tech.formats.known import recognise, usual_format
from patent2tech.formats.outcome import Rejected
from patent2tech.formats.sheets import SheetImages
from patent2tech.formats.slices import FolderPart, Place, Slices, open_slice


class Kind(StrEnum):
    """What the file of a chunk is to be opened as."""

    FILE = "file"
    FOLDER = "folder"
    ZIP = "zip"
    SLICES = "slices"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some documents of a source.

    `file` is a part of a document file (`begin`, `size`, the position of its first document, or by `documents` how
    many to pass by and to take), the members of a folder or a ZIP that stands at `begin`, or slices of a file.
    `source` names what was asked for and `name` the file in messages. Two chunks of one fingerprint give the same.
    """

    source: str
    name: str
    kind: Kind
    file: Path
    fingerprint: str
    size: int
    begin: int = 0
    length: int | None = None
    first: int = 1
    documents: tuple[int, int] | None = None
    members: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    beside: bool = False

    @property
    def files(self) -> tuple[str, ...]:
        """The files on the disk that the documents come from."""
        if self.kind is Kind.FOLDER:
            return tuple(str(self.file / member) for member in self.members)
        return (self.source,)


def find_in_chunk(chunk: Chunk) -> Iterator[Found | Rejected]:
    """The documents of a chunk, not yet parsed; what cannot be read at all is one rejected document."""
    try:
        if chunk.kind is Kind.FILE:
            yield from _find_in_file(chunk)
        elif chunk.kind is Kind.FOLDER:
            yield from _find_in_each(FolderPart(chunk.file, chunk.members), chunk.members)
        elif chunk.kind is Kind.SLICES:
            places = dict(zip(chunk.members, chunk.places, strict=True))
            yield from _find_in_each(Slices(chunk.file, places), chunk.members)
        else:
            with open_slice(chunk.file, chunk.begin, chunk.length) as file, open_zip(chunk.name, file) as archive:
                yield from _find_in_each(archive, chunk.members)
    except BadInput as reason:
        yield Rejected(chunk.name, chunk.first, reason)


def _find_in_each(container: Container, members: tuple[str, ...]) -> Iterator[Found | Rejected]:
    sheets = SheetImages(container)
    for member in members:
        try:
            yield from find_in_member(container, sheets, member)
        except BadInput as reason:
            yield Rejected(member, 1, reason)


def _find_in_file(chunk: Chunk) -> Iterator[Found]:
    with open_slice(chunk.file, chunk.begin, chunk.length) as stream:
        head = Head(stream.read(HEAD_BYTES))
        stream.seek(0)
        container = SingleFile(chunk.file) if chunk.beside else Slices(chunk.file, {})
        known = recognise(head) or usual_format()
        found = find_in_stream(known, SheetImages(container), chunk.name, stream, chunk.first)
        if chunk.documents is None:
            yield from found
        else:
            passed, taken = chunk.documents
            yield from islice(found, passed, passed + taken)
