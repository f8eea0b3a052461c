"""Runs in containers of their own: for a production machine, with gVisor (`runsc`) between a run and the kernel."""

from __future__ import annotations

import io
import json
import secrets
import tarfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from patent2tech.errors import BadInput
from patent2tech.sandbox.output import Capture
from patent2tech.sandbox.protocol import Limits, Outcome, Run
from patent2tech.sandbox.workspace import Collected, check_sizes, safe_parts

DEFAULT_IMAGE = "patent2tech-sandbox"
DEFAULT_ADDRESS = "unix:///var/run/docker.sock"

if TYPE_CHECKING:
    from patent2tech.sandbox.engine import Engine

_PROGRAM = Path(__file__).parent / "inside" / "container.py"
_GRACE_SECONDS = 10
_MAX_DISCARDED = 64
_TAR_ROOM = 2
_FIRST_USER, _USERS = 200_000, 1_000_000_000
_KILLED = 137
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/work", "TMPDIR": "/tmp", "LANG": "C.UTF-8"}  # noqa: S108 - a folder of the container
_FLAGS = {"python": ("python3", "-I", "-B"), "python file": ("python3", "-E", "-s", "-B")}


@dataclass(frozen=True)
class DockerSandbox:
    """A backend that asks a container engine for each run.

    The image holds our interpreters and packages: `python3`, `node` and, if wanted, `gcc`.
    """

    address: str = DEFAULT_ADDRESS
    image: str = DEFAULT_IMAGE
    runtime: str | None = None
    name: str = "docker"

    def run(
        self, files: Mapping[str, bytes], command: Sequence[str], limits: Limits, collect: Sequence[str] = ()
    ) -> Run:
        """Run the command and give the account.

        Raises:
            BadInput: when the files cannot be laid out.
            SandboxUnavailable: when the engine does not serve.
        """
        from patent2tech.sandbox.engine import Engine

        archive = _pack(files, limits)
        boundary = secrets.token_hex(32)
        order = json.dumps(_order(command, limits, boundary, len(archive))).encode() + b"\n"
        engine = Engine(self.address)
        try:
            with engine.container(f"p2t-run-{secrets.token_hex(8)}", self.configuration(limits)) as container:
                return self._perform(engine, container, _Delivery(order + archive, boundary.encode()), limits, collect)
        finally:
            engine.close()

    def configuration(self, limits: Limits) -> dict[str, Any]:
        """What the engine is told: no network, no rights, nothing to write to but memory of a limited size."""
        user = _FIRST_USER + secrets.randbelow(_USERS)
        space = f"rw,exec,nosuid,nodev,size={limits.workspace_bytes},nr_inodes={limits.workspace_files},mode=0700"
        host: dict[str, Any] = {
            "NetworkMode": "none",
            "ReadonlyRootfs": True,
            "CapDrop": ["ALL"],
            "SecurityOpt": ["no-new-privileges"],
            "PidsLimit": limits.processes + 1,
            "Memory": limits.memory_bytes,
            "MemorySwap": limits.memory_bytes,
            "NanoCpus": 1_000_000_000,
            "Tmpfs": {"/work": f"{space},uid={user},gid={user}", "/tmp": f"{space},uid={user},gid={user}"},  # noqa: S108 - as above
            "IpcMode": "none",
            "LogConfig": {"Type": "none"},
            "RestartPolicy": {"Name": "no"},
            "Ulimits": [{"Name": "core", "Soft": 0, "Hard": 0}],
        }
        if self.runtime:
            host["Runtime"] = self.runtime
        return {
            "Image": self.image,
            "Entrypoint": ["python3", "-I", "-S", "-c", _PROGRAM.read_text(encoding="utf-8")],
            "Cmd": [],
            "User": f"{user}:{user}",
            "Env": [],
            "WorkingDir": "/work",
            "NetworkDisabled": True,
            "Tty": False,
            "OpenStdin": True,
            "StdinOnce": True,
            "AttachStdin": True,
            "AttachStdout": True,
            "AttachStderr": True,
            "Labels": {"patent2tech": "run"},
            "HostConfig": host,
        }

    def _perform(
        self, engine: Engine, container: str, delivery: _Delivery, limits: Limits, patterns: Sequence[str]
    ) -> Run:
        output = Capture(_room(limits))
        errors = Capture(limits.output_bytes)
        ended_by_us: Outcome | None = None
        with engine.attached(container) as attachment:
            engine.start(container)
            started = time.monotonic()
            attachment.write(delivery.data)
            try:
                for of_errors, piece in attachment.pieces(started + limits.wall_seconds + _GRACE_SECONDS):
                    (errors if of_errors else output).add(piece)
                    if output.seen + errors.seen > _room(limits) + _MAX_DISCARDED * limits.output_bytes:
                        ended_by_us = Outcome.KILLED
                        break
            except TimeoutError:
                ended_by_us = Outcome.TIMED_OUT
            seconds = time.monotonic() - started
        if ended_by_us:
            engine.kill(container)
        engine.wait(container)
        heard = _Heard(output, errors, seconds, ended_by_us or _lost(engine, container))
        return self._account(heard, delivery.boundary, limits, patterns)

    def _account(self, heard: _Heard, boundary: bytes, limits: Limits, patterns: Sequence[str]) -> Run:
        printed, found, rest = heard.output.raw().partition(boundary)
        shown = Capture(limits.output_bytes)
        shown.add(printed)
        outcome, code, results = heard.lost, None, Collected()
        if found:
            head, _, archive = rest.partition(b"\n")
            code = _status(head)
            outcome = Outcome.TIMED_OUT if code is None else Outcome.EXITED if code >= 0 else Outcome.KILLED
            results = _unpack(archive, patterns, limits)
        return Run(
            outcome=outcome,
            exit_code=code,
            output=shown.text(),
            errors=heard.errors.text(),
            seconds=heard.seconds,
            backend=self.name,
            files=results.files,
            left_out=tuple(results.left_out),
            output_cut=shown.cut or heard.errors.cut,
        )


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What a container is given, and the mark that ends what its command prints."""

    data: bytes
    boundary: bytes


@dataclass(frozen=True, slots=True)
class _Heard:
    """What came from a container, for how long, and how it ended if it did not say so itself."""

    output: Capture
    errors: Capture
    seconds: float
    lost: Outcome


def _order(command: Sequence[str], limits: Limits, boundary: str, archive: int) -> dict[str, Any]:
    name, *rest = command
    if name == "python":
        flags = _FLAGS["python file" if rest and not rest[0].startswith("-") else "python"]
        command = [*flags, *rest]
    return {
        "command": list(command),
        "environment": _ENVIRONMENT,
        "archive": archive,
        "boundary": boundary,
        "seconds": limits.wall_seconds,
        "file_bytes": limits.file_bytes,
        "all_bytes": limits.workspace_bytes,
        "limits": {
            "RLIMIT_CPU": limits.cpu_seconds,
            "RLIMIT_DATA": limits.memory_bytes,
            "RLIMIT_FSIZE": limits.file_bytes,
            "RLIMIT_NOFILE": 256,
        },
    }


def _room(limits: Limits) -> int:
    """Bytes of output and results together: an archive is at most twice its files, for many small ones."""
    return limits.output_bytes + _TAR_ROOM * limits.workspace_bytes


def _lost(engine: Engine, container: str) -> Outcome:
    """Why a container ended without the account of its first process."""
    state = engine.state(container)
    return Outcome.OUT_OF_MEMORY if state.get("OOMKilled") else Outcome.KILLED


def _pack(files: Mapping[str, bytes], limits: Limits) -> bytes:
    check_sizes(files, limits)
    packed = io.BytesIO()
    folders = {path.rsplit("/", depth)[0] for path in files for depth in range(1, path.count("/") + 1)}
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path, content in files.items():
            safe_parts(path)
            if path in folders:
                raise BadInput(f"{path!r} cannot be written into the work space: it is a folder too")
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode = len(content), 0o600
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def _unpack(raw: bytes, patterns: Sequence[str], limits: Limits) -> Collected:
    """The wanted files of an archive that nobody vouches for."""
    found = Collected()
    try:
        with tarfile.open(fileobj=io.BytesIO(raw), mode="r:") as archive:
            for entry in archive:
                if any(fnmatchcase(entry.name, pattern) for pattern in patterns):
                    _take(found, archive, entry, limits)
    except (tarfile.TarError, EOFError, OSError, ValueError, RecursionError):
        found.leave("", "the archive of results is broken")
    return found


def _take(found: Collected, archive: tarfile.TarFile, entry: tarfile.TarInfo, limits: Limits) -> None:
    try:
        safe_parts(entry.name)
    except BadInput:
        found.leave(entry.name, "not a path inside the work space")
        return
    source = archive.extractfile(entry) if entry.isreg() else None
    if source is None:
        found.leave(entry.name, "not a regular file")
    elif entry.size > limits.file_bytes or found.used + entry.size > limits.workspace_bytes:
        found.leave(entry.name, "too large")
    elif len(found.files) >= limits.workspace_files:
        found.leave(entry.name, "too many files")
    else:
        content = source.read()
        found.files[entry.name] = content
        found.used += len(content)


def _status(head: bytes) -> int | None:
    try:
        status = json.loads(head)["status"]
    except (ValueError, KeyError, TypeError):
        return _KILLED
    return status if isinstance(status, int) else None
