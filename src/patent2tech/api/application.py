"""The application: routes behind guards, every error a problem, everything declared in OpenAPI."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware import Middleware

from patent2tech.api import analyses, codes, health, models3d, packs, pages, patents, search_pages, searching
from patent2tech.api.guards import LOCAL_HOSTS, BodyGuard, CrossSiteGuard, HeadAsGet, HostGuard
from patent2tech.api.headers import Envelope
from patent2tech.api.problems import Unexpected, handle_problems
from patent2tech.api.schemas import Problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from patent2tech.app import App

_SCHEMAS: Final = "#/components/schemas/{model}"
_DESCRIPTION: Final = (
    "Turns a patent into something that an engineer can build from: a tech pack.\n\n"
    "Errors are `application/problem+json` (RFC 9457); `code` is stable. What is stated about a patent's status is "
    "an estimate by rules and not legal advice."
)


def create_api(app: App, *, hosts: Collection[str] = LOCAL_HOSTS) -> FastAPI:
    """The HTTP application of these services, answering to these host names only.

    The database is opened now, so that a server which cannot work does not start.

    Raises:
        NotConfigured: when the database cannot run on this system or its URL cannot be read.
        OutsideFailure: when the database does not answer.
    """
    # Threads would race to build the services, which from Python 3.12 on can build them twice.
    _ = app.library, app.importer, app.packer, app.coder, app.code_shelf
    _ = app.embedder, app.indexer, app.indexing, app.search
    _ = app.analyst, app.analyses, app.modeller
    api = FastAPI(
        title="Patent2Tech",
        version=app.version,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_indexing,
        # The first is the outermost; guards answer with problems too, so the envelope is around them.
        middleware=[
            Middleware(Envelope),
            Middleware(Unexpected),
            Middleware(HeadAsGet),
            Middleware(HostGuard, hosts=hosts),
            Middleware(CrossSiteGuard),
            Middleware(BodyGuard, max_upload_bytes=app.settings.max_content_length),
        ],
    )
    api.state.services = app
    handle_problems(api)
    for routes in (searching, patents, analyses, packs, codes, models3d, health, pages, search_pages):
        api.include_router(routes.router)
    _declare(api)
    return api


@asynccontextmanager
async def _indexing(api: FastAPI) -> AsyncIterator[None]:
    """Index while the server runs what was imported before and what is imported meanwhile."""
    app: App = api.state.services
    app.indexing.notice()
    yield
    await asyncio.to_thread(app.indexing.close)


def _declare(api: FastAPI) -> None:
    """Give OpenAPI the schema of problems, which FastAPI would only declare as plain JSON."""

    def document() -> dict[str, Any]:
        if api.openapi_schema is None:
            made = get_openapi(title=api.title, version=api.version, description=api.description, routes=api.routes)
            problem = Problem.model_json_schema(ref_template=_SCHEMAS)
            made.setdefault("components", {}).setdefault("schemas", {}).update(
                {**problem.pop("$defs", {}), "Problem": problem}
            )
            api.openapi_schema = made
        return api.openapi_schema

    api.openapi = document  # type: ignore[method-assign] # FastAPI's own way to change the document
