"""From mentions to parts: which numbers are reference numerals, and under which names the text knows them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from patent2tech.patents import Locator
from patent2tech.reading._mentions import Mention
from patent2tech.reading._parts_words import NUMBER_WORDS, NUMERAL_NOUNS

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_MIN_REPEATS: Final = 2
_MAX_NAMES: Final = 6
_MIN_SHARE_OF_SMALL: Final = 0.5
"""A one-digit number is a part when one noun makes up half of its names; measured on the labelled patents."""

_SURE_WORDS: Final = 3
"""A loose phrase up to this length is nearly always the whole name."""

_MIN_SHARED: Final = 3
"""How many numerals one noun must number before each of them is believed on a single mention."""

_SERIES_GAP: Final = 6
"""Numerals are given out in series; a lone number this near to a sure one belongs to it."""


@dataclass(frozen=True, slots=True)
class PartNames:
    """The names of one numeral, most frequent first, and where a reference sign list gives it."""

    names: tuple[str, ...]
    listed_in: Locator | None = None


def named_parts(found: Sequence[Mention], signs: Mapping[str, PartNames]) -> dict[str, PartNames]:
    """The numerals that are parts, with their names; those of a reference sign list are taken as they are."""
    by_numeral: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        by_numeral[mention.numeral].append(mention)
    sure = {numeral for numeral, group in by_numeral.items() if numeral in signs or _is_surely_part(numeral, group)}
    sure |= _numbered_alike(by_numeral)
    accepted = sure | _likely_parts(by_numeral, sure, parenthesised=_prefers_parentheses(found))
    vocabulary = _bounded_names(found)
    parts = {
        numeral: PartNames(_names(by_numeral[numeral], vocabulary)) for numeral in by_numeral if numeral in accepted
    }
    for numeral, sign in signs.items():
        used = parts[numeral].names if numeral in parts else ()
        parts[numeral] = PartNames(tuple(dict.fromkeys((*sign.names, *used)))[:_MAX_NAMES], sign.listed_in)
    return {numeral: part for numeral, part in parts.items() if part.names}


def _is_surely_part(numeral: str, group: Sequence[Mention]) -> bool:
    heads = Counter(head(mention.name[-1]) for mention in group)
    _, repeats = heads.most_common(1)[0]
    bounded = sum(mention.bounded for mention in group)
    if numeral.startswith("S"):
        return True
    if _YEAR.fullmatch(numeral):
        return min(repeats, bounded) >= _MIN_REPEATS
    if re.fullmatch(r"\d", numeral):
        return repeats >= _MIN_REPEATS and bounded >= 1 and repeats >= _MIN_SHARE_OF_SMALL * len(group)
    return bounded >= 1 or repeats >= _MIN_REPEATS


def _likely_parts(by_numeral: Mapping[str, Sequence[Mention]], sure: set[str], *, parenthesised: bool) -> set[str]:
    """Numerals named only once and loosely, credible by the sure ones: the same noun, or near in their series."""
    heads = {head(mention.name[-1]) for numeral in sure for mention in by_numeral.get(numeral, ())}
    series = {base for numeral in sure if (base := _digits(numeral)) is not None}
    likely: set[str] = set()
    for numeral, group in by_numeral.items():
        small = re.fullmatch(r"\d", numeral) is not None
        if _YEAR.fullmatch(numeral) or (small and not (parenthesised and group[0].parenthesised)):
            continue
        same_noun = any(head(mention.name[-1]) in heads for mention in group)
        base = _digits(numeral)
        neighbour = base is not None and any(abs(base - other) <= _SERIES_GAP for other in series if other != base)
        if same_noun or neighbour or base in series:
            likely.add(numeral)
    return likely - sure


def _numbered_alike(by_numeral: Mapping[str, Sequence[Mention]]) -> set[str]:
    """Numerals that share one noun with at least two others, each named once: the steps of a flow chart."""
    sharing: dict[str, set[str]] = defaultdict(set)
    for numeral, group in by_numeral.items():
        if not re.fullmatch(r"\d", numeral):
            sharing[head(group[0].name[-1])].add(numeral)
    return {numeral for numerals in sharing.values() if len(numerals) >= _MIN_SHARED for numeral in numerals}


def _prefers_parentheses(found: Sequence[Mention]) -> bool:
    return sum(mention.parenthesised for mention in found) * 2 > len(found)


def _digits(numeral: str) -> int | None:
    match = re.search(r"\d+", numeral)
    return int(match[0]) if match else None


def _bounded_names(found: Iterable[Mention]) -> frozenset[str]:
    """Every name that a determiner or parentheses set off somewhere in the text."""
    return frozenset(_wording(mention.name).lower() for mention in found if mention.bounded)


def _names(group: Sequence[Mention], vocabulary: frozenset[str]) -> tuple[str, ...]:
    """Names by frequency; a plural that the numeral only shares with a list counts behind names of its own."""
    counts: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    wording: dict[str, str] = {}
    for mention in group:
        words = mention.name if mention.bounded else _known_suffix(mention.name, vocabulary)
        name = _wording(words)
        key = name.lower()
        counts[key] += 1
        alone[key] += not mention.listed
        if key not in wording or name.islower():
            wording[key] = name
    kept = [key for key in counts if not _is_clause(key, counts)]
    kept = [key for key in kept if key.rsplit(" ", 1)[-1] not in NUMERAL_NOUNS] or kept
    ranked = sorted(kept, key=lambda key: (-alone[key], -counts[key], -len(key)))
    return tuple(wording[key] for key in ranked[:_MAX_NAMES])


def _known_suffix(words: tuple[str, ...], vocabulary: frozenset[str]) -> tuple[str, ...]:
    """A loose phrase as it is when short; of a longer one the ending that the text also sets off, else three words."""
    if len(words) <= _SURE_WORDS:
        return words
    for start in range(len(words)):
        if _wording(words[start:]).lower() in vocabulary:
            return words[start:]
    return words[-_SURE_WORDS:]


def _is_clause(name: str, counts: Counter[str]) -> bool:
    """Whether a rare name only is a common one with part of a sentence before it: `user presses button`."""
    words = name.split(" ")
    return any(
        counts[" ".join(words[start:])] > counts[name] * 2 and _has_verb(words[:start])
        for start in range(1, len(words))
    )


def _has_verb(words: Sequence[str]) -> bool:
    return any(re.search(r"[^s]s$|ed$|ing$", word) for word in words)


def _wording(words: Sequence[str]) -> str:
    kept = list(words)
    while len(kept) > 1 and kept[0].lower() in NUMBER_WORDS:
        kept.pop(0)
    return " ".join(word if _is_acronym(word) else word.lower() for word in kept)


def _is_acronym(word: str) -> bool:
    return sum(letter.isupper() for letter in word) > 1 or (len(word) == 1 and word.isupper())


def head(noun: str) -> str:
    """A noun for comparison: lower case, plural ending dropped."""
    noun = noun.lower()
    if noun.endswith("ies") and noun not in {"series", "species"}:
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
