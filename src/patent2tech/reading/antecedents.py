"""Hints at missing antecedents in claims: `the lever` with no `a lever` before it. Many are false alarms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from patent2tech.reading._parts_names import head
from patent2tech.reading._parts_words import BOUNDARIES, DETERMINERS
from patent2tech.reading.claims import bare_text
from patent2tech.reading.model import AntecedentHint, ReadClaim

_WORD: Final = re.compile(r"[A-Za-z][\w'’/-]*|[^\sA-Za-z]")
_ORDINALS: Final = frozenset("first second third fourth fifth sixth another other".split())
_INHERENT: Final = frozenset(
    "same group following combination plurality step steps presence absence use number amount case time "
    "respective other others one ones method process apparatus device system improvement invention art fact "
    "order sum total top bottom side sides left right inside outside interior exterior surface surfaces "
    "length width height depth diameter thickness weight size shape end ends edge edges center centre middle "
    "front rear back direction position location area volume axis level rate ratio value values range "
    "temperature pressure speed velocity basis purpose entire entirety remainder rest result majority maximum "
    "minimum average latter former environment ground user operator person body hand air atmosphere vicinity "
    "extent degree type form state condition manner preceding above said field".split()
)
"""Things that a named part has of itself, or that need no introduction; from reading hints on real claims."""

_KOREAN: Final = re.compile(r"상기\s*((?:제\s?\d\s*)?[가-힣A-Za-z]{2,})")
_KOREAN_TAIL: Final = re.compile(
    r"(?:으로부터|로부터|에서|에게|으로|까지|부터|들은|들을|들이|들의|은|는|이|가|을|를|의|에|와|과|로)$"
)
_MAX_WORDS: Final = 5


def antecedent_hints(claims: Sequence[ReadClaim]) -> tuple[AntecedentHint, ...]:
    """Phrases with `the` or `said` (`상기`) whose noun stands neither before them nor in the claims depended on."""
    by_number = {claim.number: claim for claim in claims}
    return tuple(hint for claim in claims if not claim.cancelled for hint in _in_claim(claim, by_number))


def _in_claim(claim: ReadClaim, by_number: Mapping[int, ReadClaim]) -> Iterator[AntecedentHint]:
    own = bare_text(claim.claim)
    inherited = " ".join(bare_text(each.claim) for each in _ancestors(claim, by_number))
    if re.search(r"[가-힣]", own):
        yield from _korean(claim.number, own, inherited)
    else:
        yield from _english(claim, own, inherited)


def _english(claim: ReadClaim, own: str, inherited: str) -> Iterator[AntecedentHint]:
    known = _nouns(_WORD.findall(inherited))
    words = _WORD.findall(own)
    # The preamble of a dependent claim repeats what is claimed: "The device of claim 1".
    start = len(_WORD.findall(claim.preamble)) if claim.depends_on or claim.refers_to else 0
    known |= _nouns(words[:start])
    reported: set[str] = set()
    for index in range(start, len(words)):
        phrase = _phrase(words, index + 1) if words[index].lower() in {"the", "said"} else ()
        if phrase and not _is_known(phrase, known) and (text := " ".join(phrase)) not in reported:
            reported.add(text)
            yield AntecedentHint(claim.number, f"{words[index]} {text}")
        if words[index].lower() not in {"the", "said"}:
            known |= _nouns(words[max(index - 1, start) : index + 1])


def _phrase(words: Sequence[str], start: int) -> tuple[str, ...]:
    phrase: list[str] = []
    for word in words[start : start + _MAX_WORDS]:
        lower = word.lower()
        if not lower[0].isalpha() or lower in BOUNDARIES or lower in DETERMINERS:
            break
        phrase.append(word)
    return tuple(phrase)


def _is_known(phrase: tuple[str, ...], known: frozenset[str] | set[str]) -> bool:
    """Whether any noun of the phrase was met; with an ordinal, that ordinal with the noun."""
    nouns = [head(word) for word in phrase if word.lower() not in _ORDINALS]
    if not nouns or nouns[-1] in _INHERENT or nouns[0] in _INHERENT:
        return True
    if phrase[0].lower() in _ORDINALS:
        return any(f"{phrase[0].lower()} {noun}" in known for noun in nouns) or not any(noun in known for noun in nouns)
    return any(noun in known for noun in nouns)


def _nouns(words: Sequence[str]) -> set[str]:
    """Single words, and ordinals with the word behind them."""
    lower = [head(word) for word in words if word[0].isalpha()]
    pairs = {f"{one} {other}" for one, other in pairwise(lower) if one in _ORDINALS}
    return set(lower) | pairs


def _korean(number: int, own: str, inherited: str) -> Iterator[AntecedentHint]:
    reported: set[str] = set()
    for match in _KOREAN.finditer(own):
        noun = _KOREAN_TAIL.sub("", match[1].replace(" ", "")) or match[1]
        before = (inherited + own[: match.start()]).replace(" ", "")
        if noun not in before and noun not in reported:
            reported.add(noun)
            yield AntecedentHint(number, f"상기 {match[1]}")


def _ancestors(claim: ReadClaim, by_number: Mapping[int, ReadClaim]) -> Iterator[ReadClaim]:
    seen = {claim.number}
    waiting = [*claim.depends_on, *claim.refers_to]
    while waiting:
        number = waiting.pop()
        if number in seen or number not in by_number:
            continue
        seen.add(number)
        yield by_number[number]
        waiting.extend((*by_number[number].depends_on, *by_number[number].refers_to))
