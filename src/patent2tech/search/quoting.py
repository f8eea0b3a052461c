"""The passages that prove a hit: the sentences with most of the sought words, verbatim, and where the words stand."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from patent2tech.search.scripts import has_cjk, words
from patent2tech.text.sentences import sentences

_QUOTE_CHARACTERS: Final = 320
_STEMS_KEPT: Final = 50_000
_PARTICLES: Final = re.compile(
    r"(?:에서의|으로부터|에서|으로|까지|부터|에게|하여|하는|하고|되는|되어|된|한|할|될|하면|하게|은|는|이|가|을|를|의|에|로|와|과|도|만|및|들)$"
)
_ENDINGS: Final = ("ingly", "edly", "ing", "edness", "ies", "ed", "es", "ly", "s", "e", "y")
_SHORTEST_STEM: Final = 3
_WORD: Final = re.compile(r"[^\W_]+")
STOP_WORDS: Final = frozenset(
    "a about above after again against all am an and any are as at be because been before being below between both "
    "but by can comprised comprises comprising could did do does doing down during each few for from further had has "
    "have having he her here him his how i if in includes including into is it its itself just least less may me "
    "might more most must my no nor not now of off on once one only or other our out over own said same she should so "
    "some such than that the their them themselves then there these they this those through to too under until up use "
    "used using very was we were what when where wherein which while who whom why will with would you your".split()
)
"""What tells nothing, in the index (which leaves such words out) and in patents."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of a passage, verbatim; `marks` are the places in it where sought words stand."""

    locator: str
    text: str
    marks: tuple[tuple[int, int], ...]
    terms: tuple[str, ...]


class Sought:
    """The words of a question, as they are recognised in texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._latin: dict[str, str] = {}
        self._cjk: dict[str, str] = {}
        self._marked: dict[str, list[tuple[int, int, str]]] = {}
        for text in texts:
            for word in words(text):
                if has_cjk(word):
                    stem = _korean_stem(word)
                    if len(stem) > 1:
                        self._cjk.setdefault(stem, word)
                elif word.lower() not in STOP_WORDS and len(word) > 1:
                    self._latin.setdefault(stem_of(word), word)

    def __bool__(self) -> bool:
        """Whether there is anything to recognise."""
        return bool(self._latin or self._cjk)

    def marks(self, text: str) -> list[tuple[int, int, str]]:
        """The places where words stand, with their stems, in order and apart; looked for once in each text."""
        if text not in self._marked:
            self._marked[text] = _apart(sorted(self._places(text)))
        return self._marked[text]

    def _places(self, text: str) -> list[tuple[int, int, str]]:
        lower = text.lower()
        found = [
            (start, end, stem)
            for stem in self._latin
            for start, end in _words_beginning(stem, text, lower)
            if stem_of(text[start:end]) == stem
        ]
        for stem in self._cjk:
            start = text.find(stem)
            while start >= 0:
                found.append((start, start + len(stem), stem))
                start = text.find(stem, start + len(stem))
        return found

    def typed(self, stem: str) -> str:
        """A word as the reader typed it."""
        return self._latin.get(stem) or self._cjk.get(stem) or stem


def best_quotes(
    passages: Sequence[tuple[str, str]], sought: Sought, weights: Mapping[str, float], limit: int = 2
) -> tuple[Quote, ...]:
    """The best quotes of different passages, the best first; without any match, the beginnings of the first ones."""
    scored = []
    for place, (locator, text) in enumerate(passages):
        quote, score = _best_window(locator, text, sought, weights)
        scored.append((-score, place, quote))
    return tuple(quote for _, _, quote in sorted(scored, key=lambda each: each[:2])[:limit])


def rarity(texts: Iterable[str], sought: Sought) -> dict[str, float]:
    """How much each sought word tells: the more, the fewer of the texts have it."""
    every = list(texts)
    counts = Counter(stem for text in every for stem in {stem for _, _, stem in sought.marks(text)})
    return {stem: math.log(1 + len(every) / count) for stem, count in counts.items()}


@lru_cache(_STEMS_KEPT)
def stem_of(word: str) -> str:
    """A word without its ending, good enough to see that `closes` is `closing`."""
    lower = word.lower()
    for ending in _ENDINGS:
        if lower.endswith(ending) and len(lower) - len(ending) >= _SHORTEST_STEM:
            lower = lower.removesuffix(ending)
            break
    return lower[:-1] if len(lower) > _SHORTEST_STEM and lower[-1] == lower[-2] else lower


def _words_beginning(letters: str, text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Words that may begin with these small letters; to find them is quicker than to look at every word of a text."""
    if len(lower) != len(text):
        # A capital such as İ is two small letters, and moves what follows.
        yield from (match.span() for match in _WORD.finditer(text))
        return
    start = lower.find(letters)
    while start >= 0:
        if (start == 0 or not text[start - 1].isalnum()) and (word := _WORD.match(text, start)):
            yield word.span()
        start = lower.find(letters, start + 1)


def _korean_stem(word: str) -> str:
    stem = _PARTICLES.sub("", word)
    return stem if len(stem) > 1 else word


def _best_window(locator: str, text: str, sought: Sought, weights: Mapping[str, float]) -> tuple[Quote, float]:
    best, best_score = (0, 0), -1.0
    marks = sought.marks(text)
    for piece in _pieces(text):
        score = sum(weights.get(stem, 0.0) for stem in {stem for _, _, stem in _within(marks, piece)})
        if score > best_score:
            best, best_score = piece, score
    start, end = best
    inside = _within(marks, best)
    terms = tuple(dict.fromkeys(sought.typed(stem) for _, _, stem in inside))
    places = tuple((first - start, last - start) for first, last, _ in inside)
    return Quote(locator, text[start:end], places, terms), best_score


def _within(marks: Sequence[tuple[int, int, str]], piece: tuple[int, int]) -> list[tuple[int, int, str]]:
    return [mark for mark in marks if mark[0] >= piece[0] and mark[1] <= piece[1]]


def _pieces(text: str) -> list[tuple[int, int]]:
    """Sentences, two together where both are short, long ones cut between words; where they begin and end."""
    pieces: list[tuple[int, int]] = []
    start, place = 0, 0
    for sentence in sentences(text):
        at = text.find(sentence, place)
        end = at + len(sentence)
        if pieces and end - start <= _QUOTE_CHARACTERS and "\n" not in text[start:at]:
            pieces[-1] = (start, end)
        else:
            start = at
            pieces.append((start, end))
        place = end
    return [piece for whole in pieces for piece in _cut(text, *whole)] or [(0, min(len(text), _QUOTE_CHARACTERS))]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _QUOTE_CHARACTERS:
        space = text.rfind(" ", start + 1, start + _QUOTE_CHARACTERS)
        cut = space if space > 0 else start + _QUOTE_CHARACTERS
        yield start, cut
        start = end - len(text[cut:end].lstrip())
    if start < end:
        yield start, end


def _apart(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for start, end, stem in found:
        if kept and start < kept[-1][1]:
            if end - start > kept[-1][1] - kept[-1][0]:
                kept[-1] = (start, end, stem)
            continue
        kept.append((start, end, stem))
    return kept
