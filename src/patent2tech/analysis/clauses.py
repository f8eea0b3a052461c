"""Clauses of a sentence, so that what is said of a thing is compared with what the quotations say of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from patent2tech.analysis.quantities import quantities
from patent2tech.analysis.wording import content_stems

_EDGE: Final = re.compile(
    r"[,;:.()]\s+|[,;()](?=[가-힣])|[;()]"
    r"|\s+(?:and|but|or|while|whereas|when|whenever|if|unless|because|so that|such that|than)\s+"
    r"|(?<=[가-힣][고며면])\s+|(?<=지만)\s+|(?<=[가-힣]때)\s+"
)
_BOUND: Final = re.compile(
    r"\bat (?:least|most)\b"
    r"|\b(?:no |not )?(?:more|less|greater|higher|lower|larger|smaller|fewer|longer|shorter|above|below)\s+(?:than\s+)?"
    r"(?:or equal to\s+)?(?=(?:about\s+)?\d)|\bor (?:more|less|greater|higher|lower|larger|smaller|above|below)\b"
)
"""Bounds of numbers, which `bounds` compares."""
_DENIAL: Final = re.compile(r"\b(?:not|no|never|without|cannot|neither|nor|none)\b|n't\b|않|없|못|아니")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with the stems and numbers of its content, and whether it denies something."""

    text: str
    content: frozenset[str]
    denies: bool

    def likeness(self, other: Clause) -> int:
        """How much content both have in common."""
        return len(self.content & other.content)


def without_bounds(text: str) -> str:
    """A text without the bounds of its numbers: `no less than 5` denies nothing."""
    return _BOUND.sub(" ", text)


def pieces(text: str) -> list[str]:
    """The clauses of a text as they are written."""
    return [piece for piece in _EDGE.split(without_bounds(text)) if piece.strip()]


def denies(piece: str) -> bool:
    """Whether a clause denies something."""
    return bool(_DENIAL.search(piece))


@lru_cache(maxsize=1024)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a normalised text, without the bounds of its numbers."""
    return tuple(_clauses(text))


def _clauses(text: str) -> Iterator[Clause]:
    for piece in _EDGE.split(without_bounds(text)):
        if piece and (content := content_stems(piece) | {str(each.value) for each in quantities(piece)}):
            yield Clause(piece, frozenset(content), bool(_DENIAL.search(piece)))


def likest(clause: Clause, others: Sequence[Clause]) -> list[Clause]:
    """Those of the others that have most in common with a clause; none where nothing is."""
    most = max((clause.likeness(each) for each in others), default=0)
    return [each for each in others if most and clause.likeness(each) == most]
