"""Putting files into a work space and taking results out of it, without following a link that a run may have laid."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from patent2tech.errors import BadInput
from patent2tech.sandbox.protocol import Limits

_MAX_DEPTH = 32
_MAX_PATH = 1024
_MAX_NAMED = 100
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


@dataclass(slots=True)
class Collected:
    """The results of a run, and what was left where it was."""

    files: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    used: int = 0

    def leave(self, path: str, reason: str) -> None:
        """Note what was not taken, and why."""
        if len(self.left_out) < _MAX_NAMED:
            self.left_out.append(f"{path!a}: {reason}")


def safe_parts(path: str) -> tuple[str, ...]:
    """The parts of a path inside a work space.

    Raises:
        BadInput: when it leads out of it, or is no path at all.
    """
    parts = tuple(path.split("/"))
    wrong = not path or "\0" in path or "\\" in path or any(part in {"", ".", ".."} for part in parts)
    if wrong or len(parts) > _MAX_DEPTH or len(os.fsencode(path)) > _MAX_PATH:
        raise BadInput(f"{path[:80]!r} is no path inside a work space: name files like 'folder/file.py'")
    return parts


def check_sizes(files: Mapping[str, bytes], limits: Limits) -> None:
    """Refuse more than a work space may hold.

    Raises:
        BadInput: when the files are too many or too large.
    """
    if len(files) > limits.workspace_files or sum(map(len, files.values())) > limits.workspace_bytes:
        raise BadInput("the files are more than the work space may hold: give fewer or smaller ones")


def fill(work: int, files: Mapping[str, bytes], limits: Limits, owner: int | None) -> None:
    """Write files into an empty work space and give them to the user that will run.

    Raises:
        BadInput: when a path leads out, two paths are in each other's way, or the files are over the limits.
    """
    check_sizes(files, limits)
    for path, content in files.items():
        *folders, name = safe_parts(path)
        here = os.dup(work)
        try:
            for folder in folders:
                here = _enter(here, folder, owner)
            descriptor = os.open(
                name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=here
            )
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                if owner is not None:
                    os.fchown(file.fileno(), owner, owner)
        except OSError as error:
            raise BadInput(f"{path!r} cannot be written into the work space: {error.strerror}") from None
        finally:
            os.close(here)


def collect(work: int, patterns: Sequence[str], limits: Limits) -> Collected:
    """Take out the regular files whose paths match a pattern, up to the limits."""
    found = Collected()
    if not patterns:
        return found
    for path, parent, name, entry in _walk(work, found):
        if any(fnmatchcase(path, pattern) for pattern in patterns):
            reason = _take(found, path, parent, name, entry, limits)
            if reason:
                found.leave(path, reason)
    return found


def _take(found: Collected, path: str, parent: int, name: str, entry: os.stat_result, limits: Limits) -> str:
    if not stat.S_ISREG(entry.st_mode):
        return "not a regular file"
    if len(found.files) >= limits.workspace_files:
        return "too many files"
    try:
        descriptor = os.open(name, _FILE, dir_fd=parent)
    except OSError:
        return "cannot be opened"
    with os.fdopen(descriptor, "rb") as file:
        held = os.fstat(descriptor)
        content = file.read(limits.file_bytes + 1) if stat.S_ISREG(held.st_mode) and held.st_nlink == 1 else None
    if content is None:
        return "not a regular file with one name"
    if len(content) > limits.file_bytes or found.used + len(content) > limits.workspace_bytes:
        return "too large"
    found.files[path] = content
    found.used += len(content)
    return ""


def _walk(work: int, found: Collected) -> Iterator[tuple[str, int, str, os.stat_result]]:
    """Every entry that is no folder, with its folder held open; folders are entered one by one, never by a link."""
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        parts = waiting.pop()
        try:
            folder = _open_folder(work, parts)
        except OSError:
            found.leave("/".join(parts), "cannot be opened")
            continue
        try:
            for name in sorted(os.listdir(folder)):  # noqa: PTH208 - a folder held open has no path
                entry = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if not stat.S_ISDIR(entry.st_mode):
                    yield "/".join((*parts, name)), folder, name, entry
                elif len(parts) < _MAX_DEPTH:
                    waiting.append((*parts, name))
                else:
                    found.leave("/".join((*parts, name)), "too deep")
        finally:
            os.close(folder)


def _open_folder(work: int, parts: tuple[str, ...]) -> int:
    here = os.dup(work)
    for part in parts:
        try:
            inner = os.open(part, _FOLDER, dir_fd=here)
        finally:
            os.close(here)
        here = inner
    return here


def _enter(here: int, folder: str, owner: int | None) -> int:
    try:
        os.mkdir(folder, 0o700, dir_fd=here)
        if owner is not None:
            os.chown(folder, owner, owner, dir_fd=here, follow_symlinks=False)
    except FileExistsError:
        pass
    inner = os.open(folder, _FOLDER, dir_fd=here)
    os.close(here)
    return inner
