"""What the stage is told to do, and what it tells."""

from __future__ import annotations

from typing import NamedTuple


class Plan(NamedTuple):
    """One run: what it sees, what it may use, and who confines it.

    `binds` are pairs of an own path and the path at which a run sees it; `masks` are folders among them to hide;
    `links` and `texts` are small files to make. `folder` is made on the disk for a run without namespaces, which
    finds its tools in `shared`. `tools` is the folder that holds the interpreters, `library` the file of the
    confining library, `cgroups` the control groups that we may make groups in. `uid` is the user that the run
    becomes, or `None` to stay who we are.
    """

    backend: str
    namespaces: bool
    command: list[str]
    uid: int | None
    folder: str
    shared: str
    tools: str
    binds: list[tuple[str, str]]
    masks: list[str]
    links: list[tuple[str, str]]
    texts: list[tuple[str, str]]
    library: str
    cgroups: list[str]
    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int
    processes: int
    workspace_bytes: int
    workspace_files: int
    file_bytes: int


class Ending(NamedTuple):
    """How the command ended: who ended it, and its exit code (negative: the signal)."""

    outcome: str
    exit_code: int | None
