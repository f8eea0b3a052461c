"""Tests of a project run in the sandbox."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from patent2tech.codegen.languages import language_of
from patent2tech.codegen.project import Project
from patent2tech.codegen.reports import Failure, TestReport
from patent2tech.sandbox import Limits, Sandbox

_DRIVER = """
import json, os, sys
import pytest
sys.path.insert(0, os.getcwd())
class P:
    def __init__(self): self.rows = {}
    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.failed: self.rows[report.nodeid] = (report.outcome, str(report.longrepr or ""))
p = P()
code = pytest.main(["-q", "-p", "no:cacheprovider", "."], plugins=[p])
print("\\n@@" + json.dumps(p.rows))
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class SandboxTester:
    """A `Tester` on a sandbox."""

    sandbox: Sandbox

    def test(self, project: Project, expected: tuple[str, ...]) -> TestReport:
        """Run them all once."""
        language = language_of(project.language, project.framework)
        files = {path: content.encode("utf-8", "replace") for path, content in (project.files | dict(project.stand_ins) | dict(language.extra_files(project))).items()}
        files["_p2t.py"] = _DRIVER.encode()
        run = self.sandbox.run(files, ["python", "_p2t.py"], Limits())
        rows = json.loads(run.output.rsplit("@@", 1)[-1]) if "@@" in run.output else {}
        seen = {re.sub(r"\[.*", "", name): each for name, each in rows.items()}
        passed = tuple(each for each in expected if seen.get(each, ("",))[0] == "passed")
        failed = tuple(Failure(each, seen.get(each, ("", "did not run"))[1]) for each in expected if each not in passed)
        fault = None if run.exit_code == 0 else f"exit {run.exit_code}"
        return TestReport(passed, failed, fault, run.output.rsplit("@@", 1)[0][-4000:] + run.errors[-2000:], run.seconds, run.backend)
