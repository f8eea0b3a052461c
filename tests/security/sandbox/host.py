"""The host under attack: limits, backends, and things worth reaching."""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from patent2tech.sandbox import Limits, Run, Sandbox
from patent2tech.sandbox.stage import watch

MEBIBYTE = 1024 * 1024
_STAGE_CONFINED_AND_COMMAND = 3
LIMITS = Limits(
    wall_seconds=15,
    cpu_seconds=10,
    memory_bytes=256 * MEBIBYTE,
    processes=32,
    output_bytes=20_000,
    workspace_bytes=16 * MEBIBYTE,
    workspace_files=400,
    file_bytes=8 * MEBIBYTE,
)
SHORT = Limits(**{**{name: getattr(LIMITS, name) for name in LIMITS.__slots__}, "wall_seconds": 1.5})
SECONDS_FOR_ONE = 60  # most take one or two; on two cores with a load of 20 the longest took 32
Attack = Callable[["Attacker"], object]
ATTACKS: dict[str, Attack] = {}


def attack(function: Attack) -> Attack:
    ATTACKS[function.__name__] = function
    return function


class Attacker:
    """One backend under attack, and a host with things worth reaching."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.marker = f"marker{secrets.token_hex(12)}"
        self.secret = folder / "secret.txt"
        self.secret.write_text(self.marker)
        self.secret.chmod(0o644)

    def run(self, code: str, limits: Limits = LIMITS, collect: tuple[str, ...] = (), **files: str) -> Run:
        """Run some Python in the sandbox; the marker is on its command line."""
        given = {name.replace("__", "."): text.encode() for name, text in files.items()}
        return self.sandbox.run(
            {**given, "main.py": code.encode()}, ["python", "main.py", self.marker], limits, collect
        )

    def left_behind(self, program: int | None = None) -> list[str]:
        """Processes that still bear the marker, and folders: all of a program, or those of the runs of this one."""
        name = f"p2t-*-{program}-*" if program else f"p2t-run-{os.getpid()}-*"
        found = [str(path) for path in Path("/tmp").glob(name)]
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if self.marker.encode() in path.read_bytes() and path.parent.name != str(os.getpid()):
                    found.append(path.parent.name)
        return found

    def running(self, program: int | None = None) -> bool:
        """Whether a program's run has begun: below the stage and who confines it there is the command."""
        return len(list(watch.descendants(program or os.getpid()))) >= _STAGE_CONFINED_AND_COMMAND


def until(what: Callable[[], object], seconds: float = 60) -> bool:
    """Wait for something to become true; a loaded machine takes its time, so that only the state counts."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def leaks(attacker: Attacker, code: str, unwanted: str = "") -> bool:
    run = attacker.run(f"SECRET = {str(attacker.secret)!r}\n{code}", collect=("*",))
    return unwanted in run.files or any(attacker.marker.encode() in content for content in run.files.values())


@contextlib.contextmanager
def bystander(name: str = "sleep") -> Iterator[subprocess.Popen[bytes]]:
    """A process of the same user that has nothing to do with a run."""
    with subprocess.Popen([name, "60"], executable="/bin/sleep") as process:
        try:
            yield process
        finally:
            process.kill()
