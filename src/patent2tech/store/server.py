"""The process of the embedded PostgreSQL server: its folder, its settings, its address and its end."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from patent2tech.errors import OutsideFailure
from patent2tech.store.binaries import Account, let_through, programs
from patent2tech.store.filelock import adopt

if TYPE_CHECKING:
    from patent2tech.store.filelock import FileLock

ROLE: Final = "patent2tech"
_SOCKET: Final = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES: Final = 103
"""The longest socket path that every Unix takes (104 with its NUL on macOS, 108 on Linux)."""

_LOG_BYTES: Final = 1024 * 1024
_SETTINGS: Final = (
    "listen_addresses=",
    # Relative to the cluster, so that no path is too long for the server's side of the socket.
    "unix_socket_directories=.",
    "unix_socket_permissions=0700",
    # Bounds what recovery after a kill has to read, and what an idle database takes on the disk.
    "max_wal_size=256MB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "io_method=sync",
    # Each worker samples whole documents; several at once took 100 MB more at the end of a bulk import.
    "autovacuum_max_workers=1",
    # What it holds stands in the system's page cache as well.
    "shared_buffers=64MB",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
)


class Server:
    """The server of the cluster in `folder/data`, running or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "server.log"

    @property
    def exists(self) -> bool:
        """Whether there is a cluster."""
        return (self.data / "PG_VERSION").exists()

    @property
    def conninfo(self) -> str:
        """The address in libpq's words."""
        folder = str(self._socket_folder()).replace("\\", "\\\\").replace("'", "\\'")
        return f"host='{folder}' port=5432 user={ROLE} dbname={ROLE}"

    @property
    def url(self) -> str:
        """The address as a URL, for another program of this machine that runs under the same account."""
        return f"postgresql://{ROLE}@/{ROLE}?host={quote(str(self._socket_folder()), safe='')}&port=5432"

    def ping(self) -> str:
        """`OK`, `REJECT` (starting up, recovering or shutting down) or `NO_RESPONSE`."""
        from psycopg import pq

        return pq.Ping(pq.PGconn.ping(self.conninfo.encode())).name

    def create(self, life: FileLock) -> None:
        """Make the cluster if there is none: beside its place and then renamed, so that it is whole or absent.

        `life` is ours and shared with what makes it, so that nobody clears up under a half-made one that still grows.
        """
        if self.exists:
            return
        account = Account.for_folder(self.data)
        binaries = programs()
        for leftover in self.folder.glob("data.new-*"):
            shutil.rmtree(leftover)
        new = self.folder / f"data.new-{os.getpid()}"
        new.mkdir(mode=0o700)
        if account.other:
            os.chown(new, account.uid, account.gid)
        let_through(account, new, binaries / "initdb")
        names = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"]
        # Rules of order that come with PostgreSQL: an upgrade of the system's libc cannot break an index.
        order = ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run(account, life, [binaries / "initdb", "-D", new, *names, *order])
        self._run(
            account,
            life,
            [binaries / "postgres", "--single", "-D", new, "postgres"],
            f"create role {ROLE} login;\ncreate database {ROLE} owner {ROLE};\n",
        )
        new.rename(self.data)
        descriptor = os.open(self.folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)

    def launch(self, life: FileLock) -> Launch:
        """Start the process and hand it the lock `life`, which we hold: it is free again once no part of it lives.

        `life` being ours proves that nothing of an earlier server is left, so its notes of its process number can go:
        the number may meanwhile be a stranger's, as in every restarted container, or a zombie's that nobody waits
        for, and PostgreSQL would not start.
        """
        account = Account.for_folder(self.data)
        binaries = programs(int((self.data / "PG_VERSION").read_text()))
        let_through(account, self.data, binaries / "postgres")
        for note in ("postmaster.pid", _SOCKET, f"{_SOCKET}.lock"):
            (self.data / note).unlink(missing_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        adopt(descriptor, self.folder)
        with os.fdopen(descriptor, "ab") as log:
            begin = os.fstat(log.fileno()).st_size
            process = subprocess.Popen(
                [binaries / "postgres", "-D", self.data, *(word for one in _SETTINGS for word in ("-c", one))],
                cwd=self.data,
                stdout=log,
                stderr=log,
                pass_fds=[life.fileno()],
                # Neither Ctrl-C on our terminal nor the end of our session is meant for the server.
                start_new_session=True,
                **account.arguments(),
            )
        return Launch(process, self.log, begin)

    def shut_down(self) -> None:
        """Ask for a fast shutdown, if the process is to be seen: open transactions end, all committed is written."""
        if (pid := self.pid()) is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
        if not _fits(self.data):
            # Whoever needs it makes it again.
            _alias(self.data).unlink(missing_ok=True)

    @property
    def stopping(self) -> bool:
        """Whether the server notes of itself that it is shutting down."""
        try:
            return (self.data / "postmaster.pid").read_text().rstrip().endswith("stopping")
        except FileNotFoundError:
            return False

    def end_at_once(self) -> None:
        """End the process without its last writes; what was committed is recovered from the log at the next start."""
        if (pid := self.pid()) is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)

    def pid(self) -> int | None:
        """The number of the server's process by its own note, unless that number is now a stranger's."""
        try:
            descriptor = os.open(self.data / "postmaster.pid", os.O_RDONLY | os.O_NOFOLLOW)
            with os.fdopen(descriptor, "rb") as file:
                pid = int(file.readline())
        except (FileNotFoundError, ValueError):
            return None
        return pid if os.fsencode(self.data) in _command_line(pid) else None

    def failure(self, reason: str) -> OutsideFailure:
        """The error for the user."""
        return OutsideFailure(f"the database server in {self.folder} does not run: {reason}; its log is {self.log}")

    def _run(self, account: Account, life: FileLock, command: list[Path | str], words: str = "") -> None:
        process = subprocess.Popen(
            command,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            pass_fds=[life.fileno()],
            **account.arguments(piped=True),
        )
        output, _ = process.communicate(words)
        if process.returncode:
            raise self.failure((output.strip().splitlines() or [f"exit code {process.returncode}"])[-1])

    def _socket_folder(self) -> Path:
        return self.data if _fits(self.data) else _alias(self.data)


class Launch:
    """A server process that was just started, with its part of the log."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, begin: int) -> None:
        self._process = process
        self._log = log
        self._begin = begin
        # Waits for the process as its parent must, also long after the start.
        threading.Thread(target=process.wait, name="patent2tech-postgres", daemon=True).start()

    def died(self) -> str | None:
        """The last words of a process that is gone, `None` while it lives."""
        if self._process.poll() is None:
            return None
        with self._log.open("rb") as file:
            file.seek(self._begin)
            lines = file.read(_LOG_BYTES).decode(errors="replace").splitlines()
        fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
        return (fatal or lines or [f"exit code {self._process.returncode}"])[-1]


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / _SOCKET)) <= _SOCKET_PATH_BYTES


def _alias(data: Path) -> Path:
    """A short symbolic link to a folder whose own path is too long for a socket; ours, or it is refused."""
    name = f"p2t-{os.geteuid()}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"
    alias = Path(tempfile.gettempdir()) / name
    with contextlib.suppress(FileExistsError):
        alias.symlink_to(data, target_is_directory=True)
    if not (alias.is_symlink() and alias.lstat().st_uid == os.geteuid() and alias.readlink() == data):
        raise OutsideFailure(f"{alias} is in the way of the database: remove it, or choose a shorter P2T_DATA_DIR")
    if not _fits(alias):
        raise OutsideFailure(f"the paths {data} and {alias} are too long for a socket: choose a shorter P2T_DATA_DIR")
    return alias


def _command_line(pid: int) -> list[bytes]:
    """The words that the process was started with; none for a zombie or where there is no such process."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return []
    found = subprocess.run(["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, check=False)
    return found.stdout.split()
