"""Any server that speaks OpenAI's embeddings API: OpenAI itself, vLLM, Ollama, text-embeddings-inference and others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from patent2tech.errors import ModelRefused, ModelUnavailable
from patent2tech.search.index import Vector

if TYPE_CHECKING:
    from openai import OpenAI

_SECONDS: Final = 60.0
_TRIES: Final = 3
_TEXTS_AT_ONCE: Final = 64
_CHARACTERS: Final = 24_000
"""Below 8,191 tokens, the limit of OpenAI's models, also for Korean."""


class EmbeddingEndpoint:
    """One model of one server."""

    def __init__(self, model: str, base_url: str | None, key: str | None) -> None:
        self.name = f"openai:{model}"
        self._model = model
        self._base_url = base_url
        self._key = key

    @cached_property
    def dimension(self) -> int:
        """How many numbers the model gives; asked for once."""
        return int(self.passages(["dimension"]).shape[1])

    def passages(self, texts: Sequence[str]) -> Vector:
        """One row for each text."""
        rows = [
            row
            for start in range(0, len(texts), _TEXTS_AT_ONCE)
            for row in self._ask([text[:_CHARACTERS] or " " for text in texts[start : start + _TEXTS_AT_ONCE]])
        ]
        matrix = np.asarray(rows, dtype=np.float32)
        length = np.linalg.norm(matrix, axis=1, keepdims=True)
        even: Vector = matrix / np.maximum(length, 1e-9)
        return even

    def query(self, text: str) -> Vector:
        """The vector of a question."""
        row: Vector = self.passages([text])[0]
        return row

    def _ask(self, texts: list[str]) -> list[list[float]]:
        import openai

        try:
            answer = self._client.embeddings.create(model=self._model, input=texts, encoding_format="float")
        except openai.APIStatusError as error:
            raise ModelRefused(
                f"the embedding model {self._model} was refused with {error.status_code}: check OPENAI_API_KEY, "
                "OPENAI_BASE_URL and P2T_EMBEDDING_MODEL; without the latter the built-in model is used"
            ) from error
        except openai.OpenAIError as error:
            raise ModelUnavailable(
                f"the embedding model {self._model} did not answer: check OPENAI_BASE_URL, or unset "
                "P2T_EMBEDDING_MODEL to use the built-in model"
            ) from error
        return [item.embedding for item in sorted(answer.data, key=lambda item: item.index)]

    @cached_property
    def _client(self) -> OpenAI:
        from openai import OpenAI

        return OpenAI(api_key=self._key or "none", base_url=self._base_url, timeout=_SECONDS, max_retries=_TRIES)
