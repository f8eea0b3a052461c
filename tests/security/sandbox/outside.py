"""Attacks on one backend: run as `python -m tests.security.sandbox.outside BACKEND [ATTACK]`, it prints what came of each.

The answer is JSON: `{"name": [succeeded, seconds, detail]}`.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from patent2tech.sandbox import Limits
from tests.sandboxes import BACKENDS, namespaces_can_be_made
from tests.security.sandbox import crossing, exhausting, results, staying
from tests.security.sandbox.host import ATTACKS, MEBIBYTE, Attacker, bystander
from tests.security.sandbox.inside import run as inside

__all__ = ["ATTACKS", "crossing", "exhausting", "inside", "results", "staying"]

INSIDE = Path(__file__).parent / "inside"


def attack_from_inside(attacker: Attacker) -> dict[str, list[Any]]:
    """All attacks of `inside.py`, in one run."""
    os.environ["P2T_CANARY"] = attacker.marker
    unix = str(attacker.folder / "socket")
    with contextlib.ExitStack() as stack:
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        six = None
        with contextlib.suppress(OSError):
            six = stack.enter_context(socket.create_server(("::1", 0), family=socket.AF_INET6))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        udp.settimeout(0.2)
        for address in (unix, f"\0{attacker.marker}"):
            server = stack.enter_context(socket.socket(socket.AF_UNIX))
            server.bind(address)
            server.listen()
        Path(unix).chmod(0o777)
        victim = stack.enter_context(bystander(attacker.marker))
        own = attacker.folder / "own.txt"
        own.touch()
        before = _state(own, victim.pid)
        host = {
            "canary": attacker.marker,
            "marker": attacker.marker,
            "secret_file": str(attacker.secret),
            "own_file": str(own),
            "folder": str(attacker.folder),
            "source": str(Path(sys.modules["patent2tech"].__file__ or "")),
            "tcp": tcp.getsockname()[1],
            "tcp6": six.getsockname()[1] if six else 0,
            "udp": udp.getsockname()[1],
            "unix": unix,
            "abstract": attacker.marker,
            "victim": victim.pid,
            "root": os.geteuid() == 0,
        }
        files = {f"inside/{path.name}": path.read_bytes() for path in INSIDE.glob("*.py")}
        files["attack.py"] = b"from inside import run\nrun.main()\n"
        run = attacker.sandbox.run(
            {**files, "host.json": json.dumps(host).encode()},
            ["python", "attack.py"],
            Limits(wall_seconds=100, processes=32, memory_bytes=512 * MEBIBYTE),
            ["found.json"],
        )
        if "found.json" not in run.files:
            raise RuntimeError(f"the attacks did not run: {run}")
        found: dict[str, list[Any]] = json.loads(run.files["found.json"])
        for name in ("mode_and_times_of_a_host_file_changed", "priority_of_a_host_process"):
            if name in found and _state(own, victim.pid) != before:
                found[name] = [True, 0, f"{before} became {_state(own, victim.pid)}"]
        if "signal_to_a_host_process" in found:
            found["signal_to_a_host_process"][0] |= victim.poll() is not None
        if "datagram_to_the_host" in found:
            with contextlib.suppress(TimeoutError):
                found["datagram_to_the_host"][0] = bool(udp.recv(100))
    return found


def _state(path: Path, process: int) -> tuple[object, ...]:
    """What a run might change of a file and of a process, though it can open neither."""
    held = path.stat()
    limits, affinity = resource.prlimit(process, resource.RLIMIT_CPU), os.sched_getaffinity(process)
    priorities = os.getpriority(os.PRIO_PROCESS, process), os.sched_getscheduler(process)
    return held.st_mode, held.st_mtime, held.st_ctime, os.listxattr(path), limits, affinity, priorities


def attack_all(backend: str, only: str = "") -> dict[str, list[Any]]:
    """Every attack on one backend; none where this user cannot have it."""
    if not backend.endswith("without-namespaces") and not namespaces_can_be_made():
        return {}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        attacker = Attacker(BACKENDS[backend], Path(folder))
        found = {} if only else attack_from_inside(attacker)
        for name, function in ATTACKS.items():
            if only and only != name:
                continue
            started = time.monotonic()
            try:
                answer = function(attacker)
            except Exception as error:
                answer = repr(error)
            left = attacker.left_behind()
            found[name] = [bool(answer or left), round(time.monotonic() - started, 2), f"{answer} {left}"]
    return found


if __name__ == "__main__":
    print(json.dumps(attack_all(*sys.argv[1:])))
