"""Removing a folder that a run has filled, however deep and however locked it left it."""

from __future__ import annotations

import os


def remove(folder: str) -> None:
    """Remove a folder and all in it; nothing is followed out of it.

    Folders within are moved up before they are emptied, so no path grows too long and no recursion too deep. All
    processes that could change it have ended.
    """
    number = 0
    waiting = [folder]
    emptied = []
    while waiting:
        here = waiting.pop()
        os.chmod(here, 0o700)
        emptied.append(here)
        with os.scandir(here) as entries:
            found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        for name, is_folder in found:
            path = f"{here}/{name}"
            if not is_folder:
                os.unlink(path)
                continue
            os.chmod(path, 0o700)
            number += 1
            moved = f"{folder}/.{number}-{os.getpid()}"
            os.rename(path, moved)
            waiting.append(moved)
    for path in reversed(emptied):
        os.rmdir(path)
