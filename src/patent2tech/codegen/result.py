"""What came of writing code for a patent: the project, its status, its tests, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from patent2tech.codegen.languages import Fault
from patent2tech.codegen.plan import Plan
from patent2tech.codegen.project import Project
from patent2tech.codegen.reports import TestReport
from patent2tech.codegen.specification import Assumption, Specification
from patent2tech.errors import CompilerMissing, SandboxUnavailable
from patent2tech.llm import Usage
from patent2tech.text import Note


class CodeStatus(StrEnum):
    """What may be said of the code; only `VERIFIED` may be called working."""

    VERIFIED = "verified"
    FAILED = "failed"
    NOT_EXECUTED = "not_executed"
    SCAFFOLD = "scaffold"


class Ending(StrEnum):
    """Why the work on it ended."""

    PASSED = "passed"
    ROUNDS = "rounds"
    PLATEAU = "plateau"
    BUDGET = "budget"
    TIME = "time"
    PLAN = "plan"
    MODEL = "model"
    NO_SANDBOX = "no_sandbox"
    NO_MODEL = "no_model"


def not_run(error: SandboxUnavailable) -> Note:
    """Why nothing was run, in words."""
    code = "code.ending.no_compiler" if isinstance(error, CompilerMissing) else "code.ending.no_sandbox"
    return Note.of(code, reason=error)


@dataclass(frozen=True, slots=True)
class Round:
    """One round of checking and running: what was found before the run, and what the run showed if there was one."""

    number: int
    faults: tuple[Fault, ...]
    report: TestReport | None
    survivors: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is left to repair."""
        return not self.faults and not self.survivors and self.report is not None and self.report.good


@dataclass(frozen=True, slots=True)
class CodeResult:
    """Code for one patent; `reason` says in words why the work ended as it did."""

    specification: Specification
    project: Project
    status: CodeStatus
    ending: Ending
    reason: Note
    rounds: tuple[Round, ...] = ()
    plan: Plan | None = None
    model: str | None = None
    usage: Usage = field(default_factory=Usage)
    mutants: int = 0

    @property
    def report(self) -> TestReport | None:
        """The last run's."""
        return next((each.report for each in reversed(self.rounds) if each.report), None)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Those of the rules and those of the plan."""
        own = self.specification.assumptions
        planned = self.plan.assumptions if self.plan else ()
        return own + tuple(
            Assumption(f"A{len(own) + position}", Note.of("code.assumption.planned", text=each.text), each.requirement)
            for position, each in enumerate(planned, 1)
        )
