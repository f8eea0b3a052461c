"""Runs under the stage: the program's side of the two backends that confine a process on this machine."""

from __future__ import annotations

import marshal
import os
import secrets
import select
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Self

from patent2tech.errors import SandboxUnavailable
from patent2tech.sandbox import workspace
from patent2tech.sandbox.output import Capture
from patent2tech.sandbox.protocol import Limits, Outcome, Run
from patent2tech.sandbox.shared_tools import shared_tools
from patent2tech.sandbox.stage.plan import Plan
from patent2tech.sandbox.stage.removal import remove
from patent2tech.sandbox.toolbox import TOOLS, Toolbox, command_inside, installed_tools
from patent2tech.sandbox.users import UserLease, lease_user

_BOOT = """import sys, types
for name, path in (("patent2tech", sys.argv[1]), ("patent2tech.sandbox", sys.argv[1] + "/sandbox")):
    package = types.ModuleType(name)
    package.__path__ = [path]
    sys.modules[name] = package
from patent2tech.sandbox.stage.main import main
main()
"""
_PREPARING_SECONDS = 20
_GRACE_SECONDS = 5
_MAX_DISCARDED = 64  # outputs of so many times the limit are read and dropped; then the run is ended
_PIECE = 65536
_CGROUPS = Path("/sys/fs/cgroup")
_SOURCE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class StagedSandbox:
    """A backend that runs on this machine: `sandlock`, or `bubblewrap`.

    With `namespaces` a run has a file system, processes and a network of its own; without, which `sandlock` can do
    where the system forbids them, it sees the real ones as far as it is let. `cgroup` names a control group handed to
    us, from the root of each hierarchy; each run gets one in it.
    """

    backend: str
    namespaces: bool = True
    cgroup: str = ""

    @property
    def name(self) -> str:
        """The backend, and whether it goes without namespaces."""
        return self.backend if self.namespaces else f"{self.backend}-without-namespaces"

    @cached_property
    def _tools(self) -> Toolbox:
        return installed_tools()

    def run(
        self, files: Mapping[str, bytes], command: Sequence[str], limits: Limits, collect: Sequence[str] = ()
    ) -> Run:
        """Run the command and give the account.

        Raises:
            BadInput: when the files cannot be laid out.
            SandboxUnavailable: when the run cannot be confined.
        """
        with lease_user() as user, _Stage(self.name, self._plan(command, limits, user), limits) as stage:
            return stage.perform(files, user.uid, collect)

    def _plan(self, command: Sequence[str], limits: Limits, user: UserLease) -> Plan:
        tools = self._tools
        return Plan(
            backend=self.backend,
            namespaces=self.namespaces,
            command=command_inside(command, TOOLS),
            uid=user.uid,
            folder="" if self.namespaces else f"/tmp/p2t-run-{os.getpid()}-{secrets.token_hex(16)}",  # noqa: S108 - closed
            shared="" if self.namespaces else shared_tools(tools),
            tools=TOOLS,
            binds=list(tools.binds),
            masks=list(tools.masks),
            links=list(tools.links),
            texts=list(tools.texts),
            library=_library(),
            cgroups=_cgroups(self.cgroup),
            wall_seconds=limits.wall_seconds,
            cpu_seconds=limits.cpu_seconds,
            memory_bytes=limits.memory_bytes,
            processes=limits.processes,
            workspace_bytes=limits.workspace_bytes,
            workspace_files=limits.workspace_files,
            file_bytes=limits.file_bytes,
        )


class _Stage:
    """One process of the stage, from its plan to its end."""

    def __init__(self, name: str, plan: Plan, limits: Limits) -> None:
        self._name = name
        self._plan = plan
        self._limits = limits
        self._work = -1

    def __enter__(self) -> Self:
        self._control, theirs = socket.socketpair()
        self._control.settimeout(_PREPARING_SECONDS)
        with theirs:
            self._process = subprocess.Popen(
                [_interpreter(), "-I", "-S", "-c", _BOOT, str(_SOURCE), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                env={},
                cwd="/",
                start_new_session=True,
            )
        return self

    def __exit__(self, *exception: object) -> None:
        self._control.close()
        if not _ends(self._process.pid, _GRACE_SECONDS):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()
        if self._work >= 0:
            os.close(self._work)
        if self._plan.folder and Path(self._plan.folder).is_dir():
            remove(self._plan.folder)  # the stage was killed and could not

    def perform(self, files: Mapping[str, bytes], owner: int | None, patterns: Sequence[str]) -> Run:
        """Lay out the files, let the command run, and gather what it left."""
        try:
            self._send(marshal.dumps(self._plan._asdict()))
            message, descriptors, _, _ = socket.recv_fds(self._control, _PIECE, 1)
            self._expect(message, "ready")
            self._work = descriptors[0]
            workspace.fill(self._work, files, self._limits, owner)
            started = time.monotonic()
            self._send(b"go")
            output, errors, told = self._follow()
        except OSError as error:
            raise SandboxUnavailable(f"the sandbox {self._name} did not start: {error}") from None
        seconds = time.monotonic() - started
        outcome, exit_code = self._ending(told)
        found = workspace.collect(self._work, patterns, self._limits)
        return Run(
            outcome=outcome,
            exit_code=exit_code,
            output=output.text(),
            errors=errors.text(),
            seconds=seconds,
            backend=self._name,
            files=found.files,
            left_out=tuple(found.left_out),
            output_cut=output.cut or errors.cut,
        )

    def _follow(self) -> tuple[Capture, Capture, bytes]:
        """Read the outputs until the stage tells how the run ended."""
        output, errors, told = Capture(self._limits.output_bytes), Capture(self._limits.output_bytes), bytearray()
        deadline = time.monotonic() + self._limits.wall_seconds + _GRACE_SECONDS
        stopping = False
        with selectors.DefaultSelector() as selector:
            for source, sink in ((self._process.stdout, output), (self._process.stderr, errors)):
                assert source is not None  # noqa: S101 - both were asked for as pipes
                os.set_blocking(source.fileno(), False)
                selector.register(source.fileno(), selectors.EVENT_READ, sink)
            selector.register(self._control, selectors.EVENT_READ, None)
            while not told.endswith(b"\n") and time.monotonic() < deadline:
                for key, _ in selector.select(_GRACE_SECONDS):
                    piece = os.read(key.fd, _PIECE)
                    if key.data is None:
                        told += piece
                        if not piece:
                            return output, errors, b""
                    elif piece:
                        key.data.add(piece)
                    else:
                        selector.unregister(key.fd)
                if not stopping and output.seen + errors.seen > _MAX_DISCARDED * self._limits.output_bytes:
                    stopping = True
                    self._control.shutdown(socket.SHUT_WR)
            for key in list(selector.get_map().values()):
                if key.data is not None:
                    _drain(key.fd, key.data)
        return output, errors, bytes(told)

    def _ending(self, told: bytes) -> tuple[Outcome, int | None]:
        if not told:
            return Outcome.KILLED, None
        kind, detail = self._expect(told, *Outcome)
        return Outcome(kind), int(detail) if detail else None

    def _send(self, message: bytes) -> None:
        self._control.sendall(f"{len(message)}\n".encode() + message)

    def _expect(self, message: bytes, *kinds: str) -> tuple[str, str]:
        if not message:
            raise SandboxUnavailable(f"the sandbox {self._name} ended before it was ready")
        kind, _, detail = message.decode("utf-8", "replace").rstrip("\n").partition(" ")
        if kind not in kinds:
            raise SandboxUnavailable(f"the sandbox {self._name} cannot confine a run here: {detail}")
        return kind, detail


def _ends(process: int, seconds: float) -> bool:
    """Whether a child ends in time; `Popen.wait` with a time limit would sleep up to 50 ms too long."""
    descriptor = os.pidfd_open(process)
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(seconds * 1000))
    finally:
        os.close(descriptor)


def _drain(descriptor: int, sink: Capture) -> None:
    try:
        while piece := os.read(descriptor, _PIECE):
            sink.add(piece)
    except BlockingIOError:
        return


def _interpreter() -> str:
    return os.path.realpath(sys.executable)


def _library() -> str:
    folder = Path(str(metadata.distribution("sandlock").locate_file("sandlock")))
    found = sorted(folder.glob("libsandlock_ffi*.so"))
    if not found:
        raise SandboxUnavailable("the package sandlock lacks its library: install it anew")
    return str(found[0].resolve())


def _cgroups(name: str) -> list[str]:
    """The folders of a control group: one, or with the older interface one for memory and one for processes."""
    if not name:
        return []
    name = name.strip("/")
    if (_CGROUPS / "cgroup.controllers").exists():
        return [str(_CGROUPS / name)]
    return [str(_CGROUPS / kind / name) for kind in ("memory", "pids")]
