"""Reference numerals: which of the lines of text on a sheet are numerals of parts, and what they name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from patent2tech.figures.model import FigureKind, Numeral

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from patent2tech.figures.model import Box, SeenFigure
    from patent2tech.figures.ocr import TextLine

_FORM: Final = re.compile(r"[A-Z]{0,2}\d{1,4}[A-Za-z]{0,2}(?:-\d{1,2}[a-z]?)?'{0,2}")
_BARE: Final = re.compile(r"\d")
_PRIMES: Final = str.maketrans({"′": "'", "’": "'", "‘": "'", "`": "'", "´": "'", "″": "''", '"': "''"})
_EDGE: Final = " .,:;~_-–—()[]"
_FIGURE_WORD: Final = re.compile(r"(?i)\b(?:figs?|figures?)\b|도")

# What the recogniser takes for what, both ways, seen on its errors over the generated sheets.
_ALIKE: Final[Mapping[str, str]] = {
    **dict.fromkeys("lI|i!", "1"),
    **dict.fromkeys("Oo", "0"),
    **dict.fromkeys("Ss", "5"),
    **dict.fromkeys("Zz", "2"),
    **dict.fromkeys("Bβ", "8"),
    **dict.fromkeys("gq", "9"),
    "G": "6",
    "b": "6",
    "T": "7",
}

# Measured on the real sheets of tests/data/numerals_truth: numerals of one sheet differ by less than this in height.
_SAME_HEIGHT: Final = 0.14
_KNOWN_SURE: Final = 0.6
_UNKNOWN_SURE: Final = 0.93
_SINGLE_SURE: Final = 0.85
_CORRECTED: Final = 0.9
_SHARED: Final = 0.4
_LONGEST: Final = 6
# A stroke is taken for a 1 only beside a numeral of two digits, or with a foot or a flag that makes it this wide.
_ONE_WIDTH: Final = 0.26
_ONES: Final = frozenset("1Il|i7")
_ALIGNED: Final = 8
_TICKS: Final = 4
_NO_NUMERALS: Final = frozenset({FigureKind.TABLE, FigureKind.FORMULA})


def read_numerals(
    figures: Sequence[SeenFigure], lines: Sequence[TextLine], parts: Mapping[str, str | None]
) -> tuple[tuple[Numeral, ...], ...]:
    """The numerals of each figure of one sheet.

    `lines` are the upright lines of text on the sheet, best first where two lie on each other. `parts` are the names
    of the patent's parts by numeral: a reading that is one of them is believed readily, and only towards one of them
    is a reading corrected. Others are kept when they are read surely in the size of the sheet's numerals.
    """
    candidates = [found for line in lines if (found := _candidate(line, parts))]
    candidates = _distinct(candidates)
    heights = _heights(candidates, parts)
    accepted = [each for each in candidates if _accepted(each, parts, heights)]
    return tuple(_of_figure(figure, accepted) for figure in figures)


def _candidate(line: TextLine, parts: Mapping[str, str | None]) -> Numeral | None:
    """The numeral that a line of text may be."""
    text = line.text.translate(_PRIMES).strip(_EDGE).replace(" ", "")
    if text in parts:
        return Numeral(text, line.box, None, parts[text], line.confidence)
    corrected = _corrected(text, parts)
    if corrected is not None:
        return Numeral(corrected, line.box, None, parts[corrected], round(line.confidence * _CORRECTED, 3))
    if _FORM.fullmatch(text) and _BARE.search(text):
        return Numeral(text, line.box, None, None, line.confidence)
    return None


def _corrected(text: str, parts: Mapping[str, str | None]) -> str | None:
    """The one known numeral that a reading becomes when look-alikes are exchanged."""
    if not text or len(text) > _LONGEST:
        return None
    plain = "".join(_ALIKE.get(each, each) for each in text)
    fitting = {known for known in (plain, text.lower(), text.upper()) if known in parts}
    if len(text) > 1 and text[-1].isalpha():
        fitting |= {known for known in (plain[:-1] + text[-1], plain[:-1] + text[-1].lower()) if known in parts}
    if not any(each.isdigit() for each in text) and len(text) == 1:
        return None
    return fitting.pop() if len(fitting) == 1 else None


def _distinct(candidates: Iterable[Numeral]) -> list[Numeral]:
    """Each place once: what is known goes before what is not, then the surer reading."""
    kept: list[Numeral] = []
    for each in sorted(candidates, key=lambda one: (one.part is not None, one.confidence), reverse=True):
        if all(_overlap(each.box, other.box) < _SHARED for other in kept):
            kept.append(each)
    return kept


def _heights(candidates: Sequence[Numeral], parts: Mapping[str, str | None]) -> list[int]:
    """The heights in which the sheet's numerals are lettered: those of the sure ones, the most frequent first."""
    sure = [each for each in candidates if each.confidence >= _UNKNOWN_SURE and _speaks(each, parts)]
    pool = Counter(_height(each.box) for each in sure)
    weights = {
        height: sum(count for other, count in pool.items() if abs(other - height) <= _SAME_HEIGHT * height / 2)
        for height in pool
    }
    best = sorted(weights, key=lambda height: weights[height], reverse=True)
    if not best:
        return []
    # A second size (a detail, a copied drawing) counts when it is carried by known numerals of its own.
    known = Counter(_height(each.box) for each in sure if each.text in parts and len(each.text) > 1)
    return [best[0], *(height for height, count in known.items() if count >= 1)]


def _speaks(each: Numeral, parts: Mapping[str, str | None]) -> bool:
    """Whether a reading is hardly a stroke or a circle of the drawing."""
    digits = sum(letter.isdigit() for letter in each.text)
    return digits > 1 or (each.text in parts and each.text not in {"0", "1"})


def _accepted(each: Numeral, parts: Mapping[str, str | None], heights: Sequence[int]) -> bool:
    fits = any(abs(_height(each.box) - height) <= _SAME_HEIGHT * height for height in heights)
    if not fits and not (each.text in parts and _digits(each.text) > 1 and each.confidence >= _UNKNOWN_SURE):
        return False
    if set(each.text) <= _ONES and (each.box[2] - each.box[0]) < _ONE_WIDTH * _height(each.box):
        return False
    if each.text in parts:
        return each.confidence >= (_KNOWN_SURE if len(each.text) > 1 else _SINGLE_SURE)
    return each.confidence >= _UNKNOWN_SURE and (len(each.text) > 1 or not parts)


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _of_figure(figure: SeenFigure, numerals: Iterable[Numeral]) -> tuple[Numeral, ...]:
    """The numerals inside a figure's box and outside its label, in reading order."""
    if figure.kind in _NO_NUMERALS:
        return ()
    own = [
        each
        for each in numerals
        if _inside(each.box, figure.box) and not (figure.label_box and _overlap(each.box, figure.label_box) > 0)
    ]
    if figure.kind is FigureKind.GRAPH:
        own = [each for each in own if each.part is not None and not _is_tick(each, own)]
    return tuple(sorted(own, key=lambda each: (each.box[1] // 40, each.box[0])))


def _is_tick(each: Numeral, others: Sequence[Numeral]) -> bool:
    """Whether a number stands in a row or a column of numbers, as those along an axis do."""
    level = sum(abs(each.box[3] - other.box[3]) <= _ALIGNED for other in others)
    column = sum(abs(each.box[2] - other.box[2]) <= _ALIGNED for other in others)
    return max(level, column) >= _TICKS


def _inside(box: Box, frame: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] <= x < frame[2] and frame[1] <= y < frame[3]


def _height(box: Box) -> int:
    return box[3] - box[1]


def _overlap(one: Box, other: Box) -> float:
    """The shared area as a part of the smaller box."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return 0.0
    return across * down / min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
