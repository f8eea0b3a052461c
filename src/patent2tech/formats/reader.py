"""Reading a source, whatever it is, as a stream of outcomes: recognised by content, one document at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from patent2tech.errors import BadInput, NotAPatent, TooLarge
from patent2tech.formats.containers import Container, Folder, SingleFile, open_zip
from patent2tech.formats.images import IMAGE_SUFFIXES
from patent2tech.formats.kipo import is_gazette, parse_gazette
from patent2tech.formats.outcome import Outcome, Parsed, Rejected, Skipped
from patent2tech.formats.sheets import SheetImages
from patent2tech.formats.splitting import split_documents
from patent2tech.formats.uspto import ROOTS, parse_document
from patent2tech.formats.xml import parse_xml, root_name
from patent2tech.patents import Patent

_HEAD_BYTES: Final = 64 * 1024
_ZIP_MARK: Final = b"PK\x03\x04"
_MAX_TEXT_BYTES: Final = 16 * 1024 * 1024
_NESTED_ROOTS: Final = frozenset({"sequence-cwu"})
"""Roots that stand between the patents of a weekly file and are not patents."""


def read_path(path: Path) -> Iterator[Outcome]:
    """Every document of a file, a folder or a ZIP, in a stable order.

    Raises:
        BadInput: when the source as a whole cannot be read or holds no patent document at all.
    """
    if path.is_dir():
        yield from _read_folder(path)
    elif not path.is_file():
        raise NotAPatent(f"there is no file or folder {path}; check the path")
    elif _head(path).startswith(_ZIP_MARK):
        yield from _read_zip(path.name, path)
    else:
        single = SingleFile(path)
        yield from _some(path.name, _read_member(single, SheetImages(single), path.name))


def read_upload(name: str, content: bytes) -> Iterator[Outcome]:
    """Every document of an uploaded file; `name` only appears in messages.

    Raises:
        BadInput: as `read_path`.
    """
    if content.startswith(_ZIP_MARK):
        yield from _read_zip(name, io.BytesIO(content))
    else:
        upload = _Upload(name, content)
        yield from _some(name, _read_member(upload, SheetImages(upload), name))


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


def _read_folder(path: Path) -> Iterator[Outcome]:
    folder = Folder(path)
    yield from _some(path.name, _read_members(folder, nested=path))


def _read_zip(name: str, file: Path | BinaryIO) -> Iterator[Outcome]:
    with open_zip(name, file) as archive:
        yield from _some(name, _read_members(archive, nested=None))


def _read_members(container: Container, nested: Path | None) -> Iterator[Outcome]:
    sheets = SheetImages(container)
    for member in container.members():
        if PurePosixPath(member).suffix.lower() in IMAGE_SUFFIXES:
            continue
        with container.open(member) as stream:
            head = stream.read(_HEAD_BYTES)
        if nested and head.startswith(_ZIP_MARK):
            try:
                yield from _read_zip(member, nested / member)
            except BadInput as reason:
                yield Rejected(member, 1, reason)
        elif _is_document(head):
            yield from _read_member(container, sheets, member)


def _some(name: str, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """Pass the outcomes on, and refuse a source without any."""
    found = False
    for outcome in outcomes:
        found = True
        yield outcome
    if not found:
        raise NotAPatent(
            f"{name} holds no patent document; give a USPTO XML file, its ZIP or folder, or a gazette text"
        )


def _is_document(head: bytes) -> bool:
    return root_name(head) in ROOTS or (head.lstrip()[:1] != b"<" and is_gazette(_decoded(head)))


def _read_member(container: Container, sheets: SheetImages, member: str) -> Iterator[Outcome]:
    with container.open(member) as stream:
        head = stream.read(_HEAD_BYTES)
    if is_gazette(_decoded(head)):
        yield _outcome(sheets, member, 1, _gazette_content(container, member))
        return
    if root_name(head) is None:
        raise NotAPatent(f"{member} is neither XML nor a gazette text; give a USPTO XML file, its ZIP or its folder")
    with container.open(member) as stream:
        for position, content in enumerate(split_documents(stream), 1):
            if isinstance(content, TooLarge):
                yield Rejected(member, position, content)
            else:
                yield _outcome(sheets, member, position, content)


def _outcome(sheets: SheetImages, member: str, position: int, content: bytes) -> Outcome:
    try:
        root = root_name(content)
        if root in _NESTED_ROOTS:
            return Skipped(member, position, str(root))
        patent = _parse(member, content)
        images = sheets.find(member, patent.sheets)
    except BadInput as reason:
        return Rejected(member, position, reason)
    linked = replace(patent, sheets=images.sheets)
    return Parsed(member, position, linked, content, images.contents, images.notes)


def _parse(member: str, content: bytes) -> Patent:
    root = root_name(content)
    if root in ROOTS:
        return parse_document(parse_xml(content))
    if root is None and is_gazette(text := _decoded(content)):
        return parse_gazette(text)
    what = f"an XML document with the root <{root}>" if root else "no XML document"
    raise NotAPatent(f"{member} is {what}, not a patent; known roots are <{'>, <'.join(ROOTS)}>")


def _gazette_content(container: Container, member: str) -> bytes:
    with container.open(member) as stream:
        content = stream.read(_MAX_TEXT_BYTES + 1)
    if len(content) > _MAX_TEXT_BYTES:
        raise TooLarge(f"{member} is over the limit of 16 MB for a text file")
    return content


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_HEAD_BYTES)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            # The head of a file may end within a character.
            if len(content) == _HEAD_BYTES and error.start > len(content) - 4:
                return content[: error.start].decode(encoding)
    return content.decode("utf-8", errors="replace")
