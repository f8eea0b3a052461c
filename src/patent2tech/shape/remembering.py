"""What several stages ask of the same figure is computed once, and kept as long as the figure itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def remembered(question: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The same function, asked once for each object, which must never change; nobody may write into its answers.

    An answer must not hold on to the object, or both would be kept for ever.
    """
    known: WeakKeyDictionary[Asked, Answer] = WeakKeyDictionary()

    @wraps(question)
    def answer(about: Asked) -> Answer:
        found = known.get(about)
        if found is None:
            found = known[about] = question(about)
        return found

    return answer
