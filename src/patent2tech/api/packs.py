"""Tech packs: made and downloaded under `/api/v1/packs`, read under `/packs`."""

from typing import Final

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse

from patent2tech.api.archives import PAGE_FILE, PackArchive
from patent2tech.api.caching import cached
from patent2tech.api.problems import declared
from patent2tech.api.schemas import PackMade, PackOrder
from patent2tech.api.services import Number, Services, parse_number
from patent2tech.codegen.languages import language_of
from patent2tech.techpack import Wishes

router = APIRouter(tags=["packs"])

_ZIP: Final = {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}


@router.post("/api/v1/packs", status_code=201, responses=declared(403, 404, 413, 422))
def make_pack(app: Services, order: PackOrder, response: Response) -> PackMade:
    """Make the tech pack of a patent anew."""
    language_of(order.language, order.framework)
    wishes = Wishes(order.lang, order.question, order.language, order.framework)
    made = PackMade.of(app.packer.pack(parse_number(order.number), wishes))
    response.headers["Location"] = made.archive
    return made


@router.get(
    "/api/v1/packs/{number:path}",
    response_class=Response,
    responses={
        200: {**_ZIP, "description": "The ZIP; its `ETag` is its SHA-256"},
        304: {"description": "The client has it"},
        **declared(404, 422),
    },
)
def get_pack(app: Services, number: Number, request: Request) -> Response:
    """Download the ZIP of a patent's pack, which is made now when there is none."""
    archive = PackArchive(app.packer.archive(number))
    headers = {"Content-Disposition": f'attachment; filename="{archive.number}.zip"'}
    return cached(request, archive.content, "application/zip", archive.sha256, headers)


@router.get("/packs/{number}", include_in_schema=False)
def get_pack_address(app: Services, number: Number) -> RedirectResponse:
    """Lead to the page of a pack at its one address."""
    return RedirectResponse(f"/packs/{app.library.get(number).number}/")


@router.get("/packs/{number}/{path:path}", include_in_schema=False)
def get_packed_file(app: Services, number: Number, path: str, request: Request) -> Response:
    """Serve one file of a pack out of its ZIP; without a path, its page."""
    archive = PackArchive(app.packer.archive(number))
    if request.path_params["number"] != archive.number:
        return RedirectResponse(f"/packs/{archive.number}/{path}")
    file = archive.file(path or PAGE_FILE)
    if file is None:
        raise HTTPException(404)
    return cached(request, file.content, file.media_type, archive.sha256, {"Content-Security-Policy": file.policy})
