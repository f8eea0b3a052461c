"""Key terms: noun phrases ranked by C-value (Frantzi, Ananiadou and Mima 2000), less what all patents share."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from patent2tech.patents import Patent
from patent2tech.reading._parts_words import BOUNDARIES, DETERMINERS
from patent2tech.reading._term_words import DOUBTFUL_PARTICLES, KOREAN_STOPS, KOREAN_TAILS, STOP_TERMS, STOP_WORDS
from patent2tech.reading.model import KeyTerm

_MAX_TERMS: Final = 30
_MAX_WORDS: Final = 5
_MIN_COUNT: Final = 2
_MIN_SYLLABLES: Final = 3
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]\b|\d+[\w.]*|[^\sA-Za-z\d]")
_KOREAN_WORD: Final = re.compile(r"[가-힣]+|[A-Za-z]+|[^\s가-힣A-Za-z]")
_HANGUL: Final = re.compile(r"[가-힣]")

_SINGULAR_IN_S: Final = frozenset("lens gas series means chassis canvas bias species apparatus atlas".split())

Phrase = tuple[str, ...]


def read_terms(patent: Patent) -> tuple[KeyTerm, ...]:
    """The terms with the highest C-value, highest first."""
    texts = [text for _, text in patent.passages()]
    korean = patent.language == "ko" or bool(_HANGUL.search(patent.title))
    chunks = _korean_chunks(texts) if korean else _english_chunks(texts)
    counts = Counter(phrase for chunk in chunks for phrase in _nested(chunk))
    telling = {phrase: count for phrase, count in counts.items() if _is_telling(phrase, korean=korean)}
    values = _c_values({phrase: count for phrase, count in telling.items() if count >= _MIN_COUNT})
    ranked = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    kept = [KeyTerm(" ".join(phrase), round(value, 2), counts[phrase]) for phrase, value in ranked if value > 0]
    return tuple(term for term in kept if term.text not in STOP_TERMS)[:_MAX_TERMS]


def _is_telling(phrase: Phrase, *, korean: bool) -> bool:
    """Phrases of several words; in Korean, which joins its nouns, also one word of three syllables or more."""
    return len(phrase) > 1 or (korean and len(phrase[0]) >= _MIN_SYLLABLES)


def _c_values(counts: Mapping[Phrase, int]) -> dict[Phrase, float]:
    """C-value: log2 of the length times the frequency, less the mean frequency of the longer terms it stands in."""
    inside: dict[Phrase, list[int]] = defaultdict(list)
    for phrase, count in counts.items():
        for part in set(_nested(phrase)):
            if part != phrase and part in counts:
                inside[part].append(count)
    return {
        phrase: math.log2(len(phrase) + 1)
        * (count - (sum(inside[phrase]) / len(inside[phrase]) if inside[phrase] else 0))
        for phrase, count in counts.items()
    }


def _nested(chunk: Phrase) -> Iterator[Phrase]:
    for length in range(1, min(len(chunk), _MAX_WORDS) + 1):
        for start in range(len(chunk) - length + 1):
            yield chunk[start : start + length]


def _english_chunks(texts: Iterable[str]) -> Iterator[Phrase]:
    """Runs of words that can stand in a noun phrase, plural nouns at the end made singular."""
    for text in texts:
        chunk: list[str] = []
        for word in [*_WORD.findall(text), "."]:
            lower = word.lower()
            if lower[0].isalpha() and len(lower) > 1 and not _is_stop(lower):
                chunk.append(lower)
            else:
                yield from _closed(chunk)
                chunk = []


def _closed(chunk: list[str]) -> Iterator[Phrase]:
    if chunk and not chunk[-1].endswith(("ing", "ed", "ly")):
        yield (*chunk[:-1], _singular(chunk[-1]))


def _is_stop(word: str) -> bool:
    return word in BOUNDARIES or word in DETERMINERS or word in STOP_WORDS or word.endswith("ly")


def _singular(word: str) -> str:
    if word in _SINGULAR_IN_S or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def _korean_chunks(texts: Iterable[str]) -> Iterator[Phrase]:
    """Runs of nouns: a word that carries a particle ends its run, one that is a verb breaks it."""
    for text in texts:
        chunk: list[str] = []
        # Without the numeral its particle joins the noun again: "차단체(30)는".
        for word in [*_KOREAN_WORD.findall(re.sub(r"\([^)]*\)", "", text)), "."]:
            noun, ends = _korean_noun(word)
            if noun:
                chunk.append(noun)
            if ends or not noun:
                if chunk:
                    yield tuple(chunk)
                chunk = []


def _korean_noun(word: str) -> tuple[str, bool]:
    """The word without its particle, empty when it is no noun, and whether the noun phrase ends with it."""
    if not _HANGUL.match(word) or word in KOREAN_STOPS:
        return "", True
    for tail, is_noun in KOREAN_TAILS:
        if word.endswith(tail) and len(word) > len(tail):
            stem = word[: -len(tail)]
            if tail in DOUBTFUL_PARTICLES and len(stem) == 1:
                return word, False
            return (stem, True) if is_noun and len(stem) > 1 and stem not in KOREAN_STOPS else ("", True)
    return word, False
