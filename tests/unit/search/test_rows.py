"""Keys in memory in place of the engine's own index: the same answers, at every version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patent2tech.search.lance.rows import Rows
from tests.unit.search.building import a_document, a_search, an_index, put
from tests.unit.search.test_searching import BATTERY, LATCH, VALVE, ask, numbers

if TYPE_CHECKING:
    from pathlib import Path

_OFTEN = 12
"""More questions than are looked up in the index first."""


@given(
    st.lists(st.tuples(st.text("0af밸", min_size=1, max_size=4), st.integers(0, 2**40)), unique_by=lambda each: each[1])
)
def test_rows_and_keys_are_found_by_each_other(pairs: list[tuple[str, int]]) -> None:
    rows = Rows([key for key, _ in pairs], np.array([row for _, row in pairs], np.int64))
    assert rows.keys(np.array([row for _, row in pairs], np.int64)) == [key for key, _ in pairs]
    for key in {"missing", *(key for key, _ in pairs)}:
        assert rows.rows([key]) == sorted(row for other, row in pairs if other == key)


def test_a_version_that_is_asked_often_answers_as_at_first(tmp_path: Path) -> None:
    index = an_index(tmp_path, LATCH, BATTERY, VALVE)
    search = a_search(index)
    first = ask(search, "latch with a 밸브 spring")
    for _ in range(_OFTEN):
        assert ask(search, "latch with a 밸브 spring") == first
    assert index.snapshot()._kept.keys() == {"patents", "vectors"}
    index.remove([LATCH.key])
    put(index, a_document("1000004", "Gate latch", "A latch with a spring for a gate."))
    for _ in range(_OFTEN):
        assert numbers(ask(search, "latch with a spring"))[0] == "US1000004B2"
        assert "US1000001B2" not in numbers(ask(search, "latch with a spring"))
