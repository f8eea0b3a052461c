"""The SQL of the library; every function works inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, Text, and_, cast, delete, func, or_, select, text, union_all, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import load_only

from patent2tech.library.tables import (
    PARTS_OF_PATENT,
    ChangeRow,
    EarlierRow,
    FigureRow,
    PackRow,
    PartRow,
    PatentRow,
    SheetRow,
)
from patent2tech.patents import PublicationNumber

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, CompoundSelect, Row, Select
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
    session.execute(
        text("select count(pg_advisory_xact_lock(:first, second)) from unnest(cast(:keys as integer[])) as second"),
        {"first": _NUMBERS, "keys": sorted(keys)},
    )


def exact(session: Session, numbers: Iterable[PublicationNumber]) -> dict[PublicationNumber, tuple[uuid.UUID, str]]:
    """The keys and the digests of the patents with exactly these numbers, as far as there are any."""
    wanted = [(number.country, number.serial, number.kind) for number in numbers]
    columns = (PatentRow.country, PatentRow.serial, PatentRow.kind)
    asked = func.unnest(*(cast([values[place] for values in wanted], ARRAY(Text())) for place in range(3)))
    asked_rows = asked.table_valued(*(column.name for column in columns)).render_derived()
    query = select(*columns, PatentRow.id, PatentRow.digest).join(
        asked_rows, and_(*(column == asked_rows.c[column.name] for column in columns))
    )
    return {
        PublicationNumber(row.country, row.serial, row.kind): (row.id, row.digest) for row in session.execute(query)
    }


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


def replace(session: Session, patent_id: uuid.UUID, columns: Columns) -> None:
    """Write a patent's row anew, remember the document that stood there, and clear what was read from it."""
    former = session.execute(select(PatentRow.source_sha256, PatentRow.title).where(PatentRow.id == patent_id)).one()
    if former.source_sha256 != columns["source_sha256"]:
        session.add(EarlierRow(patent_id=patent_id, source_sha256=former.source_sha256, title=former.title))
    values = {**columns, "document": cast(columns["document"], Text()).cast(JSONB())}
    session.execute(update(PatentRow).where(PatentRow.id == patent_id).values(**values, updated_at=func.now()))
    for table in PARTS_OF_PATENT:
        session.execute(delete(table).where(table.patent_id == patent_id))


def earlier(session: Session, patent_id: uuid.UUID) -> list[EarlierRow]:
    """The documents that stood there before, the latest first."""
    query = select(EarlierRow).where(EarlierRow.patent_id == patent_id).order_by(EarlierRow.id.desc())
    return list(session.scalars(query))


def of_application(session: Session, patent_id: uuid.UUID) -> list[PatentRow]:
    """All publications of the application that a patent belongs to, the first published first."""
    own = select(PatentRow.country, PatentRow.application).where(PatentRow.id == patent_id).subquery()
    same = and_(PatentRow.country == own.c.country, PatentRow.application == own.c.application)
    query = select(PatentRow).join(own, or_(same, PatentRow.id == patent_id))
    order = (func.coalesce(PatentRow.publication, PatentRow.grant).nulls_last(), PatentRow.kind, PatentRow.id)
    return list(session.scalars(query.order_by(*order).options(_only_listed())))


def whole_documents(session: Session, patent_ids: Iterable[uuid.UUID]) -> list[Row[tuple[uuid.UUID, str, str]]]:
    """Key, digest and whole patent, as the text of its JSON, of those patents that are there."""
    # As text, which becomes a patent without the detour over the values of Python.
    columns = (PatentRow.id, PatentRow.digest, cast(PatentRow.document, Text()).label("document"))
    return list(session.execute(select(*columns).where(PatentRow.id.in_(list(patent_ids)))))


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
    return list(session.scalars(query.options(_only_listed())))


def remove(session: Session, patent_id: uuid.UUID) -> set[str]:
    """Delete a patent with everything that hangs on it, and name the blobs that it used."""
    used = {row.sha256 for row in session.execute(_references(PatentRow.id == patent_id))}
    session.execute(delete(PatentRow).where(PatentRow.id == patent_id))
    session.add(ChangeRow(patent_id=patent_id))
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
    columns = (PatentRow.source_sha256, SheetRow.sha256, PackRow.sha256, EarlierRow.source_sha256)
    return {found for column in columns for found in session.scalars(select(column).where(column.in_(wanted))) if found}


def _only_listed() -> Any:
    return load_only(*(getattr(PatentRow, name) for name in _LISTED))


def _references(*only: ColumnElement[bool]) -> Select[Any]:
    number = (PatentRow.country, PatentRow.serial, PatentRow.kind)
    sheets = select(SheetRow.sha256, *number).join(PatentRow, SheetRow.patent_id == PatentRow.id)
    earlier = select(EarlierRow.source_sha256.label("sha256"), *number).join(
        PatentRow, EarlierRow.patent_id == PatentRow.id
    )
    packs = select(PackRow.sha256, *number).join(PatentRow, PackRow.patent_id == PatentRow.id)
    every: CompoundSelect[Any] = union_all(
        select(PatentRow.source_sha256.label("sha256"), *number).where(*only),
        sheets.where(SheetRow.sha256.is_not(None), *only),
        packs.where(*only),
        earlier.where(*only),
    )
    return select(every.subquery())
