"""Keeps patents: rows in the database, files as blobs, and one word for both: kept."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DataError

from patent2tech.errors import BadInput, Malformed, NotFound
from patent2tech.library import checking, documents, journal, mapping, repository, sources
from patent2tech.library.records import Record
from patent2tech.library.values import Describe, Earlier, Entry, Kept, Pack, Page, PatentSummary, Problem, Quarantined
from patent2tech.library.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from patent2tech.patents import Figure, Part, Patent, PublicationNumber
    from patent2tech.store import BlobStore, Database

MAX_PAGE: Final = 500


class Library:
    """The patents that this installation keeps.

    `keep` returns only when the patent would survive `kill -9`: its blobs are on the disk first, then its source and
    its rows are committed at once. A kill in between leaves blobs that nothing names, never rows without their blobs.
    Keeping the same again changes nothing; keeping something else under the same number replaces it in one step and
    remembers the document that stood there.

    `describe` finds figures and parts of patents that were kept without them, as bulk imports keep them.
    """

    def __init__(self, database: Database, blobs: BlobStore, describe: Describe = lambda _: ((), ())) -> None:
        self._database = database
        self._blobs = blobs
        self._describe = describe

    @property
    def database(self) -> Database:
        """Where the rows are, for what else this room keeps."""
        return self._database

    def keep(
        self,
        patent: Patent,
        source: bytes,
        sheets: Mapping[str, bytes] | None = None,
        figures: Sequence[Figure] = (),
        parts: Sequence[Part] = (),
    ) -> Kept:
        """Keep one patent; `sheets` are the images by the hash that the patent's sheets name.

        Raises:
            Malformed: when the patent holds what no database text can hold, or names an image that is not given.
            OutsideFailure: when database or disk do not answer.
        """
        return self.keep_many([Entry(patent, source, sheets or {}, tuple(figures), tuple(parts))])[0]

    def keep_many(self, entries: Iterable[Entry]) -> tuple[Kept, ...]:
        """Keep some patents in one transaction: all of them or none."""
        return self.keep_records([Record.of(entry) for entry in entries])

    def keep_records(
        self, records: Sequence[Record], also: Callable[[Session], None] = lambda _: None
    ) -> tuple[Kept, ...]:
        """Keep what was made ready elsewhere, in one transaction with what `also` writes.

        Raises:
            Malformed: as `keep`.
        """
        with self._database.begin() as session:
            try:
                kept = write(session, self._blobs, records) if records else ()
                also(session)
            except DataError as error:
                reason = str(error.orig).partition("\n")[0]
                raise Malformed(f"a value of the document does not fit into the database: {reason}") from error
        return kept

    def get(self, number: PublicationNumber) -> Patent:
        """The patent of this number: of its kind, or without a kind the latest publication.

        Raises:
            NotFound: when the library has none.
        """
        with self._database.begin() as session:
            (found,) = repository.whole_documents(session, [self._find(session, number)[0]])
            return documents.patent(found.document)

    def has(self, number: PublicationNumber) -> bool:
        """Whether `get` would find one."""
        with self._database.begin() as session:
            return bool(repository.candidates(session, number))

    def figures(self, number: PublicationNumber) -> tuple[Figure, ...]:
        """The figures that were kept with the patent, else those that its document is found to describe."""
        with self._database.begin() as session:
            found = repository.figures(session, self._find(session, number)[0])
        return tuple(map(mapping.figure, found)) if found else tuple(self._describe(self.get(number))[0])

    def parts(self, number: PublicationNumber) -> tuple[Part, ...]:
        """The parts that were kept with the patent, else those that its document is found to name."""
        with self._database.begin() as session:
            found = repository.parts(session, self._find(session, number)[0])
        return tuple(map(mapping.part, found)) if found else tuple(self._describe(self.get(number))[1])

    def versions(self, number: PublicationNumber) -> tuple[PatentSummary, ...]:
        """All publications of the application that this one belongs to, itself among them, the first published first.

        They are of one country and one application number, as A1, B1 and B2 of one application are.
        """
        with self._database.begin() as session:
            rows = repository.of_application(session, self._find(session, number)[0])
            return tuple(map(mapping.summary, rows))

    def earlier(self, number: PublicationNumber) -> tuple[Earlier, ...]:
        """The documents that stood under this number before another content came, the latest first."""
        with self._database.begin() as session:
            key, kept = self._find(session, number)
            return tuple(mapping.earlier(kept, row) for row in repository.earlier(session, key))

    def earlier_source(self, earlier: Earlier) -> bytes:
        """The bytes of an earlier document."""
        with self._database.begin() as session:
            key, _ = self._find(session, earlier.number)
            return sources.get(session, self._blobs, key, earlier.source_sha256)

    def source(self, number: PublicationNumber) -> bytes:
        """The bytes that the patent was read from."""
        with self._database.begin() as session:
            key, _ = self._find(session, number)
            return sources.get(session, self._blobs, key, repository.source_sha256(session, key))

    def sheet(self, sha256: str) -> bytes:
        """The image of a drawing sheet by its hash."""
        return self._blobs.get(sha256)

    def list(self, limit: int = 50, cursor: str | None = None) -> Page:
        """Patents in the order of their arrival, the latest first; what arrives meanwhile moves no later page.

        Raises:
            BadInput: when the limit is not from 1 to 500, or the cursor is none of ours.
        """
        if not 1 <= limit <= MAX_PAGE:
            raise BadInput(f"a page has from 1 to {MAX_PAGE} patents, not {limit}")
        before = None if cursor is None else _key(cursor)
        with self._database.begin() as session:
            rows = repository.newest(session, limit + 1, before)
            items = tuple(map(mapping.summary, rows[:limit]))
        return Page(items, rows[limit - 1].id.hex if len(rows) > limit else None)

    def count(self) -> int:
        """How many patents there are."""
        with self._database.begin() as session:
            return repository.count(session)

    def keep_pack(self, number: PublicationNumber, content: bytes) -> Pack:
        """Keep the ZIP of a tech pack made from a patent."""
        with self._database.begin() as session:
            repository.hold_blobs(session, alone=False)
            key, kept = self._claim(session, number)
            repository.add_pack(session, key, self._blobs.put(content))
            session.flush()
            return mapping.pack(kept, *repository.packs(session, key)[0])

    def packs(self, number: PublicationNumber) -> tuple[Pack, ...]:
        """The packs made from a patent, the latest first."""
        with self._database.begin() as session:
            key, kept = self._find(session, number)
            return tuple(mapping.pack(kept, *found) for found in repository.packs(session, key))

    def pack(self, sha256: str) -> bytes:
        """The ZIP of a pack by its hash."""
        return self._blobs.get(sha256)

    def delete(self, number: PublicationNumber) -> None:
        """Remove a patent with its packs, and the blobs that nothing else needs.

        Raises:
            NotFound: when the library has none of this number.
        """
        with self._database.begin() as session:
            used = repository.remove(session, self._claim(session, number)[0])
        # Blobs go after the commit: a kill in between leaves orphans, not patents without their files.
        with self._database.begin() as session:
            repository.hold_blobs(session, alone=True)
            for digest in used - repository.still_needed(session, used):
                self._blobs.delete(digest)

    def quarantine(self, limit: int = 50) -> tuple[Quarantined, ...]:
        """The documents that could not be imported, the latest first; a repaired one leaves when it is imported."""
        with self._database.begin() as session:
            return tuple(map(mapping.quarantined, journal.quarantined(session, limit)))

    def check(self) -> tuple[Problem, ...]:
        """Everything that is wrong between rows and blobs, after reading every blob."""
        return checking.check(self._database, self._blobs)

    def mend(self) -> tuple[str, ...]:
        """Remove the blobs that nothing needs, which a kill can leave behind, and give their hashes."""
        return checking.mend(self._database, self._blobs)

    def _find(self, session: Session, number: PublicationNumber) -> tuple[uuid.UUID, PublicationNumber]:
        for found in repository.candidates(session, number):
            return found
        raise NotFound(f"the library has no {number}: import it with `patent2tech import FILE`")

    def _claim(self, session: Session, number: PublicationNumber) -> tuple[uuid.UUID, PublicationNumber]:
        """Find a patent and let nobody else write it until the transaction ends."""
        repository.hold_numbers(session, [self._find(session, number)[1]])
        # Somebody may have deleted it before the hold.
        return self._find(session, number)


def _key(cursor: str) -> uuid.UUID:
    try:
        return uuid.UUID(hex=cursor)
    except ValueError:
        raise BadInput(f"{cursor[:80]!r} is no cursor of this list: start again without one") from None
