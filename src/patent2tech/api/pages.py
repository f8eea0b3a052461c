"""The pages: the library, which also imports without a script, and the documentation of the API."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from patent2tech.api.assets import assets
from patent2tech.api.caching import FOREVER, REVALIDATE, cached, is_known
from patent2tech.api.covers import cover_sheet, draw_cover
from patent2tech.api.headers import DOCUMENTATION, PAGE
from patent2tech.api.outcomes import import_words, summary
from patent2tech.api.rendering import render
from patent2tech.api.schemas import ImportResult, PatentItem
from patent2tech.api.services import Number, PageLanguage, Services
from patent2tech.api.uploads import import_upload
from patent2tech.app import App
from patent2tech.samples import SAMPLE_PREFIX, sample_names
from patent2tech.text import Lang

router = APIRouter(include_in_schema=False)

_ROWS = 50


@router.get("/")
def show_library(app: Services, lang: PageLanguage, cursor: str | None = None) -> HTMLResponse:
    """Show the patents, the latest import first."""
    return _library_page(app, lang, cursor)


@router.post("/")
def import_by_form(app: Services, lang: PageLanguage, file: Annotated[list[UploadFile], File()]) -> HTMLResponse:
    """Import files that a browser without script sends, and show what came of them."""
    results = [(each.filename or "", ImportResult.of(import_upload(app, each), lang)) for each in file]
    status = 200 if any(result.kept for _, result in results) else 422
    return _library_page(app, lang, results=results, status=status)


@router.post("/samples")
def import_samples(app: Services, lang: PageLanguage) -> RedirectResponse:
    """Import the sample patents and show the library."""
    for name in sample_names():
        app.keep(f"{SAMPLE_PREFIX}{name}")
    return RedirectResponse(f"/?lang={lang}", status_code=303)


@router.get("/covers/{number}")
def get_cover(app: Services, number: Number, request: Request) -> Response:
    """Serve a small image of a patent's drawing, or a blank sheet."""
    sheet = cover_sheet(app.library.get(number).sheets)
    if sheet is not None and sheet.sha256 is not None:
        # The tag is known before the drawing, so that a browser which has it costs no drawing.
        if is_known(request, sheet.sha256):
            return cached(request, b"", "image/png", sheet.sha256)
        if (drawn := draw_cover(app.library, sheet)) is not None:
            return cached(request, drawn, "image/png", sheet.sha256)
    return get_asset("no-drawing.svg", request)


@router.get("/static/{name}")
def get_asset(name: str, request: Request) -> Response:
    """Serve one file of the pages."""
    if name not in assets():
        raise HTTPException(404)
    asset = assets()[name]
    current = request.query_params.get("v") == asset.sha256[:16]
    return cached(request, asset.content, asset.media_type, asset.sha256, control=FOREVER if current else REVALIDATE)


@router.get("/favicon.ico")
def get_icon(request: Request) -> Response:
    """Serve the icon where browsers look for it unasked."""
    return get_asset("icon.svg", request)


@router.get("/docs")
def show_documentation(lang: PageLanguage) -> HTMLResponse:
    """Show the documentation of the API, with a viewer that needs no network."""
    return HTMLResponse(render("documentation.html", lang), headers={"Content-Security-Policy": DOCUMENTATION})


def _library_page(
    app: App,
    lang: Lang,
    cursor: str | None = None,
    results: Sequence[tuple[str, ImportResult]] = (),
    status: int = 200,
) -> HTMLResponse:
    page = app.library.list(_ROWS, cursor)
    content = render(
        "library.html",
        lang,
        items=tuple(map(PatentItem.of, page.items)),
        next_cursor=page.next_cursor,
        continued=cursor is not None,
        total=app.library.count(),
        posted=bool(results),
        results=results,
        summary=partial(summary, lang),
        import_words=import_words(lang),
        max_bytes=app.settings.max_content_length,
        version=app.version,
    )
    headers = {"Content-Security-Policy": PAGE, "Vary": "Accept-Language"}
    return HTMLResponse(content, status, headers)
