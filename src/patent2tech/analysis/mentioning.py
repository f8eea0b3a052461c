"""What a sentence speaks of beside parts: the subject that it says to be something, and the items of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Final

from patent2tech.analysis.wording import STOP_WORDS, WORD, content_stems, stem

_COPULA: Final = re.compile(r"^(?:The |An? )?([A-Za-z][\w-]{2,}) (?:is|are|was|were|serves? as|acts? as) (?:the|an?) ")
_GENERAL: Final = frozenset(map(stem, "invention embodiment disclosure patent claim document method process".split()))
_ITEM: Final = r"(?:[A-Za-z가-힣][\w-]*)(?: [A-Za-z가-힣][\w-]*){0,2}"
_LIST: Final = re.compile(rf"({_ITEM}), ({_ITEM})(?:, ({_ITEM}))*(?:,? (?:and|or|및|또는) |, )({_ITEM})")
_LEAST_ITEMS: Final = 3
_SYMBOL: Final = 2
"""Letters of a variable's name, which is no item."""


def foreign_subject(
    said: str, quotes: Sequence[str], known: Callable[[str], object], free: Collection[str]
) -> str | None:
    """What a sentence says to be something, when the source knows the word but no quotation has it.

    `known` finds a word in the source; `free` are stems that name the thing as a whole.
    """
    match = _COPULA.match(said)
    if match is None or stem(match[1]) in {*free, *_GENERAL}:
        return None
    return None if stem(match[1]) in _stems(quotes) or not known(match[1]) else match[1]


def foreign_item(said: str, quotes: Sequence[str]) -> str | None:
    """An item of a list that no quotation has, where another item of it is quoted."""
    shown = _stems(quotes)
    for match in _LIST.finditer(said):
        heads = [_head(item) for item in re.split(r",? (?:and|or|및|또는) |, ", match.group())]
        items = [head for head in heads if head]
        missing = [head for head in items if stem(head) not in shown]
        if len(items) >= _LEAST_ITEMS and missing and len(missing) < len(items):
            return missing[0]
    return None


def _head(item: str) -> str:
    """The last word of an item that means something; of a Korean one the first, as a verb may follow."""
    found = [word.group() for word in WORD.finditer(item) if _is_item(word.group())]
    return "" if not found else found[0] if "가" <= found[0][0] <= "힣" else found[-1]


def _is_item(word: str) -> bool:
    return word.lower() not in STOP_WORDS and ("가" <= word[0] <= "힣" or len(word) > _SYMBOL)


def _stems(quotes: Sequence[str]) -> set[str]:
    return {stem for quote in quotes for stem in content_stems(quote)}
