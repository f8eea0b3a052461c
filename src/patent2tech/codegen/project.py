"""A code project: its files, and which symbol and which test stand for which claim element."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class TraceRow:
    """Where one claim element is implemented and tested; `None` is a gap, which is shown as one.

    `symbol` is the function or class in `file`; `test` is the test's id as its runner names it.
    """

    requirement: str
    claim: int
    element: int
    file: str | None = None
    symbol: str | None = None
    test: str | None = None

    @property
    def complete(self) -> bool:
        """Whether the element has both a symbol and a test."""
        return None not in {self.file, self.symbol, self.test}


@dataclass(frozen=True, slots=True)
class Project:
    """Files by their path in the project, and the trace; `tests` are the paths of the test files."""

    language: str
    framework: str
    files: Mapping[str, str]
    tests: tuple[str, ...]
    trace: tuple[TraceRow, ...] = ()
    stand_ins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Files that only a run needs, in place of packages that the sandbox does not have."""

    @property
    def sources(self) -> Mapping[str, str]:
        """The files that are not tests."""
        return {path: content for path, content in self.files.items() if path not in self.tests}
