"""What an import tells: how far it is, and at its end what came of every document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from patent2tech.formats.passed import PassedBy
from patent2tech.library.values import Kept, KeptStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from patent2tech.formats import Rejected, Skipped
    from patent2tech.text.notes import Note

_T = TypeVar("_T")

MAX_LISTED: Final = 100_000
"""As many of each kind a report lists one by one; the counts go on, and the memory stays flat."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is; `bytes` of about `total` are done, where a total can be told."""

    kept: int
    rejected: int
    source: str
    documents: int = 0
    bytes: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of every document; `notes` are oddities of kept documents, by source name.

    Files of no known format that were passed by in folders and archives are `unknown`, and no documents.
    """

    kept: tuple[Kept, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()
    counts: dict[KeptStatus, int] = field(default_factory=dict)
    refusals: int = 0
    documents: int = 0
    bytes: int = 0
    unknown: PassedBy = field(default_factory=PassedBy)


class Tally:
    """A report that grows."""

    def __init__(self) -> None:
        self.counts: Counter[KeptStatus] = Counter()
        self.refusals = 0
        self.passed = 0
        self.bytes = 0
        self.unknown = PassedBy()
        self._kept: list[Kept] = []
        self._rejected: list[Rejected] = []
        self._skipped: list[Skipped] = []
        self._notes: list[tuple[str, Note]] = []

    @property
    def total_kept(self) -> int:
        """How many patents were kept."""
        return self.counts.total()

    @property
    def documents(self) -> int:
        """How many documents were seen."""
        return self.total_kept + self.refusals + self.passed

    def keep(self, kept: Iterable[Kept]) -> None:
        """Count patents."""
        for each in kept:
            self.counts[each.status] += 1
            _list(self._kept, each)

    def reject(self, rejected: Iterable[Rejected]) -> None:
        """Count refusals."""
        for each in rejected:
            self.refusals += 1
            _list(self._rejected, each)

    def skip(self, skipped: Iterable[Skipped], unnamed: int = 0) -> None:
        """Count what is no patent."""
        self.passed += unnamed
        for each in skipped:
            self.passed += 1
            _list(self._skipped, each)

    def note(self, notes: Iterable[tuple[str, Note]]) -> None:
        """Remember oddities."""
        for each in notes:
            _list(self._notes, each)

    def report(self) -> ImportReport:
        """The whole."""
        return ImportReport(
            tuple(self._kept),
            tuple(self._rejected),
            tuple(self._skipped),
            tuple(self._notes),
            {status: self.counts[status] for status in KeptStatus},
            self.refusals,
            self.documents,
            self.bytes,
            self.unknown,
        )


def _list(some: list[_T], each: _T) -> None:
    if len(some) < MAX_LISTED:
        some.append(each)
