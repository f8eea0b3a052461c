"""How good a model is at writing code: reference problems that pass a hidden judge, rounds that it took, cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from patent2tech.codegen.building import CodeBuilder, CodeOrder, silent
from patent2tech.codegen.generating import Effort
from patent2tech.codegen.problems import Problem, RecordedModel
from patent2tech.codegen.reports import Tester, TestReport
from patent2tech.codegen.result import CodeResult, CodeStatus
from patent2tech.llm import LanguageModel, Usage
from patent2tech.store.derived import Derived


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one problem: our own verdict, and what the hidden judge says."""

    name: str
    result: CodeResult
    judge: TestReport

    @property
    def passed(self) -> bool:
        """Whether the code was verified and the judge agrees."""
        return self.result.status is CodeStatus.VERIFIED and self.judge.good


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All problems with one model."""

    model: str
    judged: tuple[Judged, ...]

    @property
    def usage(self) -> Usage:
        """What all of them used."""
        total = Usage()
        for each in self.judged:
            total += each.result.usage
        return total

    def document(self) -> dict[str, object]:
        """The evaluation for a program."""
        cost = self.usage.cost_usd
        return {
            "model": self.model,
            "problems": len(self.judged),
            "passed": sum(each.passed for each in self.judged),
            "verified": sum(each.result.status is CodeStatus.VERIFIED for each in self.judged),
            "verified_but_judged_wrong": [
                each.name for each in self.judged if each.result.status is CodeStatus.VERIFIED and not each.judge.good
            ],
            "rounds": sum(len(each.result.rounds) for each in self.judged),
            "cost_usd": None if cost is None else float(cost),
            "input_tokens": self.usage.input_tokens,
            "output_tokens": self.usage.output_tokens,
            "results": [_row(each) for each in self.judged],
        }


def evaluate(
    problems: Sequence[Problem],
    model: LanguageModel | None,
    tester: Tester,
    kept: Derived,
    effort: Effort,
    progress: Callable[[str], None] = silent,
) -> Evaluation:
    """Let a model, or the recorded answers where it is `None`, write code for each problem, and judge it."""
    judged = []
    for problem in problems:
        progress(problem.name)
        writer = model or RecordedModel(problem)
        builder = CodeBuilder(lambda writer=writer: writer, tester, kept)  # type: ignore[misc]  # bound for this turn
        order = CodeOrder(language=problem.language, interface=problem.interface, effort=effort)
        result = builder.build(problem.reading(), order, progress)
        judged.append(Judged(problem.name, result, judge(problem, result, tester)))
    return Evaluation(model.name if model else "recorded", tuple(judged))


def judge(problem: Problem, result: CodeResult, tester: Tester) -> TestReport:
    """Run the hidden judge on code; its own tests are left out, so that none of them can get in the way."""
    sources = dict(result.project.sources)
    project = replace(result.project, files={**sources, problem.judge_file: problem.judge}, tests=(problem.judge_file,))
    return tester.test(project, ())


def _row(each: Judged) -> dict[str, object]:
    cost = each.result.usage.cost_usd
    return {
        "name": each.name,
        "passed": each.passed,
        "status": each.result.status,
        "ending": each.result.ending,
        "rounds": len(each.result.rounds),
        "judge": {"passed": len(each.judge.passed), "failed": len(each.judge.failed), "fault": each.judge.fault},
        "cost_usd": None if cost is None else float(cost),
        "seconds": round(sum(one.report.seconds for one in each.result.rounds if one.report), 3),
    }
