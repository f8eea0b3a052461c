"""The first process of a container: lays out the files, runs the command, and sends back what it left.

It reads from its input a line of JSON and an archive, and writes to its output, after what the command printed, a
boundary that the command does not know, how the command ended, and an archive of the files in the work space.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import resource
import signal
import stat
import sys
import tarfile
import time
from typing import Any

_DUMPABLE = 4
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


def main() -> None:
    """One run."""
    ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)
    source = sys.stdin.buffer
    order = json.loads(source.readline())
    with tarfile.open(fileobj=io.BytesIO(source.read(order["archive"]))) as archive:
        for entry in archive:  # files only, with paths that were checked before
            os.makedirs(os.path.dirname(entry.name) or ".", mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120 - inside, where little is loaded
            content = archive.extractfile(entry)
            with open(entry.name, "xb") as file:  # noqa: PTH123 - as above
                file.write(content.read() if content else b"")
    child = os.fork()
    if child == 0:
        _become(order)
    status = _wait(child, order["seconds"])
    if os.getpid() == 1:
        _end_all()
    answer = json.dumps({"status": status}).encode()
    sys.stdout.buffer.write(order["boundary"].encode() + answer + b"\n" + _results(order))
    sys.stdout.buffer.flush()


def _become(order: dict[str, Any]) -> None:
    """The child becomes the command; it never returns."""
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for name, limit in order["limits"].items():
            resource.setrlimit(getattr(resource, name), (limit, limit))
        os.execvpe(order["command"][0], order["command"], order["environment"])  # noqa: S606 - inside the sandbox
    except BaseException as error:  # noqa: BLE001 - this process ends here whatever happens
        os.write(2, f"{error}\n".encode())
        os._exit(127)


def _wait(child: int, seconds: float) -> int | None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _end_all() -> None:
    """Kill everything else in the container."""
    while True:
        try:
            os.kill(-1, signal.SIGKILL)
            os.waitpid(-1, 0)
        except (ProcessLookupError, ChildProcessError):
            return


def _results(order: dict[str, Any]) -> bytes:
    """Regular files with one name, up to the limits; who reads them checks again."""
    packed, used = io.BytesIO(), 0
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for folder, _, names in os.walk(".", followlinks=False):
            for name in names:
                path = f"{folder}/{name}".removeprefix("./")
                try:
                    descriptor = os.open(path, _FILE)
                except OSError:
                    continue
                with os.fdopen(descriptor, "rb") as file:
                    held = os.fstat(descriptor)
                    fits = held.st_size <= order["file_bytes"] and used + held.st_size <= order["all_bytes"]
                    if stat.S_ISREG(held.st_mode) and held.st_nlink == 1 and fits:
                        content = file.read(held.st_size)
                        entry = tarfile.TarInfo(path)
                        entry.size = len(content)
                        archive.addfile(entry, io.BytesIO(content))
                        used += len(content)
    return packed.getvalue()


if __name__ == "__main__":
    main()
