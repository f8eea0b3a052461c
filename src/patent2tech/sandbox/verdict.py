"""Whether the tests of a project pass, decided so that the project itself has no say.

`judge_python(sandbox, project, tests)`, or `judge_node` for JavaScript and TypeScript with `node:test`, runs each test
module in a sandbox run of its own, on the files as they were given: no module sees what another left, and a test that
is deleted or rewritten at run time is there again for the next. Which tests there must be is read from their text
before anything runs. A test passes only if it was reported, called and passed in a report signed with a key that the
tested code does not hold, by a run that ended by itself. `conftest.py`, `pytest.ini`, `pyproject.toml` and plug-ins of
the project are not used; skipped and expected failures do not count as passed.

What is caught: a report of one's own, `os._exit(0)`, printing "10 passed", patched pytest or builtins, deleted,
renamed or skipped tests, a parent that is killed. What cannot be known from outside is a test that checks nothing;
for that, run the verdict again on the project with the function's body removed: it must fail.

Imports inside: `roots` are put on the path behind the installed packages, so a module of the project must not be
named like one of Python's own or of the installed packages.
"""

from __future__ import annotations

import ast
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from patent2tech.sandbox.output import clean
from patent2tech.sandbox.protocol import Limits, Outcome, Run, Sandbox
from patent2tech.sandbox.syntax import parsed

_INSIDE = Path(__file__).parent / "inside"
_OWN_FILES = 8
_NAMED_TEST = re.compile(r"""(?<![\w.$])(?:test|it)\s*\(\s*(["'`])((?:\\.|(?!\1).)*)\1""")


class Result(StrEnum):
    """How one test ended; only `PASSED` is good."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test, named `tests/test_pump.py::test_starts` or `tests/test_pump.py::TestPump::test_starts`."""

    __test__ = False  # the name is the field's, not an order to pytest

    id: str
    result: Result
    text: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a project's tests after they ran; `problems` says what was wrong beside single tests."""

    results: tuple[TestResult, ...]
    problems: tuple[str, ...] = ()
    runs: tuple[Run, ...] = field(default=(), repr=False)

    @property
    def passed(self) -> bool:
        """Whether there were tests, every one passed, and nothing was wrong with how it was found out."""
        return bool(self.results) and not self.problems and all(test.result is Result.PASSED for test in self.results)

    @property
    def seconds(self) -> float:
        """How long the runs took together."""
        return sum(run.seconds for run in self.runs)


def judge_python(
    sandbox: Sandbox,
    project: Mapping[str, bytes],
    tests: Sequence[str],
    limits: Limits | None = None,
    roots: Sequence[str] = (".",),
) -> Verdict:
    """Run test modules of a Python project, each by itself, and say what passed.

    `tests` are paths in `project`; `limits` hold for each module. `roots` are the folders that modules are imported
    from, `("src",)` for instance.

    Raises:
        SandboxUnavailable: when nothing can be run here.
        BadInput: when the files cannot be laid out.
    """
    expected = {module: list(expected_tests(module, project.get(module, b""))) for module in tests}
    return _judge(sandbox, project, expected, limits or Limits(), ("pytest", *roots))


def judge_node(
    sandbox: Sandbox, project: Mapping[str, bytes], tests: Sequence[str], limits: Limits | None = None
) -> Verdict:
    """Run test modules of a JavaScript or TypeScript project, each by itself, and say what passed.

    Tests are named by `test("name", ...)` or `it("name", ...)` from `node:test`, with the name written out.

    Raises:
        SandboxUnavailable: when nothing can be run here.
        BadInput: when the files cannot be laid out.
    """
    expected = {module: list(expected_node_tests(module, project.get(module, b""))) for module in tests}
    return _judge(sandbox, project, expected, limits or Limits(), ("node",))


def _judge(
    sandbox: Sandbox,
    project: Mapping[str, bytes],
    expected: Mapping[str, list[str]],
    limits: Limits,
    means: tuple[str, ...],
) -> Verdict:
    results: list[TestResult] = []
    problems: list[str] = []
    runs: list[Run] = []
    for module, names in expected.items():
        if not names:
            problems.append(f"{module} holds no test")
            continue
        run, report, faults = _run_module(sandbox, project, module, limits, means)
        runs.append(run)
        problems += [f"{module}: {fault}" for fault in faults]
        results += [_result(name, report) for name in names]
    return Verdict(tuple(results), tuple(problems), tuple(runs))


def expected_tests(module: str, source: bytes) -> Iterator[str]:
    """The tests that a module's text defines, found without running it; none when it cannot be parsed."""
    try:
        tree = parsed(source)
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
            yield f"{module}::{node.name}"
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and inner.name.startswith("test"):
                    yield f"{module}::{node.name}::{inner.name}"


def expected_node_tests(module: str, source: bytes) -> Iterator[str]:
    """The tests that a JavaScript module names in its text."""
    yield from dict.fromkeys(
        f"{module}::{found[2]}" for found in _NAMED_TEST.finditer(source.decode("utf-8", "replace"))
    )


def _run_module(
    sandbox: Sandbox, project: Mapping[str, bytes], module: str, limits: Limits, means: tuple[str, ...]
) -> tuple[Run, list[dict[str, str]], list[str]]:
    key = secrets.token_bytes(32)
    folder = f"judge-{secrets.token_hex(8)}"
    own = {"judge.py": (_INSIDE / "judge.py").read_bytes(), "key": key}
    kind, *roots = means
    if kind == "node":
        own["child.mjs"] = (_INSIDE / "node_child.mjs").read_bytes()
        kind = f"{folder}/child.mjs"
    files = {**project, **{f"{folder}/{name}": content for name, content in own.items()}}
    command = ["python", f"{folder}/judge.py", f"{folder}/key", f"{folder}/report", kind, module, *roots]
    room = replace(limits, workspace_files=limits.workspace_files + _OWN_FILES)
    run = sandbox.run(files, command, room, [f"{folder}/report"])
    told, faults = _read_report(run, run.files.get(f"{folder}/report", b""), key)
    return run, [item for item in told if item.get("kind") == "test"], faults


def _read_report(run: Run, raw: bytes, key: bytes) -> tuple[list[dict[str, str]], list[str]]:
    """The results of a signed report, and what speaks against believing it."""
    report, fault = signed_report(run, raw, key)
    if report is None:
        return [], [fault]
    told = report["results"]
    faults = [_shown(item) for item in told if item["kind"] == "collect"]
    faults += [
        f"{item['file']} reached into the interpreter: {item['event']}" for item in told if item["kind"] == "intruder"
    ]
    # Node says 1 of a module with failed tests, as ours are.
    if report["status"] not in {0, 1} or not told or told[-1]["kind"] != "finished":
        faults.append(f"the tests did not run to their end, exit status {report['status']}")
    elif not _probes_held(told):
        faults.append("the machinery of testing was tampered with")
    return told, faults


def signed_report(run: Run, raw: bytes, key: bytes) -> tuple[dict[str, Any] | None, str]:
    """What a judge inside reported, or why there is no report that can be believed."""
    if run.outcome is not Outcome.EXITED:
        return None, f"the run was ended: {run.outcome}"
    signature, _, body = raw.partition(b"\n")
    if run.exit_code != 0 or not raw:
        return None, f"the run ended without a report, exit status {run.exit_code}"
    if not hmac.compare_digest(signature, hmac.new(key, body, hashlib.sha256).hexdigest().encode()):
        return None, "the report is not ours"
    report: dict[str, Any] = json.loads(body)
    return report, ""


def _probes_held(told: list[dict[str, str]]) -> bool:
    if told[0]["kind"] != "probes" or any(item["kind"] in {"forged", "probes"} for item in told[1:]):
        return False
    calls = [item for item in told if item["kind"] == "test" and item["when"] == "call"]
    passing = [item for name in told[0]["pass"] for item in calls if item["id"].endswith(f"::{name}")]
    failing = [item for name in told[0]["fail"] for item in calls if item["id"].endswith(f"::{name}")]
    return (
        [item["outcome"] for item in passing] == ["passed", "passed"]
        and [item["outcome"] for item in failing] == ["failed", "failed"]
        and calls[:2] == [passing[0], failing[0]]
        and calls[-2:] == [passing[1], failing[1]]
    )


def _result(test: str, report: list[dict[str, str]]) -> TestResult:
    """The result of a test from all its phases and, where it has parameters, all its cases."""
    phases = [item for item in report if item["id"] == test or item["id"].startswith(f"{test}[")]
    bad = [item for item in phases if item["outcome"] == "failed"]
    if bad:
        return TestResult(test, Result.FAILED, _shown(bad[0]))
    unusual = [item for item in phases if item["outcome"] != "passed"]
    if unusual:
        return TestResult(test, Result.SKIPPED, _shown(unusual[0]))
    if not any(item["when"] == "call" for item in phases):
        return TestResult(test, Result.MISSING, "the test was not run")
    return TestResult(test, Result.PASSED)


def _shown(item: Mapping[str, str]) -> str:
    """The words of a failure, which tested code has a part in, without what a terminal or a page would act on."""
    return clean(item["text"].encode("utf-8", "replace"))
