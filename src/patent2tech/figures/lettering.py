"""Lettering: rows of letter-like components on an upright sheet, each cut free of the lines around it and read.

A detector looks for text as a whole and misses single digits between lines; in line drawings a letter is a component
of its own, so that the components themselves say where to read. Touching letters are left to the detector.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

import cv2
import numpy as np

from patent2tech.figures.ink import ink_of
from patent2tech.figures.ocr import TextLine, from_json, to_json
from patent2tech.figures.recognising import recognise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from patent2tech.figures.model import Box
    from patent2tech.store.derived import Derived

# Heights in pixels at 300 dpi: the offices ask for 3.2 mm (38 pixels); 1.2 to 8 mm are met.
_LOWEST, _HIGHEST = 14, 96
_LEAST_INK = 12
_WIDEST = 1.6
# In heights of a letter: the widest gap inside a row (a space between words), and how far bottoms may differ.
_GAP = 0.6
_UNEVEN = 0.3
_TALLER = 1.6
_OVERLAP = 0.6
# A prime stands at the top right of its numeral, half as high as that at most.
_PRIME_HEIGHT = (0.12, 0.55)
_PRIME_GAP = 0.45
_SMALLEST_PRIME = 4
_MARGIN = 0.18
# A letter is seldom wider than this part of its height; wider rows were joined wrongly and are read apart too.
_LETTER_WIDTH = 0.95
_SURE = 0.9
_MOST_ROWS = 1500
_KIND = "lettering-2"
_STOP_GAP = 2.0
_SEVERAL, _FEW = 3, 9
"""Letters of a row that can be a label, from `FIG` without its number to `FIGURE 12A`."""


@dataclass(frozen=True, slots=True, eq=False)
class Lettering:
    """One row of letter-like components: its box and its ink alone on white.

    `parts` are its pieces where it has a wide gap or an uneven line: neighbours may have been joined wrongly.
    """

    box: Box
    pixels: NDArray[np.uint8] = field(repr=False)
    parts: tuple[Lettering, ...] = ()


def kept_lettering(pixels: NDArray[np.uint8], kept: Derived | None) -> tuple[TextLine, ...]:
    """The lettering of a sheet, read once for these very pixels."""
    if kept is None:
        return read_lettering(pixels)
    key = f"{pixels.shape} {sha256(pixels.tobytes()).hexdigest()}"
    if (content := kept.get(_KIND, key)) is not None:
        return from_json(content)
    lines = read_lettering(pixels)
    kept.put(_KIND, key, to_json(lines))
    return lines


def read_lettering(pixels: NDArray[np.uint8]) -> tuple[TextLine, ...]:
    """Every row of lettering on an upright grey sheet, read; what reads as nothing is left out.

    A row that reads badly as a whole is read in its parts as well.
    """
    rows = find_lettering(pixels)
    lines = _read(rows)
    doubtful = [row for row, line in zip(rows, lines, strict=True) if row.parts and not _reads_well(line)]
    lines += _read([part for row in doubtful for part in row.parts])
    return tuple(line for line in lines if line.text)


def read_tallest(pixels: NDArray[np.uint8], most: int) -> tuple[TextLine, ...]:
    """The tallest rows of several letters on a grey sheet, and what stands behind them as a number behind `FIG.`."""
    labels, stats = _components(pixels)
    rows = [(row, _box(row, stats)) for row in _rows(stats)]
    several = [each for each in rows if _SEVERAL <= len(each[0]) <= _FEW]
    several = sorted(several, key=lambda each: -int(np.median(stats[each[0], cv2.CC_STAT_HEIGHT])))[:most]
    behind = [each for each in rows if each not in several and any(_stands_behind(each[1], box) for _, box in several)]
    lines = _read([_cut(labels, stats, row) for row, _ in [*several, *behind[: 2 * most]]])
    return tuple(line for line in lines if line.text)


def _stands_behind(one: Box, other: Box) -> bool:
    """Whether a short row stands on the line of another, with room for a stop between them."""
    height = _height(other)
    level = abs(one[3] - other[3]) <= _UNEVEN * height and abs(one[1] - other[1]) <= _UNEVEN * height
    return level and 0 <= one[0] - other[2] <= _STOP_GAP * height and one[2] - one[0] <= _STOP_GAP * height


def find_lettering(pixels: NDArray[np.uint8]) -> tuple[Lettering, ...]:
    """Rows of components that could be letters, from left to right."""
    labels, stats = _components(pixels)
    rows = _rows(stats)
    # Hatching and stippling make thousands of letter-sized strokes: no sheet has so many rows of letters.
    if len(rows) > _MOST_ROWS:
        rows = [row for row in rows if len(row) > 1][:_MOST_ROWS]
    primes = _primes(stats)
    found = []
    for row in rows:
        parts = tuple(_cut(labels, stats, part) for part in _apart(row, stats))
        found.append(_cut(labels, stats, [*row, *_primes_of(row, primes, stats)], parts))
    return tuple(found)


def _read(rows: Sequence[Lettering]) -> list[TextLine]:
    read = recognise([row.pixels for row in rows])
    return [TextLine(text, row.box, round(confidence, 3)) for row, (text, confidence) in zip(rows, read, strict=True)]


def _reads_well(line: TextLine) -> bool:
    """Whether a row is sure to be what it reads as: words, or a numeral as wide as its letters."""
    wide = (line.box[2] - line.box[0]) / (line.box[3] - line.box[1])
    return line.confidence >= _SURE and wide <= _LETTER_WIDTH * len(line.text)


def _components(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink_of(pixels).astype(np.uint8), connectivity=8)
    return labels.astype(np.int32, copy=False), stats.astype(np.int32, copy=False)


def _rows(stats: NDArray[np.int32]) -> list[list[int]]:
    """Components of a letter's size, joined where they stand in one row."""
    high, wide, ink = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_AREA]
    letters = np.nonzero((high >= _LOWEST) & (high <= _HIGHEST) & (wide <= _WIDEST * high) & (ink >= _LEAST_INK))[0]
    letters = letters[letters > 0]
    letters = letters[np.argsort(stats[letters, cv2.CC_STAT_LEFT], kind="stable")]
    rows: list[list[int]] = []
    open_rows: list[list[int]] = []
    for letter in letters.tolist():
        left = stats[letter, 0]
        open_rows = [row for row in open_rows if left - _right(stats[row[-1]]) <= _GAP * _HIGHEST]
        fitting = [row for row in open_rows if _follows(stats[row[-1]], stats[letter])]
        if fitting:
            max(fitting, key=lambda row: _right(stats[row[-1]])).append(letter)
        else:
            rows.append([letter])
            open_rows.append(rows[-1])
    return rows


def _right(one: NDArray[np.int32]) -> int:
    return int(one[0] + one[2])


def _follows(one: NDArray[np.int32], other: NDArray[np.int32]) -> bool:
    """Whether the second component can be the next letter behind the first."""
    taller, lower = max(one[3], other[3]), min(one[3], other[3])
    overlap = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    level = min(abs(one[1] - other[1]), abs(one[1] + one[3] - other[1] - other[3])) <= _UNEVEN * taller
    gap = other[0] - _right(one)
    return bool(
        -0.25 * lower <= gap <= _GAP * taller and taller <= _TALLER * lower and overlap >= _OVERLAP * lower and level
    )


def _primes(stats: NDArray[np.int32]) -> NDArray[np.intp]:
    high, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    small = np.nonzero((high >= _SMALLEST_PRIME) & (high <= _PRIME_HEIGHT[1] * _HIGHEST) & (wide <= high))[0]
    return small[small > 0]


def _primes_of(row: list[int], primes: NDArray[np.intp], stats: NDArray[np.int32]) -> list[int]:
    """Small strokes at the top right of a row."""
    last = stats[row[-1]]
    height = last[3]
    found: list[int] = []
    right = _right(last)
    for _ in range(2):
        left, top, high = stats[primes, 0], stats[primes, 1], stats[primes, 3]
        near = (left - right >= -1) & (left - right <= _PRIME_GAP * height) & (abs(top - last[1]) <= 0.25 * height)
        near &= (high >= _PRIME_HEIGHT[0] * height) & (high <= _PRIME_HEIGHT[1] * height)
        near &= ~np.isin(primes, [*row, *found])
        if not near.any():
            break
        found.append(int(primes[near][0]))
        right = _right(stats[found[-1]])
    return found


def _apart(row: list[int], stats: NDArray[np.int32]) -> list[list[int]]:
    """The parts of a row that has a wide gap, or a component that sits on the row's line less well than the others."""
    boxes = stats[row]
    height = int(np.median(boxes[:, 3]))
    gaps = boxes[1:, 0] - boxes[:-1, 0] - boxes[:-1, 2]
    uneven = abs(np.diff(boxes[:, 1] + boxes[:, 3])) > 0.12 * height
    cuts = np.nonzero((gaps > 0.3 * height) | uneven)[0]
    if not len(cuts):
        return []
    parts, start = [], 0
    for cut in [*cuts.tolist(), len(row) - 1]:
        parts.append(row[start : cut + 1])
        start = cut + 1
    return parts


def _cut(
    labels: NDArray[np.int32], stats: NDArray[np.int32], row: list[int], parts: tuple[Lettering, ...] = ()
) -> Lettering:
    """A row as a picture of its own: nothing but its own ink, black on white, with a margin."""
    left, top, right, bottom = _box(row, stats)
    own = np.isin(labels[top:bottom, left:right], row)
    margin = max(3, round(_MARGIN * (bottom - top)))
    picture = np.pad(np.where(own, 0, 255).astype(np.uint8), margin, constant_values=255)
    return Lettering((left, top, right, bottom), picture, parts)


def _box(row: Sequence[int], stats: NDArray[np.int32]) -> Box:
    boxes = stats[row]
    right, bottom = (boxes[:, 0] + boxes[:, 2]).max(), (boxes[:, 1] + boxes[:, 3]).max()
    return int(boxes[:, 0].min()), int(boxes[:, 1].min()), int(right), int(bottom)


def _height(box: Box) -> int:
    return box[3] - box[1]
