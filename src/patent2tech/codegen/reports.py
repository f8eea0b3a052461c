"""What a run of tests showed, in our words: which passed, which failed and why, and whether the run can be believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from patent2tech.codegen.project import Project


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that did not pass, with the runner's own words."""

    test: str
    message: str


@dataclass(frozen=True, slots=True)
class TestReport:
    """The account of one run; `fault` says why it proves nothing, whatever passed."""

    __test__ = False

    passed: tuple[str, ...]
    failed: tuple[Failure, ...]
    fault: str | None
    output: str
    seconds: float
    backend: str

    @property
    def good(self) -> bool:
        """Whether tests ran, all passed, and the run can be believed."""
        return bool(self.passed) and not self.failed and self.fault is None


class Tester(Protocol):
    """Runs the tests of a project where its code can do no harm.

    `test` SHALL decide by what stands outside the reach of the tested code, and raises only `SandboxUnavailable`.
    `expected` are the ids of the tests that must pass; one that is missing from the account is a failure.
    """

    def test(self, project: Project, expected: tuple[str, ...]) -> TestReport:
        """Run them all once."""
        ...
