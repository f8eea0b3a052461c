"""Checks before anything runs, and the trace: which symbol and which test stand for which claim element."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from patent2tech.codegen.languages import Fault, Language, Symbol
from patent2tech.codegen.plan import Plan
from patent2tech.codegen.project import Project, TraceRow
from patent2tech.codegen.specification import Specification

_EXAMPLE: Final = re.compile(r"example|end.?to.?end", re.IGNORECASE)
_ASSERTION: Final = re.compile(r"\bassert|\braises\b|\brejects\b|\bthrows\b|\bexpect\(|\bCHECK(?:_[A-Z]+)?\s*\(")
_MOST_FAULTS: Final = 40


@dataclass(frozen=True, slots=True)
class Checked:
    """A project with its trace, and what forbids to run or believe it."""

    project: Project
    faults: tuple[Fault, ...]
    tests: tuple[str, ...]
    symbols: tuple[Symbol, ...]


def check(project: Project, plan: Plan, specification: Specification, language: Language) -> Checked:
    """Trace a project and find its faults."""
    symbols = {(each.file, each.name): each for each in language.symbols(project.sources)}
    calls = language.calls({path: project.files[path] for path in project.tests})
    rows, behind, faults = [], [], list(_path_faults(project, language))
    for requirement in specification.requirements:
        row = TraceRow(requirement.id, requirement.claim, requirement.element)
        homes = list(plan.homes(requirement.id))
        found = [symbols[home] for home in homes if home in symbols]
        behind.extend(found)
        faults.extend(
            Fault("symbol_missing", path, f"{name} of the plan is not defined; it implements {requirement.id}")
            for path, name in homes
            if (path, name) not in symbols
        )
        for symbol in found:
            test = _test_of(symbol, calls)
            row = replace(row, file=symbol.file, symbol=symbol.name, test=test)
            if test:
                break
        if found and not row.test:
            names = ", ".join(symbol.name for symbol in found)
            faults.append(Fault("untested", found[0].file, f"no test calls {names}, which implements {requirement.id}"))
        rows.append(row)
    faults.extend(language.faults(project.files, tuple(dict.fromkeys(behind)), project.framework))
    if not any(_EXAMPLE.search(name.rsplit("::", 1)[-1]) for name in calls):
        faults.append(Fault("no_example", "", "no test is the end-to-end example; its name must contain `example`"))
    distinct = tuple(dict.fromkeys(faults))[:_MOST_FAULTS]
    return Checked(replace(project, trace=tuple(rows)), distinct, tuple(calls), tuple(dict.fromkeys(behind)))


def weakened(before: Mapping[str, str], after: Mapping[str, str], language: Language) -> tuple[Fault, ...]:
    """Which tests a repair took away or made weaker: tests that are gone, assertions that became fewer."""
    return tuple(_weakened(before, after, language))


def _weakened(before: Mapping[str, str], after: Mapping[str, str], language: Language) -> Iterator[Fault]:
    for gone in sorted(language.calls(before).keys() - language.calls(after).keys()):
        yield Fault(
            "test_deleted", gone.split("::")[0], f"the test {gone} was deleted, renamed or skipped; it was put back"
        )
    for path, content in before.items():
        if len(_ASSERTION.findall(after.get(path, ""))) < len(_ASSERTION.findall(content)):
            yield Fault("test_weakened", path, "the file has fewer assertions than before; it was put back")


def _path_faults(project: Project, language: Language) -> Iterator[Fault]:
    for path in project.files:
        if problem := language.path_fault(path):
            yield Fault("path_refused", path, problem)
    if not project.tests:
        yield Fault("no_tests", "", "there are no tests")


def _test_of(symbol: Symbol, calls: Mapping[str, frozenset[str]]) -> str | None:
    """The first test that calls a symbol: a function by its name, a class by its own or that of one of its methods."""
    name = symbol.name.rsplit(".", 1)[-1]
    return next((test for test, names in calls.items() if name in names), None)
