"""A model of the `sentence-transformers` library by its name, for PaECTER, patembed, bge-m3 and others."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from patent2tech.errors import ModelUnavailable, NotConfigured
from patent2tech.search.index import Vector


class SentenceTransformer:
    """Loaded when it is first asked."""

    def __init__(self, model: str) -> None:
        self.name = f"st:{model}"
        self._id = model
        self._turn = threading.Lock()

    @cached_property
    def dimension(self) -> int:
        """How many numbers the model gives."""
        return int(self._model.get_sentence_embedding_dimension())

    def passages(self, texts: Sequence[str]) -> Vector:
        """One row for each text."""
        with self._turn:
            rows = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)

    def query(self, text: str) -> Vector:
        """The vector of a question."""
        row: Vector = self.passages([text])[0]
        return row

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import SentenceTransformer as Model
        except ImportError:
            raise NotConfigured(
                f"the embedding model {self.name} needs the extra `embed`: pip install 'patent2tech[embed]', or unset "
                "P2T_EMBEDDING_MODEL to use the built-in model"
            ) from None
        try:
            return Model(self._id)
        except (OSError, ValueError) as error:
            reason = str(error).partition("\n")[0]
            raise ModelUnavailable(f"the embedding model {self._id} cannot be loaded ({reason})") from error
