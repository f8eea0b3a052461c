"""Kinds of figures: drawing, flow chart, block diagram, graph, table, formula, photo or screen.

A caption that names the kind is believed, as far as the pixels do not exclude it; without one the pixels decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from patent2tech.figures.ink import NEIGHBOURS, ink_of, solid_ink
from patent2tech.figures.model import FigureKind, NodeShape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from patent2tech.figures.model import Box
    from patent2tech.figures.ocr import TextLine
    from patent2tech.figures.outlines import Outline

    Ink = NDArray[np.bool_]

_WORDS: Final[Mapping[FigureKind, str]] = {
    FigureKind.FLOW_CHART: (
        r"\bflow[\s-]?(?:chart|diagram|sheet)|\bflow of (?:a|the) (?:method|process)|흐름도|순서도|플로우|流程|フロー"
    ),
    FigureKind.BLOCK_DIAGRAM: (
        r"\bblock[\s-]diagram|\bfunctional diagram|\bsystem (?:diagram|architecture)|\barchitecture diagram"
        r"|블록도|블럭도|구성 ?블[록럭]|框图|ブロック図"
    ),
    FigureKind.TABLE: (
        r"\b(?:is|shows?|depicts?|illustrates?) (?:a|the) tables?\b|\btable (?:of|show|list|illustrat)"
        r"|를 나타낸 표|표이다"
    ),
    FigureKind.FORMULA: (
        r"\b(?:chemical|structural) (?:formula|structure)|\breaction scheme|\bsequence listing|화학식|구조식"
    ),
    FigureKind.PHOTO: (
        r"\bphoto(?:graph|micrograph)?s?\b|\bmicrographs?\b|\b(?:SEM|TEM|microscop\w+) images?\b|사진|현미경"
    ),
    FigureKind.SCREEN: (
        r"\bscreen[\s-]?(?:shot|capture|display|image)s?\b|\b(?:graphical )?user interface\b|\bdisplay screen\b|화면"
    ),
    FigureKind.GRAPH: (
        r"\bgraphs?\b|\bplots?\b(?! of land)|\bhistograms?\b|\bspectr(?:um|a|ogram)\b|\bchart (?:show|illustrat|of)"
        r"|\bwaveforms?\b|\btiming (?:chart|diagram)|\bXRD\b|그래프|파형도|타이밍도|스펙트럼"
    ),
}
_NAMES: Final = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _WORDS.items()}
_ALSO_THINGS: Final = {FigureKind.GRAPH, FigureKind.TABLE}
"""Words for these name things as well: `a front view of the table of FIG. 1`."""
_DRAWN: Final = re.compile(
    r"(?i)\b(?:perspective|elevation(?:al)?|plan|side|front|rear|back|right|left|top|bottom|end|section(?:al)?"
    r"|exploded|isometric|cut-?away) view|(?:사시|평면|정면|배면|측면|저면|단면|분해)도"
)

# Shares measured on the 24 real utility sheets and the generated packages: photographs that were screened have much
# ink everywhere, drawings 1 to 15 % of their box.
_GREY_SHARE: Final = 0.25
_DARK, _PALE = 48, 208
_SCREENED_SHARE: Final = 0.3
_SCREENED_TILES: Final = 0.6
_TILE: Final = 48
_LEAST_CELLS: Final = 6
_LONG_LINE: Final = 0.35
_OUTLINED_INK: Final = 0.5
_LEAST_TICKS: Final = 5
_ALIGNED: Final = 12
_NUMBER: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:[eE]\d+)?")
_STEP: Final = re.compile(
    r"S?\d{2,4}\b|[A-Z][a-z]+(?:e|ct|t|n|y|p|w|ing)\s+(?:the|a|an|[a-z])|시작|종료|(?i:start|end)\b|.*단계"
)


def tell_kind(
    pixels: NDArray[np.uint8], box: Box, caption: str | None, outlines: Sequence[Outline], lines: Sequence[TextLine]
) -> FigureKind:
    """The kind of the figure in a box of an upright sheet."""
    if _is_photo(pixels, box):
        return FigureKind.SCREEN if _named(caption) is FigureKind.SCREEN else FigureKind.PHOTO
    named = _named(caption)
    if named in {FigureKind.PHOTO, None} or (named in _ALSO_THINGS and _DRAWN.search(caption or "")):
        named = None
    if named is not None:
        return named
    if caption and _DRAWN.search(caption):
        return FigureKind.DRAWING
    return _seen(pixels, box, outlines, lines)


def _named(caption: str | None) -> FigureKind | None:
    """The kind whose word stands first in a caption."""
    found = [(match.start(), kind) for kind, words in _NAMES.items() if caption and (match := words.search(caption))]
    return min(found)[1] if found else None


def _is_photo(pixels: NDArray[np.uint8], box: Box) -> bool:
    """Whether a figure has grey values, or is screened black and white, over most of its area."""
    part = pixels[box[1] : box[3], box[0] : box[2]]
    if not part.size:
        return False
    if float(((part > _DARK) & (part < _PALE)).mean()) > _GREY_SHARE:
        return True
    tiles = (max(1, part.shape[1] // _TILE), max(1, part.shape[0] // _TILE))
    shares = cv2.resize(ink_of(part).astype(np.float32), tiles, interpolation=cv2.INTER_AREA)
    return bool((shares > _SCREENED_SHARE).mean() > _SCREENED_TILES)


def _seen(pixels: NDArray[np.uint8], box: Box, outlines: Sequence[Outline], lines: Sequence[TextLine]) -> FigureKind:
    """The kind by what is drawn."""
    own = [line for line in lines if _in(line.box, box)]
    texts = {id(one): [line for line in own if one.holds(*_middle(line.box))] for one in outlines}
    filled = [one for one in outlines if any(_wordy(line.text) for line in texts[id(one)])]
    straight, long_across, long_down = _straight(pixels, box)
    if _is_grid(outlines, texts):
        return FigureKind.TABLE
    if len(filled) > 1 and _covered(pixels, box, filled, own) > _OUTLINED_INK:
        decides = any(one.shape is NodeShape.DIAMOND for one in filled)
        return FigureKind.FLOW_CHART if decides or _steps(filled, texts) else FigureKind.BLOCK_DIAGRAM
    if long_across and long_down and _has_ticks(own) and straight > 0:
        return FigureKind.GRAPH
    return FigureKind.DRAWING


def _wordy(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) > 2  # noqa: PLR2004 - more than a reference sign


def _is_grid(outlines: Sequence[Outline], texts: dict[int, list[TextLine]]) -> bool:
    """Whether boxes that touch each other in rows and columns hold most of the text."""
    cells = [one for one in outlines if one.shape is NodeShape.BOX and texts[id(one)]]
    if len(cells) < _LEAST_CELLS:
        return False
    neighbours = sum(
        any(abs(other.box[0] - one.box[2]) < _ALIGNED and abs(other.box[1] - one.box[1]) < _ALIGNED for other in cells)
        for one in cells
    )
    return neighbours >= len(cells) / 2


def _straight(pixels: NDArray[np.uint8], box: Box) -> tuple[int, int, int]:
    """How many long straight lines there are, and of these how many lie across and how many stand upright."""
    ink = solid_ink(pixels[box[1] : box[3], box[0] : box[2]]).astype(np.uint8)
    across = _runs(ink, (max(8, round(ink.shape[1] * _LONG_LINE)), 1))
    down = _runs(ink, (1, max(8, round(ink.shape[0] * _LONG_LINE))))
    return across + down, across, down


def _runs(ink: NDArray[np.uint8], size: tuple[int, int]) -> int:
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
    return int(cv2.connectedComponents(opened, connectivity=8)[0]) - 1


def _covered(pixels: NDArray[np.uint8], box: Box, outlines: Sequence[Outline], lines: Sequence[TextLine]) -> float:
    """The part of the ink that is nodes, their text, or straight lines between them."""
    ink = solid_ink(pixels[box[1] : box[3], box[0] : box[2]]).astype(np.uint8)
    explained = np.zeros_like(ink)
    for one in outlines:
        cv2.drawContours(explained, [one.contour - np.array(box[:2])], -1, 1, cv2.FILLED)
        cv2.drawContours(explained, [one.contour - np.array(box[:2])], -1, 1, 14)
    for line in lines:
        x0, y0, x1, y1 = line.box
        explained[max(0, y0 - box[1]) : y1 - box[1], max(0, x0 - box[0]) : x1 - box[0]] = 1
    for size in ((25, 1), (1, 25)):
        runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        explained[cv2.dilate(runs, NEIGHBOURS) > 0] = 1
    nodes = sum(cv2.contourArea(one.contour) for one in outlines) / max(1, ink.size)
    share = float((ink & explained).sum()) / max(1, int(ink.sum()))
    return share if nodes > 0.06 else share / 2  # noqa: PLR2004 - labelled boxes beside a drawing are no chart


def _steps(outlines: Sequence[Outline], texts: dict[int, list[TextLine]]) -> bool:
    """Whether the nodes begin with a capital verb form or a step number, as the steps of a method do."""
    said = [" ".join(line.text for line in texts[id(one)]).lstrip(" |") for one in outlines]
    return sum(bool(_STEP.match(each)) for each in said) > len(said) / 2


def _has_ticks(lines: Sequence[TextLine]) -> bool:
    """Whether numbers stand in a row below or in a column at the side, as on an axis."""
    numbers = [line.box for line in lines if _NUMBER.fullmatch(line.text.replace(" ", ""))]
    rows = [sum(abs(one[3] - other[3]) < _ALIGNED for other in numbers) for one in numbers]
    columns = [sum(abs(one[2] - other[2]) < _ALIGNED for other in numbers) for one in numbers]
    both = max(rows, default=0) + max(columns, default=0)
    return both >= 2 * _LEAST_TICKS or max([*rows, *columns, 0]) > _LEAST_TICKS


def _in(box: Box, frame: Box) -> bool:
    x, y = _middle(box)
    return frame[0] <= x < frame[2] and frame[1] <= y < frame[3]


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
