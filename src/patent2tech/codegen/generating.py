"""The journey from a specification to tested code: plan, files, tests, run, repair, until it holds or must stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from patent2tech.codegen import prompts
from patent2tech.codegen.checking import check, weakened
from patent2tech.codegen.languages import Language
from patent2tech.codegen.mutation import survivors
from patent2tech.codegen.plan import Plan, plan_faults
from patent2tech.codegen.project import Project
from patent2tech.codegen.reports import Tester
from patent2tech.codegen.result import CodeResult, CodeStatus, Ending, Round, not_run
from patent2tech.codegen.specification import Specification
from patent2tech.codegen.steps import Steps
from patent2tech.errors import ContextTooLong, ModelRefused, ModelUnavailable, OverBudget, SandboxUnavailable
from patent2tech.llm import Ask
from patent2tech.text import Note

T = TypeVar("T", bound=BaseModel)

PLAN_TRIES: Final = 3
PLATEAU_ROUNDS: Final = 2
"""Repairs that change nothing about what fails, after which the work stops."""
PLAN_TOKENS: Final = 4_000
FILE_TOKENS: Final = 8_000
_LONGEST_FINDINGS: Final = 12_000
_LONGEST_FILE: Final = 200_000
_MARGIN_TOKENS: Final = 1_000


class WrittenFile(BaseModel):
    """A file's whole content."""

    model_config = ConfigDict(frozen=True)
    path: str
    content: str


class FileAnswer(BaseModel):
    """The answer to the request for one file."""

    content: str = Field(description="The whole content of the file, without fences.")


class TestsAnswer(BaseModel):
    """The answer to the request for tests."""

    __test__ = False
    files: list[WrittenFile]


class RepairAnswer(BaseModel):
    """The answer to the request for a repair."""

    cause: str = Field(description="One sentence: why it failed.")
    files: list[WrittenFile]


@dataclass(frozen=True, slots=True)
class Effort:
    """How far the work may go: rounds of running, and seconds by the clock."""

    rounds: int = 4
    seconds: float = 900.0


@dataclass(slots=True)
class Generation:
    """One project in the making; `run` carries it as far as it can go."""

    specification: Specification
    language: Language
    framework: str
    steps: Steps
    tester: Tester | None
    effort: Effort
    interface: str = ""
    progress: Callable[[str], None] = lambda _: None
    plan: Plan | None = None
    _files: dict[str, str] = field(default_factory=dict)
    _rounds: list[Round] = field(default_factory=list)
    _mutants: int = 0
    _until: float = 0.0

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.effort.seconds

    def run(self) -> CodeResult:
        """Work until the tests hold, or until rounds, money, time or ideas are spent."""
        try:
            ending, reason = self._work()
        except OverBudget as error:
            ending, reason = Ending.BUDGET, Note.of("code.ending.budget", reason=error)
        except (ModelUnavailable, ModelRefused, ContextTooLong) as error:
            ending, reason = Ending.MODEL, Note.of("code.ending.model", reason=error)
        except SandboxUnavailable as error:
            ending, reason = Ending.NO_SANDBOX, not_run(error)
        except _TimeIsUp:
            ending, reason = Ending.TIME, Note.of("code.ending.time", seconds=f"{self.effort.seconds:g}")
        status = {Ending.PASSED: CodeStatus.VERIFIED, Ending.NO_SANDBOX: CodeStatus.NOT_EXECUTED}.get(
            ending, CodeStatus.FAILED
        )
        project = self._project()
        if self.plan:
            project = check(project, self.plan, self.specification, self.language).project
        return CodeResult(
            self.specification,
            project,
            status,
            ending,
            reason,
            tuple(self._rounds),
            self.plan,
            self.steps.model.name,
            self.steps.usage,
            self._mutants,
        )

    def planned(self) -> Plan | None:
        """The plan that was given, or the first of a few that has no faults."""
        if self.plan:
            return None if self._plan_faults(self.plan) else self.plan
        faults: tuple[str, ...] = ()
        for attempt in range(PLAN_TRIES):
            self._say("plan")
            prompt = prompts.plan_prompt(self.specification, self.interface, faults)
            plan = self._ask("plan", prompt, Plan, PLAN_TOKENS, attempt)
            faults = self._plan_faults(plan)
            if not faults:
                self.plan = plan
                return plan
        return None

    def _work(self) -> tuple[Ending, Note]:
        plan = self.planned()
        if plan is None:
            return Ending.PLAN, Note.of("code.ending.plan")
        self._write(plan)
        if self.tester is None:
            return Ending.NO_SANDBOX, Note.of("code.ending.no_sandbox", reason="")
        while True:
            round_ = self._inspect(plan, self.tester)
            self._rounds.append(round_)
            if round_.good:
                return Ending.PASSED, Note.of("code.ending.passed", rounds=len(self._rounds))
            if len(self._rounds) >= self.effort.rounds:
                return Ending.ROUNDS, Note.of("code.ending.rounds", rounds=len(self._rounds))
            if self._on_plateau():
                return Ending.PLATEAU, Note.of("code.ending.plateau", rounds=len(self._rounds))
            self._repair(plan, round_)

    def _write(self, plan: Plan) -> None:
        for file in plan.in_order():
            self._say(file.path)
            written = {path: self._files[path] for path in self._files}
            prompt = prompts.file_prompt(self.specification, plan, file, written)
            self._files[file.path] = self._ask("file", prompt, FileAnswer, FILE_TOKENS).content[:_LONGEST_FILE]
        self._say("tests")
        answer = self._ask(
            "tests", prompts.tests_prompt(self.specification, plan, self._files), TestsAnswer, FILE_TOKENS
        )
        sources = set(self._files)
        for file_ in answer.files:
            # A test file may not replace a source, nor be anything but a test: that would be a way to cheat.
            if file_.path not in sources and self._allowed(file_.path) and self.language.is_test(file_.path):
                self._files[file_.path] = file_.content[:_LONGEST_FILE]

    def _inspect(self, plan: Plan, tester: Tester) -> Round:
        self._in_time()
        number = len(self._rounds) + 1
        checked = check(self._project(), plan, self.specification, self.language)
        if checked.faults:
            return Round(number, checked.faults, None)
        self._say(f"round {number}")
        report = tester.test(checked.project, checked.tests)
        alive: tuple[str, ...] = ()
        if report.good:
            alive, self._mutants = survivors(
                checked.project, checked.symbols, self.language, tester, checked.tests, self._say
            )
        return Round(number, (), report, alive)

    def _repair(self, plan: Plan, found: Round) -> None:
        self._say(f"repair {found.number}")
        findings = findings_text(found)
        files = self._within_context(plan, findings)
        answer = self._ask(
            "repair",
            prompts.repair_prompt(self.specification, plan, files, findings),
            RepairAnswer,
            FILE_TOKENS,
            found.number,
        )
        proposed = {
            each.path: each.content[:_LONGEST_FILE]
            for each in answer.files
            if each.path in self._files or (self._allowed(each.path) and self.language.is_test(each.path))
        }
        old_tests = {path: text for path, text in self._files.items() if self.language.is_test(path)}
        new_tests = {path: proposed.get(path, text) for path, text in old_tests.items()}
        for fault in weakened(old_tests, new_tests, self.language):
            proposed.pop(fault.file, None)
        self._files.update(proposed)

    def _within_context(self, plan: Plan, findings: str) -> Mapping[str, str]:
        """The files that the findings name first, then the others, as far as the model's context takes them."""
        model = self.steps.model
        fixed = prompts.repair_prompt(self.specification, plan, {}, findings)
        left = model.context_tokens - model.count_tokens(fixed) - FILE_TOKENS - _MARGIN_TOKENS
        ordered = sorted(self._files, key=lambda path: (path not in findings, self.language.is_test(path)))
        chosen: list[str] = []
        for path in ordered:
            left -= model.count_tokens(self._files[path])
            if left < 0 and chosen:
                break
            chosen.append(path)
        return {path: self._files[path] for path in self._files if path in chosen}

    def _on_plateau(self) -> bool:
        recent = [_signature(each) for each in self._rounds[-PLATEAU_ROUNDS - 1 :]]
        return len(recent) > PLATEAU_ROUNDS and len(set(recent)) == 1

    def _ask(self, step: str, prompt: str, output: type[T], tokens: int, attempt: int = 0) -> T:
        self._in_time()
        instructions = prompts.instructions(step, self.language, self.framework)
        return self.steps.ask(
            Ask(f"code.{step}", prompts.PROMPT_VERSION, instructions, prompt, output, tokens, attempt)
        )

    def _plan_faults(self, plan: Plan) -> tuple[str, ...]:
        return plan_faults(plan, self.specification, self.language)

    def _allowed(self, path: str) -> bool:
        return self.language.path_fault(path) is None

    def _project(self) -> Project:
        tests = tuple(path for path in self._files if self.language.is_test(path))
        return Project(
            self.language.name, self.framework, dict(self._files), tests, (), self.language.stand_ins(self.framework)
        )

    def _say(self, line: str) -> None:
        """Tell a person what comes next, if there is time for it."""
        self._in_time()
        self.progress(line)

    def _in_time(self) -> None:
        if time.monotonic() > self._until:
            raise _TimeIsUp


class _TimeIsUp(Exception):
    """The time for this project is spent."""


def findings_text(found: Round) -> str:
    """What a round found, for the one who repairs it: faults of the checks, failures with the runner's own words."""
    lines = [f"{fault.code}: {fault.file}: {fault.message}" for fault in found.faults]
    lines += [
        f"mutation: every test still passes when {name} does nothing; strengthen the tests of it"
        for name in found.survivors
    ]
    if found.report:
        if found.report.fault:
            lines.append(f"run: {found.report.fault}")
        lines += [f"failed: {each.test}\n{each.message}" for each in found.report.failed]
        lines += ["output:", found.report.output]
    return "\n".join(lines)[:_LONGEST_FINDINGS]


def _signature(found: Round) -> frozenset[str]:
    """What is wrong, without the parts of messages that change from run to run."""
    wrong = {f"{fault.code} {fault.file} {fault.message}" for fault in found.faults} | set(found.survivors)
    if found.report:
        wrong |= {each.test for each in found.report.failed} | {found.report.fault or ""}
    return frozenset(wrong)
