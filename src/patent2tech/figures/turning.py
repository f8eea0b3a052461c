"""Sheets turned upright: by the turn in which their labels are read, then by the little that the scan is askew."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from patent2tech.figures.labels import Known, find_labels
from patent2tech.figures.lettering import read_tallest
from patent2tech.figures.model import UprightSheet
from patent2tech.figures.ocr import ALL_TURNS, read_lines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from patent2tech.figures.ocr import TextLine, TextReader
    from patent2tech.figures.sheets import GreySheet
    from patent2tech.store.derived import Derived

_KIND: Final = "turns-1"
_DARK: Final = 128
_LABEL_VOTE: Final = 100.0
# Of two turns that say the same, the likelier one: sheets are upright, or turned to be read from the right.
_PRIOR: Final = {0: 0.03, 270: 0.02, 90: 0.01, 180: 0.0}
_LIKELIEST_FIRST: Final = tuple(sorted(_PRIOR, key=lambda turn: _PRIOR[turn], reverse=True))
# Labels are among the tallest lettering; text in charts comes near.
_GLANCED: Final = 5
_SURELY: Final = 90.0
_UNEXPECTED: Final = 0.2
_MIN_LETTERS: Final = 2

_LARGEST_SKEW_DEG: Final = 1.5
_STEP_DEG: Final = 0.05
_SMALLEST_SKEW_DEG: Final = 0.08
_SAMPLE: Final = 40_000
# How much sharper the ink must line up at the skew than half a degree beside it, in the better and in the other of
# rows and columns; measured on generated sheets with and without skew.
_SHARP: Final = 1.07
_SHARP_ENOUGH: Final = 1.02
_BESIDE_DEG: Final = 0.5
_AGREE_DEG: Final = 0.12

_SPECK_AREA: Final = 30
_SPECK_AWAY: Final = 25


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn that a sheet needs, and the votes for each."""

    degrees: int
    votes: dict[int, float]

    @property
    def sure(self) -> bool:
        """Whether a label told it."""
        return self.votes.get(self.degrees, 0.0) >= _LABEL_VOTE / 3


def vote(lines: tuple[TextLine, ...], known: Known) -> Turn:
    """The turn in which a sheet's labels are read; without a label, that in which most of its text is."""
    votes = dict.fromkeys(ALL_TURNS, 0.0)
    for turn in ALL_TURNS:
        in_turn = [line for line in lines if line.turn == turn]
        for label in find_labels(in_turn, known):
            expected = not known.labels or label.text in known.labels
            votes[turn] += _LABEL_VOTE * label.confidence * (1.0 if expected else _UNEXPECTED)
        votes[turn] += sum(line.confidence * _letters(line.text) for line in in_turn) * 0.1
    return Turn(max(ALL_TURNS, key=lambda turn: votes[turn] + _PRIOR[turn]), votes)


def _letters(text: str) -> int:
    """How many letters and digits of ours a line has; lone ones are as often scraps of the drawing."""
    count = sum(letter.isascii() and letter.isalnum() for letter in text)
    return count if count >= _MIN_LETTERS and count >= len(text) / 2 else 0


def turn_of(sheet: GreySheet, known: Known, reader: TextReader, kept: Derived | None) -> Turn:
    """By how much a sheet must be turned: at a glance, or else by all that is read on it in every turn."""
    return glance(sheet.pixels, known) or vote(read_lines(sheet.pixels, reader, kept, ALL_TURNS), known)


def glance(pixels: NDArray[np.uint8], known: Known) -> Turn | None:
    """The turn in which a label that the text names is surely read among the tallest rows of letters."""
    import numpy as np

    sure: dict[int, float] = {}
    for turn in _LIKELIEST_FIRST:
        lines = read_tallest(np.ascontiguousarray(np.rot90(pixels, turn // 90)), _GLANCED)
        named = [label.confidence for label in find_labels(lines, known) if label.text in known.labels]
        sure[turn] = _LABEL_VOTE * max(named, default=0.0)
        if sure[turn] >= _SURELY and not known.korean:
            return Turn(turn, sure)
    # The models know no Hangul and take much for it, so that one turn must say it alone.
    best, next_best = sorted(sure, key=lambda turn: sure[turn], reverse=True)[:2]
    return Turn(best, sure) if sure[best] >= _SURELY and sure[next_best] < _SURELY / 2 else None


def kept_upright(sheet: GreySheet, known: Known, reader: TextReader, kept: Derived | None) -> UprightSheet:
    """The sheet set upright; by how much it must be turned is found once for the same pixels and labels."""
    if kept is None:
        return upright(sheet, turn_of(sheet, known, reader, None).degrees)
    pixels = sha256(sheet.pixels.tobytes()).hexdigest()
    key = json.dumps([reader.fingerprint, sheet.pixels.shape, pixels, known.labels, known.korean])
    if (content := kept.get(_KIND, key)) is not None:
        degrees, skew = json.loads(content)
        return upright(sheet, degrees, skew)
    found = upright(sheet, turn_of(sheet, known, reader, kept).degrees)
    kept.put(_KIND, key, json.dumps([found.rotation, found.skew]).encode())
    return found


def upright(sheet: GreySheet, turn: int, skew: float | None = None) -> UprightSheet:
    """The sheet turned, set straight and freed of lone specks; its skew is measured where it is not known."""
    import numpy as np

    pixels = np.ascontiguousarray(np.rot90(sheet.pixels, turn // 90))
    skew = skew_of(pixels) if skew is None else skew
    return UprightSheet(sheet.file, sheet.number, despeckled(_straight(pixels, skew)), turn, skew)


def skew_of(pixels: NDArray[np.uint8]) -> float:
    """By how many degrees counter-clockwise the sheet must still be turned; 0 where its lines do not agree on one.

    The ink of lines along the edges of the paper falls into few rows and columns when the sheet is straight. Rows and
    columns must tell the same angle, since slanted lines of the drawing tell one of them only.
    """
    import numpy as np

    ys, xs = np.nonzero(pixels < _DARK)
    if len(xs) == 0:
        return 0.0
    if len(xs) > _SAMPLE:
        chosen = np.random.default_rng(0).choice(len(xs), _SAMPLE, replace=False)
        xs, ys = xs[chosen], ys[chosen]
    angles = np.arange(-_LARGEST_SKEW_DEG, _LARGEST_SKEW_DEG + _STEP_DEG / 2, _STEP_DEG)
    rows = [_sharpness(ys * np.cos(a) + xs * np.sin(a)) for a in np.radians(-angles)]
    columns = [_sharpness(xs * np.cos(a) - ys * np.sin(a)) for a in np.radians(-angles)]
    (by_row, row_sharp), (by_column, column_sharp) = _peak(angles, rows), _peak(angles, columns)
    weak, strong = sorted((row_sharp, column_sharp))
    if strong < _SHARP or weak < _SHARP_ENOUGH or abs(by_row - by_column) > _AGREE_DEG:
        return 0.0
    weight = (row_sharp - 1) / (row_sharp + column_sharp - 2)
    skew = round(by_row * weight + by_column * (1 - weight), 2)
    return skew if abs(skew) >= _SMALLEST_SKEW_DEG else 0.0


def _sharpness(places: NDArray[np.float64]) -> float:
    import numpy as np

    counts = np.bincount((places - places.min()).astype(np.int64) // 2)
    return float((counts.astype(np.float64) ** 2).sum())


def _peak(angles: NDArray[np.float64], scores: list[float]) -> tuple[float, float]:
    """The middle of the sharpest scores, and how much sharper the best is than those beside it."""
    import numpy as np

    values = np.array(scores)
    best = int(values.argmax())
    away = round(_BESIDE_DEG / _STEP_DEG)
    beside = max(values[index] for index in (best - away, best + away) if 0 <= index < len(values))
    near = np.arange(max(0, best - away), min(len(values), best + away + 1))
    # The best is a matter of chance among equals; the middle of its upper half is not.
    over = np.maximum(values[near] - (values[best] + beside) / 2, 0)
    middle = float((angles[near] * over).sum() / over.sum()) if over.any() else float(angles[best])
    return middle, float(values[best] / beside)


def _straight(pixels: NDArray[np.uint8], skew: float) -> NDArray[np.uint8]:
    """The sheet turned by a small angle on paper that is large enough for its corners."""
    import cv2
    import numpy as np

    if skew == 0.0:
        return pixels
    high, wide = pixels.shape
    more = int(np.ceil(max(high, wide) * abs(np.sin(np.radians(skew)))))
    matrix: NDArray[np.float64] = np.asarray(cv2.getRotationMatrix2D((wide / 2, high / 2), skew, 1.0), np.float64)
    matrix[:, 2] += more / 2
    size = (wide + more, high + more)
    return np.asarray(cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_LINEAR, borderValue=255), np.uint8)


def despeckled(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The sheet without specks that stand alone; dots of stippling and of dotted lines have neighbours and stay."""
    import cv2
    import numpy as np

    ink = (pixels < _DARK).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] <= _SPECK_AREA
    small[0] = False
    if not small.any():
        return pixels
    # Sums over any box by the integral image: a photograph has specks by the ten thousand.
    total = cv2.integral(ink)
    x0, y0 = (np.maximum(stats[:count, place] - _SPECK_AWAY, 0) for place in (cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP))
    x1 = np.minimum(stats[:, cv2.CC_STAT_LEFT] + stats[:, cv2.CC_STAT_WIDTH] + _SPECK_AWAY, ink.shape[1])
    y1 = np.minimum(stats[:, cv2.CC_STAT_TOP] + stats[:, cv2.CC_STAT_HEIGHT] + _SPECK_AWAY, ink.shape[0])
    around = total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0]
    cleaned = pixels.copy()
    for x, y, wide, high in stats[small & (around == stats[:, cv2.CC_STAT_AREA]), :4]:
        # Nothing else is near, so the box goes with its grey rim.
        cleaned[max(0, y - 1) : y + high + 1, max(0, x - 1) : x + wide + 1] = 255
    return cleaned
