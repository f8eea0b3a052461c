"""The mutation check: tests that still pass when a function does nothing prove nothing about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from patent2tech.codegen.languages import Language, Symbol
from patent2tech.codegen.project import Project
from patent2tech.codegen.reports import Tester

MOST_MUTANTS: Final = 24


def survivors(
    project: Project,
    symbols: tuple[Symbol, ...],
    language: Language,
    tester: Tester,
    expected: tuple[str, ...],
    progress: Callable[[str], None],
) -> tuple[tuple[str, ...], int]:
    """The symbols whose bodies can be taken away without any test failing, and how many were tried.

    Raises:
        SandboxUnavailable: when the runs are not possible.
    """
    alive: list[str] = []
    tried = 0
    for symbol in symbols[:MOST_MUTANTS]:
        emptied = language.without_body(project.files[symbol.file], symbol.name)
        if emptied is None:
            continue
        tried += 1
        progress(f"without the body of {symbol.name}")
        mutant = replace(project, files={**project.files, symbol.file: emptied})
        if tester.test(mutant, expected).good:
            alive.append(symbol.name)
    return tuple(alive), tried
