"""The `code` document: what every entry point and the pack give out for one code project."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from pydantic import BaseModel, ConfigDict

from patent2tech.codegen.plan import Plan
from patent2tech.codegen.result import CodeResult, CodeStatus, Ending
from patent2tech.text import Lang


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TestsRead(_Wire):
    """What the tests showed; null where they were not run."""

    __test__ = False

    passed: int | None
    failed: int | None
    report: str | None


class FileRead(_Wire):
    """One file of the package."""

    path: str
    size: int
    sha256: str


class TraceRead(_Wire):
    """Where one claim element is implemented and tested; null is a gap. `element` 0 is the claim as a whole."""

    requirement: str
    claim: int
    element: int
    text: str
    file: str | None
    symbol: str | None
    test: str | None


class AssumptionRead(_Wire):
    """Something that the code takes for granted; `requirement` is null where it concerns all."""

    id: str
    requirement: str | None
    text: str


class OpenPointRead(_Wire):
    """Something that the patent does not disclose."""

    requirement: str | None
    text: str


class FaultRead(_Wire):
    """Something that the checks found before a run."""

    code: str
    file: str
    message: str


class RoundRead(_Wire):
    """One round of checking and running."""

    number: int
    faults: tuple[FaultRead, ...]
    tests: TestsRead
    survivors: tuple[str, ...]


class UsageRead(_Wire):
    """What the model calls used; `cost_usd` is null where a price is unknown."""

    input_tokens: int
    output_tokens: int
    cost_usd: Decimal | None
    calls: int
    cached: bool


class CodeRead(_Wire):
    """Code for one patent."""

    number: str
    title: str
    status: CodeStatus
    ending: Ending
    reason: str
    language: str
    framework: str
    model: str | None
    backend: str | None
    rounds: int
    tests: TestsRead
    mutants: int
    files: tuple[FileRead, ...]
    trace: tuple[TraceRead, ...]
    gaps: tuple[str, ...]
    assumptions: tuple[AssumptionRead, ...]
    not_disclosed: tuple[OpenPointRead, ...]
    plan: Plan | None
    history: tuple[RoundRead, ...]
    usage: UsageRead

    @classmethod
    def of(cls, result: CodeResult, files: dict[str, bytes], lang: Lang) -> CodeRead:
        """The document of a result and its packaged files, messages in the given language."""
        specification, report, usage = result.specification, result.report, result.usage
        return cls(
            number=specification.number,
            title=specification.title.encode("utf-8", "replace").decode(),
            status=result.status,
            ending=result.ending,
            reason=result.reason.wording(lang),
            language=result.project.language,
            framework=result.project.framework,
            model=result.model,
            backend=report.backend if report else None,
            rounds=len(result.rounds),
            tests=_tests(result),
            mutants=result.mutants,
            files=tuple(
                FileRead(path=path, size=len(content), sha256=sha256(content).hexdigest())
                for path, content in sorted(files.items())
            ),
            trace=trace_of(result),
            gaps=tuple(row.requirement for row in result.project.trace if not row.complete),
            assumptions=tuple(
                AssumptionRead(id=each.id, requirement=each.requirement or None, text=each.note.wording(lang))
                for each in result.assumptions
            ),
            not_disclosed=tuple(
                OpenPointRead(requirement=gap.requirement or None, text=gap.note.wording(lang))
                for gap in specification.not_disclosed
            ),
            plan=result.plan,
            history=tuple(
                RoundRead(
                    number=each.number,
                    faults=tuple(FaultRead(code=one.code, file=one.file, message=one.message) for one in each.faults),
                    tests=TestsRead(
                        passed=len(each.report.passed) if each.report else None,
                        failed=len(each.report.failed) if each.report else None,
                        report=each.report.fault if each.report else None,
                    ),
                    survivors=each.survivors,
                )
                for each in result.rounds
            ),
            usage=UsageRead(
                input_tokens=usage.input_tokens,
                output_tokens=usage.output_tokens,
                cost_usd=usage.cost_usd,
                calls=usage.calls,
                cached=usage.cached,
            ),
        )


def trace_of(result: CodeResult) -> tuple[TraceRead, ...]:
    """The trace with the text of each claim element."""
    texts = {requirement.id: requirement.text for requirement in result.specification.requirements}
    return tuple(
        TraceRead(
            requirement=row.requirement,
            claim=row.claim,
            element=row.element,
            text=texts[row.requirement].encode("utf-8", "replace").decode(),
            file=row.file,
            symbol=row.symbol,
            test=row.test,
        )
        for row in result.project.trace
    )


def _tests(result: CodeResult) -> TestsRead:
    report = result.report
    if report is None:
        return TestsRead(passed=None, failed=None, report=None)
    lines = [f"{each.test}\n{each.message}" for each in report.failed]
    text = "\n\n".join(filter(None, [report.fault, *lines, report.output]))
    return TestsRead(passed=len(report.passed), failed=len(report.failed), report=text)
