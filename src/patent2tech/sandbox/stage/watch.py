"""Watching a run from outside: the memory of all its processes together, and its files where the disk has no limit."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

_PAGE = os.sysconf("SC_PAGE_SIZE")


def descendants(parent: int) -> Iterator[int]:
    """All processes below one, as they stand now."""
    waiting = [parent]
    while waiting:
        for child in _children(waiting.pop()):
            waiting.append(child)
            yield child


def memory_over(parent: int, limit: int) -> bool:
    """Whether the processes below hold more memory than the limit, shared pages counted once."""
    found = list(descendants(parent))
    if sum(map(_resident, found)) <= limit:
        return False
    return sum(map(proportional, found)) > limit


def kill_all(parent: int) -> None:
    """Kill every process below, until none is left."""
    while True:
        found = list(descendants(parent))
        for process in found:
            _kill(process)
        if not found:
            return
        time.sleep(0.001)
        _reap()


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def disk_over(folder: str, size: int, files: int) -> bool:
    """Whether a folder holds more bytes or more files than it may."""
    seen = used = 0
    waiting = [folder]
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:
            continue
        for entry in entries:
            seen += 1
            try:
                used += entry.stat(follow_symlinks=False).st_blocks * 512
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
            except OSError:
                continue
        if seen > files or used > size:
            return True
    return False


def _children(process: int) -> list[int]:
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{process}/task"):
            found += map(int, _read(f"/proc/{process}/task/{thread}/children").split())
    except OSError:
        return found
    return found


def _resident(process: int) -> int:
    try:
        return int(_read(f"/proc/{process}/statm").split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def proportional(process: int) -> int:
    """The memory of a process, with what it shares divided among those that share it."""
    try:
        for line in _read(f"/proc/{process}/smaps_rollup").splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return _resident(process)
    return 0


def _read(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, 65536)
    finally:
        os.close(descriptor)


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
