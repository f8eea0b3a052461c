"""A model at a server that speaks OpenAI's embeddings API: OpenAI itself, vLLM, Ollama, llama.cpp and others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np

from patent2tech.llm import LanguageModel
from patent2tech.search.index import Vector

_CHARACTERS: Final = 24_000
"""Below 8,191 tokens, the limit of OpenAI's models, also for Korean."""


class EmbeddingEndpoint:
    """A model of `llm`, which pays, keeps and writes down what it asks."""

    def __init__(self, model: LanguageModel) -> None:
        self.name = f"openai:{model.name}"
        self._model = model

    @cached_property
    def dimension(self) -> int:
        """How many numbers the model gives; asked for once."""
        return int(self.passages(["dimension"]).shape[1])

    def passages(self, texts: Sequence[str]) -> Vector:
        """One row for each text.

        Raises:
            OutsideFailure, OverBudget: as `LanguageModel.embed`.
        """
        cut = [text[:_CHARACTERS] or " " for text in texts]
        matrix = np.asarray(self._model.embed(cut, "search.embed").vectors, dtype=np.float32)
        even: Vector = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
        return even

    def query(self, text: str) -> Vector:
        """The vector of a question."""
        row: Vector = self.passages([text])[0]
        return row
