"""What is asked of a figure again and again is computed once, and forgotten with the figure."""

from __future__ import annotations

import gc
import weakref

from patent2tech.shape.remembering import remembered


class Thing:
    """Something that can be asked about."""


def test_a_question_is_answered_once_for_each_thing_and_forgotten_with_it() -> None:
    asked = []

    @remembered
    def answer(thing: Thing) -> int:
        asked.append(id(thing))
        return len(asked)

    first, second = Thing(), Thing()
    assert [answer(first), answer(second), answer(first), answer(second)] == [1, 2, 1, 2]
    gone = weakref.ref(first)
    del first
    gc.collect()
    assert gone() is None
    assert answer(second) == 2
