"""The `analyse` document: what every entry point gives out for an analysis, a chart or a comparison."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from patent2tech.analysis.model import Analysis, Answer, ClaimChart, Comparison, Coverage, Evidence, Statement, Topic
from patent2tech.llm import Usage
from patent2tech.text.notes import Lang, Note


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EvidenceRead(_Wire):
    """One quotation with its place; `source` names the patent or text where there are two."""

    locator: str
    quote: str
    source: str | None

    @classmethod
    def of(cls, evidence: Evidence) -> EvidenceRead:
        """The document of a quotation."""
        return cls(locator=evidence.locator, quote=evidence.quote, source=evidence.source or None)


class FaultRead(_Wire):
    """Why a statement is not verified: a stable code, and its wording."""

    code: str
    text: str


class StatementRead(_Wire):
    """One sentence with its proof."""

    text: str
    kind: str
    verified: bool
    evidence: tuple[EvidenceRead, ...]
    sought: tuple[str, ...]
    role: str | None
    fault: FaultRead | None

    @classmethod
    def of(cls, statement: Statement, lang: Lang) -> StatementRead:
        """The document of a statement."""
        return cls(
            text=statement.text,
            kind=statement.kind,
            verified=statement.verified,
            evidence=tuple(map(EvidenceRead.of, statement.evidence)),
            sought=statement.sought,
            role=statement.role or None,
            fault=_fault(statement.fault, lang),
        )


class SectionsRead(_Wire):
    """The statements of each section."""

    concepts: tuple[StatementRead, ...]
    feasibility: tuple[StatementRead, ...]
    fields: tuple[StatementRead, ...]
    commercial: tuple[StatementRead, ...]


class AnswerRead(_Wire):
    """The answer to a question."""

    question: str
    answered: bool
    statements: tuple[StatementRead, ...]

    @classmethod
    def of(cls, answer: Answer, lang: Lang) -> AnswerRead:
        """The document of an answer."""
        return cls(
            question=answer.question,
            answered=answer.answered,
            statements=tuple(StatementRead.of(each, lang) for each in answer.statements),
        )


class CoverageRead(_Wire):
    """How much of the patent was read."""

    paragraphs_read: int
    paragraphs_total: int
    claims_read: int
    claims_total: int

    @classmethod
    def of(cls, coverage: Coverage) -> CoverageRead:
        """The document of how much was read."""
        return cls(
            paragraphs_read=coverage.paragraphs_read,
            paragraphs_total=coverage.paragraphs_total,
            claims_read=coverage.claims_read,
            claims_total=coverage.claims_total,
        )


class UsageRead(_Wire):
    """What was used; `cost_usd` is null where the price is unknown, and `cached` says that nothing was paid at all."""

    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    calls: int
    cached: bool

    @classmethod
    def of(cls, usage: Usage) -> UsageRead:
        """The document of what was used."""
        return cls(
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost_usd=None if usage.cost_usd is None else float(usage.cost_usd),
            calls=usage.calls,
            cached=usage.cached,
        )


class ErrorRead(_Wire):
    """What ended it early; what had been verified is kept."""

    code: str
    message: str


class AnalysisRead(_Wire):
    """The whole analysis of one patent."""

    number: str
    engine: str
    model: str | None
    prompt_version: str | None
    lang: str
    summary: tuple[StatementRead, ...]
    sections: SectionsRead
    not_available: tuple[str, ...]
    answer: AnswerRead | None
    coverage: CoverageRead
    usage: UsageRead
    notes: tuple[FaultRead, ...]
    error: ErrorRead | None

    @classmethod
    def of(cls, analysis: Analysis) -> AnalysisRead:
        """The document of an analysis, its messages in its own language."""
        lang = analysis.lang

        def section(topic: Topic) -> tuple[StatementRead, ...]:
            return tuple(StatementRead.of(each, lang) for each in analysis.sections.get(topic, ()))

        failure = analysis.failure
        return cls(
            number=analysis.number,
            engine=analysis.engine,
            model=analysis.model,
            prompt_version=analysis.prompt_version,
            lang=lang,
            summary=tuple(StatementRead.of(each, lang) for each in analysis.summary),
            sections=SectionsRead(**{topic.value: section(topic) for topic in Topic}),
            not_available=tuple(analysis.not_available),
            answer=AnswerRead.of(analysis.answer, lang) if analysis.answer else None,
            coverage=CoverageRead.of(analysis.coverage),
            usage=UsageRead.of(analysis.usage),
            notes=_notes(analysis.notes, lang),
            error=ErrorRead(code=failure.code, message=str(failure)) if failure else None,
        )


class ChartRowRead(_Wire):
    """One element of the claim."""

    element: str
    verdict: str
    verified: bool
    comment: str
    evidence: tuple[EvidenceRead, ...]
    fault: FaultRead | None


class ClaimChartRead(_Wire):
    """A claim against a text; the verdicts are a reading aid to be edited, never a legal verdict."""

    number: str
    claim: int
    against: str
    engine: str
    model: str | None
    lang: str
    rows: tuple[ChartRowRead, ...]
    usage: UsageRead
    notes: tuple[FaultRead, ...]

    @classmethod
    def of(cls, chart: ClaimChart) -> ClaimChartRead:
        """The document of a chart."""
        return cls(
            number=chart.number,
            claim=chart.claim,
            against=chart.against,
            engine=chart.engine,
            model=chart.model,
            lang=chart.lang,
            rows=tuple(
                ChartRowRead(
                    element=row.element,
                    verdict=row.verdict,
                    verified=row.verified,
                    comment=row.comment,
                    evidence=tuple(map(EvidenceRead.of, row.evidence)),
                    fault=_fault(row.fault, chart.lang),
                )
                for row in chart.rows
            ),
            usage=UsageRead.of(chart.usage),
            notes=_notes((Note("analysis.note.chart"), *chart.notes), chart.lang),
        )


class DifferenceRead(_Wire):
    """One respect of a comparison."""

    standing: str
    statement: StatementRead


class ComparisonRead(_Wire):
    """Two patents side by side; `coverage` is how much of the first and of the second was read."""

    first: str
    second: str
    engine: str
    model: str | None
    lang: str
    coverage: tuple[CoverageRead, CoverageRead]
    differences: tuple[DifferenceRead, ...]
    usage: UsageRead
    notes: tuple[FaultRead, ...]

    @classmethod
    def of(cls, comparison: Comparison) -> ComparisonRead:
        """The document of a comparison."""
        return cls(
            first=comparison.first,
            second=comparison.second,
            engine=comparison.engine,
            model=comparison.model,
            lang=comparison.lang,
            coverage=(CoverageRead.of(comparison.coverage[0]), CoverageRead.of(comparison.coverage[1])),
            differences=tuple(
                DifferenceRead(standing=each.standing, statement=StatementRead.of(each.statement, comparison.lang))
                for each in comparison.differences
            ),
            usage=UsageRead.of(comparison.usage),
            notes=_notes((Note("analysis.note.chart"), *comparison.notes), comparison.lang),
        )


def _fault(note: Note | None, lang: Lang) -> FaultRead | None:
    return None if note is None else FaultRead(code=note.code, text=note.wording(lang))


def _notes(notes: tuple[Note, ...], lang: Lang) -> tuple[FaultRead, ...]:
    return tuple(FaultRead(code=note.code, text=note.wording(lang)) for note in notes)
