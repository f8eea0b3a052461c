"""The stage's own course: prepare, hand over the work space, start, watch, end, tell."""

from __future__ import annotations

import marshal
import os
import select
import signal
import socket
import sys
import time

from patent2tech.sandbox.stage import kernel, watch
from patent2tech.sandbox.stage.cgroup import Group
from patent2tech.sandbox.stage.confine import become, limit_resources, run_bwrap, run_sandlock
from patent2tech.sandbox.stage.plan import Ending, Plan
from patent2tech.sandbox.stage.removal import remove
from patent2tech.sandbox.stage.root import Place, build_folder, build_root

_FIRST_LOOK_MS, _LATER_LOOKS_MS = 4, 40
_DYING_MS = 500
_MAX_MESSAGE = 1024 * 1024
_COULD_NOT_START = 125
_BY_SIGNAL = 128


def main() -> None:
    """Run one plan that comes through the descriptor named on the command line."""
    control = socket.socket(fileno=int(sys.argv[-1]))
    control.set_inheritable(False)
    folder, shared, group, told = "", "", None, False
    program = os.pidfd_open(os.getppid())
    try:
        plan = Plan(**marshal.loads(_receive(control)))  # noqa: S302 - from the program; json costs each run 10 ms
        kernel.become_subreaper()
        group = Group(plan)
        if plan.namespaces:
            _enter_namespaces()
            place = build_root(plan)
        else:
            os.mkdir(plan.folder, 0o700)
            folder, shared = plan.folder, plan.shared
            place = build_folder(plan, folder)
        work = os.open(place.work, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        socket.send_fds(control, [b"ready\n"], [work])
        os.close(work)
        if _receive(control) != b"go":
            return
        ending = _perform(plan, place, control, group)
        control.sendall(f"{ending.outcome} {'' if ending.exit_code is None else ending.exit_code}\n".encode())
        told = True
        _receive(control)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong here is told to who asked
        _tell(control, f"{type(error).__name__}: {error}")
    finally:
        watch.kill_all(os.getpid())
        if group:
            group.remove()
        if folder:
            remove(folder)
        if shared and _has_ended(program, 0 if told else _DYING_MS):
            _remove_shared(shared)
        os._exit(0)  # what the interpreter would tidy up ends with the process


def _has_ended(process: int, milliseconds: int) -> bool:
    """Whether a process ends in so much time; one that is killed closes its files a moment before it has ended."""
    poll = select.poll()
    poll.register(process, select.POLLIN)
    return bool(poll.poll(milliseconds))


def _remove_shared(folder: str) -> None:
    """Remove the tools that a program which was killed has left; other runs of it may be doing so too."""
    try:
        remove(folder)
    except OSError:
        return


def _enter_namespaces() -> None:
    kinds = kernel.Namespace.MOUNT
    if os.geteuid() != 0:
        uid, gid = os.getuid(), os.getgid()
        kernel.unshare(kernel.Namespace.USER | kinds)
        kernel.map_user(uid, gid)
    else:
        kernel.unshare(kinds)


def _perform(plan: Plan, place: Place, control: socket.socket, group: Group) -> Ending:
    report, reporting = os.pipe()
    if plan.namespaces:
        kernel.unshare(kernel.Namespace.PID)
    child = os.fork()
    if child == 0:
        os.close(report)
        _confined(plan, place, reporting, group)
    os.close(reporting)
    outcome = _watch(plan, place, control, child)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    watch.kill_all(os.getpid())
    told = os.read(report, 4096)
    os.close(report)
    if told.startswith(b"!"):
        raise RuntimeError(told[1:].decode("utf-8", "replace"))
    if not outcome and not plan.namespaces and _disk_over(plan, place):
        outcome = "killed"
    if not outcome and group.ran_out_of_memory():
        outcome = "out_of_memory"
    if outcome:
        return Ending(outcome, None)
    code = int(told) if told else status
    if plan.backend == "bubblewrap" and _BY_SIGNAL < code <= _BY_SIGNAL + signal.NSIG:
        code = _BY_SIGNAL - code  # it tells a signal as a shell does
    return Ending("exited" if code >= 0 else "killed", code)


def _confined(plan: Plan, place: Place, reporting: int, group: Group) -> None:
    """The part of the child; it never returns."""
    try:
        kernel.die_with_parent()
        os.setsid()
        group.enter()
        if plan.backend == "bubblewrap":
            if plan.uid is not None:
                become(plan.uid)
            limit_resources(plan, count_processes=True)
            run_bwrap(plan, place)
        if plan.namespaces:
            kinds = kernel.Namespace
            kernel.unshare(kinds.MOUNT | kinds.NET | kinds.IPC | kinds.UTS | kinds.CGROUP)
        code = run_sandlock(plan, place)
        os.write(reporting, str(code).encode())
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - this process ends here whatever happens
        os.write(reporting, f"!{type(error).__name__}: {error}".encode())
        os._exit(_COULD_NOT_START)


def _watch(plan: Plan, place: Place, control: socket.socket, child: int) -> str:
    """Wait for the child to end, and end it when it goes too far; says why, or nothing."""
    deadline = time.monotonic() + plan.wall_seconds
    pidfd = os.pidfd_open(child)
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    poll.register(control, select.POLLIN)
    pause = _FIRST_LOOK_MS
    outcome = ""
    try:
        while not outcome:
            events = dict(poll.poll(min(pause, max(1, (deadline - time.monotonic()) * 1000))))
            pause = min(_LATER_LOOKS_MS, pause * 2)
            if pidfd in events:
                return ""
            if control.fileno() in events:
                outcome = "killed"
            elif time.monotonic() >= deadline:
                outcome = "timed_out"
            elif watch.memory_over(os.getpid(), plan.memory_bytes):
                outcome = "out_of_memory"
            elif not plan.namespaces and _disk_over(plan, place):
                outcome = "killed"
    finally:
        os.close(pidfd)
    os.kill(child, signal.SIGKILL)
    return outcome


def _disk_over(plan: Plan, place: Place) -> bool:
    return watch.disk_over(os.path.dirname(place.work), plan.workspace_bytes, plan.workspace_files)


def _receive(control: socket.socket) -> bytes:
    """One message: a line of its length, then the message."""
    head = b""
    while not head.endswith(b"\n"):
        piece = control.recv(1)
        if not piece:
            return b""
        head += piece
    length = int(head)
    if length > _MAX_MESSAGE:
        raise ValueError("the message is too long")
    body = bytearray()
    while len(body) < length:
        piece = control.recv(length - len(body))
        if not piece:
            return b""
        body += piece
    return bytes(body)


def _tell(control: socket.socket, text: str) -> None:
    try:
        control.sendall(f"error {' '.join(text.split())}\n".encode())
    except OSError:
        return
