"""The page of search results, which works without a script."""

from __future__ import annotations

import re
import time
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from patent2tech.api.headers import PAGE
from patent2tech.api.rendering import render
from patent2tech.api.services import PageLanguage, Services, parse_number
from patent2tech.errors import P2TError
from patent2tech.patents import Locator
from patent2tech.search import Ask, Mode, parse_query, wording
from patent2tech.search.wire import PassageRead, SearchRead

router = APIRouter(include_in_schema=False)

_PAGE = 10
_FIELD_OF_FACET = {"language": "lang"}
_SHOWN_FACETS = ("office", "cpc", "applicant", "filed", "status", "language")


@router.get("/search")
def show_results(
    app: Services,
    lang: PageLanguage,
    q: Annotated[str, Query()] = "",
    like: Annotated[str | None, Query()] = None,
    mode: Mode = Mode.HYBRID,
    cursor: str | None = None,
) -> HTMLResponse:
    """Show what a question finds, each hit with the passages that prove it."""
    found, refused, status = None, None, 200
    begin = time.perf_counter()
    try:
        ask = Ask(mode, _PAGE, cursor, facets=cursor is None and like is None)
        results = app.search.like(parse_number(like), ask) if like else app.search.search(parse_query(q), ask, q)
        found = SearchRead.of(results, (time.perf_counter() - begin) * 1000, lang)
    except P2TError as error:
        refused, status = wording.refused(error, lang), error.status

    def address(**values: str | None) -> str:
        asked = {"q": q, "like": like, "mode": mode, "lang": lang, **values}
        return "/search?" + urlencode({name: value for name, value in asked.items() if value})

    content = render(
        "search.html",
        lang,
        q=q,
        mode=mode,
        modes=tuple(Mode),
        found=found,
        refused=refused,
        address=address,
        narrowed=lambda facet, value: address(q=f"{q} {_field(facet, value)}".strip()),
        anchor=_anchor,
        pieces=pieces,
        shown_facets=_SHOWN_FACETS,
        counted=wording.counted,
        why=wording.why,
        place=wording.place,
        facet_value=wording.facet_value,
        version=app.version,
    )
    return HTMLResponse(content, status, {"Content-Security-Policy": PAGE, "Vary": "Accept-Language"})


def pieces(passage: PassageRead) -> list[tuple[str, bool]]:
    """A quote in pieces, each with whether it is marked."""
    found, place = [], 0
    for start, end in passage.highlights:
        found += [(passage.quote[place:start], False), (passage.quote[start:end], True)]
        place = end
    return [piece for piece in (*found, (passage.quote[place:], False)) if piece[0]]


def _anchor(locator: str) -> str:
    return Locator.parse(locator).anchor


def _field(facet: str, value: str) -> str:
    # No phrase can hold a mark of quotation: the longest piece without one is asked for.
    plain = max(re.split('["“”]', value), key=len).strip()
    quoted = f'"{plain}"' if re.search(r"\s", plain) else plain
    return f"{_FIELD_OF_FACET.get(facet, facet)}:{quoted}"
