"""The stage's own course: prepare, hand over the work space, start, watch, end, tell."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
import time

from patent2tech.sandbox.stage import kernel, watch
from patent2tech.sandbox.stage.confine import limit_resources, run_bwrap, run_sandlock
from patent2tech.sandbox.stage.plan import Ending, Plan
from patent2tech.sandbox.stage.removal import remove
from patent2tech.sandbox.stage.root import Place, build_folder, build_root

_FIRST_LOOK_MS, _LATER_LOOKS_MS = 4, 40
_MAX_MESSAGE = 1024 * 1024
_COULD_NOT_START = 125


def main() -> None:
    """Run one plan that comes through the descriptor named on the command line."""
    control = socket.socket(fileno=int(sys.argv[-1]))
    control.set_inheritable(False)
    folder = ""
    try:
        plan = Plan(**json.loads(_receive(control)))
        kernel.become_subreaper()
        if plan.namespaces:
            _enter_namespaces()
            place = build_root(plan)
        else:
            folder = _new_folder()
            place = build_folder(plan, folder)
        work = os.open(place.work, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        socket.send_fds(control, [_message("ready", "")], [work])
        os.close(work)
        if _receive(control) != b"go":
            return
        ending = _perform(plan, place, control)
        control.sendall(_message(*ending))
        _receive(control)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong here is told to who asked
        _tell(control, f"{type(error).__name__}: {error}")
    finally:
        watch.kill_all(os.getpid())
        if folder:
            remove(folder)


def _new_folder() -> str:
    folder = f"/tmp/p2t-run-{os.urandom(16).hex()}"
    os.mkdir(folder, 0o700)
    return folder


def _enter_namespaces() -> None:
    kinds = kernel.Namespace.MOUNT
    if os.geteuid() != 0:
        uid, gid = os.getuid(), os.getgid()
        kernel.unshare(kernel.Namespace.USER | kinds)
        kernel.map_user(uid, gid)
    else:
        kernel.unshare(kinds)


def _perform(plan: Plan, place: Place, control: socket.socket) -> Ending:
    report, reporting = os.pipe()
    if plan.namespaces:
        kernel.unshare(kernel.Namespace.PID)
    child = os.fork()
    if child == 0:
        os.close(report)
        _confined(plan, place, reporting)
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
    if outcome:
        return Ending(outcome, None)
    code = int(told) if told else status
    return Ending("exited" if code >= 0 else "killed", code)


def _confined(plan: Plan, place: Place, reporting: int) -> None:
    """The part of the child; it never returns."""
    try:
        kernel.die_with_parent()
        os.setsid()
        if plan.backend == "bubblewrap":
            if plan.uid is not None:
                kernel.become(plan.uid)
                kernel.stay_observable()
            limit_resources(plan, count_processes=True)
            run_bwrap(plan, place)
        if plan.namespaces:
            kinds = kernel.Namespace
            kernel.unshare(kinds.NET | kinds.IPC | kinds.UTS | kinds.CGROUP)
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


def _message(kind: str, detail: object) -> bytes:
    return json.dumps([kind, detail]).encode() + b"\n"


def _tell(control: socket.socket, text: str) -> None:
    try:
        control.sendall(_message("error", text))
    except OSError:
        return
