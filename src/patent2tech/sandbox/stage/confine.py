"""Starting the command under one of the two means of confining it; called in the process that is to be confined."""

from __future__ import annotations

import os
import resource

from patent2tech.sandbox.stage import kernel, sandlock
from patent2tech.sandbox.stage.filters import filter_program
from patent2tech.sandbox.stage.plan import Plan
from patent2tech.sandbox.stage.root import Place

_OPEN_FILES = 256
_STACK_BYTES = 8 * 1024 * 1024  # each thread takes so much of the memory limit
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


def become(uid: int) -> None:
    """Become the run's user, and keep what a change of user undoes."""
    kernel.become(uid)
    kernel.stay_observable()
    kernel.die_with_parent()


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
    library = sandlock.load(plan.library)
    readable: list[str] = ["/"]
    writable = [place.work_inside, place.temporary_inside, "/dev/null", "/dev/zero", "/dev/full"]
    if plan.namespaces:
        # In this order: without root, a new view of processes is given only to who can see the old one.
        kernel.mount_proc(f"{place.root}/proc")
        kernel.pivot_root(place.root)
        writable.append("/dev/shm")
    else:
        readable = [source for source, _ in plan.binds] + [place.tools_inside, "/dev/urandom", "/dev/random"]
    if plan.uid is not None:
        become(plan.uid)
    if plan.namespaces:
        kernel.drop_capabilities()
    limit_resources(plan, count_processes=plan.uid is not None or plan.namespaces)
    kernel.forbid_new_privileges()
    kernel.install_filter(filter_program(supervisor=True, among_ours=plan.uid is None and not plan.namespaces))
    policy = sandlock.Policy(
        readable=readable,
        writable=writable,
        denied_calls=_ALSO_DENIED,
        processes=plan.processes,
        open_files=_OPEN_FILES,
        environment=place.environment(),
        folder=place.work_inside,
    )
    return sandlock.supervise(library, policy, place.command(plan))
