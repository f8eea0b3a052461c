"""Cutting prose of patents into sentences, which are full of points that end none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ABBREVIATIONS: Final = frozenset(
    "fig figs no nos pat pats ser appl app u.s u.k e.g i.e etc al approx dr mr mrs ms prof inc co corp ltd cf vs viz "
    "eq eqs ref refs vol vols wt mol temp min max sec secs ca resp st jr sr dept ed eds pp p col art para proc sci "
    "int".split()
)
_END: Final = re.compile(r"[.!?](?:[\"'”’)\]]*)(?=\s+[\"'“‘(\[]?[A-Z0-9가-힣]|\s*$|\n)")
_LONGEST_WORD: Final = 40
_LAST_WORD: Final = re.compile(r"([A-Za-z][A-Za-z.]*)$")
_MAX_ENUMERATION_WORDS: Final = 3
_LONGEST_ENUMERATION: Final = 5
"""Characters with the blank before."""
_ENUMERATION: Final = re.compile(r"(?:^|\s)(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})$")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, verbatim, in order; lines of a list count as sentences of their own."""
    for line in text.split("\n"):
        start = 0
        for end in _END.finditer(line):
            if _ends_sentence(line, start, end.start()):
                if sentence := line[start : end.end()].strip():
                    yield sentence
                start = end.end()
        if rest := line[start:].strip():
            yield rest


def _ends_sentence(line: str, start: int, point: int) -> bool:
    if line[point] != ".":
        return True
    before = line[start:point]
    word = _LAST_WORD.search(before[-_LONGEST_WORD:])
    if word and (word[1].lower() in _ABBREVIATIONS or (len(word[1]) == 1 and word[1].isupper())):
        return False
    return not _ENUMERATION.search(before[-_LONGEST_ENUMERATION:]) or len(before.split()) > _MAX_ENUMERATION_WORDS
