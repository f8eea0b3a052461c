"""Sentences taken apart for comparison: the parts that they name, their other words, and their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from patent2tech.analysis.naming import Named, Names
from patent2tech.analysis.quantities import Quantity, quantities
from patent2tech.analysis.wording import Word, words
from patent2tech.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class SentenceParts:
    """One sentence: `words` and `numbers` are those outside of names."""

    text: str
    names: tuple[Named, ...]
    words: tuple[Word, ...]
    numbers: tuple[Quantity, ...]


def dissected(texts: Sequence[str], names: Names) -> Iterator[SentenceParts]:
    """The sentences of normalised texts."""
    for text in texts:
        for sentence in sentences(text):
            named = names.mentions(sentence)
            inside = [
                word for word in words(sentence) if not any(each.start <= word.start < each.end for each in named)
            ]
            numbers = [
                number
                for number in quantities(sentence)
                if not any(each.start <= number.start < each.end for each in named)
            ]
            yield SentenceParts(sentence, named, tuple(inside), tuple(numbers))
