"""Locks on files that the kernel takes back whatever happens to the process that held them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

from patent2tech.errors import NotConfigured

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


class FileLock:
    """An open file with an advisory lock, free at first; closing it, or dying, frees it.

    A child process that is given the file number shares the lock: it is free only once both have closed it.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        adopt(self._descriptor, path.parent)

    def share(self) -> None:
        """Hold the lock together with others, waiting while somebody holds it alone."""
        _flock(self._descriptor, exclusive=False, wait=True)

    def take(self) -> bool:
        """Try to hold the lock alone, giving up a shared hold for it, and tell whether that succeeded."""
        return _flock(self._descriptor, exclusive=True, wait=False)

    def fileno(self) -> int:
        """The file number."""
        return self._descriptor

    def close(self) -> None:
        """Let go; a second call does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def adopt(descriptor: int, folder: Path) -> None:
    """Give a new file to the owner of its folder: what root makes there must not lock an ordinary user out."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


def _flock(descriptor: int, *, exclusive: bool, wait: bool) -> bool:
    try:
        import fcntl
    except ImportError:
        raise NotConfigured(
            "the embedded database needs Linux or macOS: set DATABASE_URL to a PostgreSQL server"
        ) from None
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
