"""Sandlock by its C interface: loading its Python package would cost each run 50 ms."""

from __future__ import annotations

import ctypes
import os
import select
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_INHERIT, _PIPED, _NULL = 0, 1, 2
_PIECE = 65536


class Policy(NamedTuple):
    """What sandlock is to let a command do."""

    readable: Sequence[str]
    writable: Sequence[str]
    denied_calls: Sequence[str]
    processes: int
    open_files: int
    environment: Mapping[str, str]
    folder: str


def supervise(lib: ctypes.CDLL, policy: Policy, command: Sequence[str]) -> int:
    """Run a command under the policy until it ends, and give its exit code (negative: the signal).

    Raises:
        OSError: when the policy cannot be kept here.
    """
    built = _build(lib, policy)
    # Before the command starts, the library says on the error stream what it does without; that is for nobody.
    errors = os.dup(2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    arguments = (ctypes.c_char_p * len(command))(*map(os.fsencode, command))
    name = f"run-{os.getpid()}".encode()
    unused, piped = ctypes.c_int(-1), ctypes.c_int(-1)
    handle = lib.sandlock_popen(
        *(built, name, arguments, len(command), _NULL, _INHERIT, _PIPED),
        *(ctypes.byref(unused), ctypes.byref(unused), ctypes.byref(piped)),
    )
    if not handle:
        raise OSError("sandlock did not start the command")
    _relay(piped.value, errors, lib.sandlock_handle_pid(handle))
    result = lib.sandlock_handle_wait_timeout(handle, 0)
    if not result:
        raise OSError("sandlock lost the command")
    signal = int(lib.sandlock_result_signal(result))
    return -signal if signal > 0 else int(lib.sandlock_result_exit_code(result))


def load(library: str) -> ctypes.CDLL:
    """The library, while its file can still be seen."""
    lib = ctypes.CDLL(library)
    lib.sandlock_sandbox_builder_new.restype = ctypes.c_void_p
    lib.sandlock_sandbox_build.restype = ctypes.c_void_p
    lib.sandlock_popen.restype = ctypes.c_void_p
    lib.sandlock_popen.argtypes = [
        *(ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_uint),
        *(ctypes.c_uint32, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p),
    ]
    lib.sandlock_handle_pid.argtypes = [ctypes.c_void_p]
    lib.sandlock_handle_wait_timeout.restype = ctypes.c_void_p
    lib.sandlock_handle_wait_timeout.argtypes = [ctypes.c_void_p, ctypes.c_uint64]
    lib.sandlock_result_signal.argtypes = [ctypes.c_void_p]
    lib.sandlock_result_exit_code.argtypes = [ctypes.c_void_p]
    return lib


def _build(lib: ctypes.CDLL, policy: Policy) -> int:
    builder = ctypes.c_void_p(lib.sandlock_sandbox_builder_new())

    def add(what: str, *values: object) -> None:
        nonlocal builder
        function = getattr(lib, f"sandlock_sandbox_builder_{what}")
        function.restype = ctypes.c_void_p
        builder = ctypes.c_void_p(function(builder, *values))

    for path in policy.readable:
        add("fs_read", os.fsencode(path))
    for path in policy.writable:
        add("fs_write", os.fsencode(path))
    for call in policy.denied_calls:
        add("extra_deny_syscalls", call.encode())
    for name, value in policy.environment.items():
        add("env_var", os.fsencode(name), os.fsencode(value))
    add("max_processes", ctypes.c_uint32(policy.processes))
    add("max_open_files", ctypes.c_uint32(policy.open_files))
    add("cwd", os.fsencode(policy.folder))
    failure, message = ctypes.c_int(0), ctypes.c_char_p()
    built = lib.sandlock_sandbox_build(builder, ctypes.byref(failure), ctypes.byref(message))
    if not built or failure.value != 0:
        raise OSError(f"sandlock refuses the policy: {(message.value or b'').decode('utf-8', 'replace')}")
    return int(built)


def _relay(source: int, sink: int, process: int) -> None:
    """Pass on what comes until the process has ended; what others hold open is not waited for."""
    ended = os.pidfd_open(process)
    os.set_blocking(source, False)
    while True:
        ready = select.select([source, ended], [], [])[0]
        if source in ready:
            piece = os.read(source, _PIECE)
            if piece:
                os.write(sink, piece)
                continue
            select.select([ended], [], [])
            return
        if ended in ready:
            return
