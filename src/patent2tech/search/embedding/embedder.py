"""The border to embedding models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from patent2tech.search.index import Vector


class Embedder(Protocol):
    """Turns texts into vectors whose dot product says how much they mean the same.

    Vectors SHALL have length 1. `name` SHALL change whenever the vectors of one text do. `passages` and `query` may
    treat their texts differently, as some models ask for. They may be called from several threads.
    """

    @property
    def name(self) -> str:
        """The model's id."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has.

        Raises:
            ModelUnavailable: when the model must be asked for this and does not answer.
        """
        ...

    def passages(self, texts: Sequence[str]) -> Vector:
        """One row for each text that is to be found.

        Raises:
            ModelUnavailable: when the model does not answer.
        """
        ...

    def query(self, text: str) -> Vector:
        """The vector of a question.

        Raises:
            ModelUnavailable: when the model does not answer.
        """
        ...
