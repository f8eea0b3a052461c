"""Passages of a text as a model reads them: in batches that fit, marked as data, each with its locator; and ranked."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from patent2tech.analysis.source import Source
from patent2tech.analysis.wording import words
from patent2tech.text.sentences import sentences

_K1: Final = 1.2
_B: Final = 0.75
"""BM25's usual constants."""
_MARK_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Passage:
    """A place and its text, or a piece of it where it is too long for one batch."""

    locator: str
    text: str

    def __str__(self) -> str:
        return f"{self.locator}| {self.text}"


def passages_of(source: Source) -> list[Passage]:
    """Every citable passage of a source in its order; captions of figures are part of the paragraphs already."""
    return [Passage(locator, text) for locator, text in source.places.items() if not locator.startswith("FIG. ")]


def batches(passages: Sequence[Passage], room: int, count: Callable[[str], int]) -> Iterator[list[Passage]]:
    """The passages in order, in as few batches of at most `room` tokens as that takes; none is left out."""
    batch: list[Passage] = []
    used = 0
    for passage in _pieces(passages, room, count):
        size = count(str(passage)) + 1
        if batch and used + size > room:
            yield batch
            batch, used = [], 0
        batch.append(passage)
        used += size
    if batch:
        yield batch


def _pieces(passages: Sequence[Passage], room: int, count: Callable[[str], int]) -> Iterator[Passage]:
    for passage in passages:
        if count(str(passage)) + 1 <= room:
            yield passage
            continue
        piece = ""
        for sentence in _short_enough(passage.text, room, count):
            longer = f"{piece} {sentence}".strip()
            if piece and count(longer) + count(passage.locator) + 2 > room:
                yield Passage(passage.locator, piece)
                piece = sentence
            else:
                piece = longer
        if piece:
            yield Passage(passage.locator, piece)


def _short_enough(text: str, room: int, count: Callable[[str], int]) -> Iterator[str]:
    """Sentences, and those that are longer than a batch by halves."""
    for sentence in sentences(text):
        queue = [sentence]
        while queue:
            each = queue.pop(0)
            if count(each) * 2 > room and len(each) > 1:
                cut = each.rfind(" ", 1, len(each) // 2 + 1)
                cut = cut if cut > 0 else len(each) // 2
                queue[:0] = [each[:cut], each[cut:].lstrip()]
            elif each:
                yield each


def as_data(passages: Sequence[Passage]) -> str:
    """The passages between marks that no text can hold, since they are made from the text."""
    body = "\n".join(map(str, passages))
    mark = sha256(body.encode("utf-8", "replace")).hexdigest()[:_MARK_DIGITS]
    return f"<passages {mark}>\n{body}\n</passages {mark}>"


def ranked(passages: Sequence[Passage], query: str) -> list[Passage]:
    """The passages by BM25 against the words of a question, the best first; those without any such word last."""
    wanted = {word.stem for word in words(query) if word.content}
    stems = [Counter(word.stem for word in words(passage.text)) for passage in passages]
    lengths = [sum(counts.values()) for counts in stems]
    mean = sum(lengths) / max(len(lengths), 1) or 1
    spread = {stem: sum(stem in counts for counts in stems) for stem in wanted}

    def score(index: int) -> float:
        total = 0.0
        for stem in wanted:
            if times := stems[index][stem]:
                rarity = math.log(1 + (len(passages) - spread[stem] + 0.5) / (spread[stem] + 0.5))
                total += rarity * times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * lengths[index] / mean))
        return total

    order = sorted(range(len(passages)), key=lambda index: -score(index))
    return [passages[index] for index in order]


def matching(passages: Sequence[Passage], query: str) -> list[Passage]:
    """Those of the ranked passages that share a word with the question."""
    wanted = {word.stem for word in words(query) if word.content}
    return [each for each in ranked(passages, query) if wanted & {word.stem for word in words(each.text)}]
