"""The border to programming languages: one file here per language, listed in `languages/__init__.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from patent2tech.codegen.outline import Outline
from patent2tech.codegen.project import Project


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that forbids to run or to believe a project: a stable code, where it is, and what to do about it."""

    code: str
    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A function, method or class that a source file defines; `name` is dotted for methods."""

    file: str
    name: str
    line: int


class Language(Protocol):
    """Writes and inspects projects in one programming language; runs nothing.

    `scaffold` SHALL let no text of a patent out of docstrings, comments and string literals. `faults` SHALL find what
    does not parse, imports that are not allowed, and stubs among `behind` (the symbols that implement requirements).
    `calls` SHALL give the tests of the project with the names that each of them calls. `without_body` gives the file
    with the body of a symbol taken away, or `None` where it has none to take away.
    """

    @property
    def name(self) -> str:
        """The name that a user asks for."""
        ...

    @property
    def frameworks(self) -> tuple[str, ...]:
        """The frameworks that a user can ask for, `none` first."""
        ...

    @property
    def runner(self) -> str:
        """The test runner: `pytest`, `node` or `native`."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of its source files."""
        ...

    def scaffold(self, outline: Outline, framework: str) -> Project:
        """The project that shows the structure of the claims."""
        ...

    def is_test(self, path: str) -> bool:
        """Whether the runner takes a file for tests."""
        ...

    def path_fault(self, path: str) -> str | None:
        """Why a file of this name may not be part of a project, or `None`."""
        ...

    def faults(self, files: Mapping[str, str], behind: Sequence[Symbol], framework: str) -> tuple[Fault, ...]:
        """What is wrong with the files before anything runs."""
        ...

    def symbols(self, files: Mapping[str, str]) -> tuple[Symbol, ...]:
        """Everything that the files define."""
        ...

    def calls(self, files: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
        """Each test's id with the names that it calls, also through the functions of its own file."""
        ...

    def without_body(self, content: str, symbol: str) -> str | None:
        """The content of a file without the body of one symbol, so that tests of it must fail."""
        ...

    def extra_files(self, project: Project) -> Mapping[str, str]:
        """What a package of this language has beside its code: the list of what it needs."""
        ...

    def stand_ins(self, framework: str) -> Mapping[str, str]:
        """Files that a run needs in place of a framework that the sandbox does not have; no part of the package."""
        ...
