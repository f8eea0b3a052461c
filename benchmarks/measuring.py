"""Timing and printing."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence


def best_of(runs: int, work: Callable[[], object]) -> float:
    """CPU seconds of the fastest run: the one that other load disturbed least."""
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def median_of_commands(runs: int, arguments: Sequence[str], environment: dict[str, str]) -> float:
    """Wall seconds of a command, from start to exit."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "patent2tech", *arguments], env=environment, check=True, capture_output=True
        )
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def row(name: str, figure: str) -> None:
    """One line of the result."""
    print(f"{name:<58} {figure}", flush=True)
