"""A control group for one run, where the operator has handed us one: the kernel then counts memory and processes."""

from __future__ import annotations

import errno
import os
import time

from patent2tech.sandbox.stage.plan import Plan

_OWN_BYTES = 48 * 1024 * 1024  # what our supervisor inside the group needs
_OWN_PROCESSES = 8  # its threads
_PATIENCE = 100
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# The first that exists is written; swap would let a run hold more than its memory.
_MEMORY = ("memory.max", "memory.limit_in_bytes")
_SWAP = ("memory.swap.max", "memory.memsw.limit_in_bytes")
_EVENTS = ("memory.events", "memory.oom_control")


class Group:
    """The groups of one run, one in each hierarchy; held open, since the run's own files will cover their paths."""

    def __init__(self, plan: Plan) -> None:
        self._name = f"run-{os.getpid()}-{os.urandom(8).hex()}"
        self._above = [os.open(folder, _FOLDER) for folder in plan.cgroups]
        self._own: list[int] = []
        memory = plan.memory_bytes + _OWN_BYTES
        for above in self._above:
            os.mkdir(self._name, 0o755, dir_fd=above)
            self._own.append(os.open(self._name, _FOLDER, dir_fd=above))
        if self._own and not (
            self._write(_MEMORY, memory) and self._write(("pids.max",), plan.processes + _OWN_PROCESSES)
        ):
            self.remove()
            raise OSError("the control group has no limit of memory or of processes: hand over one with both")
        self._write(_SWAP[:1], 0)
        self._write(_SWAP[1:], memory)

    def enter(self) -> None:
        """Put this process and all its children into the groups."""
        for own in self._own:
            _put(own, "cgroup.procs", "0")

    def ran_out_of_memory(self) -> bool:
        """Whether the kernel ended a process of the group for its memory."""
        for own in self._own:
            for name in _EVENTS:
                for line in _get(own, name).splitlines():
                    if line.startswith("oom_kill ") and line.split()[1] != "0":
                        return True
        return False

    def remove(self) -> None:
        """Remove the groups; all their processes have ended."""
        for above, own in zip(self._above, self._own, strict=False):
            os.close(own)
            _remove(above, self._name)
        self._own = []

    def _write(self, names: tuple[str, ...], limit: int) -> bool:
        return any(_put(own, name, str(limit)) for own in self._own for name in names)


def _remove(above: int, name: str) -> None:
    for _ in range(_PATIENCE):
        try:
            os.rmdir(name, dir_fd=above)
        except OSError as error:
            if error.errno != errno.EBUSY:
                raise
            time.sleep(0.01)  # the kernel still counts what has just ended
        else:
            return


def _put(folder: int, name: str, text: str) -> bool:
    try:
        descriptor = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError:
        return False
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)
    return True


def _get(folder: int, name: str) -> str:
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError:
        return ""
    try:
        return os.read(descriptor, 65536).decode()
    finally:
        os.close(descriptor)
