"""`/api/v1/analyses` and `/api/v1/questions`: what a patent teaches, as one document or as it is written."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Path, Response
from starlette.requests import Request

from patent2tech.analysis import AnalysisRead, ClaimChartRead, ComparisonRead, Listener, Statement, StatementRead
from patent2tech.analysis.kept import KeptDocument
from patent2tech.api.analysis_models import (
    AnalysisMade,
    AnalysisOrder,
    ChartMade,
    ChartOrder,
    ComparisonMade,
    ComparisonOrder,
    QuestionAnswered,
    QuestionOrder,
)
from patent2tech.api.events import Tell, event_stream, wants_events
from patent2tech.api.problems import declared
from patent2tech.api.services import Services, parse_number
from patent2tech.app import App, now
from patent2tech.reading import Reading, read
from patent2tech.text import Lang

router = APIRouter(prefix="/api/v1", tags=["analyses"])

_STREAMED: Final[dict[int | str, dict[str, Any]]] = {
    201: {
        "description": "The document; with `Accept: text/event-stream` the events `progress`, `statement`, and at last "
        "`done` with the document or `error` with a problem",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="Repeating a request with the same key gives the document that was made for it.",
    ),
]
DocumentId = Annotated[uuid.UUID, Path(description="The id that the document was given out with.")]


@router.post(
    "/analyses",
    status_code=201,
    response_model=AnalysisMade,
    responses={**_STREAMED, **declared(403, 404, 409, 413, 422, 429, 503)},
)
def make_analysis(app: Services, order: AnalysisOrder, request: Request, key: IdempotencyKey = None) -> Any:
    """Analyse a patent: core concepts, feasibility, related fields, commercial use, and the answer to a question."""
    patent = app.library.get(parse_number(order.number))

    def work(tell: Tell) -> AnalysisMade:
        if key and (made := app.analyses.made_for("analysis", key)):
            return AnalysisMade.kept_as(made.id, made.document)
        # Reading by rules takes longer than recalling what was said before.
        analysis = app.analyst.recall(patent, order.lang, order.question)
        if analysis is None:
            reading = read(patent, now().date())
            analysis = app.analyst.analyse(reading, order.lang, order.question, _listener(tell, order.lang))
        else:
            app.analyst.tell(analysis, _listener(tell, order.lang))
        document = AnalysisRead.of(analysis).model_dump(mode="json")
        kept = app.analyses.keep("analysis", document, idempotency_key=None if analysis.failure else key)
        return AnalysisMade.kept_as(kept.id, document)

    return _answer(request, work)


@router.get("/analyses/{id}", responses=declared(404, 422))
def get_analysis(app: Services, id: DocumentId) -> AnalysisMade:  # noqa: A002 - the name of the path's parameter
    """Give an analysis again as it was made."""
    kept = app.analyses.get("analysis", id)
    return AnalysisMade.kept_as(kept.id, kept.document)


@router.post(
    "/questions",
    status_code=201,
    response_model=QuestionAnswered,
    responses={**_STREAMED, **declared(403, 404, 409, 413, 422, 429, 503)},
)
def ask_question(app: Services, order: QuestionOrder, request: Request, key: IdempotencyKey = None) -> Any:
    """Answer a question about a patent; with `conversation`, a question that follows earlier ones."""
    reading = _read(app, order.number)
    before = app.analyses.turns(order.conversation, str(reading.patent.number)) if order.conversation else []

    def work(tell: Tell) -> QuestionAnswered:
        if key and (made := app.analyses.made_for("question", key)):
            return _question(made)
        heard = _listener(tell, order.lang)
        analysis = app.analyst.ask(reading, order.lang, order.question, before, heard)
        document = AnalysisRead.of(analysis).model_dump(mode="json")
        return _question(
            app.analyses.keep(
                "question",
                document,
                conversation=order.conversation,
                idempotency_key=None if analysis.failure else key,
            )
        )

    return _answer(request, work)


@router.get("/questions/{id}", responses=declared(404, 422))
def get_question(app: Services, id: DocumentId) -> QuestionAnswered:  # noqa: A002 - the name of the path's parameter
    """Give the answer to a question again."""
    return _question(app.analyses.get("question", id))


@router.post("/analyses/charts", status_code=201, responses=declared(403, 404, 409, 413, 422, 429, 503))
def make_chart(app: Services, order: ChartOrder) -> ChartMade:
    """Compare the elements of a claim with another patent or a text: a reading aid, never a legal verdict."""
    against = ("text", order.text) if order.text is not None else _read(app, order.against or "")
    chart = ClaimChartRead.of(app.analyst.chart(_read(app, order.number), order.claim, against, order.lang))
    document = chart.model_dump(mode="json")
    return ChartMade.model_validate({"id": app.analyses.keep("chart", document).id, **document})


@router.post("/analyses/comparisons", status_code=201, responses=declared(403, 404, 409, 413, 422, 429, 503))
def make_comparison(app: Services, order: ComparisonOrder) -> ComparisonMade:
    """Put two patents side by side."""
    made = app.analyst.compare(_read(app, order.first), _read(app, order.second), order.lang)
    document = ComparisonRead.of(made).model_dump(mode="json")
    return ComparisonMade.model_validate({"id": app.analyses.keep("comparison", document).id, **document})


def _read(app: App, number: str) -> Reading:
    return read(app.library.get(parse_number(number)), now().date())


def _question(kept: KeptDocument) -> QuestionAnswered:
    return QuestionAnswered.model_validate({"id": kept.id, "conversation": kept.conversation, **kept.document})


def _listener(tell: Tell, lang: Lang) -> Listener:
    def told(topic: str, statement: Statement) -> None:
        tell("statement", {"topic": topic, "statement": StatementRead.of(statement, lang).model_dump(mode="json")})

    return Listener(lambda step: tell("progress", {"step": step}), told)


def _answer(request: Request, work: Any) -> Response | Any:
    """The document, or the stream of its making."""
    if wants_events(request):
        return event_stream(lambda tell: work(tell).model_dump(mode="json"))
    return work(lambda _, __: None)
