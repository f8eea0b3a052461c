"""Technical terms in the other language, so that a question finds documents of both by their words too.

The terms are a list of our own (`terms/ko_en.txt`). Korean joins words, so a text is cut by the longest terms that
begin at a word or where another term ends; what stands between (particles, endings) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from typing import Final

from patent2tech.search.scripts import cjk_runs, has_hangul

_USUAL, _OTHER = 1.0, 0.5
"""Weights of a term's usual name, and of its other names."""

_TO_KOREAN: Final = 0.5
_ENGLISH_WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)*")
_LONGEST_PHRASE: Final = 4
_PARTICLE: Final = re.compile(
    r"(?:에서의|으로부터|에서|으로|까지|부터|은|는|이|가|을|를|의|에|로|와|과|도|만|형|용|식|부|기|된|한|할|인|들)?"
)


class Translator:
    """Adds to a question what its terms are called in the other language."""

    def groups(self, text: str) -> tuple[tuple[str, float], ...]:
        """The question, and the translated terms as groups of their own weight."""
        if has_hangul(text):
            usual, other = self._to_english(text)
            return ((text, 1.0), *_group(usual, _USUAL), *_group(other, _OTHER))
        return ((text, 1.0), *_group(self._to_korean(text), _TO_KOREAN))

    def _to_english(self, text: str) -> tuple[list[str], list[str]]:
        usual: list[str] = []
        other: list[str] = []
        for term in self._terms_in(text):
            first, *rest = self._korean[term]
            usual.append(first)
            other += rest
        return usual, other

    def _terms_in(self, text: str) -> Iterator[str]:
        runs = cjk_runs(text)
        for place, run in enumerate(runs):
            at = 0
            while at < len(run):
                term = self._longest(run, at, runs[place + 1] if place + 1 < len(runs) else "")
                if term is None:
                    at += 1
                    continue
                yield term
                at += len(term)

    def _longest(self, run: str, at: int, following: str) -> str | None:
        """The longest term at a place of a run, which may go on through the whole of the next run."""
        joined = run[at:] + following
        for length in range(min(self._longest_term, len(joined)), 0, -1):
            term = joined[:length]
            if term not in self._korean:
                continue
            rest = run[at + length :]
            if length == 1 and (at or not _PARTICLE.fullmatch(rest)):
                continue  # one syllable is a word only where it stands alone
            if at + length > len(run) and not _PARTICLE.fullmatch(joined[length:]):
                continue
            return term
        return None

    def _to_korean(self, text: str) -> list[str]:
        words = [_singular(word) for word in _ENGLISH_WORD.findall(text.lower())]
        found: list[str] = []
        place = 0
        while place < len(words):
            for length in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
                if terms := self._english.get(" ".join(words[place : place + length])):
                    found += terms
                    place += length
                    break
            else:
                place += 1
        return list(dict.fromkeys(found))

    @cached_property
    def _korean(self) -> Mapping[str, tuple[str, ...]]:
        source = files("patent2tech.search").joinpath("terms", "ko_en.txt").read_text(encoding="utf-8")
        lines = (line.split(" = ") for line in source.splitlines() if line and not line.startswith("#"))
        return {korean: tuple(english.split(", ")) for korean, english in lines}

    @cached_property
    def _english(self) -> Mapping[str, tuple[str, ...]]:
        """Korean terms by their usual English name; a name with many of them says little and is left out."""
        terms: dict[str, list[str]] = {}
        for korean, names in self._korean.items():
            phrase = " ".join(_singular(word) for word in _ENGLISH_WORD.findall(names[0].lower()))
            terms.setdefault(phrase, []).append(korean)
        return {name: tuple(some) for name, some in terms.items() if len(some[0]) > 1}

    @cached_property
    def _longest_term(self) -> int:
        return max(map(len, self._korean))


def _group(words: list[str], weight: float) -> list[tuple[str, float]]:
    return [(" ".join(words), weight)] if words else []


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > _LONGEST_PHRASE else word
