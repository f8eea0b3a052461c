"""Keys that sort by time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from patent2tech.store.identity import new_id

if TYPE_CHECKING:
    import pytest

_MANY = 20_000


def test_keys_are_unique_and_in_the_order_they_were_made() -> None:
    keys = [new_id() for _ in range(_MANY)]
    assert keys == sorted(set(keys))


def test_a_key_is_a_uuid_of_version_7_that_tells_its_time() -> None:
    before = time.time_ns() // 1_000_000
    key = new_id()
    assert (key.version, key.variant) == (7, "specified in RFC 4122")
    assert before <= key.int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_a_clock_set_back_does_not_break_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    key = new_id()
    an_hour_ago = time.time_ns() - 3_600_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: an_hour_ago)
    assert new_id() > key
