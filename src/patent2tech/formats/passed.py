"""What an import passes by: files in a folder or an archive that are of no known format, and no drawing sheets."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from patent2tech.formats.images import IMAGE_SUFFIXES

MAX_NAMED: Final = 1_000
"""As many names are kept; the count goes on, and the memory stays flat whatever an archive holds."""

_BESIDE_PATENTS: Final = frozenset({*IMAGE_SUFFIXES, ".cdx", ".mol", ".nb"})
"""Sheets, and the files of chemistry and mathematics that a red book puts beside its documents."""


class PassedBy:
    """How many files were passed by, and the names of the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self.names: list[str] = []

    def add(self, name: str) -> None:
        """Remember a file, unless it is one of those that belong beside patents."""
        if PurePosixPath(name).suffix.lower() in _BESIDE_PATENTS:
            return
        self.count += 1
        if len(self.names) < MAX_NAMED:
            self.names.append(name)
