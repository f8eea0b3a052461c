"""Putting small members together until they make a chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from patent2tech.formats.chunks import Chunk
from patent2tech.formats.outcome import Rejected
from patent2tech.formats.passed import PassedBy
from patent2tech.formats.spool import Spool

CHUNK_BYTES: Final = 10 * 1024 * 1024
"""About a second of parsing, so that handing a chunk to another process costs little beside it."""

_CHUNK_MEMBERS: Final = 2_000


class PlanFile(Protocol):
    """Cuts a file, or a part of it, into chunks; what it is shows by its content."""

    def __call__(
        self, job: Job, name: str, path: Path, begin: int = 0, length: int | None = None, *, beside: bool = False
    ) -> Iterator[Chunk | Rejected]:
        """The chunks."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """The planning of one file on the disk."""

    source: str
    spool: Spool
    plan_file: PlanFile
    passed: PassedBy

    def held(self, chunk: Chunk) -> Chunk:
        """The chunk, whose file now stays in the spool until it is released."""
        self.spool.hold(chunk.file)
        return chunk

    def pass_by(self, member: str) -> None:
        """Remember a member of the file, which is an archive, that is of no known format."""
        self.passed.add(f"{Path(self.source).name}/{member}")


class Group:
    """Members that gather until they are a chunk."""

    def __init__(self, build: Callable[[tuple[str, ...], str, int], Chunk]) -> None:
        self._build = build
        self._names: list[str] = []
        self._hasher = sha256()
        self._size = 0

    @property
    def full(self) -> bool:
        """Whether it is time to close."""
        return self._size >= CHUNK_BYTES or len(self._names) >= _CHUNK_MEMBERS

    def seal(self, stamp: str) -> None:
        """Let the fingerprint also depend on something besides the members."""
        self._hasher.update(f"{stamp}\n".encode())

    def add(self, name: str, stamp: str, size: int) -> Iterator[Chunk]:
        """Take a member in, and give the chunk that this makes."""
        self._names.append(name)
        self._hasher.update(f"{name}\0{stamp}\n".encode())
        self._size += size
        if self.full:
            yield from self.close()

    def close(self) -> Iterator[Chunk]:
        """Give the chunk of what has gathered, if anything has, and begin anew."""
        if self._names:
            yield self._build(tuple(self._names), self._hasher.hexdigest(), self._size)
            self._names, self._hasher, self._size = [], sha256(), 0
