"""The images of a patent's drawing sheets, found beside its document by the names that the document uses."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from patent2tech.errors import Malformed, TooLarge
from patent2tech.formats.containers import Container
from patent2tech.formats.images import IMAGE_SUFFIXES, check_image
from patent2tech.patents import Sheet
from patent2tech.text.notes import Note

_MAX_SHEET_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FoundSheets:
    """The sheets with the hash of each image that was found, those images, and what is odd about the rest."""

    sheets: tuple[Sheet, ...]
    contents: Mapping[str, bytes]
    notes: tuple[Note, ...]


class SheetImages:
    """The images of a container by folder; a document's image reference is looked up, never joined to a path."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._by_folder: dict[PurePosixPath, dict[str, str]] = defaultdict(dict)
        for member in container.members():
            path = PurePosixPath(member)
            if path.suffix.lower() in IMAGE_SUFFIXES:
                self._by_folder[path.parent][path.name.lower()] = member

    def find(self, document: str, sheets: Iterable[Sheet], own: Mapping[str, bytes]) -> FoundSheets:
        """The images of the sheets of a document, which may carry some of its `own`.

        Raises:
            Unsafe: when an image claims an absurd size.
            TooLarge: when an image file is over 64 MB.
        """
        place = PurePosixPath(document)
        beside = self._by_folder.get(place.parent, {})
        found: list[Sheet] = []
        contents: dict[str, bytes] = {}
        notes: list[Note] = []
        for sheet in sheets:
            content = own.get(sheet.file)
            if content is None and (member := _member(sheet.file, place.stem, beside)):
                content = self._read(member, sheet.file)
            try:
                if content is not None:
                    check_image(sheet.file, content)
            except Malformed:
                notes.append(Note.of("warning.sheet_unreadable", file=sheet.file))
                content = None
            digest = None if content is None else hashlib.sha256(content).hexdigest()
            if digest and content is not None:
                contents[digest] = content
            found.append(replace(sheet, sha256=digest))
        return FoundSheets(tuple(found), contents, tuple(notes))

    def _read(self, member: str, file: str) -> bytes:
        with self._container.open(member) as stream:
            content = stream.read(_MAX_SHEET_BYTES + 1)
        if len(content) > _MAX_SHEET_BYTES:
            raise TooLarge(f"the drawing sheet {file} is over the limit of 64 MB")
        return content


def _member(file: str, stem: str, beside: Mapping[str, str]) -> str | None:
    """The member that a reference means; one without a suffix is joined to the document's own name."""
    candidates = (file, *(f"{stem}-{file}{suffix}" for suffix in IMAGE_SUFFIXES))
    return next((beside[name.lower()] for name in candidates if name.lower() in beside), None)
