"""Keys of rows: UUID version 7, which sort by the time they were made."""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from typing import Final

_MILLISECOND_NS: Final = 1_000_000
_FRACTION_BITS: Final = 12
_RANDOM_BITS: Final = 62
_turn = threading.Lock()
_last = 0


def new_id() -> uuid.UUID:
    """A UUID of RFC 9562 section 5.7, larger than every earlier one of this process.

    Behind the 48 bits of milliseconds stand 12 bits of their fraction (method 3 of section 6.2). PostgreSQL 18 could
    make such keys itself, but `DATABASE_URL` may name an older server.
    """
    global _last  # noqa: PLW0603 - the order within a process needs a memory
    milliseconds, rest = divmod(time.time_ns(), _MILLISECOND_NS)
    now = milliseconds << _FRACTION_BITS | (rest << _FRACTION_BITS) // _MILLISECOND_NS
    with _turn:
        _last = now = max(now, _last + 1)
    time_high, time_low = now >> _FRACTION_BITS, now & ((1 << _FRACTION_BITS) - 1)
    return uuid.UUID(int=time_high << 80 | 0x7 << 76 | time_low << 64 | 0b10 << 62 | secrets.randbits(_RANDOM_BITS))
