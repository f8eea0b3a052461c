"""The interpreters and packages as one folder of links, for runs that can have no file system of their own.

Making it costs 160 calls on the disk and removing it as many, so that it is made once by a process and not by each run.
Nothing in a run can write to it. It goes when the process ends, or with the run in which that is killed; what one that
is killed between runs leaves, the next process removes.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock

from patent2tech.sandbox.stage.removal import remove
from patent2tech.sandbox.toolbox import TOOLS, Toolbox

_PLACE = "/tmp"  # noqa: S108 - the folder is made with a name that nobody knows before, and is ours
_PREFIX = "p2t-tools-"
_lock = Lock()
_made: dict[int, tuple[str, int]] = {}
"""The folder of a process and the descriptor that holds its lock; a forked child makes its own."""


def shared_tools(toolbox: Toolbox) -> str:
    """The folder of this process."""
    with _lock:
        own = os.getpid()
        if own not in _made or not Path(_made[own][0]).is_dir():
            _remove_left()
            _made[own] = _make(toolbox)
            atexit.register(_end, own)
        return _made[own][0]


def _make(toolbox: Toolbox) -> tuple[str, int]:
    folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=_PLACE)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    links = [*((target, source) for source, target in toolbox.binds), *toolbox.links]
    for path, target in links:
        if path.startswith(TOOLS + "/"):
            _folders(folder, path)
            Path(folder + path).symlink_to(target)
    for path, text in toolbox.texts:
        if path.startswith(TOOLS + "/"):
            _folders(folder, path)
            Path(folder + path).write_text(text, encoding="utf-8")
            Path(folder + path).chmod(0o644)
    Path(folder).chmod(0o755)
    return folder, descriptor


def _folders(folder: str, path: str) -> None:
    """The folders above a path, open to the user that a run becomes whatever the mask of this process is."""
    for above in reversed(Path(path).parents[:-1]):
        made = Path(f"{folder}{above}")
        if not made.is_dir():
            made.mkdir()
            made.chmod(0o755)


def _remove_left() -> None:
    """Remove folders of ours that no process holds any more."""
    for path in Path(_PLACE).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if path.lstat().st_uid == os.geteuid():
                descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    remove(str(path))
                finally:
                    os.close(descriptor)


def _end(process: int) -> None:
    """Remove the folder of a process that ends; a forked child that ends is another one."""
    if process == os.getpid() and process in _made:
        folder, descriptor = _made.pop(process)
        with suppress(OSError):
            remove(folder)
        os.close(descriptor)
