"""Importing: from documents to kept patents, with a report of what came of each document."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from patent2tech.errors import BadInput
from patent2tech.formats import Outcome, Parsed, Rejected, read_upload
from patent2tech.library.bulk import BulkImport, Workshop
from patent2tech.library.library import Library
from patent2tech.library.reports import ImportReport, Progress, Tally
from patent2tech.library.values import Entry

__all__ = ["ImportReport", "Importer", "Progress"]

_BATCH_PATENTS: Final = 32
_BATCH_BYTES: Final = 16 * 1024 * 1024


class Importer:
    """Keeps what sources hold; a broken document is reported and the others are kept.

    Figures and parts are not looked for: that takes ten times as long as all the rest, and the library does it on
    demand. The library is opened when the first document is to be kept, so that a source of nothing leaves no trace.
    """

    def __init__(self, library: Callable[[], Library], workshop: Workshop | None = None) -> None:
        self._library = library
        self._workshop = workshop or Workshop(Path(tempfile.gettempdir()))

    def import_paths(
        self,
        paths: Sequence[Path],
        progress: Callable[[Progress], None] = lambda _: None,
        workers: int = 1,
        *,
        again: bool = False,
    ) -> ImportReport:
        """Import files, folders and archives, however many; what cannot be read is reported as rejected.

        What was imported before is not read `again` unless that is asked for.
        """
        return BulkImport(self._library, self._workshop, workers, progress, again=again).run(paths).report()

    def import_upload(self, name: str, content: bytes) -> ImportReport:
        """Import a file that was sent; one that cannot be read at all is reported as rejected."""
        return self.import_outcomes(_or_rejected(name, read_upload(name, content)))

    def import_outcomes(
        self, outcomes: Iterable[Outcome], progress: Callable[[Progress], None] = lambda _: None
    ) -> ImportReport:
        """Import documents that were read elsewhere, e.g. from an upload."""
        tally = Tally()
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
                tally.reject([outcome])
            else:
                tally.skip([outcome])
            progress(Progress(tally.total_kept + len(batch), tally.refusals, outcome.source))
        self._keep(batch, tally)
        return tally.report()

    def _keep(self, batch: Sequence[Parsed], tally: Tally) -> None:
        if not batch:
            return
        try:
            kept = self._library().keep_many(Entry(each.patent, each.content, each.sheets) for each in batch)
        except BadInput as reason:
            if len(batch) == 1:
                tally.reject([Rejected(batch[0].source, batch[0].position, reason)])
                return
            # One document of the batch cannot be kept; alone, each shows whether it is the one.
            for parsed in batch:
                self._keep([parsed], tally)
            return
        tally.keep(kept)
        tally.note((parsed.source, note) for parsed in batch for note in parsed.notes)


def _or_rejected(name: str, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    try:
        yield from outcomes
    except BadInput as reason:
        yield Rejected(name, 1, reason)
