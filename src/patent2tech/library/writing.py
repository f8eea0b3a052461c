"""Writing many patents at once, inside the caller's transaction: one query to compare, `COPY` for what is new."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, cast

import psycopg
from sqlalchemy import exc, text

from patent2tech.errors import Malformed
from patent2tech.library import repository, sources
from patent2tech.library.mapping import PART_COLUMNS, PATENT_COLUMNS
from patent2tech.library.values import Kept, KeptStatus
from patent2tech.store.identity import new_id

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from patent2tech.library.records import Record, Source
    from patent2tech.store import BlobStore

_SYNCS_AT_ONCE: Final = 8
"""Files that go to the disk together share the waits of its journal."""

_DERIVED: Final = ("figures", "parts")


def write(session: Session, blobs: BlobStore, records: Sequence[Record]) -> tuple[Kept, ...]:
    """Keep all of them: their files first, then their rows; a later one of the same number replaces an earlier one."""
    repository.hold_blobs(session, alone=False)
    repository.hold_numbers(session, (record.number for record in records))
    _put_blobs(blobs, records)
    kept: list[Kept] = []
    for some in _without_repetition(records):
        kept.extend(_write_distinct(session, some))
    return tuple(kept)


def _write_distinct(session: Session, records: Sequence[Record]) -> Iterator[Kept]:
    known = repository.exact(session, [record.number for record in records])
    patents: list[tuple[object, ...]] = []
    new_sources: list[tuple[object, ...]] = []
    old_sources: list[tuple[uuid.UUID, Source]] = []
    parts: list[tuple[uuid.UUID, Record]] = []
    for record in records:
        key, digest = known.get(record.number, (None, None))
        if key is None:
            key = new_id()
            patents.append((key, *record.columns))
            parts.append((key, record))
            if record.source.deflated:
                new_sources.append((new_id(), key, record.source.sha256, record.source.content))
            yield Kept(record.number, KeptStatus.ADDED)
            continue
        old_sources.append((key, record.source))
        if digest == record.digest:
            if record.described:
                _derive_anew(session, key, record)
            yield Kept(record.number, KeptStatus.UNCHANGED)
        else:
            repository.replace(session, key, dict(zip(PATENT_COLUMNS, record.columns, strict=True)))
            parts.append((key, record))
            yield Kept(record.number, KeptStatus.REPLACED)
    _copy(session, "patents", PATENT_COLUMNS, patents)
    # What is derived from patents elsewhere learns of them in the same transaction.
    _copy(session, "changes", ("patent_id",), [(new_id(), key) for key, _ in parts])
    _copy(session, "sources", ("patent_id", "sha256", "content"), new_sources)
    sources.heal(session, old_sources)
    for table, columns in PART_COLUMNS.items():
        _copy_parts(session, table, columns, parts)


def _derive_anew(session: Session, key: uuid.UUID, record: Record) -> None:
    """What was read from an unchanged document may have been read better."""
    for table in _DERIVED:
        session.execute(text(f"delete from {table} where patent_id = :key"), {"key": key})  # noqa: S608 - our names
        _copy_parts(session, table, PART_COLUMNS[table], [(key, record)])


def _copy_parts(
    session: Session, table: str, columns: tuple[str, ...], records: Iterable[tuple[uuid.UUID, Record]]
) -> None:
    rows = (
        (key, position, *row) for key, record in records for position, row in enumerate(record.parts.get(table, ()))
    )
    _copy(session, table, ("patent_id", "position", *columns), [(new_id(), *row) for row in rows])


def _copy(session: Session, table: str, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in ("id", *columns))
    command = f"copy {table} ({names}) from stdin"
    cursor = cast("psycopg.Cursor[Any]", session.connection().connection.cursor())
    try:
        with cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        # As SQLAlchemy words what it runs itself, so that callers meet one kind of error.
        raise exc.DBAPIError.instance(command, None, error, psycopg.Error) from error


def _without_repetition(records: Sequence[Record]) -> Iterator[list[Record]]:
    some: dict[object, Record] = {}
    for record in records:
        if record.number in some:
            yield list(some.values())
            some = {}
        some[record.number] = record
    if some:
        yield list(some.values())


def _put_blobs(blobs: BlobStore, records: Sequence[Record]) -> None:
    contents = {digest: content for record in records for digest, content in record.sheets.items()}
    wanted = {sheet.sha256: (record, sheet.file) for record in records for sheet in record.named_sheets if sheet.sha256}
    given = [digest for digest in wanted if digest in contents]
    large = [record.source.content for record in records if not record.source.deflated]
    written = _put_all(blobs, [*(contents[digest] for digest in given), *large])
    right = {digest for digest, found in zip(given, written, strict=False) if digest == found}
    for digest, (record, file) in wanted.items():
        if digest not in right and (digest in contents or not blobs.exists(digest)):
            raise Malformed(
                f"{record.number} names the drawing sheet {file!r} by the hash {digest[:80]}, "
                "and no such image was given with it: import the document together with its images"
            )


def _put_all(blobs: BlobStore, contents: Sequence[bytes]) -> list[str]:
    if len(contents) <= 1:
        return list(map(blobs.put, contents))
    with ThreadPoolExecutor(_SYNCS_AT_ONCE) as pool:
        return list(pool.map(blobs.put, contents))
