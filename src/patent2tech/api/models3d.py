"""3D models: made under `/api/v1/models3d`, read and downloaded by the number of their patent."""

import json
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from patent2tech.api.caching import cached
from patent2tech.api.headers import NOTHING
from patent2tech.api.problems import declared
from patent2tech.api.schemas import ModelOrder
from patent2tech.api.services import Language, Number, Services, parse_number
from patent2tech.app import App
from patent2tech.patents import PublicationNumber
from patent2tech.shape.files import REPORT_FILE
from patent2tech.shape.model import ShapeOptions
from patent2tech.text import Lang

router = APIRouter(tags=["models"])

_MEDIA_TYPES: Final = {
    ".glb": "model/gltf-binary",
    ".stl": "model/stl",
    ".ply": "application/octet-stream",
    ".json": "application/json",
    ".png": "image/png",
    ".webp": "image/webp",
}
Guess = Annotated[bool, Query(description="Whether a labelled relief is wanted where no solid can be made.")]


@router.post("/api/v1/models3d", status_code=201, responses=declared(403, 404, 413, 422))
def make_model(app: Services, order: ModelOrder, response: Response) -> dict[str, Any]:
    """Rebuild the solid that a patent's figures show; the report says how far to trust it, or why there is none."""
    number = parse_number(order.number)
    files = _files(app, number, order.lang, guess=order.guess)
    response.headers["Location"] = f"/api/v1/models3d/{number}"
    return _report(files)


@router.get("/api/v1/models3d/{number}", responses=declared(404, 422))
def get_model(app: Services, number: Number, lang: Language = Lang.EN, guess: Guess = False) -> dict[str, Any]:  # noqa: FBT002 - a query
    """Read the report of a patent's model, which is made now when there is none."""
    return _report(_files(app, number, lang, guess=guess))


@router.get(
    "/api/v1/models3d/{number}/{path:path}",
    response_class=Response,
    responses={304: {"description": "The client has it"}, **declared(404, 422)},
)
def get_model_file(app: Services, number: Number, path: str, request: Request, guess: Guess = False) -> Response:  # noqa: FBT002 - a query
    """Download one file of a patent's model: `model.glb`, `model.ply`, `model.stl`, a picture or `views.json`."""
    content = _files(app, number, Lang.EN, guess=guess).get(path)
    if content is None:
        raise HTTPException(404)
    media_type = _MEDIA_TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")
    return cached(request, content, media_type, sha256(content).hexdigest(), {"Content-Security-Policy": NOTHING})


def _files(app: App, number: PublicationNumber, lang: Lang, *, guess: bool) -> dict[str, bytes]:
    patent, images = app.drawn(str(number))
    return app.modeller.files(patent, images, ShapeOptions(guess=guess), lang)


def _report(files: dict[str, bytes]) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(files[REPORT_FILE])
    return report
