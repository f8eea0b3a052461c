"""`/api/v1/search`: find patents, filter and count them, turn pages, and find what is like one of them."""

import time
from typing import Annotated

from fastapi import APIRouter, Query

from patent2tech.api.problems import declared
from patent2tech.api.services import Language, Services, parse_number
from patent2tech.search import Ask, Mode, Results, parse_query
from patent2tech.search.narrowing import narrowed
from patent2tech.search.searching import MAX_PAGE
from patent2tech.search.wire import SearchRead
from patent2tech.text import Lang

router = APIRouter(prefix="/api/v1/search", tags=["search"])

_PAGE = 10


@router.get("", responses=declared(404, 409, 422))
def search_patents(  # noqa: PLR0913, PLR0917 - parameters of a request
    app: Services,
    q: Annotated[str, Query(description='Words, "a phrase", -word, fields as cpc:B25J9/16 or filed:2015..2020.')] = "",
    like: Annotated[str | None, Query(description="A publication number, to find patents like that one.")] = None,
    office: Annotated[list[str] | None, Query(description="Only these offices, as US.")] = None,
    cpc: Annotated[list[str] | None, Query(description="Only symbols that begin so, as B25J9.")] = None,
    kind: Annotated[list[str] | None, Query(description="Only these kind codes, as B2.")] = None,
    language: Annotated[list[str] | None, Query(description="Only these languages, as ko.")] = None,
    applicant: Annotated[list[str] | None, Query(description="Only applicants or assignees of this name.")] = None,
    status: Annotated[
        list[str] | None, Query(description="expired, in_force, pending or unknown, by estimate.")
    ] = None,
    filed: Annotated[str | None, Query(description="When it was filed, as 2015..2020.")] = None,
    published: Annotated[str | None, Query(description="When it was published, as 2015-03..")] = None,
    mode: Annotated[Mode, Query(description="Rank by words, by meaning, or by both.")] = Mode.HYBRID,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE, description="The most hits to give.")] = _PAGE,
    cursor: Annotated[str | None, Query(description="`next_cursor` of the page before.")] = None,
    facets: Annotated[bool, Query(description="Count offices, years, classes and more.")] = False,  # noqa: FBT002
    lang: Language = Lang.EN,
) -> SearchRead:
    """Find patents by words and by meaning; each hit says why it is there and shows its two best passages."""
    fields = {
        "office": office,
        "cpc": cpc,
        "kind": kind,
        "lang": language,
        "applicant": applicant,
        "status": status,
        "filed": [filed] if filed else None,
        "published": [published] if published else None,
    }
    asked = narrowed(parse_query(q), {name: values for name, values in fields.items() if values})
    ask = Ask(mode, limit, cursor, facets)
    begin = time.perf_counter()
    found: Results
    if like is not None:
        found = app.search.like(parse_number(like), ask, asked.filters)
    else:
        found = app.search.search(asked, ask, q)
    return SearchRead.of(found, (time.perf_counter() - begin) * 1000, lang)
