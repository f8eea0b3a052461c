"""Importing: from documents to kept patents, batch by batch, with a report of what came of each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from patent2tech.errors import BadInput
from patent2tech.formats import Outcome, Parsed, Rejected, Skipped, read_path, read_upload
from patent2tech.library.library import Library
from patent2tech.library.values import Entry, Kept, KeptStatus
from patent2tech.patents import Figure, Part, Patent
from patent2tech.text.notes import Note

Describe = Callable[[Patent], tuple[Sequence[Figure], Sequence[Part]]]
"""Finds the figures and parts that are kept with a patent; the room above that can read supplies it."""

_BATCH_PATENTS: Final = 32
_BATCH_BYTES: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is."""

    kept: int
    rejected: int
    source: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of every document; `notes` are oddities of kept documents, by source name."""

    kept: tuple[Kept, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()

    @property
    def counts(self) -> dict[KeptStatus, int]:
        """How many patents were added, unchanged and replaced."""
        found = Counter(kept.status for kept in self.kept)
        return {status: found[status] for status in KeptStatus}


@dataclass(slots=True)
class _Tally:
    kept: list[Kept] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[tuple[str, Note]] = field(default_factory=list)

    def report(self) -> ImportReport:
        return ImportReport(tuple(self.kept), tuple(self.rejected), tuple(self.skipped), tuple(self.notes))


class Importer:
    """Keeps what sources hold; a broken document is reported and the others are kept.

    The library is opened when the first document is to be kept, so that a source of nothing leaves no trace.
    """

    def __init__(self, library: Callable[[], Library], describe: Describe) -> None:
        self._library = library
        self._describe = describe

    def import_paths(
        self, paths: Iterable[Path], progress: Callable[[Progress], None] = lambda _: None
    ) -> ImportReport:
        """Import files, folders and ZIPs; a source that cannot be read at all is reported as rejected."""
        return self.import_outcomes(_outcomes(paths), progress)

    def import_upload(self, name: str, content: bytes) -> ImportReport:
        """Import a file that was sent; one that cannot be read at all is reported as rejected."""
        return self.import_outcomes(_or_rejected(name, read_upload(name, content)))

    def import_outcomes(
        self, outcomes: Iterable[Outcome], progress: Callable[[Progress], None] = lambda _: None
    ) -> ImportReport:
        """Import documents that were read elsewhere, e.g. from an upload."""
        tally = _Tally()
        batch: list[Parsed] = []
        size = 0
        for outcome in outcomes:
            if isinstance(outcome, Parsed):
                batch.append(outcome)
                size += len(outcome.content) + sum(map(len, outcome.sheets.values()))
                if len(batch) >= _BATCH_PATENTS or size >= _BATCH_BYTES:
                    self._keep(batch, tally)
                    batch, size = [], 0
            elif isinstance(outcome, Rejected):
                tally.rejected.append(outcome)
            else:
                tally.skipped.append(outcome)
            progress(Progress(len(tally.kept) + len(batch), len(tally.rejected), outcome.source))
        self._keep(batch, tally)
        return tally.report()

    def _keep(self, batch: Sequence[Parsed], tally: _Tally) -> None:
        if not batch:
            return
        try:
            kept = self._library().keep_many(self._entry(parsed) for parsed in batch)
        except BadInput as reason:
            if len(batch) == 1:
                tally.rejected.append(Rejected(batch[0].source, batch[0].position, reason))
                return
            # One document of the batch cannot be kept; alone, each shows whether it is the one.
            for parsed in batch:
                self._keep([parsed], tally)
            return
        tally.kept.extend(kept)
        tally.notes.extend((parsed.source, note) for parsed in batch for note in parsed.notes)

    def _entry(self, parsed: Parsed) -> Entry:
        figures, parts = self._describe(parsed.patent)
        return Entry(parsed.patent, parsed.content, parsed.sheets, tuple(figures), tuple(parts))


def _outcomes(paths: Iterable[Path]) -> Iterator[Outcome]:
    for path in paths:
        yield from _or_rejected(path.name, read_path(path))


def _or_rejected(name: str, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    try:
        yield from outcomes
    except BadInput as reason:
        yield Rejected(name, 1, reason)
