"""The border to sandboxes: files and a command go in, an account of the run comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use: seconds, bytes, and numbers of processes and files."""

    wall_seconds: float = 60
    cpu_seconds: int = 60
    memory_bytes: int = 1024 * _MEBIBYTE
    processes: int = 64
    output_bytes: int = 256 * 1024
    workspace_bytes: int = 64 * _MEBIBYTE
    workspace_files: int = 2000
    file_bytes: int = 16 * _MEBIBYTE


class Outcome(StrEnum):
    """How a run ended."""

    EXITED = "exited"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Run:
    """The account of one run.

    `output` and `errors` are cut to the limit and cleaned of control sequences. `files` are the regular files that
    were asked for, collected without following links; `left_out` says which were not collected and why.
    """

    outcome: Outcome
    exit_code: int | None
    output: str
    errors: str
    seconds: float
    backend: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    output_cut: bool = False


class Sandbox(Protocol):
    """Runs a command on some files, kept from everything else.

    `run` SHALL give the command an empty environment, no network, a work space that holds `files` and nothing of
    ours to write to, SHALL end within the limits with nothing left running and nothing left on the disk, and raises
    only `SandboxUnavailable`. `command[0]` is `python` or `node`, the pinned interpreters of ours, or `gcc`/`g++` or a
    path in the work space. `collect` are patterns of paths (`*.json`) whose files come back. It may be called from
    several threads; two runs never see each other.
    """

    @property
    def name(self) -> str:
        """The backend that passed its self-test."""
        ...

    def run(
        self, files: Mapping[str, bytes], command: Sequence[str], limits: Limits, collect: Sequence[str] = ()
    ) -> Run:
        """Run the command and give the account."""
        ...
