"""The embedded PostgreSQL server: one cluster in a folder, shared by every process that uses that folder.

Who starts and stops it. The first process that needs the server starts it; the last one that leaves tells it to shut
down and does not wait. Measured on 2 cores with a fast disk: first start 0.6 s, later start 0.04 s, joining a running
server 0.002 s, leaving 0.001 s; so keeping a server between commands would save next to nothing and leave something
running for ever. Every user holds a shared lock on `users.lock`, which the kernel takes back whatever kills the
process, so the count of users is always right. After `kill -9` of the last user the server stays up, idle, until the
next user leaves or `stop` is called.

What makes it safe. `fsync`, `full_page_writes` and `synchronous_commit` keep their defaults (on), data checksums too.
`initdb`, the server and all its children hold `life.lock` for as long as any of them lives; a server starts only with
that lock in hand, so two never work on one folder, whatever process numbers say. After `kill -9` of the server the next
connection starts it again and PostgreSQL recovers from its log. The server listens on no network, only on a socket
inside its own folder, which only its account and root can enter; the program works in it as a role that is no
superuser.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Final

from patent2tech.errors import OutsideFailure
from patent2tech.store.filelock import FileLock
from patent2tech.store.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE_SECONDS: Final = 120.0
"""How long a start or a stop may take; recovery from 256 MB of log on a slow disk is the longest case."""

_STUCK_SECONDS: Final = 30.0
"""How long a shutdown may take. PostgreSQL 18.4 never ends one that was asked for while it recovers from a crash."""

_PAUSE_SECONDS: Final = 0.005


class Cluster:
    """The cluster in `folder`: `join` before use, `leave` after it; `revive` when the server is gone."""

    def __init__(self, folder: Path) -> None:
        self.server = Server(folder)
        self._folder = folder
        self._users: FileLock | None = None

    def join(self) -> None:
        """Become a user of the server, starting it if need be.

        Raises:
            OutsideFailure: when the folder cannot be used or the server does not start.
            NotConfigured: when this system cannot run the server.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o711)
            self._users = FileLock(self._folder / "users.lock")
            with self._turn():
                self._users.share()
                self._ensure_running()
        except OSError as error:
            self._let_go()
            raise OutsideFailure(
                f"the database in {self._folder} cannot be opened: {error.strerror or error}; "
                "choose another P2T_DATA_DIR, or run as the user who owns this one"
            ) from error
        except BaseException:
            self._let_go()
            raise

    def revive(self) -> None:
        """Start the server again if it died."""
        with self._turn():
            self._ensure_running()

    def leave(self) -> None:
        """Stop being a user; the last one tells the server to shut down, without waiting for it."""
        if self._users is not None:
            with self._turn():
                if self._users.take():
                    self.server.shut_down()
                self._let_go()

    def stop(self) -> None:
        """Shut the server down, whoever uses it, and return when nothing of it is left."""
        self._let_go()
        if self._folder.exists():
            with self._turn():
                self.server.shut_down()
                self._end_of_life().close()

    def _ensure_running(self) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while (answer := self.server.ping()) != "OK":
            if answer == "NO_RESPONSE" and self._start(deadline):
                return
            self._end_if_stuck(deadline)
            self._wait(deadline, f"{self._who()} is there but does not answer")

    def _start(self, deadline: float) -> bool:
        """Start the server and wait until it answers, unless one lives already."""
        with FileLock(self._folder / "life.lock") as life:
            if not life.take():
                return False
            self.server.create(life)
            launch = self.server.launch(life)
        while self.server.ping() != "OK":
            if words := launch.died():
                raise self.server.failure(words)
            self._wait(deadline, "it does not get ready")
        return True

    def _end_of_life(self) -> FileLock:
        """The lock that the last process of a server leaves behind."""
        life = FileLock(self._folder / "life.lock")
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not life.take():
            self._end_if_stuck(deadline)
            self._wait(deadline, f"{self._who()} does not shut down")
        return life

    def _end_if_stuck(self, deadline: float) -> None:
        waited = time.monotonic() - (deadline - _PATIENCE_SECONDS)
        if waited > _STUCK_SECONDS and self.server.stopping:
            self.server.end_at_once()

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        with FileLock(self._folder / "turn.lock") as turn:
            deadline = time.monotonic() + _PATIENCE_SECONDS
            while not turn.take():
                self._wait(deadline, "another process keeps starting or stopping it")
            yield

    def _who(self) -> str:
        pid = self.server.pid()
        return "what an earlier start left behind" if pid is None else f"process {pid}"

    def _let_go(self) -> None:
        if self._users is not None:
            self._users.close()
            self._users = None

    def _wait(self, deadline: float, reason: str) -> None:
        if time.monotonic() > deadline:
            raise self.server.failure(reason)
        time.sleep(_PAUSE_SECONDS)
