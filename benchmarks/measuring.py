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


def fastest(rounds: int, items: Sequence[bytes], works: Sequence[Callable[[bytes], object]]) -> list[float]:
    """CPU seconds of each work over all items, each item at its best of all rounds.

    The works take turns at each item, so that what else runs on the machine disturbs them alike.
    """
    best = [[float("inf")] * len(items) for _ in works]
    for _ in range(rounds):
        for place, item in enumerate(items):
            for work, seconds in zip(works, best, strict=True):
                start = time.process_time()
                work(item)
                seconds[place] = min(seconds[place], time.process_time() - start)
    return [sum(seconds) for seconds in best]


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
