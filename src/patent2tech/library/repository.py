"""The SQL of the library; every function works inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, insert, select, text, union_all, update
from sqlalchemy.orm import load_only

from patent2tech.library.tables import PARTS_OF_PATENT, FigureRow, PackRow, PartRow, PatentRow, SheetRow
from patent2tech.patents import PublicationNumber

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, CompoundSelect, Select
    from sqlalchemy.orm import Session

    from patent2tech.library.mapping import Columns

_BLOBS: Final = 0x70327401
_NUMBERS: Final = 0x70327402
"""First keys of our advisory locks, apart from the schema's."""

_LISTED: Final = (
    "country", "serial", "kind", "title", "type", "language", "filing", "publication", "grant", "cpc",
    "created_at", "updated_at",
)  # fmt: skip


def hold_blobs(session: Session, *, alone: bool) -> None:
    """Until the transaction ends, keep blobs from being removed, or (`alone`) from being added.

    Blobs are written before the rows that name them; between the two they look like orphans.
    """
    shared = "" if alone else "_shared"
    session.execute(text(f"select pg_advisory_xact_lock{shared}(:key, 0)"), {"key": _BLOBS})


def hold_numbers(session: Session, numbers: Iterable[PublicationNumber]) -> None:
    """Until the transaction ends, let nobody else write patents of these numbers."""
    keys = {int.from_bytes(sha256(str(number).encode()).digest()[:4], signed=True) for number in numbers}
    # In one order everywhere, so that two writers cannot wait for each other.
    for key in sorted(keys):
        session.execute(text("select pg_advisory_xact_lock(:first, :second)"), {"first": _NUMBERS, "second": key})


def exact(session: Session, number: PublicationNumber) -> tuple[uuid.UUID, str] | None:
    """The key and the digest of the patent with exactly this number."""
    found = session.execute(
        select(PatentRow.id, PatentRow.digest).where(
            PatentRow.country == number.country, PatentRow.serial == number.serial, PatentRow.kind == number.kind
        )
    ).one_or_none()
    return None if found is None else (found.id, found.digest)


def candidates(session: Session, number: PublicationNumber) -> list[tuple[uuid.UUID, PublicationNumber]]:
    """The patents that this number may mean, the best first: its very kind, then the latest publication."""
    rows = session.execute(
        select(PatentRow.id, PatentRow.country, PatentRow.serial, PatentRow.kind)
        .where(PatentRow.country == number.country, PatentRow.serial == number.serial)
        .order_by(
            (PatentRow.kind == number.kind).desc(),
            func.coalesce(PatentRow.publication, PatentRow.grant).desc().nulls_last(),
            PatentRow.kind.desc(),
        )
    )
    found = [(row.id, PublicationNumber(row.country, row.serial, row.kind)) for row in rows]
    return [(key, kept) for key, kept in found if number.matches(kept)]


def add(session: Session, columns: Columns) -> uuid.UUID:
    """Write the row of a new patent."""
    row = PatentRow(**columns)
    session.add(row)
    session.flush()
    return row.id


def replace(session: Session, patent_id: uuid.UUID, columns: Columns) -> None:
    """Write a patent's row anew and clear everything that was read from its former document."""
    session.execute(update(PatentRow).where(PatentRow.id == patent_id).values(**columns, updated_at=func.now()))
    for table in PARTS_OF_PATENT:
        session.execute(delete(table).where(table.patent_id == patent_id))


def add_parts(session: Session, table: type[Any], patent_id: uuid.UUID, rows: list[Columns]) -> None:
    """Write what belongs to a patent, in order."""
    if rows:
        numbered = [{"patent_id": patent_id, "position": position, **row} for position, row in enumerate(rows)]
        session.execute(insert(table), numbered)


def document(session: Session, patent_id: uuid.UUID) -> dict[str, Any]:
    """The whole patent as JSON values."""
    values: dict[str, Any] = session.execute(select(PatentRow.document).where(PatentRow.id == patent_id)).scalar_one()
    return values


def source_sha256(session: Session, patent_id: uuid.UUID) -> str:
    """The hash of the bytes that the patent was read from."""
    return session.execute(select(PatentRow.source_sha256).where(PatentRow.id == patent_id)).scalar_one()


def figures(session: Session, patent_id: uuid.UUID) -> list[FigureRow]:
    """The figures in order."""
    return list(session.scalars(select(FigureRow).where(FigureRow.patent_id == patent_id).order_by(FigureRow.position)))


def parts(session: Session, patent_id: uuid.UUID) -> list[PartRow]:
    """The parts in order."""
    return list(session.scalars(select(PartRow).where(PartRow.patent_id == patent_id).order_by(PartRow.position)))


def count(session: Session) -> int:
    """The number of patents."""
    return session.execute(select(func.count()).select_from(PatentRow)).scalar_one()


def newest(session: Session, limit: int, before: uuid.UUID | None) -> list[PatentRow]:
    """Patents in the order of their keys, which is the order of their first arrival, the latest first."""
    query = select(PatentRow).order_by(PatentRow.id.desc()).limit(limit)
    if before is not None:
        query = query.where(PatentRow.id < before)
    return list(session.scalars(query.options(load_only(*(getattr(PatentRow, name) for name in _LISTED)))))


def remove(session: Session, patent_id: uuid.UUID) -> set[str]:
    """Delete a patent with everything that hangs on it, and name the blobs that it used."""
    used = {row.sha256 for row in session.execute(_references(PatentRow.id == patent_id))}
    session.execute(delete(PatentRow).where(PatentRow.id == patent_id))
    return used


def add_pack(session: Session, patent_id: uuid.UUID, digest: str) -> None:
    """Note that a pack was made from a patent."""
    session.add(PackRow(patent_id=patent_id, sha256=digest))


def packs(session: Session, patent_id: uuid.UUID) -> list[tuple[str, dt.datetime]]:
    """The hashes of a patent's packs with the time each was made, the latest first."""
    query = select(PackRow.sha256, PackRow.created_at).where(PackRow.patent_id == patent_id).order_by(PackRow.id.desc())
    return [(row.sha256, row.created_at) for row in session.execute(query)]


def references(session: Session) -> dict[str, tuple[PublicationNumber, ...]]:
    """Every blob that a row names, with the patents that need it."""
    needed: dict[str, set[PublicationNumber]] = defaultdict(set)
    for row in session.execute(_references()):
        needed[row.sha256].add(PublicationNumber(row.country, row.serial, row.kind))
    return {digest: tuple(sorted(numbers)) for digest, numbers in sorted(needed.items())}


def still_needed(session: Session, digests: Iterable[str]) -> set[str]:
    """Those of the blobs that a row names."""
    wanted = list(digests)
    columns = (PatentRow.source_sha256, SheetRow.sha256, PackRow.sha256)
    return {found for column in columns for found in session.scalars(select(column).where(column.in_(wanted))) if found}


def _references(*only: ColumnElement[bool]) -> Select[Any]:
    number = (PatentRow.country, PatentRow.serial, PatentRow.kind)
    sheets = select(SheetRow.sha256, *number).join(PatentRow, SheetRow.patent_id == PatentRow.id)
    packs = select(PackRow.sha256, *number).join(PatentRow, PackRow.patent_id == PatentRow.id)
    every: CompoundSelect[Any] = union_all(
        select(PatentRow.source_sha256.label("sha256"), *number).where(*only),
        sheets.where(SheetRow.sha256.is_not(None), *only),
        packs.where(*only),
    )
    return select(every.subquery())
