"""Time of a scaffold by rules, against reading the same patents, and of a run of its tests."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
from pathlib import Path

from benchmarks.corpus import documents
from benchmarks.measuring import best_of, row
from patent2tech.codegen.languages import language_of
from patent2tech.codegen.scaffold import scaffold
from patent2tech.codegen.specifying import specify
from patent2tech.codegen.testing import SandboxTester
from patent2tech.reading import read
from patent2tech.sandbox import ChosenSandbox
from patent2tech.store.derived import Derived

_EVERY = 20
_RUN = 5


def run() -> None:
    """Print the figures."""
    patents = [outcome.patent for outcome in documents() if outcome.patent.claims][::_EVERY]
    readings = [read(patent, dt.date(2026, 1, 1)) for patent in patents]
    language = language_of("python")
    reading = best_of(2, lambda: [read(patent, dt.date(2026, 1, 1)) for patent in patents])
    writing = best_of(2, lambda: [scaffold(specify(each), language, "none") for each in readings])
    row("scaffold: patents, ms of CPU each", f"{len(patents)}, {writing / len(patents) * 1000:.0f}")
    row("scaffold: time against reading the same patents (peer)", f"{writing / reading:.2f} x")
    with tempfile.TemporaryDirectory(prefix="p2t-bench-") as folder:
        tester = SandboxTester(ChosenSandbox(), Derived(Path(folder)))
        projects = [scaffold(specify(each), language, "none") for each in readings[:_RUN]]
        seconds = [tester.test(project, ()).seconds for project in projects]
    row("scaffold: tests in the sandbox, s by the clock, median", f"{statistics.median(seconds):.2f}")
