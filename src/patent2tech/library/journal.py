"""What was imported and what could not be: the memory that lets an import go on where it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ARRAY, Text, and_, cast, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from patent2tech.errors import BadInput, Malformed, NotAPatent, TooLarge, Unsafe
from patent2tech.formats import Rejected
from patent2tech.library import repository
from patent2tech.library.tables import ImportRow, QuarantineRow
from patent2tech.patents import PublicationNumber
from patent2tech.store.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from patent2tech.library.preparing import Refused

_REASONS = {kind.code: kind for kind in (BadInput, Malformed, NotAPatent, TooLarge, Unsafe)}


@dataclass(frozen=True, slots=True)
class Imported:
    """A chunk that was imported before and is still whole."""

    numbers: tuple[PublicationNumber, ...]
    skipped: int
    rejected: tuple[Rejected, ...]


def whole(session: Session, fingerprint: str, files: Sequence[str]) -> Imported | None:
    """What a chunk of this content brought, if all its patents are still kept and all its refusals still known."""
    row = session.execute(
        select(ImportRow.numbers, ImportRow.skipped, ImportRow.rejected).where(ImportRow.fingerprint == fingerprint)
    ).one_or_none()
    if row is None:
        return None
    numbers = tuple(PublicationNumber(*number.split(" ")) for number in row.numbers)
    rejected = session.execute(
        select(QuarantineRow.source, QuarantineRow.position, QuarantineRow.code, QuarantineRow.reason)
        .where(QuarantineRow.fingerprint == fingerprint, QuarantineRow.file.in_(map(storable, files)))
        .order_by(QuarantineRow.id)
    ).all()
    if len(rejected) != row.rejected or len(repository.exact(session, numbers)) != len(set(numbers)):
        return None
    return Imported(
        numbers,
        row.skipped,
        tuple(Rejected(each.source, each.position, _reason(each.code, each.reason)) for each in rejected),
    )


def note(  # noqa: PLR0913, PLR0917 - one row
    session: Session,
    fingerprint: str,
    source: str,
    size: int,
    numbers: Iterable[PublicationNumber],
    skipped: int,
    rejected: int,
) -> None:
    """Remember that a chunk was imported."""
    # The parts of a number stand apart: a kind cannot be told from a serial that ends in a letter.
    names = tuple(f"{number.country} {number.serial} {number.kind}" for number in numbers)
    values = {"source": storable(source), "size": size, "numbers": names, "skipped": skipped, "rejected": rejected}
    statement = insert(ImportRow).values(id=new_id(), fingerprint=fingerprint, **values)
    session.execute(statement.on_conflict_do_update(index_elements=[ImportRow.fingerprint], set_=values))


def quarantine(session: Session, fingerprint: str, refused: Iterable[tuple[str, Refused]]) -> None:
    """Put documents away, each with the file that it came from."""
    session.add_all(
        QuarantineRow(
            file=storable(file),
            fingerprint=fingerprint,
            source=storable(each.rejected.source),
            position=each.rejected.position,
            code=each.rejected.reason.code,
            reason=storable(str(each.rejected.reason)),
            size=each.size,
            content=each.content,
        )
        for file, each in refused
    )


def release(session: Session, files: Sequence[str], fingerprints: Iterable[str] = (), *, others: bool = False) -> None:
    """Take out of quarantine what these chunks of some files put there, or what all `others` of them did."""
    mine = QuarantineRow.fingerprint == func.any(cast(list(fingerprints), ARRAY(Text())))
    these = QuarantineRow.file == func.any(cast(list(map(storable, files)), ARRAY(Text())))
    session.execute(delete(QuarantineRow).where(and_(these, ~mine if others else mine)))


def quarantined(session: Session, limit: int) -> list[QuarantineRow]:
    """What is in quarantine, the latest first."""
    return list(session.scalars(select(QuarantineRow).order_by(QuarantineRow.id.desc()).limit(limit)))


def storable(name: str) -> str:
    """A name of a file as the database can hold it: file systems allow what is no text."""
    return name.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def _reason(code: str, text: str) -> BadInput:
    return _REASONS.get(code, BadInput)(text)
