"""Licence: which words of a statement its quotations do not license, by any form, paraphrase or compound of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from patent2tech.analysis.naming import Named, Names
from patent2tech.analysis.quantities import quantities
from patent2tech.analysis.roots import generals, meanings, phrases, roots
from patent2tech.analysis.units import is_unit
from patent2tech.analysis.wording import STOP_WORDS, stem

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’]*|[가-힣]+")
_DENYING_PREFIX: Final = re.compile(r"(?:un|non|in|im|dis)(?=[a-z]{4})", re.IGNORECASE)
_DENIAL: Final = re.compile(r"\b(?:not|no|never|without|cannot|free|lack\w*|absence)\b|n't\b", re.IGNORECASE)
_AGAIN: Final = re.compile(r"\b(?:again|anew|back|repeat\w*|re-\w+)\b", re.IGNORECASE)
_CLASSES: Final = frozenset(
    "signal signals value values unit units device devices system systems method process step steps layer material "
    "part parts element elements member members component components structure arrangement apparatus section "
    "portion function operation data group groups line lines region area type object".split()
)
"""Words for the class of the thing that is named before them: `the SGATE signal`."""
_NEAR: Final = 3
"""Words between the words of a phrase, at most: `carry the process out`."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What quotations have: roots and compounds of their words, what those prove, and the letters of their terms."""

    roots: frozenset[str]
    joined: frozenset[str]
    meanings: frozenset[int]
    letters: str
    denies: bool
    again: bool


def unlicensed(said: str, quotes: Sequence[str], names: Names, free: Collection[str]) -> list[str]:
    """The English words of a statement that nothing in its quotations licenses; `free` roots need no licence."""
    shown = _shown(" . ".join(quotes))
    taken = [(each.start, each.end) for each in quantities(said)]
    taken += [span for each in names.mentions(said) if each.numeral for span in _named(each, names, said)]
    tokens = [match for match in _WORD.finditer(said) if match.group()[0] < "가"]
    licensed = {place for place, match in enumerate(tokens) if _is_free(match, taken, free)}
    licensed |= {place for place, match in enumerate(tokens) if _is_shown(match.group(), shown)}
    for place, (one, other) in enumerate(pairwise(tokens)):
        if (one.group() + other.group()).lower() in shown.joined:
            licensed |= {place, place + 1}
        beside = one.group().lower() not in STOP_WORDS and other.start() - one.end() == 1
        if other.group().lower() in _CLASSES and beside and _is_shown(one.group(), shown):
            licensed.add(place + 1)
    for places, phrase in _phrases([match.group() for match in tokens]):
        if meanings(phrase) & shown.meanings:
            licensed |= set(places)
    return [match.group() for place, match in enumerate(tokens) if place not in licensed]


def _named(named: Named, names: Names, said: str) -> Iterator[tuple[int, int]]:
    """The words of a numbered part that the source calls it by."""
    known = {stem for name in names.of(named.numeral or "") for stem in name}
    for match in _WORD.finditer(said, named.start, named.end):
        if stem(match.group()) in known:
            yield match.span()


@lru_cache(maxsize=1)
def _light_words() -> frozenset[str]:
    """Words that say nothing by themselves, or that other rules examine."""
    text = files("patent2tech.analysis").joinpath("data", "light_words.txt").read_text(encoding="utf-8")
    return STOP_WORDS | frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


def _is_free(match: re.Match[str], taken: Sequence[tuple[int, int]], free: Collection[str]) -> bool:
    word = match.group()
    if len(word) == 1 or word.lower() in _light_words() or is_unit(word):
        return True
    return any(start <= match.start() < end for start, end in taken) or bool(roots(word) & frozenset(free))


def _is_shown(word: str, shown: _Shown) -> bool:
    if shown.again and word.lower().startswith("re") and roots(word[2:]) & shown.roots:
        return True
    if (denied := _DENYING_PREFIX.match(word)) and shown.denies and roots(word[denied.end() :]) & shown.roots:
        return True
    if roots(word) & shown.roots or meanings(word) & shown.meanings or word.lower() in shown.joined:
        return True
    return word.isupper() and word.lower() in shown.letters


@lru_cache(maxsize=256)
def _shown(text: str) -> _Shown:
    found = [word for word in _WORD.findall(text) if word[0] < "가"]
    every = frozenset().union(*(roots(word) for word in found))
    said = frozenset().union(*(generals(word) for word in found), *(generals(p) for _, p in _phrases(found)))
    joined = frozenset((one + other).lower() for one, other in pairwise(found)) | {word.lower() for word in found}
    return _Shown(
        every,
        joined,
        said,
        "".join(word[0] for word in found).lower(),
        bool(_DENIAL.search(text)),
        bool(_AGAIN.search(text)),
    )


def _phrases(found: Sequence[str]) -> list[tuple[tuple[int, ...], str]]:
    """The phrases of the list of paraphrases that a text has, with the places of their words."""
    result: list[tuple[tuple[int, ...], str]] = []
    for place, word in enumerate(found):
        for ahead in range(place + 1, min(place + 1 + _NEAR, len(found))):
            behind = found[ahead].lower()
            result += [((place, ahead), phrase) for root in roots(word) if (phrase := f"{root}_{behind}") in phrases()]
    return result
