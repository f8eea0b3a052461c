"""`/api/v1/patents`: the library's patents, importing, reading, and the documents they were read from."""

from typing import Annotated, Final

from fastapi import APIRouter, File, Query, Response, UploadFile

from patent2tech.api.problems import declared
from patent2tech.api.schemas import ImportResult, PatentItem, PatentPage
from patent2tech.api.services import Language, Number, Services
from patent2tech.api.uploads import import_upload, nothing_kept
from patent2tech.app import now
from patent2tech.library import KeptStatus
from patent2tech.library.library import MAX_PAGE
from patent2tech.reading import PatentRead, read
from patent2tech.text import Lang

router = APIRouter(prefix="/api/v1/patents", tags=["patents"])

_PAGE: Final = 50
_BINARY: Final = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}


@router.get("", responses=declared(422))
def list_patents(
    app: Services,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE, description="The most patents to give.")] = _PAGE,
    cursor: Annotated[str | None, Query(description="`next_cursor` of the page before.")] = None,
) -> PatentPage:
    """List the patents, the latest import first."""
    page = app.library.list(limit, cursor)
    return PatentPage(items=tuple(map(PatentItem.of, page.items)), next_cursor=page.next_cursor)


@router.post(
    "",
    status_code=201,
    responses={
        200: {"model": ImportResult, "description": "Nothing was new"},
        201: {"description": "At least one patent was added"},
        **declared(403, 413, 422),
    },
)
def import_patents(
    app: Services,
    response: Response,
    file: Annotated[UploadFile, File(description="A patent document, or a ZIP or week file of any number of them.")],
    lang: Language = Lang.EN,
) -> ImportResult:
    """Import every patent of a file; documents that cannot be read are listed, and the others are kept."""
    report = import_upload(app, file)
    if not report.kept:
        raise nothing_kept(report)
    added = [kept for kept in report.kept if kept.status is KeptStatus.ADDED]
    if not added:
        response.status_code = 200
    elif len(added) == 1:
        response.headers["Location"] = f"{router.prefix}/{added[0].number}"
    return ImportResult.of(report, lang)


# Before the route of a patent, whose number may hold slashes as in US 2011/0039701.
@router.get(
    "/{number:path}/source",
    response_class=Response,
    responses={200: {**_BINARY, "description": "The bytes of the document"}, **declared(404, 422)},
)
def get_source(app: Services, number: Number) -> Response:
    """Download the document that a patent was read from, byte by byte as it came."""
    patent = app.library.get(number)
    content = app.library.source(patent.number)
    suffix = "xml" if content.lstrip()[:1] == b"<" or content[:4] == b"\xef\xbb\xbf<" else "txt"
    headers = {"Content-Disposition": f'attachment; filename="{patent.number}.{suffix}"'}
    return Response(content, headers=headers, media_type="application/octet-stream")


@router.get("/{number:path}", responses=declared(404, 422))
def get_patent(app: Services, number: Number, lang: Language = Lang.EN) -> PatentRead:
    """Read a patent by rules: claims, parts, figures, terms, statements and an estimate of its status."""
    return PatentRead.of(read(app.library.get(number), now().date()), lang)
