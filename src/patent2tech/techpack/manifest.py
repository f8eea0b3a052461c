"""The manifest: which parts a pack has, and the hash of every file, so that a pack can be checked and trusted."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from patent2tech.techpack.contributions import Contribution, PartName

MANIFEST_FILE = "manifest.json"
SCHEMA: Literal["patent2tech/pack"] = "patent2tech/pack"
SCHEMA_VERSION = 1


class FileEntry(BaseModel):
    """One file of the pack."""

    model_config = ConfigDict(frozen=True)

    path: str
    sha256: str
    size: int


class PartEntry(BaseModel):
    """One part of the pack; a part that was not made is said to be absent, never faked."""

    model_config = ConfigDict(frozen=True)

    present: bool
    engine: str | None
    files: tuple[FileEntry, ...]


class Manifest(BaseModel):
    """The pack at a glance; `files` are those that belong to the pack as a whole.

    `makers` are the fingerprints of the makers who were asked, also of those who had nothing to add.
    """

    model_config = ConfigDict(frozen=True)

    format: Literal["patent2tech/pack"] = SCHEMA
    schema_version: int = SCHEMA_VERSION
    number: str
    title: str
    created: dt.datetime
    program_version: str
    parts: dict[PartName, PartEntry]
    makers: dict[PartName, str] = {}
    files: tuple[FileEntry, ...]

    @property
    def paths(self) -> frozenset[str]:
        """Every path that the pack holds, the manifest included."""
        listed = [*self.files, *(entry for part in self.parts.values() for entry in part.files)]
        return frozenset({MANIFEST_FILE, *(entry.path for entry in listed)})


def parts_of(contributions: Sequence[Contribution]) -> dict[PartName, PartEntry]:
    """All parts in their order, the absent ones included."""
    by_part = {contribution.part: contribution for contribution in contributions}
    return {part: _part(by_part.get(part)) for part in PartName}


def entries(files: Mapping[str, bytes]) -> tuple[FileEntry, ...]:
    """The entries of some files, by path."""
    return tuple(
        FileEntry(path=path, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
        for path, content in sorted(files.items())
    )


def read_manifest(content: bytes) -> Manifest | None:
    """The manifest in these bytes, or `None` when they are no manifest of ours."""
    try:
        return Manifest.model_validate_json(content)
    except ValidationError:
        return None


def _part(contribution: Contribution | None) -> PartEntry:
    if contribution is None:
        return PartEntry(present=False, engine=None, files=())
    return PartEntry(present=True, engine=contribution.engine, files=entries(contribution.files))
