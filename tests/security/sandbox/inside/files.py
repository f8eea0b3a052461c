"""Reading and writing what lies outside the work space."""

from __future__ import annotations

import contextlib
import ctypes
import glob
import os
import socket
import subprocess
import sys
from pathlib import Path

from .means import LIBC, attack, call, changed_mode, connects, imports, quietly, readable, writable


@attack
def secret_file(host):
    return readable(host["secret_file"])


@attack
def secret_file_by_dots(host):
    return readable("../" * 30 + host["secret_file"].lstrip("/"))


@attack
def secret_file_by_link(host):
    os.symlink(host["secret_file"], "link")
    return readable("link")


@attack
def secret_file_by_hard_link(host):
    os.link(host["secret_file"], "hard")
    return readable("hard")


@attack
def secret_file_by_handle(host):
    del host
    return call(303, 264, -100, ctypes.addressof(ctypes.create_string_buffer(b"/")), 0, 0, 0)


@attack
def home_folders(host):
    del host
    return any(quietly(readable, path) for pattern in ("/root/.*rc", "/home/*/.*rc") for path in glob.glob(pattern))


@attack
def passwords(host):
    del host
    return quietly(readable, "/etc/shadow") or b"root" in Path("/etc/passwd").read_bytes()


@attack
def source_of_the_program(host):
    return readable(host["source"])


@attack
def program_imported(host):
    del host
    return imports("patent2tech")


@attack
def other_packages_imported(host):
    del host
    return any(imports(name) for name in ("sqlalchemy", "sandlock", "pydantic_ai", "lancedb", "mypy", "playwright"))


@attack
def package_installed(host):
    del host
    done = subprocess.run([sys.executable, "-m", "pip", "install", "six"], capture_output=True, timeout=4, check=False)
    return done.returncode == 0


@attack
def docker_socket(host):
    del host
    return any(quietly(connects, socket.AF_UNIX, path) for path in ("/var/run/docker.sock", "/run/docker.sock"))


@attack
def host_folders_written(host):
    folders = ("/", "/etc", "/usr", "/usr/bin", "/usr/lib", "/var/tmp", "/opt", "/dev", "/run", host["folder"])
    return any(quietly(writable, os.path.join(folder, "p2t-run-wrote-this")) for folder in folders)


@attack
def standard_library_poisoned(host):
    del host
    return any(
        quietly(writable, os.path.join(os.path.dirname(os.__file__), name))
        for name in ("sitecustomize.py", "p2t_poison.py", "site-packages/p2t.pth")
    )


@attack
def packages_poisoned(host):
    del host
    import pytest

    library = os.path.dirname(os.path.dirname(os.path.realpath(pytest.__file__)))
    return any(
        quietly(writable, os.path.join(folder, name))
        for folder in (library, os.path.dirname(pytest.__file__), *sys.path[1:])
        for name in ("p2t_poison.pth", "usercustomize.py", "__init__.py")
        if folder
    )


@attack
def interpreter_replaced(host):
    del host
    tools = os.path.dirname(sys.executable)
    return any(
        quietly(act)
        for act in (
            lambda: writable(sys.executable),
            lambda: os.unlink(sys.executable) or True,
            lambda: writable(f"{tools}/node"),
            lambda: os.rename(tools, tools + "2") or True,
            lambda: writable(f"{os.path.dirname(tools)}/pyvenv.cfg"),
        )
    )


@attack
def mode_of_our_files_changed(host):
    del host
    return any(changed_mode(path) for path in (os.__file__, os.path.realpath(sys.executable), "/usr/bin"))


@attack
def mode_and_times_of_a_host_file_changed(host):
    path = host["own_file"]
    for act in (
        lambda: os.chmod(path, 0),
        lambda: os.utime(path, (1, 1)),
        lambda: os.setxattr(path, "user.run", b"x"),
        lambda: os.chown(path, os.getuid(), os.getgid()),
    ):
        with contextlib.suppress(OSError):
            act()
    return False  # the host knows what its file is like


@attack
def folder_of_the_host_watched(host):
    return LIBC.inotify_add_watch(LIBC.inotify_init(), host["folder"].encode(), 2) >= 0


@attack
def preload_file_written(host):
    del host
    return writable("/etc/ld.so.preload") or writable("/etc/ld.so.cache")
