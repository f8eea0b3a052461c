"""Scaffolds of real patents: they run, and the tests of their structure pass.

A seeded few in CI; `make scaffolds PATENTS=100` takes more, a fifth of them each in Python, JavaScript,
TypeScript, C and C++.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from patent2tech.codegen.languages import LANGUAGES
from patent2tech.codegen.scaffold import scaffold
from patent2tech.codegen.specifying import specify
from patent2tech.codegen.testing import SandboxTester
from patent2tech.errors import BadInput
from patent2tech.formats import Parsed, read_path
from patent2tech.patents import Patent
from patent2tech.reading import read
from patent2tech.sandbox import ChosenSandbox
from patent2tech.store.derived import Derived

SHARED = Path(__file__).parents[3] / "shared" / "data"
PATENTS = int(os.environ.get("P2T_SCAFFOLD_PATENTS", "5"))
SEED = 20261102
COMPILED = bool(shutil.which("gcc") and shutil.which("g++"))
WRITTEN = [language for language in LANGUAGES if language.runner != "native" or COMPILED]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here; only the project's machines have it"),
]


def documents(path: Path) -> Iterator[Parsed]:
    """The first patents with claims in a file; what is no patent document is none of ours."""
    with contextlib.suppress(BadInput):
        parsed = (each for each in read_path(path) if isinstance(each, Parsed) and each.patent.claims)
        yield from itertools.islice(parsed, 12)


def some_patents(count: int) -> Iterator[Patent]:
    """Patents of all folders in a seeded order, each number once."""
    paths = [path for path in sorted(SHARED.rglob("*")) if path.suffix.lower() in {".xml", ".zip", ".txt", ".html"}]
    random.Random(SEED).shuffle(paths)
    seen: set[str] = set()
    for path in paths:
        outcomes = list(documents(path))
        for each in random.Random(SEED).sample(outcomes, min(3, len(outcomes))):
            if str(each.patent.number) not in seen and len(seen) < count:
                seen.add(str(each.patent.number))
                yield each.patent
        if len(seen) >= count:
            return


def test_scaffolds_of_real_patents_run_and_their_structure_tests_pass(tmp_path: Path) -> None:
    tester = SandboxTester(ChosenSandbox(), Derived(tmp_path))
    faults: list[str] = []
    tried = tests = elements = 0
    for position, patent in enumerate(some_patents(PATENTS)):
        language = WRITTEN[position % len(WRITTEN)]
        framework = language.frameworks[(position // len(WRITTEN)) % len(language.frameworks)]
        specification = specify(read(patent, dt.date(2026, 11, 2)))
        if not specification.claims:
            continue
        project = scaffold(specification, language, framework)
        expected = tuple(language.calls({path: project.files[path] for path in project.tests}))
        assert {row.test for row in project.trace} <= set(expected)
        report = tester.test(project, expected)
        tried, tests, elements = tried + 1, tests + len(expected), elements + len(project.trace)
        if not report.good:
            faults.append(f"{patent.number} {language.name} {framework}: {report.fault} {report.failed[:2]}")
    print(f"{tried} scaffolds, {elements} claim elements, {tests} tests, {len(faults)} with faults")  # noqa: T201 - the figure
    assert faults == []
    assert tried == PATENTS
