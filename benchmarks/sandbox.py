"""What a sandbox costs: a trivial program in it, against the same program as a bare process in the same run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from benchmarks.measuring import row
from patent2tech.sandbox import Limits, Sandbox
from patent2tech.sandbox.selftest import examine
from patent2tech.sandbox.staged import StagedSandbox

_RUNS = 40
_AT_ONCE = 20
_MEBIBYTE = 1024 * 1024
_HELD_MB = 60
_CAP = 128 * _MEBIBYTE
_BACKENDS = {
    "sandlock": StagedSandbox("sandlock"),
    "bubblewrap": StagedSandbox("bubblewrap"),
    "sandlock, no namespaces": StagedSandbox("sandlock", namespaces=False),
}


def run() -> None:
    """The overhead of each backend that is here, and the memory of twenty runs at once."""
    for name, sandbox in _BACKENDS.items():
        if not examine(sandbox).passed:
            row(f"sandbox {name}", "not on this machine")
            continue
        _overhead(name, sandbox)
        _together(name, sandbox)


def _overhead(name: str, sandbox: Sandbox) -> None:
    limits = Limits(wall_seconds=30)
    command = ["python", "-c", "print(1)"]
    interpreter = os.path.realpath(sys.executable)

    def bare() -> object:
        return subprocess.run([interpreter, "-I", "-c", "print(1)"], env={}, capture_output=True, check=True)

    def confined() -> object:
        return sandbox.run({}, command, limits)

    # In turn, so that what else the machine does falls on both alike.
    pairs = [(*_cost(bare), *_cost(confined)) for _ in range(_RUNS)]
    alone, alone_cpu, inside, inside_cpu = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    row(f"sandbox {name}: bare, confined, overhead, ms (median)", f"{alone:.0f}, {inside:.0f}, {inside - alone:.0f}")
    row(f"sandbox {name}: the same in ms of CPU", f"{alone_cpu:.0f}, {inside_cpu:.0f}, {inside_cpu - alone_cpu:.0f}")


def _together(name: str, sandbox: Sandbox) -> None:
    program = f"held = bytearray(b'x') * ({_HELD_MB} << 20)\nimport time\ntime.sleep(1)\nprint('ok')\n".encode()
    limits = Limits(wall_seconds=120, memory_bytes=_CAP)
    peak = [0]
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(peak, done))
    watcher.start()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        runs = list(pool.map(lambda _: sandbox.run({"m.py": program}, ["python", "m.py"], limits), range(_AT_ONCE)))
    done.set()
    watcher.join()
    whole = sum(run.output == "ok\n" for run in runs)
    row(
        f"sandbox {name}: {_AT_ONCE} at once, whole, MB in all, cap",
        f"{whole}, {peak[0] >> 20}, {_AT_ONCE * _CAP >> 20}",
    )


def _watch(peak: list[int], done: threading.Event) -> None:
    """The most memory that all processes below this one held together, shared pages counted once."""
    from patent2tech.sandbox.stage import watch

    while not done.wait(0.2):
        held = sum(map(watch.proportional, watch.descendants(os.getpid())))
        peak[0] = max(peak[0], held)


def _cost(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of CPU in this process and its children."""
    before, started = os.times(), time.perf_counter()
    work()
    taken, after = time.perf_counter() - started, os.times()
    return taken, sum(after[:4]) - sum(before[:4])


if __name__ == "__main__":
    run()
