"""The self-test passes what holds and fails what leaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from patent2tech.errors import SandboxUnavailable
from patent2tech.sandbox import ChosenSandbox, Limits, Run
from patent2tech.sandbox.selftest import examine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Leaking:
    """A sandbox with one hole, round a real one."""

    name = "leaking"

    def __init__(self, hole: str) -> None:
        self.hole = hole
        self.inner = ChosenSandbox()

    def run(
        self, files: Mapping[str, bytes], command: Sequence[str], limits: Limits, collect: Sequence[str] = ()
    ) -> Run:
        files, command = dict(files), list(command)
        if self.hole == "file" and len(command) > 3:
            files["shown.txt"] = Path(command[3]).read_bytes()
            command[3] = "shown.txt"
        if self.hole == "disk":
            limits = replace(limits, workspace_bytes=64 * 1024 * 1024, file_bytes=64 * 1024 * 1024)
        if self.hole == "processes":
            limits = replace(limits, processes=200)
        if self.hole == "memory":
            limits = replace(limits, memory_bytes=4 * 1024 * 1024 * 1024)
        if self.hole == "output":
            limits = replace(limits, output_bytes=1024 * 1024)
        if self.hole == "nothing":
            raise SandboxUnavailable("it does not start")
        return self.inner.run(files, command, limits, collect)


def test_a_backend_that_holds_passes() -> None:
    assert examine(ChosenSandbox()).failures == ()


def test_each_hole_is_found() -> None:
    found = {
        hole: examine(Leaking(hole)).failures for hole in ("file", "disk", "processes", "memory", "output", "nothing")
    }
    assert found == {
        "file": ("could read a file of the host", "could write a file of the host"),
        "disk": ("could fill the disk",),
        "processes": ("could fork without end",),
        "memory": ("could hold too much memory",),
        "output": ("the output was not cut",),
        "nothing": ("it does not start",),
    }
