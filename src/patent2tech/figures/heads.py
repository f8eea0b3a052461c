"""Running heads of published sheets, which are no part of a figure: number, date, `Sheet 1 of 4`, page numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from patent2tech.figures.model import Box
    from patent2tech.figures.ocr import TextLine

# Seen on sheets of the USPTO, the EPO and WIPO: heads stand in the upper 11 %, feet in the lower 6 % of a page.
_HEAD_SHARE: Final = 0.12
_FOOT_SHARE: Final = 0.06
_HEAD: Final = re.compile(
    r"^\s*(?:u\.?\s*s\.?\s*patent|patent\s+application\s+publication|sheet\s*\d+\s*of\s*\d+|\d{1,3}\s*/\s*\d{1,3}\s*$|"
    r"(?:wo|ep|us|kr|jp|cn|gb|de|fr)\s*\d|pct\s*/|(?:us\s*)?d?\d{1,3}(?:,\d{3})+(?:\s*[ab]\d)?\s*$|substitute\s+sheet|"
    r"replacement\s+sheet|\(?rule\s*26|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{1,2},\s*\d{4}|"
    r"공개특허|등록특허|등록디자인)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"^\W*\d{1,3}\W*$")


def running_heads(lines: Sequence[TextLine], height: int) -> tuple[Box, ...]:
    """The boxes of what stands in the head and the foot of a sheet, where that reads like the office's own words."""
    heads = _rows(_within(lines, 0, height * _HEAD_SHARE))
    feet = _within(lines, height * (1 - _FOOT_SHARE), height)
    # A number alone at the foot is that of the page where the page has a head, else it may be a reference numeral.
    numbers = [line.box for line in feet if heads and _NUMBER.match(line.text)]
    return tuple(dict.fromkeys([*heads, *_rows(feet), *numbers]))


def _rows(lines: Sequence[TextLine]) -> list[Box]:
    """All that stands in a row with the office's own words."""
    return [
        line.box for line in lines if any(_HEAD.match(other.text) and _level(line.box, other.box) for other in lines)
    ]


def _within(lines: Sequence[TextLine], top: float, bottom: float) -> list[TextLine]:
    return [line for line in lines if top <= line.box[1] and line.box[3] <= bottom]


def _level(one: Box, other: Box) -> bool:
    """Whether two lines stand in one row."""
    return min(one[3], other[3]) > max(one[1], other[1])
