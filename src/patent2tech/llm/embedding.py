"""Vectors of texts: asked for in batches, kept by the hash of each text, and paid once."""

from __future__ import annotations

import math
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Generator, Sequence
from decimal import Decimal
from hashlib import sha256
from struct import pack, unpack
from typing import TYPE_CHECKING, Final

from patent2tech.errors import P2TError
from patent2tech.llm.answers import Answers
from patent2tech.llm.counting import at_most, estimate
from patent2tech.llm.failures import AnswerUnusable, in_our_words
from patent2tech.llm.ledger import Result
from patent2tech.llm.loop import Loop
from patent2tech.llm.metering import Errand, Meter, Terms
from patent2tech.llm.protocol import Budget, Embedded, Usage

if TYPE_CHECKING:
    from pydantic_ai.embeddings import EmbeddingModel, EmbeddingResult

_VERSION: Final = "1"
_TEXTS_AT_ONCE: Final = 64
_LARGEST: Final = 3.4e38
"""Of a 32-bit number, as which vectors are kept."""

Vector = tuple[float, ...]


class Embedding:
    """Asks one model for vectors."""

    def __init__(self, model: EmbeddingModel, terms: Terms, meter: Meter, answers: Answers, loop: Loop) -> None:
        self._model = model
        self._terms = terms
        self._meter = meter
        self._answers = answers
        self._loop = loop

    def embed(self, texts: Sequence[str], purpose: str, budget: Budget | None, job: str | None) -> Embedded:
        """The vector of each text; only texts that were never asked for are paid."""
        vectors: list[Vector] = []
        used = Usage(cached=True)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            some, usage = self._batch(list(texts[start : start + _TEXTS_AT_ONCE]), purpose, budget, job)
            vectors += some
            used += usage
        return Embedded(tuple(vectors), self._model.model_name, used)

    def _batch(
        self, texts: list[str], purpose: str, budget: Budget | None, job: str | None
    ) -> tuple[list[Vector], Usage]:
        keys = [self._key(text) for text in texts]
        with self._answers.one_at_a_time(sha256("".join(keys).encode()).hexdigest()):
            known = {key: _vector(kept["vector"]) for key, kept in self._answers.get_all(keys).items()}
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            usage = Usage(cached=True)
            if missing:
                made, usage = self._asked(list(missing.values()), purpose, budget, job)
                known |= zip(missing, made, strict=True)
                kept = {key: {"vector": _kept(known[key])} for key in missing}
                self._answers.keep_all(kept, "embed", self._model.model_name)
        return [known[key] for key in keys], usage

    def _key(self, text: str) -> str:
        parts = (self._model.model_name, self._terms.server, "embed", _VERSION, text)
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def _asked(
        self, texts: list[str], purpose: str, budget: Budget | None, job: str | None
    ) -> tuple[list[Vector], Usage]:
        said = "\n".join(texts)
        price = self._terms.price
        highest = None if price is None else price.of(at_most(said) + len(texts), 0)
        errand = Errand(purpose, _VERSION, said, highest, job, budget)
        deadline = time.monotonic() + self._terms.seconds

        def attempt(number: int) -> Generator[None, None, tuple[list[Vector], Usage]]:
            result, usage = yield from self._meter.metered(
                errand, number, self._sent(texts, deadline), lambda answer: self._used(answer, said), _check(len(texts))
            )
            return [tuple(each) for each in result.embeddings], usage

        try:
            return _result_of(self._meter.retried(deadline, attempt))
        except P2TError:
            raise
        except Exception as error:
            raise in_our_words(error, self._model.model_name, self._terms.server, self._terms.seconds) from error

    def _sent(self, texts: list[str], deadline: float) -> Generator[None, None, EmbeddingResult]:
        yield from ()
        # As numbers and not packed, since not every server packs them.
        asking = self._model.embed(texts, input_type="document", settings={"extra_body": {"encoding_format": "float"}})
        return self._loop.run(asking, max(deadline - time.monotonic(), 0.1))

    def _used(self, answer: EmbeddingResult, said: str) -> Result:
        """What an answer used; a server that does not say is taken to have used what we counted."""
        taken = answer.usage.input_tokens or estimate(said)
        price = self._terms.price
        return Result("done", taken, 0, None if price is None else Decimal(price.of(taken, 0)))


def _check(texts: int) -> Callable[[EmbeddingResult], None]:
    """Whether there is a vector of the same length for each text, made of numbers."""

    def check(answer: EmbeddingResult) -> None:
        lengths = {len(each) for each in answer.embeddings}
        if len(answer.embeddings) != texts or len(lengths) != 1 or 0 in lengths:
            raise AnswerUnusable(f"{len(answer.embeddings)} vectors of {len(lengths)} lengths for {texts} texts")
        for vector in answer.embeddings:
            if not all(isinstance(n, int | float) and math.isfinite(n) and abs(n) < _LARGEST for n in vector):
                raise AnswerUnusable("a vector with what is no number")

    return check


def _result_of(generator: Generator[None, None, tuple[list[Vector], Usage]]) -> tuple[list[Vector], Usage]:
    while True:
        try:
            next(generator)
        except StopIteration as end:
            found: tuple[list[Vector], Usage] = end.value
            return found


def _kept(vector: Vector) -> str:
    return b64encode(pack(f"<{len(vector)}f", *vector)).decode()


def _vector(kept: str) -> Vector:
    content = b64decode(kept)
    return unpack(f"<{len(content) // 4}f", content)
