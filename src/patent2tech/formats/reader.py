"""Reading a source, whatever it is, as a stream of outcomes: recognised by content, one document at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from patent2tech.errors import BadInput, NotAPatent, TooLarge
from patent2tech.formats.containers import ZIP_MARK, Container, Folder, SingleFile, open_zip
from patent2tech.formats.format import HEAD_BYTES, Format, Head
from patent2tech.formats.images import IMAGE_SUFFIXES
from patent2tech.formats.known import FORMATS, recognise
from patent2tech.formats.outcome import Outcome, Parsed, Rejected, Skipped
from patent2tech.formats.sheets import SheetImages

_BETWEEN_PATENTS: Final = frozenset({"sequence-cwu"})
"""Roots that stand between the patents of a weekly file and are not patents."""

_MAX_NESTING: Final = 2


def read_path(path: Path) -> Iterator[Outcome]:
    """Every document of a file, a folder or a ZIP, in a stable order.

    Raises:
        BadInput: when the source as a whole cannot be read or holds no patent document at all.
    """
    if path.is_dir():
        yield from _some(path.name, _read_members(Folder(path), nesting=0))
    elif not path.is_file():
        raise NotAPatent(f"there is no file or folder {path}; check the path")
    else:
        with path.open("rb") as stream:
            yield from _read_file(SingleFile(path), path.name, stream)


def read_upload(name: str, content: bytes) -> Iterator[Outcome]:
    """Every document of an uploaded file; `name` only appears in messages.

    Raises:
        BadInput: as `read_path`.
    """
    yield from _read_file(_Upload(name, content), name, io.BytesIO(content))


class _Upload:
    """A container of one file that is held in memory."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self._content = content

    def members(self) -> tuple[str, ...]:
        return (self.name,)

    def open(self, member: str) -> BinaryIO:
        assert member == self.name, "an upload has one member"  # noqa: S101 - a defect, not an input
        return io.BytesIO(self._content)


def _read_file(container: Container, name: str, stream: BinaryIO) -> Iterator[Outcome]:
    head = Head(stream.read(HEAD_BYTES))
    stream.seek(0)
    if head.content.startswith(ZIP_MARK):
        with open_zip(name, stream) as archive:
            yield from _some(name, _read_members(archive, nesting=0))
        return
    known = recognise(head)
    if known is None and head.root is None:
        raise NotAPatent(f"{name} is no patent document of a known format; known are {_known_formats()}")
    # XML of an unknown root may still be followed by patents, and each document then gets its own refusal.
    yield from _some(name, _read_documents(known or FORMATS[0], SheetImages(container), name, stream))


def _read_members(container: Container, nesting: int) -> Iterator[Outcome]:
    sheets = SheetImages(container)
    for member in container.members():
        if PurePosixPath(member).suffix.lower() in IMAGE_SUFFIXES:
            continue
        with container.open(member) as stream:
            head = Head(stream.read(HEAD_BYTES))
        if head.content.startswith(ZIP_MARK) and nesting < _MAX_NESTING:
            yield from _read_nested(container, member, nesting + 1)
        elif known := recognise(head):
            with container.open(member) as stream:
                yield from _read_documents(known, sheets, member, stream)


def _read_nested(container: Container, member: str, nesting: int) -> Iterator[Outcome]:
    try:
        with container.open(member) as stream, open_zip(member, io.BytesIO(stream.read())) as archive:
            yield from _read_members(archive, nesting)
    except BadInput as reason:
        yield Rejected(member, 1, reason)


def _read_documents(known: Format, sheets: SheetImages, member: str, stream: BinaryIO) -> Iterator[Outcome]:
    for position, content in enumerate(known.documents(stream), 1):
        if isinstance(content, TooLarge):
            yield Rejected(member, position, content)
        else:
            yield _outcome(known, sheets, member, position, content)


def _outcome(known: Format, sheets: SheetImages, member: str, position: int, content: bytes) -> Outcome:
    head = Head(content)
    if head.root in _BETWEEN_PATENTS:
        return Skipped(member, position, str(head.root))
    try:
        # A file may mix documents of several formats, as weekly files do.
        own = known if known.recognises(head) else recognise(head)
        if own is None:
            raise _unknown(member, head)
        document = own.parse(content)
        images = sheets.find(member, document.patent.sheets, document.images)
    except BadInput as reason:
        return Rejected(member, position, reason)
    patent = replace(document.patent, sheets=images.sheets)
    return Parsed(member, position, patent, content, images.contents, (*document.notes, *images.notes))


def _some(name: str, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """Pass the outcomes on, and refuse a source without any."""
    found = False
    for outcome in outcomes:
        found = True
        yield outcome
    if not found:
        raise NotAPatent(f"{name} holds no patent document of a known format; known are {_known_formats()}")


def _unknown(member: str, head: Head) -> NotAPatent:
    what = f"an XML document with the root <{head.root}>" if head.root else "no XML document"
    return NotAPatent(f"{member} is {what}, not a patent of a known format; known are {_known_formats()}")


def _known_formats() -> str:
    return ", ".join(each.name for each in FORMATS)
