"""A user for each run: where we are root, a number that belongs to nobody, so that no two runs can touch each other."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from patent2tech.errors import SandboxUnavailable

_FIRST = 200_000
_LAST = 0x7FFF_0000
_TRIES = 100
_MAP_FIELDS = 3


@dataclass(frozen=True, slots=True)
class UserLease:
    """The user that a run becomes, or `None` to stay who we are."""

    uid: int | None


@contextmanager
def lease_user() -> Iterator[UserLease]:
    """A user for one run.

    An address in the system's own name space of sockets says that a number is taken; it is free again when its holder
    ends, however it ends.

    Raises:
        SandboxUnavailable: when no number is free.
    """
    if os.geteuid() != 0:
        yield UserLease(None)
        return
    first, last = _numbers()
    for _ in range(_TRIES):
        uid = first + secrets.randbelow(last - first)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as claim:
            try:
                claim.bind(f"\0patent2tech-run-{uid}")
            except OSError:
                continue
            yield UserLease(uid)
            return
    raise SandboxUnavailable("no user number is free for a run: end other runs")


def _numbers() -> tuple[int, int]:
    """The user numbers that exist here and belong to nobody."""
    for line in Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines():
        inside, _, count = map(int, line.split()[:_MAP_FIELDS])
        last = min(inside + count, _LAST)
        if last > _FIRST:
            return _FIRST, last
        if count > _TRIES:
            return inside + count // 2, inside + count - 1
    raise SandboxUnavailable("this machine has no user number for a run: run as an ordinary user")
