"""The start-up self-test: does a backend keep a run from what it must not reach? One that fails is not used."""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path

from patent2tech.errors import P2TError
from patent2tech.sandbox.protocol import Limits, Outcome, Run, Sandbox

_MEBIBYTE = 1024 * 1024
_LIMITS = Limits(
    wall_seconds=20,
    cpu_seconds=10,
    memory_bytes=192 * _MEBIBYTE,
    processes=24,
    output_bytes=4096,
    workspace_bytes=8 * _MEBIBYTE,
    workspace_files=200,
    file_bytes=4 * _MEBIBYTE,
)

# A script prints what it could do; in a sandbox that is nothing.
_ATTEMPT = """
import ctypes, glob, os, socket, sys
def attempt(what, call):
    try:
        result = call()
    except BaseException:
        return
    if result is not False:
        print("could", what, flush=True)
"""
_REACH = """
secret_name, secret_file, port, name = sys.argv[1:5]
def environments():
    found = [path for path in glob.glob("/proc/[0-9]*/environ") if secret_name.encode() in open(path, "rb").read()]
    return bool(found) or secret_name in os.environ
def connect(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as s:
        s.settimeout(2)
        s.connect(address)
def write(path):
    open(path, "x").close()
    os.unlink(path)
def forks():
    made = []
    try:
        for _ in range(64):
            made.append(os.fork())
            if not made[-1]:
                import time; time.sleep(5); os._exit(0)
    except OSError:
        pass
    for child in made:
        os.kill(child, 9)
    return len(made) >= 64
attempt("read the environment", environments)
attempt("read a file of the host", lambda: open(secret_file).read())
attempt("write a file of the host", lambda: write(secret_file + ".written"))
attempt("write beside the interpreter", lambda: write(os.path.join(os.path.dirname(os.__file__), "p2t_written.py")))
attempt("reach a port of the host", lambda: connect(socket.AF_INET, ("127.0.0.1", int(port))))
attempt("reach an abstract socket of the host", lambda: connect(socket.AF_UNIX, "\\0" + name))
attempt("ptrace", lambda: ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0)
attempt("become root", lambda: os.setuid(0) if os.getuid() else False)
attempt("make a namespace", lambda: ctypes.CDLL(None).unshare(0x10000000) == 0)
attempt("fork without end", forks)
print("x" * 9000)
"""
_FILL = """
def fill_disk():
    for number in range(16):
        with open(f"fill{number}", "wb") as f:
            f.write(bytes(1 << 20))
    import time; time.sleep(3)  # a watcher on a loaded machine needs its time
def fill_memory():
    held = [bytearray(b"x") * (1 << 20) for _ in range(512)]
    return bool(held)
attempt("fill the disk", fill_disk)
attempt("hold too much memory", fill_memory)
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the self-test found about one backend: its failures, none when it passed."""

    backend: str
    failures: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the backend may be used."""
        return not self.failures


def examine(sandbox: Sandbox) -> Finding:
    """Try to break out of a backend."""
    try:
        return Finding(sandbox.name, tuple(_failures(sandbox)))
    except P2TError as error:
        return Finding(sandbox.name, (str(error),))


def _failures(sandbox: Sandbox) -> list[str]:
    secret = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        Path(folder).chmod(0o755)
        hidden = Path(folder) / "hidden.txt"
        hidden.write_text(secret, encoding="utf-8")
        with socket.socket(socket.AF_UNIX) as abstract:
            name = f"p2t-canary-{secret}"
            abstract.bind(f"\0{name}")
            abstract.listen()
            variable = f"P2T_CANARY_{secret}"  # two examinations may go on at once
            os.environ[variable] = secret
            try:
                arguments = [variable, str(hidden), str(server.getsockname()[1]), name]
                reach = _attack(sandbox, _REACH, arguments)
            finally:
                del os.environ[variable]
        fill = _attack(sandbox, _FILL, [])
        failures = [line for run in (reach, fill) for line in run.output.splitlines() if line.startswith("could ")]
    if reach.outcome is not Outcome.EXITED or reach.exit_code != 0:
        failures.append(f"the test run ended as {reach.outcome} {reach.exit_code}: {reach.errors[-300:]}")
    elif not reach.output_cut or len(reach.output) > _LIMITS.output_bytes:
        failures.append("the output was not cut")
    return failures


def _attack(sandbox: Sandbox, script: str, arguments: list[str]) -> Run:
    return sandbox.run({"attack.py": (_ATTEMPT + script).encode()}, ["python", "attack.py", *arguments], _LIMITS)
