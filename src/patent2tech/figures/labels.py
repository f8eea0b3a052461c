"""Labels of figures among the lines of text on a sheet: `FIG. 1`, `FIG - 2`, `Figure 7`, `1.1`, `도 1`, `[도 2]`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from patent2tech.figures.model import Box
from patent2tech.figures.ocr import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from patent2tech.patents import Figure

_NUMBER: Final = r"[0-9IlOoSBZ|]{1,3}(?:[A-Za-z]{1,2}|\([A-Za-z0-9]{1,3}\))?['’`′]?"
# OCR reads the strokes of `FIG` in these ways; all were seen on real and generated sheets.
_WORD: Final = r"(?:F[IilL1|!Jjt]{0,3}[GCgq9a6Qs]s?(?:[Uu]?[Rr][Ee])?[Ss]?)"
_ENGLISH: Final = re.compile(rf"^\W*{_WORD}[\s.,:;·_~=\-\u2013\u2014\u4e00]*(?P<label>{_NUMBER})(?P<rest>.*)$")
_ALONE: Final = re.compile(rf"^\W*{_WORD}[\s.,:;·\-\u2013\u2014\u4e00]*$")
_BARE: Final = re.compile(rf"^[\s.\-]*(?P<label>{_NUMBER})\W*$")
_REMARK: Final = re.compile(r"^\W*(?:\(?\s*(?:prior|related|conventional|background|종래)\b.*)?\W*$", re.IGNORECASE)
_HAGUE: Final = re.compile(r"^\W*(?P<first>\d{1,2})\s*[.,·:]\s*(?P<second>[\dIlO]{1,2})\W*$")
# The offline models know no Hangul: they take the one or two syllables for other signs.
_KOREAN: Final = re.compile(r"^[\W_]*(?:도\s*면?|[^\W\d_a-zA-Z]{1,2})[\s.]*(?P<label>\d{1,2}[a-zA-Z]?)[\W_]*$")
_HANGUL: Final = re.compile(r"[가-힣]")
_DIGITS: Final = str.maketrans("IlOoSBZ|", "11005821")
_WORD_WEIGHT: Final = 1.0
_BARE_WEIGHT: Final = 0.6
# `(FIG. 3)` within a chart refers to another figure.
_BRACKETED_WEIGHT: Final = 0.4
_UNKNOWN_WEIGHT: Final = 0.7
_GAP: Final = 2.0
_DIGIT_ASPECT: Final = 0.55
_SYLLABLE_ASPECT: Final = 1.1


@dataclass(frozen=True, slots=True)
class Label:
    """One label on a sheet: what stands behind `FIG.`, where, and how sure that is."""

    text: str
    box: Box
    confidence: float
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """The labels that the text of the patent names, and whether it names them in Korean."""

    labels: tuple[str, ...]
    korean: bool = False

    @classmethod
    def of(cls, described: Sequence[Figure]) -> Known:
        """What the captions tell."""
        korean = any(_HANGUL.search(figure.caption or "") for figure in described)
        return cls(tuple(figure.label for figure in described), korean)


def find_labels(lines: Sequence[TextLine], known: Known) -> tuple[Label, ...]:
    """The labels among the lines, each once."""
    by_name = {_plain(label): label for label in known.labels}
    found = [label for line in [*lines, *_joined(lines)] for label in _labels(line, by_name, known)]
    best: dict[str, Label] = {}
    for label in sorted(found, key=lambda one: (one.confidence, _height(one)), reverse=True):
        best.setdefault(label.text, label)
    return tuple(sorted(_apart(best.values()), key=lambda one: (one.box[1], one.box[0])))


def once(labels: Sequence[tuple[Label, ...]]) -> list[tuple[Label, ...]]:
    """The labels of all sheets, where each name stays on the sheet on which it is surest and tallest."""
    best: dict[str, Label] = {}
    for label in sorted(
        (label for found in labels for label in found), key=lambda one: (round(one.confidence, 1), _height(one))
    ):
        best[label.text] = label
    return [tuple(label for label in found if best[label.text] is label) for found in labels]


def _labels(line: TextLine, by_name: dict[str, str], known: Known) -> Iterable[Label]:
    text = unicodedata.normalize("NFKC", line.text).strip()
    if (match := _ENGLISH.match(text)) and _REMARK.match(match["rest"]):
        yield _label(line, match["label"], by_name, _BRACKETED_WEIGHT if text.startswith("(") else _WORD_WEIGHT)
    elif match := _HAGUE.match(text):
        if (name := f"{match['first']}.{match['second'].translate(_DIGITS)}") in by_name:
            yield _label(line, name, by_name, _BARE_WEIGHT)
    elif known.korean and (match := _KOREAN.match(text)):
        if _plain(match["label"]) in by_name:
            yield _label(line, match["label"], by_name, _WORD_WEIGHT)
    elif known.korean and _plain(text) in by_name and _is_wide(line):
        yield _label(line, text, by_name, _BARE_WEIGHT)
    elif _ALONE.match(text) and len(by_name) == 1:
        yield Label(next(iter(by_name.values())), line.box, line.confidence * _BARE_WEIGHT, line.turn)


def _label(line: TextLine, read: str, by_name: dict[str, str], weight: float) -> Label:
    plain = _plain(read)
    name = by_name.get(plain)
    if name is None:
        name = by_name.get(re.sub(r"^[^A-Za-z]+", lambda digits: digits[0].translate(_DIGITS), plain))
    if name is None:
        fixed = re.sub(r"^[IlOoSBZ|\d]+", lambda digits: digits[0].translate(_DIGITS), read)
        return Label(fixed, line.box, line.confidence * weight * (_UNKNOWN_WEIGHT if by_name else 1), line.turn)
    return Label(name, line.box, line.confidence * weight, line.turn)


def _is_wide(line: TextLine) -> bool:
    """Whether a line has room for a syllable before its number, which the offline models may leave out."""
    across, down = line.box[2] - line.box[0], line.box[3] - line.box[1]
    high, wide = sorted((across, down))
    return wide > high * (_DIGIT_ASPECT * len(line.text) + _SYLLABLE_ASPECT)


def _plain(label: str) -> str:
    """A label without the differences that do not matter: case, brackets, kinds of primes."""
    return re.sub(r"[()\s]", "", label).translate(str.maketrans("’`′", "'''")).upper()


def _joined(lines: Sequence[TextLine]) -> Iterable[TextLine]:
    """`FIG.` and a number that OCR took for two lines, as one."""
    for line in lines:
        if not _ALONE.match(line.text):
            continue
        near = [other for other in lines if _BARE.match(other.text) and _follows(line, other)]
        for other in near:
            box = (
                min(line.box[0], other.box[0]),
                min(line.box[1], other.box[1]),
                max(line.box[2], other.box[2]),
                max(line.box[3], other.box[3]),
            )
            yield TextLine(
                f"{line.text} {other.text}", box, min(line.confidence, max(0.7, other.confidence)), line.turn
            )


def _follows(line: TextLine, other: TextLine) -> bool:
    """Whether another line stands right behind this one, as seen by who reads it."""
    _, ay0, ax1, ay1 = _as_read(line.box, line.turn)
    bx0, by0, bx1, by1 = _as_read(other.box, line.turn)
    high = ay1 - ay0
    level = min(ay1, by1) - max(ay0, by0) > high / 2
    return level and -high / 2 < bx0 - ax1 < high * _GAP and bx1 > ax1


def _as_read(box: Box, turn: int) -> Box:
    """The box in a frame in which a line of this turn runs from left to right."""
    x0, y0, x1, y1 = box
    return {0: (x0, y0, x1, y1), 90: (y0, -x1, y1, -x0), 180: (-x1, -y1, -x0, -y0), 270: (-y1, x0, -y0, x1)}[turn]


def _height(label: Label) -> int:
    return min(label.box[2] - label.box[0], label.box[3] - label.box[1])


def _apart(labels: Iterable[Label]) -> Iterable[Label]:
    """Labels whose boxes do not overlap: of those that do, the surest."""
    kept: list[Label] = []
    for label in labels:
        if not any(_touch(label.box, other.box) for other in kept):
            kept.append(label)
    return kept


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
