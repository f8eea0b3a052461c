"""Conditions: whether a statement puts the condition of one sentence of its quotations before the matter of another."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import permutations
from typing import Final

from patent2tech.analysis.opposites import sides_of_word
from patent2tech.analysis.wording import content_stems, is_korean, words
from patent2tech.text.sentences import sentences

_MARK: Final = re.compile(
    r"\b(?:if|when|whenever|unless|in (?:the|a|any) case (?:where|that|of)|provided that|"
    r"in the event (?:that|of)|as long as)\b",
    re.IGNORECASE,
)
_END: Final = re.compile(r",\s|;\s|\sthen\s")
_KOREAN_IF: Final = re.compile(r"[가-힣]+(?:으면|다면|하면|되면|크면|작으면|높으면|낮으면|이면|면)(?=[\s,])")
_PIECES: Final = re.compile(r"[,;]\s+|\sand\s(?=if|when)")
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


def crossed_condition(said: str, quotes: Sequence[str]) -> str | None:
    """A word of a statement's matter that a sentence of its quotations has under another condition."""
    pairs = [pair for quote in quotes for sentence in sentences(quote) for pair in _conditional(sentence)]
    for sentence in sentences(said):
        for condition, matter in _conditional(sentence)[:1]:
            for mine, theirs in permutations(pairs, 2):
                under = condition & (mine[0] - theirs[0])
                elsewhere = condition & (theirs[0] - mine[0])
                if _sides(condition) & _sides(mine[0]) and _turned(_sides(condition)) & _sides(theirs[0]):
                    under, elsewhere = condition, frozenset()
                wrong = matter & (theirs[1] - mine[1])
                if under and not elsewhere and wrong and not matter & (mine[1] - theirs[1]):
                    return min(wrong)
    return None


def _sides(found: Collection[str]) -> frozenset[tuple[int, bool]]:
    return frozenset(side for word in found for side in sides_of_word(word))


def _turned(sides: Collection[tuple[int, bool]]) -> frozenset[tuple[int, bool]]:
    return frozenset((pair, not side) for pair, side in sides)


def _conditional(sentence: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The conditions of a sentence with what happens under each, in the order `condition, matter` of both languages."""
    pieces = _PIECES.split(sentence)
    found: list[tuple[frozenset[str], frozenset[str]]] = []
    for place, piece in enumerate(pieces):
        if (korean := _KOREAN_IF.search(piece)) or _MARK.match(piece.strip().removeprefix("and ").strip()):
            condition = piece[: korean.end()] if korean else piece
            rest = piece[korean.end() :] if korean else ""
            matter = rest if rest.strip() else (pieces[place + 1] if place + 1 < len(pieces) else "")
            found.append((_content(condition), _content(matter)))
    return found


def _content(text: str) -> frozenset[str]:
    """Stems of a text; of a Korean word as much as tells it from another."""
    return frozenset(
        word.text[:3] if is_korean(word.text) and len(word.text) > len(word.stem) else word.stem
        for word in words(text)
        if word.content
    )
