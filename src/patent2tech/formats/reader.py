"""Reading a source, whatever it is, as a stream of outcomes: recognised by content, one document at a time."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from patent2tech.errors import BadInput, Malformed, NotAPatent, TooLarge, Unsafe
from patent2tech.formats import images
from patent2tech.formats.containers import Container, Folder, SingleFile, open_zip
from patent2tech.formats.kipo import is_gazette, parse_gazette
from patent2tech.formats.outcome import Outcome, Parsed, Rejected, Skipped
from patent2tech.formats.splitting import split_documents
from patent2tech.formats.uspto import ROOTS, parse_document
from patent2tech.formats.xml import parse_xml, root_name
from patent2tech.patents import Patent, Sheet
from patent2tech.text.notes import Note

_HEAD_BYTES: Final = 64 * 1024
_ZIP_MARK: Final = b"PK\x03\x04"
_MAX_TEXT_BYTES: Final = 16 * 1024 * 1024
_MAX_SHEET_BYTES: Final = 64 * 1024 * 1024
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
        yield from _some(path.name, _read_member(SingleFile(path), path.name))


def read_upload(name: str, content: bytes) -> Iterator[Outcome]:
    """Every document of an uploaded file; `name` only appears in messages.

    Raises:
        BadInput: as `read_path`.
    """
    if content.startswith(_ZIP_MARK):
        yield from _read_zip(name, io.BytesIO(content))
    else:
        yield from _some(name, _read_member(_Upload(name, content), name))


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
    for member in container.members():
        if PurePosixPath(member).suffix.lower() in images.SUFFIXES:
            continue
        with container.open(member) as stream:
            head = stream.read(_HEAD_BYTES)
        if nested and head.startswith(_ZIP_MARK):
            try:
                yield from _read_zip(member, nested / member)
            except BadInput as reason:
                yield Rejected(member, 1, reason)
        elif _is_document(head):
            yield from _read_member(container, member)


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


def _read_member(container: Container, member: str) -> Iterator[Outcome]:
    with container.open(member) as stream:
        head = stream.read(_HEAD_BYTES)
    if is_gazette(_decoded(head)):
        yield _outcome(container, member, 1, _gazette_content(container, member))
        return
    if root_name(head) is None:
        raise NotAPatent(f"{member} is neither XML nor a gazette text; give a USPTO XML file, its ZIP or its folder")
    with container.open(member) as stream:
        for position, content in enumerate(split_documents(stream), 1):
            if isinstance(content, TooLarge):
                yield Rejected(member, position, content)
            else:
                yield _outcome(container, member, position, content)


def _outcome(container: Container, member: str, position: int, content: bytes) -> Outcome:
    try:
        root = root_name(content)
        if root in _NESTED_ROOTS:
            return Skipped(member, position, str(root))
        patent = _parse(member, content)
        sheets, notes = _sheet_images(container, member, patent)
    except BadInput as reason:
        return Rejected(member, position, reason)
    linked = tuple(_linked(sheet, sheets) for sheet in patent.sheets)
    by_hash = {sheet.sha256: sheets[sheet.file] for sheet in linked if sheet.sha256}
    return Parsed(member, position, replace(patent, sheets=linked), content, by_hash, notes)


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


def _sheet_images(container: Container, member: str, patent: Patent) -> tuple[dict[str, bytes], tuple[Note, ...]]:
    """The images of the patent's sheets by the file name that the document uses."""
    if not patent.sheets:
        return {}, ()
    folder = PurePosixPath(member).parent
    beside = {
        PurePosixPath(each).name.lower(): each for each in container.members() if PurePosixPath(each).parent == folder
    }
    found: dict[str, bytes] = {}
    notes: list[Note] = []
    for sheet in patent.sheets:
        name = _image_beside(sheet.file, PurePosixPath(member).stem, beside)
        if name is None:
            continue
        with container.open(name) as stream:
            content = stream.read(_MAX_SHEET_BYTES + 1)
        if len(content) > _MAX_SHEET_BYTES:
            raise TooLarge(f"the drawing sheet {sheet.file} is over the limit of 64 MB")
        try:
            images.check_image(sheet.file, content)
        except Unsafe:
            raise
        except Malformed:
            notes.append(Note.of("warning.sheet_unreadable", file=sheet.file))
        else:
            found[sheet.file] = content
    return found, tuple(notes)


def _image_beside(file: str, stem: str, beside: dict[str, str]) -> str | None:
    """The member that an image reference means; one without a suffix is joined to the document's own name."""
    candidates = (file, *(f"{stem}-{file}{suffix}" for suffix in images.SUFFIXES))
    return next((beside[name.lower()] for name in candidates if name.lower() in beside), None)


def _linked(sheet: Sheet, contents: dict[str, bytes]) -> Sheet:
    content = contents.get(sheet.file)
    return sheet if content is None else replace(sheet, sha256=hashlib.sha256(content).hexdigest())


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
