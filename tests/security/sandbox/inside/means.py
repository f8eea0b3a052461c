"""What all attacks use."""

from __future__ import annotations

import contextlib
import ctypes
import glob
import importlib
import os
import platform
import socket
from pathlib import Path

ATTACKS = {}
# The process above the one that runs the attacks, which belongs to the sandbox.
HARNESS_PARENT = os.getppid()
REPORT = [-1]  # the pipe to the harness
SECONDS = 5
LIBC = ctypes.CDLL(None, use_errno=True)
X86 = platform.machine() == "x86_64"


def attack(function):
    ATTACKS[function.__name__] = function
    return function


def reached(number, *arguments):
    """Whether a system call got past the sandbox into the kernel: any answer but a refusal."""
    LIBC.syscall.restype = ctypes.c_long
    ctypes.set_errno(0)
    result = LIBC.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    # EPERM, EACCES, ENOSYS: refused or not there
    return result >= 0 or ctypes.get_errno() not in {1, 13, 38}


def call(x86, arm, *arguments):
    return reached(x86 if X86 else arm, *arguments)


def readable(path):
    with open(path, "rb") as file:
        return bool(file.read(64))


def writable(path):
    with open(path, "wb") as file:
        file.write(b"written by a run")
    return True


def connects(family, address, kind=socket.SOCK_STREAM):
    with socket.socket(family, kind) as client:
        client.settimeout(1.5)
        client.connect(address)
        if kind == socket.SOCK_DGRAM:
            client.send(b"from a run")
    return True


def every(pattern):
    for path in glob.glob(pattern):
        with contextlib.suppress(OSError):
            if os.access(path, os.R_OK):
                os.close(os.open(path, os.O_RDONLY))
                yield path


def confinement(process):
    """User, capabilities and filters of a process."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return [line for line in lines if line.startswith(("Uid", "Gid", "Cap", "NoNewPrivs", "Seccomp"))]


def is_open(number):
    with contextlib.suppress(OSError):
        os.fstat(number)
        return True
    return False


def quietly(function, *arguments):
    try:
        return function(*arguments)
    except Exception:
        return False


def put(path):
    return writable_text(path, "p2t")


def writable_text(path, text):
    with open(path, "w") as file:
        file.write(text)
    return True


def imports(name):
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


def opens(family, kind, protocol):
    with socket.socket(family, kind, protocol):
        return True


def changed_mode(path):
    before = os.stat(path).st_mode
    with contextlib.suppress(OSError):
        os.chmod(path, 0o777)
    return os.stat(path).st_mode != before


def in_child(act):
    child = os.fork()
    if child == 0:
        done = False
        with contextlib.suppress(Exception):
            done = act()
        os._exit(77 if done else 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 77


def cloned(flags):
    LIBC.syscall.restype = ctypes.c_long
    child = LIBC.syscall(ctypes.c_long(56 if X86 else 220), ctypes.c_long(flags), 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    return child > 0
