"""Whether the tests of a project in C or C++ pass, decided by comparing here what the tests claim there.

`judge_native(sandbox, project, tests, language)` compiles the project in the sandbox with each test module, with
warnings on and undefined behaviour made to end the test, and runs every test in a process of its own. Nothing in the
sandbox knows an expected value: `native_tests` takes it out of the text, and it is compared here. A test passes when
each of its checks was reported with the right value and nothing else, it told its end, and its process ended with
success.

What is caught: a process that leaves early, a forged or copied report, macros that stand in for the checks, a `main` or
a constructor of the project's own, overriding of what the tests compare with, reading of the judge's files. What cannot
be known from outside is code that holds the right answers; for that, the function's body is taken away, and for
problems of ours a judge is used that the writer never saw.

The address sanitizer is not used: it reserves 14 TB of addresses, which the limit of memory of each process forbids.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from patent2tech.errors import CompilerMissing
from patent2tech.sandbox.native_tests import NativeTest, NotRead, TestModule, read_module
from patent2tech.sandbox.output import clean
from patent2tech.sandbox.protocol import Limits, Run, Sandbox
from patent2tech.sandbox.verdict import Result, TestResult, Verdict, signed_report

_INSIDE: Final = Path(__file__).parent / "inside"
_OWN_FILES: Final = 8
_SECONDS_FOR_ONE: Final = 20.0
_LONGEST_TEXT: Final = 4000
_SAFE: Final = ("-fsanitize=undefined", "-fno-sanitize-recover=all", "-fstack-protector-strong")
_FLAGS: Final = (
    *("-O1", "-Wall", "-Wextra", "-Werror=return-type", "-fmax-errors=20", "-fdiagnostics-color=never"),
    *("-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=2", "-D_GLIBCXX_ASSERTIONS", "-I.", "-Isrc", "-Iinclude"),
    *_SAFE,
)


# Texts of any kind that has data, and whether an expression throws.
_CPP_CALLS: Final = """\
template <class T> auto @_text(int check, const T &found) -> decltype(found.data(), void())
{ @_bytes(check, found.data(), found.size()); }
#define @_THROWS(check, ...) do { bool @_thrown = false; \\
    try { (void)(__VA_ARGS__); } catch (...) { @_thrown = true; } @_truth(check, @_thrown); } while (0)
"""


@dataclass(frozen=True, slots=True)
class NativeLanguage:
    """A language that is compiled: its compiler, what it is called with, and which files it compiles."""

    compiler: str
    suffix: str
    flags: tuple[str, ...]
    package: str
    plus: bool = False


C: Final = NativeLanguage(
    "gcc",
    ".c",
    (*("-std=gnu17", "-Werror=implicit-function-declaration"), *("-Werror=incompatible-pointer-types",), *_FLAGS),
    "gcc",
)
CPP: Final = NativeLanguage("g++", ".cpp", ("-std=gnu++20", *_FLAGS), "g++", plus=True)


def judge_native(
    sandbox: Sandbox,
    project: Mapping[str, bytes],
    tests: Sequence[str],
    language: NativeLanguage,
    limits: Limits | None = None,
) -> Verdict:
    """Compile a project with each of its test modules, run them, and say what passed.

    Raises:
        CompilerMissing: when the sandbox has no compiler for the language.
        SandboxUnavailable: when nothing can be run here.
        BadInput: when the files cannot be laid out.
    """
    results: list[TestResult] = []
    problems: list[str] = []
    runs: list[Run] = []
    sources = {path: content for path, content in project.items() if path not in tests}
    for name in tests:
        prefix = f"p2t_{secrets.token_hex(8)}"
        try:
            module = read_module(project.get(name, b"").decode("utf-8", "replace"), prefix)
        except NotRead as error:
            problems.append(f"{name}: {error}")
            continue
        if not module.tests:
            problems.append(f"{name} holds no test")
            continue
        job = _Job(name, module, language, prefix)
        run, report, fault = job.perform(sandbox, sources, limits or Limits())
        runs.append(run)
        if fault:
            problems.append(f"{name}: {clean(fault.replace(prefix, 'check').encode())}")
        told = report or [{}] * len(module.tests)
        results += [_result(f"{name}::{test.name}", test, said) for test, said in zip(module.tests, told, strict=False)]
    return Verdict(tuple(results), tuple(problems), tuple(runs))


@dataclass(frozen=True, slots=True)
class _Job:
    """One test module on its way through the sandbox; `prefix` begins every name that is ours."""

    name: str
    module: TestModule
    language: NativeLanguage
    prefix: str

    def perform(
        self, sandbox: Sandbox, sources: Mapping[str, bytes], limits: Limits
    ) -> tuple[Run, list[dict[str, Any]], str]:
        """The run, what each test claimed in it, and why nothing was claimed, where that is so."""
        key, folder = secrets.token_bytes(32), f"judge-{secrets.token_hex(8)}"
        test, harness = f"{folder}/test{self.language.suffix}", f"{folder}/harness.c"
        own = {
            f"{folder}/judge.py": (_INSIDE / "native_judge.py").read_bytes(),
            f"{folder}/key": key,
            f"{folder}/order": json.dumps(self._order(sources, test, harness, limits)).encode(),
            test: self._unit().encode("utf-8", "replace"),
            harness: (_INSIDE / "native_harness.c").read_bytes().replace(b"@", self.prefix.encode()),
        }
        room = replace(limits, workspace_files=limits.workspace_files + _OWN_FILES)
        command = ["python", *(f"{folder}/{name}" for name in ("judge.py", "key", "report", "order"))]
        run = sandbox.run({**sources, **own}, command, room, [f"{folder}/report"])
        report, fault = signed_report(run, run.files.get(f"{folder}/report", b""), key)
        if report is None:
            return run, [], fault
        if report.get("missing"):
            raise CompilerMissing(
                f"there is no {report['missing']} here to compile with, so nothing is run: "
                f"apt-get install -y {self.language.package} libc6-dev, or add it to the sandbox's image"
            )
        return run, report["tests"], report["problem"]

    def _order(self, sources: Mapping[str, bytes], test: str, harness: str, limits: Limits) -> dict[str, object]:
        """What the judge inside is to compile with what, and how many tests there are."""
        compiler, flags = self.language.compiler, list(self.language.flags)
        near = f"-iquote{self.name.rpartition('/')[0] or '.'}"
        units = [[compiler, flags, path] for path in sorted(sources) if path.endswith(self.language.suffix)]
        units += [[compiler, [*flags, near], test], ["gcc", ["-O1"], harness]]
        return {
            "compiler": compiler,
            "units": units,
            "own": [test, harness],
            "link": list(_SAFE),
            "module": self.name,
            "count": len(self.module.tests),
            "seconds": min(_SECONDS_FOR_ONE, limits.wall_seconds),
        }

    def _unit(self) -> str:
        """The module as it is compiled: what its calls mean, its text, and the list of its tests."""
        name, tests = self.prefix, [f"{self.prefix}_test_{number}" for number in range(len(self.module.tests))]
        calls = ("whole(int, long double)", "real(int, double)", "truth(int, int)", "text(int, const char *)")
        declared = [f"void {name}_{call};" for call in (*calls, "bytes(int, const char *, unsigned long)")]
        declared += [f"void {each}(void);" for each in tests]
        declared += [f"extern void (*const {name}_tests[])(void);", f"extern const int {name}_count;"]
        if self.language.plus:
            declared = ['extern "C" {', *declared, "}", _CPP_CALLS.replace("@", name)]
        listed = f"void (*const {name}_tests[])(void) = {{{', '.join(tests)}}};\nconst int {name}_count = {len(tests)};"
        return "\n".join([*declared, f'#line 1 "{self.name}"', self.module.text, listed, ""])


def _result(id_: str, test: NativeTest, said: Mapping[str, Any]) -> TestResult:
    if not said:
        return TestResult(id_, Result.MISSING, "the test was not run")
    text = clean(str(said["text"]).encode())
    if not any(check.of_value for check in test.checks.values()):
        return TestResult(
            id_, Result.FAILED, "the test compares no value: CHECK_INT, CHECK_REAL, CHECK_TEXT, CHECK_INTS"
        )
    claims = {each[0]: each[1:] for each in said["claims"]}
    unknown = claims.keys() - {str(number) for number in test.checks}
    if unknown:
        return TestResult(id_, Result.FAILED, f"the test reported what is none of its checks\n{text}"[:_LONGEST_TEXT])
    wrong = [
        check.shown(value)
        for number, check in test.checks.items()
        for value in claims.get(str(number), ())
        if not check.holds(value)
    ]
    if said["timed_out"]:
        wrong.append("the test did not end in time")
    elif said["status"] or not said["ended"]:
        wrong.append(f"the test did not come to its end: {_ending(said['status'])}\n{text}")
    else:
        wrong += [
            f"line {check.line}: {check.written}\nthis check was not reached"
            for number, check in test.checks.items()
            if str(number) not in claims
        ]
    return TestResult(id_, Result.FAILED if wrong else Result.PASSED, clean("\n".join(wrong)[:_LONGEST_TEXT].encode()))


def _ending(status: int) -> str:
    return f"its process was ended by signal {-status}" if status < 0 else f"its process ended with status {status}"
