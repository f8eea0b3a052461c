"""Tests of a project run in the sandbox, each account kept by everything that it depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from patent2tech.codegen.languages import Language, language_of
from patent2tech.codegen.project import Project
from patent2tech.codegen.reports import Failure, TestReport
from patent2tech.sandbox import Limits, Sandbox
from patent2tech.sandbox.native import CPP, C, judge_native
from patent2tech.sandbox.verdict import Result, Verdict, judge_node, judge_python
from patent2tech.store.derived import Derived

_KIND: Final = "code-runs-1"
_LIMITS: Final = Limits(wall_seconds=60, cpu_seconds=60)
# Compiling twenty C++ files with all warnings takes half a minute of CPU.
_NATIVE_LIMITS: Final = Limits(wall_seconds=180, cpu_seconds=60)
_LONGEST_TEXT: Final = 4_000
_LONGEST_OUTPUT: Final = 8_000


@dataclass(frozen=True, slots=True)
class SandboxTester:
    """A `Tester` on a sandbox; the same project is run once."""

    sandbox: Sandbox
    kept: Derived

    def test(self, project: Project, expected: tuple[str, ...]) -> TestReport:
        """Run every test file once.

        Raises:
            SandboxUnavailable: when nothing can be run here.
        """
        language = language_of(project.language, project.framework)
        files = run_files(project, language)
        key = _key(files, project.tests, self.sandbox.name)
        if report := _recalled(self.kept.get(_KIND, key)):
            return _expecting(report, expected)
        report = _report(self._judge(language, files, project.tests), self.sandbox.name)
        self.kept.put(_KIND, key, json.dumps(asdict(report)).encode())
        return _expecting(report, expected)

    def _judge(self, language: Language, files: Mapping[str, bytes], tests: tuple[str, ...]) -> Verdict:
        if language.runner == "native":
            native = CPP if language.name == "cpp" else C
            return judge_native(self.sandbox, files, tests, native, _NATIVE_LIMITS)
        judge = judge_python if language.runner == "pytest" else judge_node
        return judge(self.sandbox, files, tests, _LIMITS)


def run_files(project: Project, language: Language) -> dict[str, bytes]:
    """Everything that a run needs: the project, what belongs beside its code, and what stands in for packages."""
    texts = {**project.files, **project.stand_ins, **language.extra_files(project)}
    return {path: content.encode("utf-8", "replace") for path, content in texts.items()}


def _report(verdict: Verdict, backend: str) -> TestReport:
    passed = tuple(each.id for each in verdict.results if each.result is Result.PASSED)
    failed = tuple(
        Failure(each.id, each.text[-_LONGEST_TEXT:] or str(each.result))
        for each in verdict.results
        if each.result is not Result.PASSED
    )
    output = "\n".join(filter(None, (text for run in verdict.runs for text in (run.output, run.errors))))
    fault = "; ".join(verdict.problems)[:_LONGEST_TEXT] or None
    return TestReport(passed, failed, fault, output[-_LONGEST_OUTPUT:], round(verdict.seconds, 3), backend)


def _expecting(report: TestReport, expected: tuple[str, ...]) -> TestReport:
    """The report with a failure for each test that must be there and was not run."""
    seen = {*report.passed, *(each.test for each in report.failed)}
    missing = tuple(Failure(test, "the test was not run") for test in expected if test not in seen)
    return TestReport(
        report.passed, report.failed + missing, report.fault, report.output, report.seconds, report.backend
    )


def _recalled(content: bytes | None) -> TestReport | None:
    if content is None:
        return None
    try:
        values = json.loads(content)
        failed = tuple(Failure(**each) for each in values.pop("failed"))
        passed = tuple(values.pop("passed"))
        return TestReport(passed=passed, failed=failed, **values)
    except (ValueError, TypeError, KeyError):
        return None


def _key(files: Mapping[str, bytes], tests: tuple[str, ...], backend: str) -> str:
    digest = hashlib.sha256(repr((sorted(tests), backend, _LIMITS)).encode())
    for path, content in sorted(files.items()):
        digest.update(f"\0{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
