"""The code that was written for kept patents, with the runs of its tests, in the database."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, text

from patent2tech.codegen.packaging import package, package_name, zip_bytes
from patent2tech.codegen.result import CodeResult
from patent2tech.codegen.tables import CodeRunRow, GeneratedCodeRow
from patent2tech.codegen.wire import CodeRead
from patent2tech.errors import BadInput, NotFound
from patent2tech.patents import PublicationNumber
from patent2tech.store import Database
from patent2tech.text import Lang

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MAX_PAGE = 100


@dataclass(frozen=True, slots=True)
class KeptCode:
    """One project on the shelf."""

    id: uuid.UUID
    created_at: dt.datetime
    document: CodeRead


@dataclass(frozen=True, slots=True)
class CodePage:
    """One page of the shelf, the newest first; `next_cursor` asks for the one after it, `None` on the last."""

    items: tuple[KeptCode, ...]
    next_cursor: str | None


class CodeShelf:
    """Keeps code projects; one of the same patent, order and model takes the place of the earlier one.

    The database is asked for when it is first needed, so that nothing is started for who never writes code.
    """

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def keep(self, result: CodeResult, fingerprint: str, lang: Lang) -> KeptCode:
        """Keep a result with its package.

        Raises:
            NotFound: when the library does not hold the patent.
        """
        files = package(result, lang)
        document = CodeRead.of(result, files, lang)
        with self._database().begin() as session:
            patent = _patent(session, result.specification.number)
            session.execute(
                delete(GeneratedCodeRow).where(
                    GeneratedCodeRow.patent_id == patent, GeneratedCodeRow.fingerprint == fingerprint
                )
            )
            row = GeneratedCodeRow(
                patent_id=patent,
                fingerprint=fingerprint,
                status=result.status.value,
                language=result.project.language,
                framework=result.project.framework,
                model=result.model,
                cost_usd=result.usage.cost_usd,
                document=_without_nul(document.model_dump(mode="json")),
                archive=zip_bytes(package_name(result), files),
            )
            session.add(row)
            session.flush()
            session.add_all(_runs(row.id, result))
            session.flush()
            session.refresh(row, ["created_at"])
        return KeptCode(row.id, row.created_at, document)

    def list(self, limit: int = 50, cursor: str | None = None) -> CodePage:
        """Projects in the order in which they were kept, the latest first.

        Raises:
            BadInput: when the cursor is none of this list.
        """
        query = select(GeneratedCodeRow).order_by(GeneratedCodeRow.id.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(GeneratedCodeRow.id < key_of(cursor))
        with self._database().begin() as session:
            rows = list(session.scalars(query))
        items = tuple(map(_kept, rows[:limit]))
        return CodePage(items, rows[limit - 1].id.hex if len(rows) > limit else None)

    def get(self, id_: uuid.UUID) -> KeptCode:
        """One project.

        Raises:
            NotFound: when there is none of this id.
        """
        return _kept(self._row(id_))

    def archive(self, id_: uuid.UUID) -> bytes:
        """The ZIP of a project.

        Raises:
            NotFound: when there is none of this id.
        """
        return self._row(id_).archive

    def _row(self, id_: uuid.UUID) -> GeneratedCodeRow:
        with self._database().begin() as session:
            row = session.get(GeneratedCodeRow, id_)
        if row is None:
            raise NotFound(f"there is no code {id_}: GET /api/v1/codes lists what there is")
        return row


def key_of(text_: str) -> uuid.UUID:
    """The key that a cursor or an address names.

    Raises:
        BadInput: when it is none.
    """
    try:
        return uuid.UUID(hex=text_)
    except ValueError:
        raise BadInput(f"{text_[:80]!r} is no id of code: GET /api/v1/codes lists what there is") from None


def _patent(session: Session, number: str) -> uuid.UUID:
    kept = PublicationNumber.parse(number)
    query = text(
        "select id from patents where country = :country and serial = :serial and kind is not distinct from :kind"
    )
    found = session.execute(query, {"country": kept.country, "serial": kept.serial, "kind": kept.kind}).scalar()
    if found is None:
        raise NotFound(f"the library has no {number}: import it with `patent2tech import FILE`")
    return uuid.UUID(str(found))


def _runs(code_id: uuid.UUID, result: CodeResult) -> list[CodeRunRow]:
    return [
        CodeRunRow(
            code_id=code_id,
            round=each.number,
            faults=len(each.faults),
            passed=len(each.report.passed) if each.report else None,
            failed=len(each.report.failed) if each.report else None,
            fault=_plain(each.report.fault) if each.report and each.report.fault else None,
            backend=each.report.backend if each.report else None,
            seconds=Decimal(str(round(each.report.seconds, 3))) if each.report else None,
        )
        for each in result.rounds
    ]


def _kept(row: GeneratedCodeRow) -> KeptCode:
    return KeptCode(row.id, row.created_at, CodeRead.model_validate(row.document))


def _without_nul(value: Any) -> Any:
    """PostgreSQL takes no NUL and no lone surrogate in text; output of strange code can hold both."""
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, list):
        return [_without_nul(each) for each in value]
    if isinstance(value, dict):
        return {_plain(key): _without_nul(each) for key, each in value.items()}
    return value


def _plain(text_: str) -> str:
    return text_.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
