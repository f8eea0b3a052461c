"""Problems: every error becomes one RFC 9457 document, or a page where a browser asked for one."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from patent2tech.api.headers import PAGE, request_id
from patent2tech.api.languages import preferred
from patent2tech.api.rendering import render
from patent2tech.api.schemas import Problem, ProblemItem
from patent2tech.errors import P2TError
from patent2tech.search.wording import refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from patent2tech.text import Lang

MEDIA_TYPE: Final = "application/problem+json"

_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_CODES: Final = {404: "no_such_page", 405: "method_not_allowed", 413: "too_large"}
_DETAILS: Final = {
    404: "there is nothing at this address; /docs lists what there is",
    405: "this address does not know that method; the header Allow names those that it knows",
}
_log = logging.getLogger("patent2tech.api")


class Refusal(Exception):
    """A request that is refused with more to say than one sentence."""

    def __init__(self, status: int, code: str, detail: str, errors: tuple[ProblemItem, ...]) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.errors = status, code, detail, errors


def answer(
    scope: Scope,
    status: int,
    code: str,
    detail: str,
    errors: tuple[ProblemItem, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer that tells a problem, in the form that the client reads."""
    problem = Problem(
        type=f"urn:patent2tech:problem:{code}",
        title=code.replace("_", " ").capitalize(),
        status=status,
        detail=detail,
        code=code,
        request_id=request_id(scope),
        errors=errors,
    )
    request = Request(scope)
    if _is_page(request):
        page = render("problem.html", _language(request), problem=problem)
        return Response(page, status, {**(headers or {}), "Content-Security-Policy": PAGE}, "text/html")
    return Response(problem.model_dump_json(exclude_none=True), status, headers, MEDIA_TYPE)


def answer_error(scope: Scope, error: P2TError) -> Response:
    """The answer for one of the program's own errors."""
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("request %s: %s", request_id(scope), error, exc_info=error)
    return answer(scope, error.status, error.code, refused(error, _language(Request(scope))))


def handle_problems(api: FastAPI) -> None:
    """Let an application answer all errors that it expects with problems."""

    @api.exception_handler(P2TError)
    async def of_program(request: Request, error: P2TError) -> Response:
        return answer_error(request.scope, error)

    @api.exception_handler(Refusal)
    async def of_refusal(request: Request, refusal: Refusal) -> Response:
        return answer(request.scope, refusal.status, refusal.code, refusal.detail, refusal.errors)

    @api.exception_handler(RequestValidationError)
    async def of_validation(request: Request, error: RequestValidationError) -> Response:
        errors = tuple(map(_item, error.errors()))
        what = "; ".join(f"{each.field}: {each.detail}" for each in errors)
        return answer(request.scope, 422, "invalid_request", what, errors)

    @api.exception_handler(HTTPException)
    async def of_http(request: Request, error: HTTPException) -> Response:
        status, headers = error.status_code, dict(error.headers or {})
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(_allowed(request))
        code = _CODES.get(status, HTTPStatus(status).phrase.lower().replace(" ", "_"))
        return answer(request.scope, status, code, _DETAILS.get(status, str(error.detail)), headers=headers)


class Unexpected:
    """Answers what nobody expected with a problem that tells the reader an id, and the log the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            if scope["type"] != "http" or started:
                raise
            _log.exception("request %s failed unexpectedly", request_id(scope))
            detail = "this is a defect of patent2tech; please report it with the request_id and the program's log"
            await answer(scope, 500, "defect", detail)(scope, receive, send)


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route declares in OpenAPI: those of these statuses, and by default any other."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    described: dict[int | str, str] = {status: HTTPStatus(status).phrase for status in statuses}
    described["default"] = "Any other problem"
    return {status: {"description": phrase, "content": content} for status, phrase in described.items()}


def _item(error: Mapping[str, Any]) -> ProblemItem:
    return ProblemItem(code=error["type"], detail=error["msg"], field=".".join(map(str, error["loc"])))


def _allowed(request: Request) -> list[str]:
    # The router only names the methods of the first route with this path.
    def known(method: str) -> bool:
        scope = {**request.scope, "method": method}
        return any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes)

    allowed = {method for method in _METHODS if known(method)}
    return [method for method in _METHODS if method in allowed or (method == "HEAD" and "GET" in allowed)]


def _language(request: Request) -> Lang:
    return preferred(request.query_params.get("lang"), request.headers.get("accept-language"))


def _is_page(request: Request) -> bool:
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")
