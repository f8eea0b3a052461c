"""What a run sees of the file system: named files of ours, read-only, and a work space of its own, in memory."""

from __future__ import annotations

import os
from typing import NamedTuple

from patent2tech.sandbox.stage import kernel
from patent2tech.sandbox.stage.plan import Plan

_ROOT_OPTIONS = "size=4m,nr_inodes=8k,mode=755"
_OWN_FOLDERS = 4
_DEVICES = ("null", "zero", "full", "random", "urandom")
# Any folder that a run does not need and that is always there; the mount on it is seen by nobody else.
_HIDDEN = "/sys"


class Place(NamedTuple):
    """Where a run lives: its root and work space as the stage sees them, and its folders as the run names them."""

    root: str
    work: str
    work_inside: str
    temporary_inside: str
    tools_inside: str

    def command(self, plan: Plan) -> list[str]:
        """The command with the interpreter's place as the run names it."""
        name, *rest = plan.command
        return [self.tools_inside + name.removeprefix(plan.tools) if name.startswith(plan.tools) else name, *rest]

    def environment(self) -> dict[str, str]:
        """All that a run finds in its environment. Libraries for numbers would start a thread for every core."""
        return {
            "PATH": f"{self.tools_inside}/bin:/usr/bin",
            "HOME": self.work_inside,
            "TMPDIR": self.temporary_inside,
            "LANG": "C.UTF-8",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }


def build_root(plan: Plan) -> Place:
    """Mount the file system of a run, in a mount namespace of its own."""
    kernel.make_mounts_private()
    kernel.mount_tmpfs(_HIDDEN, _ROOT_OPTIONS)
    root, space = f"{_HIDDEN}/root", f"{_HIDDEN}/space"
    os.mkdir(root, 0o755)
    kernel.mount_tmpfs(root, _ROOT_OPTIONS)
    for source, target in plan.binds:
        _bind(source, root + target)
    for target in plan.masks:
        if os.path.isdir(root + target):
            kernel.mount_tmpfs(root + target, "size=4k,nr_inodes=8,mode=755")
    _write_small_files(plan, root)
    for folder in ("work", "tmp", "proc", "dev"):
        os.makedirs(f"{root}/{folder}", exist_ok=True)
    kernel.seal(root)
    _make_devices(f"{root}/dev")
    _make_space(plan, space)
    kernel.bind(f"{space}/work", f"{root}/work")
    kernel.bind(f"{space}/tmp", f"{root}/tmp")
    kernel.bind(f"{space}/shm", f"{root}/dev/shm")
    return Place(root, f"{root}/work", "/work", "/tmp", plan.tools)


def build_folder(plan: Plan, folder: str) -> Place:
    """Make the folders of a run on the disk, where nothing can be mounted; its tools are links in a folder for all."""
    for name in ("work", "tmp"):
        os.mkdir(f"{folder}/{name}", 0o700)
        if plan.uid is not None:
            os.chown(f"{folder}/{name}", plan.uid, plan.uid)
    os.chmod(folder, 0o711)
    return Place("", f"{folder}/work", f"{folder}/work", f"{folder}/tmp", plan.shared + plan.tools)


def _bind(source: str, target: str) -> None:
    os.makedirs(os.path.dirname(target), mode=0o755, exist_ok=True)
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        _touch(target)
    kernel.bind(source, target)


def _touch(path: str) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW, 0o644))


def _write_small_files(plan: Plan, root: str) -> None:
    for path, target in plan.links:
        os.makedirs(os.path.dirname(root + path), mode=0o755, exist_ok=True)
        os.symlink(target, root + path)
    for path, text in plan.texts:
        os.makedirs(os.path.dirname(root + path), mode=0o755, exist_ok=True)
        descriptor = os.open(root + path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o644)
        os.write(descriptor, text.encode())
        os.close(descriptor)


def _make_devices(folder: str) -> None:
    kernel.mount_tmpfs(folder, "size=64k,nr_inodes=32,mode=755")
    for name in _DEVICES:
        _touch(f"{folder}/{name}")
        kernel.bind(f"/dev/{name}", f"{folder}/{name}")
    for name, target in (("fd", "fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
        os.symlink(f"/proc/self/{target}", f"{folder}/{name}")
    os.mkdir(f"{folder}/shm", 0o700)
    kernel.seal(folder, devices=True)


def _make_space(plan: Plan, space: str) -> None:
    owner = os.getuid() if plan.uid is None else plan.uid
    group = os.getgid() if plan.uid is None else plan.uid
    os.mkdir(space, 0o755)
    size, files = plan.workspace_bytes, plan.workspace_files + _OWN_FOLDERS
    kernel.mount_tmpfs(space, f"size={size},nr_inodes={files},mode=755,uid={owner},gid={group}")
    for name in ("work", "tmp", "shm"):
        os.mkdir(f"{space}/{name}", 0o700)
        os.chown(f"{space}/{name}", owner, group)
