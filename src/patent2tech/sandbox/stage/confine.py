"""Starting the command under one of the two means of confining it; called in the process that is to be confined."""

from __future__ import annotations

import os
import resource
import select
import sys
from typing import TYPE_CHECKING

from patent2tech.sandbox.stage import kernel
from patent2tech.sandbox.stage.filters import filter_program
from patent2tech.sandbox.stage.plan import Plan
from patent2tech.sandbox.stage.root import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPEN_FILES = 256
_STACK_BYTES = 64 * 1024 * 1024
# What the supervising library leaves open by itself.
_ALSO_DENIED = (
    "memfd_create",
    "memfd_secret",
    "pidfd_getfd",
    "process_madvise",
    "process_vm_readv",
    "kcmp",
    "mq_open",
    "chroot",
)
_BWRAP = "/usr/bin/bwrap"
_PIECE = 65536


def limit_resources(plan: Plan, *, count_processes: bool) -> None:
    """Set the limits that the kernel keeps per process, and per user where the user is of this run alone."""
    limits = [
        (resource.RLIMIT_CPU, plan.cpu_seconds),
        (resource.RLIMIT_DATA, plan.memory_bytes),
        (resource.RLIMIT_FSIZE, plan.file_bytes),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_STACK, _STACK_BYTES),
    ]
    if count_processes:
        limits.append((resource.RLIMIT_NPROC, plan.processes))
    for kind, limit in limits:
        resource.setrlimit(kind, (limit, limit))


def run_bwrap(plan: Plan, place: Place) -> None:
    """Become bubblewrap, which becomes the command's parent."""
    read, write = os.pipe()
    os.write(write, filter_program(supervisor=False))
    os.close(write)
    os.set_inheritable(read, True)
    arguments = [_BWRAP, "--dev-bind", place.root, "/", "--proc", "/proc"]
    arguments += ["--unshare-user", "--disable-userns", "--unshare-all", "--die-with-parent", "--new-session"]
    arguments += ["--cap-drop", "ALL", "--hostname", "sandbox", "--chdir", place.work_inside, "--clearenv"]
    for name, value in place.environment().items():
        arguments += ["--setenv", name, value]
    arguments += ["--seccomp", str(read), "--", *place.command(plan)]
    os.execve(_BWRAP, arguments, {})


def run_sandlock(plan: Plan, place: Place) -> int:
    """Supervise the command by sandlock until it ends, and give its exit code (negative: the signal)."""
    sys.path.append(plan.packages)
    from sandlock import Sandbox
    from sandlock.sandbox import StdioMode

    if plan.namespaces:
        kernel.pivot_root(place.root)
        kernel.mount_proc("/proc")
        readable: Sequence[str] = ("/",)
        writable = [place.work_inside, place.temporary_inside, "/dev/shm"]
    else:
        readable = [source for source, _ in plan.binds] + [place.tools_inside, "/dev/urandom", "/dev/random"]
        writable = [place.work_inside, place.temporary_inside]
    writable += ["/dev/null", "/dev/zero", "/dev/full"]
    if plan.uid is not None:
        kernel.become(plan.uid)
        kernel.stay_observable()
    if plan.namespaces:
        kernel.drop_capabilities()
    limit_resources(plan, count_processes=plan.uid is not None or plan.namespaces)
    kernel.forbid_new_privileges()
    kernel.install_filter(filter_program(supervisor=True))
    sandbox = Sandbox(
        fs_readable=readable,
        fs_writable=writable,
        extra_deny_syscalls=_ALSO_DENIED,
        max_processes=plan.processes,
        max_open_files=_OPEN_FILES,
        env=place.environment(),
        cwd=place.work_inside,
        name=f"run-{os.getpid()}",
    )
    # Between here and the command the library says on the error stream what it does without; that is for nobody.
    errors = os.dup(2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    process = sandbox.popen(place.command(plan), stdin=StdioMode.NULL, stderr=StdioMode.PIPED)
    _relay(process.stderr.fileno(), errors, process.pid)
    result = process.wait()
    return -int(result.signal) if result.signal > 0 else int(result.exit_code)


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
