"""`patent2tech analyse`: what a patent teaches, with proof; a claim chart; two patents side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from patent2tech.analysis import (
    Analysis,
    AnalysisRead,
    ClaimChart,
    ClaimChartRead,
    Comparison,
    ComparisonRead,
    Coverage,
    Kind,
    Listener,
    Statement,
    Topic,
)
from patent2tech.app import App, now
from patent2tech.cli.output import Console, JsonOption, LangOption, SourceArgument
from patent2tech.errors import P2TError
from patent2tech.reading import Reading, read
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang, Note

_QUOTE_CHARACTERS = 160


def analyse(
    source: SourceArgument,
    question: Annotated[
        str | None, typer.Option("--question", help="A question about the patent; it is answered beside the sections.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", help="Another SOURCE, or a text file: compare the patent, or one claim, with it."),
    ] = None,
    claim: Annotated[int | None, typer.Option("--claim", min=1, help="With --against: chart this claim.")] = None,
    lang: LangOption = Lang.EN,
    json: JsonOption = False,
) -> int:
    """Say what a patent teaches, every sentence with a quotation that was checked."""
    console = Console(json=json)
    with console.progress(f"analysing {source}") as progress, App(load_settings()) as app:
        reading = _read(app, source)
        if claim is not None and against is None:
            raise typer.BadParameter("--claim needs --against: a patent or a text to compare the claim with")
        if against is not None:
            return _beside(app, console, reading, against, claim, lang)
        analysis = app.analyst.analyse(reading, lang, question, Listener(progress))
    console.result(AnalysisRead.of(analysis).model_dump(mode="json"), list(_lines(analysis)))
    return analysis.failure.exit_code if analysis.failure else 0


def _beside(app: App, console: Console, reading: Reading, against: str, claim: int | None, lang: Lang) -> int:
    other = _other(app, against, text_allowed=claim is not None)
    if claim is not None:
        chart = app.analyst.chart(reading, claim, other, lang)
        console.result(ClaimChartRead.of(chart).model_dump(mode="json"), list(_chart_lines(chart)))
    elif isinstance(other, Reading):
        comparison = app.analyst.compare(reading, other, lang)
        console.result(ComparisonRead.of(comparison).model_dump(mode="json"), list(_comparison_lines(comparison)))
    return 0


def _read(app: App, source: str) -> Reading:
    return read(app.patent(source), now().date())


def _other(app: App, against: str, *, text_allowed: bool) -> Reading | tuple[str, str]:
    """Another patent, or where a claim is charted also any text."""
    try:
        return _read(app, against)
    except P2TError:
        path = Path(against)
        if not text_allowed or not path.is_file():
            raise
        return path.name, path.read_text(encoding="utf-8", errors="replace")


def _lines(analysis: Analysis) -> Iterator[str]:
    lang = analysis.lang
    yield f"{analysis.number}  {analysis.model or analysis.engine}"
    yield _coverage_line(analysis.coverage, lang)
    for note in analysis.notes:
        yield f"! {note.wording(lang)}"
    if analysis.answer:
        yield from ("", f"? {analysis.answer.question}")
        yield from _statement_lines(analysis.answer.statements, lang)
        if not analysis.answer.statements:
            yield f"  {Note('pack.analysis.no_answer').wording(lang)}"
    if analysis.summary:
        yield from ("", Note("pack.analysis.summary").wording(lang))
        yield from _statement_lines(analysis.summary, lang)
    for topic in Topic:
        yield from ("", Note(f"pack.analysis.{topic}").wording(lang))
        if topic in analysis.not_available:
            yield f"  {Note('pack.analysis.not_available').wording(lang)}"
        yield from _statement_lines(analysis.sections.get(topic, ()), lang)


def _coverage_line(coverage: Coverage, lang: Lang) -> str:
    return Note.of(
        "pack.analysis.coverage",
        paragraphs=coverage.paragraphs_read,
        of_paragraphs=coverage.paragraphs_total,
        claims=coverage.claims_read,
        of_claims=coverage.claims_total,
    ).wording(lang)


def _statement_lines(statements: Sequence[Statement], lang: Lang) -> Iterator[str]:
    for statement in statements:
        marks = [] if statement.kind is Kind.DISCLOSED else [Note(f"pack.analysis.kind.{statement.kind}").wording(lang)]
        if not statement.verified:
            marks.append(Note("pack.analysis.unverified").wording(lang))
        yield f"  - {statement.text}" + (f"  ({', '.join(marks)})" if marks else "")
        for evidence in statement.evidence:
            yield f"      {evidence.locator}: “{' '.join(evidence.quote.split())[:_QUOTE_CHARACTERS]}”"
        if statement.fault:
            yield f"      {statement.fault.wording(lang)}"


def _chart_lines(chart: ClaimChart) -> Iterator[str]:
    claim = Note.of("pack.place.claim", label=chart.claim).wording(chart.lang)
    yield f"{chart.number} {claim} / {chart.against}  {chart.model or chart.engine}"
    for row in chart.rows:
        yield from ("", f"  [{Note(f'cli.verdict.{row.verdict}').wording(chart.lang)}] {row.element}")
        for evidence in row.evidence:
            yield f"      {evidence.locator}: “{' '.join(evidence.quote.split())[:_QUOTE_CHARACTERS]}”"
        if row.comment:
            yield f"      {row.comment}"
    yield from ("", Note("analysis.note.chart").wording(chart.lang))


def _comparison_lines(comparison: Comparison) -> Iterator[str]:
    yield f"{comparison.first} / {comparison.second}  {comparison.model or comparison.engine}"
    for number, coverage in zip((comparison.first, comparison.second), comparison.coverage, strict=True):
        yield f"{number}: {_coverage_line(coverage, comparison.lang)}"
    for each in comparison.differences:
        yield f"  [{Note(f'cli.standing.{each.standing}').wording(comparison.lang)}]"
        yield from _statement_lines([each.statement], comparison.lang)
    yield from ("", Note("analysis.note.chart").wording(comparison.lang))
