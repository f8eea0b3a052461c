"""Conditions: whether a statement puts the condition of one sentence of its quotations before the matter of another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from patent2tech.analysis.opposites import sides_of_word
from patent2tech.analysis.wording import content_stems, words
from patent2tech.text.sentences import sentences

_MARK: Final = re.compile(
    r"\b(?:if|when|whenever|unless|in (?:the|a|any) case (?:where|that|of)|provided that|"
    r"in the event (?:that|of)|as long as)\b",
    re.IGNORECASE,
)
_END: Final = re.compile(r",\s|;\s|\sthen\s")
_LEAST: Final = 2


def mixed_condition(said: str, quotes: Sequence[str]) -> str | None:
    """A word of a statement's condition that its quotations have in another sentence than the one with its matter.

    That one has a condition of its own, which lacks the word.
    """
    shown = [sentence for quote in quotes for sentence in sentences(quote)]
    for sentence in sentences(said) if len(shown) > 1 else ():
        condition, matter = _parted(sentence)
        if len(condition) < _LEAST or len(matter) < _LEAST:
            continue
        nearest = max(shown, key=lambda each: len(matter & content_stems(each)))
        have = content_stems(nearest)
        elsewhere = {stem for each in shown if each is not nearest for stem in content_stems(each)}
        missing = (condition & elsewhere) - have
        if missing and matter & have and _MARK.search(nearest) and not (matter & elsewhere) - have:
            return min(missing)
        turned = {(pair, not side) for word in words(nearest) for pair, side in sides_of_word(word.text)}
        strange = [
            w for w in words(sentence) if w.stem in (matter & elsewhere) - have and sides_of_word(w.text) & turned
        ]
        if strange and _MARK.search(nearest):
            return strange[0].text
    return None


def _parted(sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a sentence's condition, and those of its matter."""
    match = _MARK.search(sentence)
    if match is None:
        return frozenset(), frozenset()
    end = _END.search(sentence, match.end())
    stop = end.start() if end else len(sentence)
    return content_stems(sentence[match.end() : stop]), content_stems(sentence[: match.start()] + sentence[stop:])
