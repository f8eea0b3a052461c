"""Importing much: chunks are prepared by many workers, and this process alone writes them, each in one transaction.

A chunk and the word that it was imported are committed together, so that an import that was killed goes on behind the
last chunk that it wrote, and a second import parses nothing that is still whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from patent2tech.errors import BadInput, NotAPatent
from patent2tech.formats import Rejected
from patent2tech.formats.chunks import Chunk, Kind
from patent2tech.formats.finding import is_image, known_formats
from patent2tech.formats.passed import PassedBy
from patent2tech.formats.planning import plan, plan_files
from patent2tech.formats.spool import Spool
from patent2tech.library import journal
from patent2tech.library.crew import Crew, Task
from patent2tech.library.preparing import Refused
from patent2tech.library.reports import Progress, Tally
from patent2tech.library.values import Kept, KeptStatus

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from patent2tech.library.library import Library
    from patent2tech.library.preparing import Prepared
    from patent2tech.library.records import Record


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where and by whom the work is done: a folder for temporary files, and a Dask scheduler if there is one.

    The workers of a cluster must see the sources and this folder under the same paths. `fresh` says that there is no
    library yet: then none is made before there is a patent to keep.
    """

    folder: Path
    scheduler: str | None = None
    fresh: bool = False


class BulkImport:
    """One import of some paths."""

    def __init__(
        self,
        library: Callable[[], Library],
        workshop: Workshop,
        workers: int,
        progress: Callable[[Progress], None],
        *,
        again: bool = False,
    ) -> None:
        self._library = library
        self._workshop = workshop
        self._workers = workers
        self._progress = progress
        self._again = again
        self._tally = Tally()
        self._opened = not workshop.fresh
        self._total = 0
        self._seen: dict[str, set[str]] = defaultdict(set)
        self._unplanned: list[tuple[str, Refused]] = []

    def run(self, paths: Sequence[Path]) -> Tally:
        """Import everything; what cannot be read is reported and put in quarantine."""
        self._total = sum(map(_size, paths))
        with Spool(self._workshop.folder) as spool:
            chunks = self._new_chunks(paths, spool)
            first = list(islice(chunks, 2))
            # For a single chunk no other process is worth its start.
            workers, scheduler = (self._workers, self._workshop.scheduler) if len(first) > 1 else (1, None)
            with Crew(workers, scheduler) as crew:
                for chunk in chain(first, chunks):
                    crew.submit(Task(chunk))
                    while crew.full:
                        self._write_finished(crew, spool)
                while not crew.idle:
                    self._write_finished(crew, spool)
        if not self._tally.documents:
            reason = "{} holds no patent document of a known format; known are " + known_formats()
            self._tally.reject(Rejected(path.name, 1, NotAPatent(reason.format(path.name))) for path in paths)
        self._release()
        return self._tally

    def _new_chunks(self, paths: Sequence[Path], spool: Spool) -> Iterator[Chunk]:
        for chunk in self._chunks(paths, spool):
            if self._whole(chunk):
                spool.release(chunk.file)
            else:
                yield chunk

    def _chunks(self, paths: Sequence[Path], spool: Spool) -> Iterator[Chunk]:
        for planned, root in _planned(paths, spool, self._tally.unknown):
            if isinstance(planned, Chunk):
                if planned.kind is not Kind.FOLDER:
                    self._seen[planned.source].add(_key(planned))
                yield planned
                continue
            self._tally.reject([planned])
            self._tell(planned.source)
            if root.exists():
                file = str(root.absolute() / planned.source) if root.is_dir() else str(root.absolute())
                self._seen[file].add("")
                self._unplanned.append((file, Refused(planned)))

    def _whole(self, chunk: Chunk) -> bool:
        if self._again or not self._opened:
            return False
        with self._open().database.begin() as session:
            known = journal.whole(session, _key(chunk), chunk.files)
        if known is None:
            return False
        self._tally.keep(Kept(number, KeptStatus.UNCHANGED) for number in known.numbers)
        self._tally.reject(known.rejected)
        self._tally.skip((), known.skipped)
        self._tally.bytes += chunk.size
        self._tell(chunk.name)
        return True

    def _write_finished(self, crew: Crew, spool: Spool) -> None:
        for task, prepared in crew.finished():
            self._write(task, prepared)
            if prepared.passed is None:
                spool.release(task.chunk.file)
                self._tally.bytes += task.chunk.size
            else:
                task.passed = prepared.passed
                crew.submit(task)
            self._tell(task.chunk.name)

    def _write(self, task: Task, prepared: Prepared) -> None:
        records = [record for _, _, record in prepared.records]
        refused = list(prepared.refused)
        try:
            kept = self._keep(task, prepared, records, refused)
        except BadInput:
            # Some document cannot be kept; alone, each shows whether it is the one.
            kept = []
            for source, position, record in prepared.records:
                try:
                    kept.extend(self._open().keep_records([record]))
                except BadInput as reason:
                    refused.append(Refused(Rejected(source, position, reason)))
            self._keep(task, prepared, [], refused, done=kept)
        task.numbers += [each.number for each in kept]
        task.refused += refused
        task.skipped += len(prepared.skipped)
        self._tally.keep(kept)
        self._tally.reject(each.rejected for each in refused)
        self._tally.skip(prepared.skipped)
        self._tally.note(prepared.notes)

    def _keep(
        self,
        task: Task,
        prepared: Prepared,
        records: Sequence[Record],
        refused: Sequence[Refused],
        done: Sequence[Kept] = (),
    ) -> list[Kept]:
        chunk, key = task.chunk, _key(task.chunk)
        all_refused = [*task.refused, *refused]
        numbers = [*task.numbers, *(each.number for each in done or records)]

        def also(session: Session) -> None:
            if prepared.passed is not None:
                return
            if chunk.kind is Kind.FOLDER:
                journal.release(session, chunk.files, others=True)
            else:
                journal.release(session, chunk.files, [key])
            journal.quarantine(session, key, ((_file(chunk, each), each) for each in all_refused))
            skipped = task.skipped + len(prepared.skipped)
            journal.note(session, key, chunk.source, chunk.size, numbers, skipped, len(all_refused))

        if not (records or done or self._opened):
            return []
        return list(self._open().keep_records(records, also))

    def _release(self) -> None:
        """Put away what could not even be planned, and free what files that were read to their end no longer hold."""
        if not self._opened:
            return
        with self._open().database.begin() as session:
            for file, fingerprints in self._seen.items():
                journal.release(session, [file], [each for each in fingerprints if each], others=True)
            journal.quarantine(session, "", self._unplanned)

    def _open(self) -> Library:
        self._opened = True
        return self._library()

    def _tell(self, source: str) -> None:
        tally = self._tally
        total = self._total if self._total >= tally.bytes else None
        self._progress(Progress(tally.total_kept, tally.refusals, source, tally.documents, tally.bytes, total))


def _planned(paths: Iterable[Path], spool: Spool, passed: PassedBy) -> Iterator[tuple[Chunk | Rejected, Path]]:
    """The chunks of all paths, with the path or folder that each refusal is about; files of one folder go together."""
    for (folder, is_file), some in groupby(paths, lambda path: (path.parent, path.is_file())):
        group = list(some)
        if is_file and len(group) > 1:
            yield from ((each, folder) for each in plan_files(group, spool, passed))
            continue
        for path in group:
            try:
                yield from ((each, path) for each in plan(path, spool, passed=passed))
            except BadInput as reason:
                yield Rejected(path.name, 1, reason), path


def _key(chunk: Chunk) -> str:
    """What was imported, and by which version: a newer one may read better."""
    return f"{chunk.fingerprint}:{metadata.version('patent2tech')}"


def _file(chunk: Chunk, refused: Refused) -> str:
    return str(chunk.file / refused.rejected.source) if chunk.kind is Kind.FOLDER else chunk.source


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(each.stat().st_size for each in path.rglob("*") if each.is_file() and not is_image(each.name))
    return path.stat().st_size if path.is_file() else 0
