"""`/api/v1/codes`: code written for the library's patents, its tests run, its trace and its ZIP."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Annotated, Final

from fastapi import APIRouter, Header, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from patent2tech.api.problems import declared
from patent2tech.api.services import Services, parse_number
from patent2tech.app import now
from patent2tech.codegen import CodeOrder, CodeRead, Effort
from patent2tech.codegen.shelf import MAX_PAGE, KeptCode, key_of
from patent2tech.reading import read
from patent2tech.text import Lang

router = APIRouter(prefix="/api/v1/codes", tags=["codes"])

_PAGE: Final = 20
_ZIP: Final = {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}


class CodeWanted(BaseModel):
    """What code is wanted: the patent by its number, the language, and how far the work may go."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    language: str = "python"
    framework: str = "none"
    claims: Annotated[tuple[int, ...], Field(max_length=50, description="Without any, the main claim.")] = ()
    interface: Annotated[str, Field(max_length=2000, description="What the code must offer, as its signature.")] = ""
    rounds: Annotated[int, Field(ge=1, le=20)] = 4
    seconds: Annotated[float, Field(ge=1, le=3600)] = 600.0
    limit_usd: Annotated[Decimal | None, Field(ge=0, description="US dollars that it may cost.")] = None
    scaffold: bool = False
    lang: Lang = Lang.EN


class CodeItem(BaseModel):
    """One code project: its id, when it was made, and its document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: uuid.UUID
    created_at: dt.datetime
    archive: str
    code: CodeRead

    @classmethod
    def of(cls, kept: KeptCode) -> "CodeItem":
        """The item of a kept project."""
        archive = f"{router.prefix}/{kept.id}/archive"
        return cls(id=kept.id, created_at=kept.created_at, archive=archive, code=kept.document)


class CodeList(BaseModel):
    """One page of the projects, the newest first; `next_cursor` asks for the one after it, null on the last."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    items: tuple[CodeItem, ...]
    next_cursor: str | None


@router.get("", responses=declared(422))
def list_codes(
    app: Services,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE, description="The most projects to give.")] = _PAGE,
    cursor: Annotated[str | None, Query(description="`next_cursor` of the page before.")] = None,
) -> CodeList:
    """List the code projects, the latest first."""
    page = app.code_shelf.list(limit, cursor)
    return CodeList(items=tuple(map(CodeItem.of, page.items)), next_cursor=page.next_cursor)


@router.post("", status_code=201, responses=declared(403, 404, 413, 422, 429))
def write_code(
    app: Services,
    wanted: CodeWanted,
    response: Response,
    idempotency_key: Annotated[  # noqa: ARG001 - the same order never pays twice, with or without a key
        str | None, Header(description="Accepted; the same order never pays for a model's answer twice.")
    ] = None,
) -> CodeItem:
    """Write code for a patent, run its tests and repair it; without a model, write the scaffold of its claims."""
    order = CodeOrder(
        language=wanted.language,
        framework=wanted.framework,
        claims=wanted.claims,
        interface=wanted.interface,
        effort=Effort(wanted.rounds, wanted.seconds),
        limit_usd=wanted.limit_usd,
        scaffold=wanted.scaffold,
    )
    reading = read(app.library.get(parse_number(wanted.number)), now().date())
    result = app.coder.build(reading, order)
    item = CodeItem.of(app.code_shelf.keep(result, app.coder.fingerprint(order), wanted.lang))
    response.headers["Location"] = f"{router.prefix}/{item.id}"
    return item


@router.get("/{id}", responses=declared(404, 422))
def get_code(app: Services, id: str) -> CodeItem:  # noqa: A002 - the name of the path's part
    """One code project with its tests, trace, assumptions and cost."""
    return CodeItem.of(app.code_shelf.get(key_of(id)))


@router.get(
    "/{id}/archive",
    response_class=Response,
    responses={200: {**_ZIP, "description": "The ZIP of the project"}, **declared(404, 422)},
)
def get_code_archive(app: Services, id: str) -> Response:  # noqa: A002 - the name of the path's part
    """Download a code project as a ZIP."""
    kept = app.code_shelf.get(key_of(id))
    name = f"{kept.document.number}-{kept.document.language}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(app.code_shelf.archive(kept.id), headers=headers, media_type="application/zip")
