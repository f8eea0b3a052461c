"""Claims that OPS gives as lines of text in one element, split by their printed numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from patent2tech.formats.epo.lines import broken_lines
from patent2tech.patents import Claim

_PRINTED: Final = re.compile(r"^(\d{1,4})(?:\s*[-\u2013\u2014]\s*(\d{1,4}))?\s*(?:[.)](?!\d)|(?=\(cancel))")
_LONGEST_GAP: Final = 20
"""How many claims may be missing between two neighbours, as cancelled ones are, before a number is taken for text."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the claims with the number that it may begin with; `first` when it begins an element."""

    text: str
    number: int
    through: int | None
    first: bool


def split_claims(claims: etree._Element | None) -> tuple[Claim, ...]:
    """The numbered claims of the element; a second set for other states, which counts from 1 again, is left out.

    A heading in front of claim 1 belongs to no claim. Claims without any number are numbered by their elements.
    """
    if claims is None:
        return ()
    lines = [line for each in claims.iter("claim") for line in _lines(each)]
    starts, end = _starts(lines)
    if not starts:
        texts = ("\n".join(broken_lines(each)) for each in claims.iter("claim"))
        return tuple(Claim(position, text) for position, text in enumerate((text for text in texts if text), 1))
    return tuple(_claims(lines[:end], starts))


def _lines(claim: etree._Element) -> Iterator[_Line]:
    for block in list(claim.iterchildren("claim-text")) or [claim]:
        for position, text in enumerate(broken_lines(block)):
            printed = _PRINTED.match(text)
            number = int(printed[1]) if printed else 0
            through = int(printed[2]) if printed and printed[2] and int(printed[2]) > number else None
            yield _Line(text, number, through, first=position == 0)


def _starts(lines: list[_Line]) -> tuple[list[int], int]:
    """The lines at which a claim starts, and where the set of claims ends."""
    # Where each claim is an element, a number within one is a list item.
    only_first = sum(line.first and line.number > 0 for line in lines) > 1
    candidates = [(index, line) for index, line in enumerate(lines) if line.number and (line.first or not only_first)]
    latest = {line.number: index for index, line in candidates}
    starts: list[int] = []
    current = 0
    for index, line in candidates:
        follows = line.number == current + 1
        skips = current < line.number <= current + _LONGEST_GAP and latest.get(current + 1, -1) < index
        if follows or skips:
            starts.append(index)
            current = line.through or line.number
        elif line.number == 1 and line.first and current > 1:
            return starts, index
    return starts, len(lines)


def _claims(lines: list[_Line], starts: list[int]) -> Iterator[Claim]:
    before = _text(lines[: starts[0]])
    if before and lines[starts[0]].number > 1:
        yield Claim(1, before)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield Claim(lines[start].number, _text(lines[start:end]), through=lines[start].through)


def _text(lines: list[_Line]) -> str:
    return "\n".join(line.text for line in lines)
