"""The things that a claim element names: introduced by `a` or `one or more`, taken up again by `the` or `said`."""

from __future__ import annotations

import re
from typing import Final

_QUANTITY: Final = (
    r"(?:at\s+least\s+(?:one|two|three)(?:\s+of)?|one\s+or\s+more|two\s+or\s+more|a\s+(?:plurality|number|set|pair|series)\s+of|"
    r"an?(?:\s+respective)?|another|two|three|four|five|six)"
)
_NOUN_WORD: Final = r"[A-Za-z][A-Za-z0-9/-]*"
_INTRODUCED: Final = re.compile(rf"\b{_QUANTITY}\s+(?=((?:{_NOUN_WORD}\s+){{0,5}}{_NOUN_WORD}))", re.IGNORECASE)
_USED: Final = re.compile(rf"\b(?:the|said|each)\s+(?=((?:{_NOUN_WORD}\s+){{0,5}}{_NOUN_WORD}))", re.IGNORECASE)
# Words of bounded length, and names that begin with a word: otherwise a long run of letters takes quadratic time.
_KOREAN_USED: Final = re.compile(
    r"상기\s*+((?:[가-힣A-Za-z0-9]{1,40}+\s){0,3}?[가-힣A-Za-z0-9]{1,40}+)\s*+\(\d+[a-z]?\)"
)
_KOREAN_NUMERAL: Final = re.compile(r"(?<![가-힣])((?:[가-힣]++\s)?[가-힣]++)\s*+\(\d+[a-z]?\)")
_STOP: Final = frozenset(
    "of for to in on at by with from into onto upon over under between within through across along about as and or "
    "that which who whose wherein whereby where when while if being is are was were be has have having comprising "
    "comprises including includes containing consisting based using used configured adapted arranged operable "
    "according responsive such so than then via per not only also each both either one the a an said its their this "
    "these those it they can may will would could should must capable suitable extending extends disposed located "
    "mounted coupled connected attached formed provided made defined received associated corresponding obtained "
    "determined generated stored positioned placed secured supported opposite adjacent therein thereof thereto "
    "therefrom thereon thereby during after before until without against around toward towards".split()
)
_KOREAN_ENDINGS: Final = frozenset("는된한의인과와를을에로며고서이가은")
_LONGEST_WORDS: Final = 4
_MOST_THINGS: Final = 12


def introduced(text: str) -> tuple[str, ...]:
    """What the text names for the first time, in order; for Korean, every part with a numeral that lacks 상기."""
    found = [_phrase(match[1]) for match in _INTRODUCED.finditer(text)]
    again = {match[1] for match in _KOREAN_USED.finditer(text)}
    found += [name for name in map(_korean, _KOREAN_NUMERAL.findall(text)) if name not in again]
    return _distinct(found)


def used(text: str) -> tuple[str, ...]:
    """What the text takes up again, in order."""
    found = [_phrase(match[1]) for match in _USED.finditer(text)]
    found += [match[1] for match in _KOREAN_USED.finditer(text)]
    return _distinct(found)


def _korean(words: str) -> str:
    """The noun before a numeral, without a particle or a verb that stands before it."""
    first, _, noun = words.rpartition(" ")
    return noun if not first or first == "상기" or first[-1] in _KOREAN_ENDINGS else words


def _phrase(words: str) -> str:
    """The noun phrase at the start of some words: it ends before the first word that cannot be inside one."""
    kept: list[str] = []
    for word in words.split():
        lowered = word.lower()
        if lowered in _STOP or (kept and lowered.endswith(("ing", "ed", "ly")) and not _is_noun(lowered)):
            break
        kept.append(lowered)
    return " ".join(kept[:_LONGEST_WORDS])


def _is_noun(word: str) -> bool:
    return word in {
        "housing",
        "opening",
        "bearing",
        "spring",
        "string",
        "ring",
        "casing",
        "fitting",
        "setting",
        "bed",
        "feed",
    }


def _distinct(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(thing for thing in found if len(thing) > 1))[:_MOST_THINGS]
