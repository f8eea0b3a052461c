"""Becomes an ordinary user and runs a command: `python ordinary_user.py COMMAND...`, called by root.

Where the interpreter or the checkout lies in a folder that is closed to others, as root's home often is, they are shown
to the command at the same paths, in a view of the file system of its own.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

from patent2tech.sandbox.stage import kernel

UID = 64_321


def main() -> None:
    needed = {Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), Path(__file__).resolve().parents[3]}
    closed = {folder for path in needed for folder in (*path.parents, path) if not folder.stat().st_mode & stat.S_IXOTH}
    if closed:
        _open_up(needed, min(closed, key=lambda folder: len(folder.parts)))
    kernel.become(UID)
    kernel.stay_observable()
    home = tempfile.mkdtemp()
    os.environ["HOME"] = home
    command = sys.argv[1:]
    if os.fork() == 0:
        os.execvp(command[0], command)
    _, status = os.wait()
    os.rmdir(home)
    sys.exit(abs(os.waitstatus_to_exitcode(status)))


def _open_up(needed: set[Path], closed: Path) -> None:
    kernel.unshare(kernel.Namespace.MOUNT)
    kernel.make_mounts_private()
    inside = sorted(path for path in needed if path.is_relative_to(closed))
    held = {path: f"/sys/{number}" for number, path in enumerate(inside)}
    kernel.mount_tmpfs("/sys", "mode=755")
    for path, place in held.items():
        Path(place).mkdir()
        kernel.bind(str(path), place)
    kernel.mount_tmpfs(str(closed), "mode=755")
    for path, place in held.items():
        path.mkdir(parents=True, exist_ok=True)
        kernel.bind(place, str(path))


if __name__ == "__main__":
    main()
