"""A bounded store of temporary files for what was cut out of compressed streams, until it has been read."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from patent2tech.errors import OutsideFailure
from patent2tech.store.filelock import FileLock

_PREFIX: Final = "reading-"
_LOCK: Final = "lock"


class Spool:
    """Files in a folder of its own below `place`; what a killed process left there goes when the next one begins.

    A file is removed once it is sealed, so that no more chunks of it come, and every chunk of it was released.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._folder: Path | None = None
        self._lock: FileLock | None = None
        self._open: dict[Path, int] = {}
        self._sealed: set[Path] = set()
        self._made = 0

    def new(self) -> Path:
        """The path of a new file."""
        if self._folder is None:
            self._begin()
        assert self._folder is not None  # noqa: S101 - made just now
        self._made += 1
        path = self._folder / str(self._made)
        self._open[path] = 0
        return path

    def hold(self, path: Path) -> None:
        """Keep a file for one more chunk; a file that is not of the spool is left alone."""
        if path in self._open:
            self._open[path] += 1

    def release(self, path: Path) -> None:
        """One chunk of the file was read."""
        if path in self._open:
            self._open[path] -= 1
            self._clear(path)

    def seal(self, path: Path) -> None:
        """No more chunks of the file come."""
        self._sealed.add(path)
        self._clear(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()

    def _begin(self) -> None:
        try:
            self._place.mkdir(parents=True, exist_ok=True)
            with FileLock(self._place / _LOCK) as turn:
                if turn.take():
                    for left in filter(_abandoned, self._place.glob(f"{_PREFIX}*")):
                        shutil.rmtree(left, ignore_errors=True)
                # While we hold this nobody clears up, so the new folder is not taken for an abandoned one.
                turn.share()
                self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._place))
                self._lock = FileLock(self._folder / _LOCK)
                self._lock.take()
        except OSError as error:
            raise OutsideFailure(
                f"temporary files cannot be kept in {self._place}: {error.strerror or error}; "
                "free space or permit writing there"
            ) from error

    def _clear(self, path: Path) -> None:
        if path in self._sealed and self._open.get(path, 0) <= 0:
            self._open.pop(path, None)
            self._sealed.discard(path)
            path.unlink(missing_ok=True)


def _abandoned(folder: Path) -> bool:
    try:
        with FileLock(folder / _LOCK) as lock:
            return lock.take()
    except OSError:
        return False
