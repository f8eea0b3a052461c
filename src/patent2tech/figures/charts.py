"""Charts: the boxes of a flow chart or block diagram with their text, and the lines between them, as a graph."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from patent2tech.figures.frames import without_frames
from patent2tech.figures.ink import solid_ink
from patent2tech.figures.model import Chart, ChartEdge, ChartNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from patent2tech.figures.model import Box, Numeral
    from patent2tech.figures.ocr import TextLine
    from patent2tech.figures.outlines import Outline

    Ink = NDArray[np.bool_]

# Pixels at 300 dpi.
_BORDER: Final = 7
_REACH: Final = 9
_SHORTEST_LINE: Final = 14
_HEAD_LENGTH: Final = 26
_HEAD_WIDTH: Final = 2.1
_LABEL_REACH: Final = 90
_LONGEST_LABEL: Final = 24
_POINTS_AT: Final = 14
_FULLER: Final = 2.5
_SMEAR: Final = " |[]_-"
_SMEAR_OF_LABELS: Final = f"{_SMEAR}.,;:"
"""What a line beside letters is read as."""

_SHARED_STRETCH: Final = 30
_MOST_ON_A_BUS: Final = 8
_LARGEST_GROUP: Final = 0.35
_LONGEST_ANSWER: Final = 4
"""Letters of `Yes`, `No` and their like, which stand at lines and name no box."""


@dataclass(frozen=True, slots=True)
class _Contact:
    """Where a line between nodes touches one of them, and whether it has an arrowhead there."""

    node: int
    at: tuple[float, float]
    head: bool


def read_chart(
    pixels: NDArray[np.uint8],
    box: Box,
    outlines: Sequence[Outline],
    lines: Sequence[TextLine],
    numerals: Sequence[Numeral],
) -> Chart | None:
    """The graph of a chart, or `None` when fewer than two nodes hold text."""
    words = [line for line in lines if _is_word(line, numerals)]
    held = [(outline, text) for outline in outlines if (text := _lines_in(outline, words, outlines))]
    held = sorted(_without_frames(_without_loops(held), box), key=lambda each: (each[0].box[1] // 30, each[0].box[0]))
    if len(held) < 2:  # noqa: PLR2004 - one box is no graph
        return None
    nodes = [outline for outline, _ in held]
    inside = {line.box for _, text in held for line in text}
    loose = [line for line in words if line.box not in inside]
    edges = _edges(pixels, box, nodes, [*(line.box for line in loose), *(each.box for each in numerals)])
    return Chart(
        tuple(
            ChartNode(_joined(text), outline.box, outline.shape, _numeral_of(outline, numerals))
            for outline, text in held
        ),
        tuple(_labelled(edges, loose)),
    )


def _is_word(line: TextLine, numerals: Sequence[Numeral]) -> bool:
    """Whether a line of text is no numeral, and no stroke that was read as one sign."""
    if sum(letter.isalnum() for letter in line.text) == 0:
        return False
    x, y = _middle(line.box)
    return not any(
        each.box[0] <= x <= each.box[2] and each.box[1] <= y <= each.box[3] and len(line.text) <= len(each.text) + 2
        for each in numerals
    )


def _lines_in(outline: Outline, lines: Iterable[TextLine], outlines: Sequence[Outline]) -> list[TextLine]:
    """The lines of text that stand in an outline and in none within it."""
    inner = [
        other
        for other in outlines
        if other is not outline and outline.holds(*other.contour[0][0]) and _area(other.box) < _area(outline.box)
    ]
    own = []
    for line in lines:
        middle = _middle(line.box)
        if outline.holds(*middle) and not any(other.holds(*middle) for other in inner):
            own.append(line)
    return own


def _without_loops(held: Sequence[tuple[Outline, list[TextLine]]]) -> list[tuple[Outline, list[TextLine]]]:
    """Nodes only: a loop of lines between nodes is closed as well, but what is written in it fills little of it."""

    def fill(each: tuple[Outline, list[TextLine]]) -> float:
        return sum(_area(line.box) for line in each[1]) / max(1.0, cv2.contourArea(each[0].contour))

    kept: list[tuple[Outline, list[TextLine]]] = []
    for each in sorted(held, key=fill, reverse=True):
        if not any(fill(other) > _FULLER * fill(each) and _borders(each[0], other[0]) for other in kept):
            kept.append(each)
    return kept


def _without_frames(held: Sequence[tuple[Outline, list[TextLine]]], box: Box) -> list[tuple[Outline, list[TextLine]]]:
    """Nodes only: an outline around others is one when it has a name and is not most of the figure."""
    kept = []
    for one, lines in held:
        around = any(_contains(one, other) for other, _ in held)
        named = any(sum(letter.isalpha() for letter in line.text) > _LONGEST_ANSWER for line in lines)
        if not around or (named and _area(one.box) < _LARGEST_GROUP * _area(box)):
            kept.append((one, lines))
    return kept


def _contains(one: Outline, other: Outline) -> bool:
    return (
        one is not other
        and one.box[0] <= other.box[0]
        and one.box[1] <= other.box[1]
        and one.box[2] >= other.box[2]
        and one.box[3] >= other.box[3]
    )


def _borders(one: Outline, other: Outline) -> bool:
    """Whether two outlines share a stretch of line, neither lying in the other."""
    x0, y0, x1, y1 = other.box
    if one.box[0] > x1 + _BORDER or one.box[2] < x0 - _BORDER or one.box[1] > y1 + _BORDER or one.box[3] < y0 - _BORDER:
        return False
    corner = np.array([x0 - 2 * _BORDER, y0 - 2 * _BORDER])
    size = (y1 - y0 + 4 * _BORDER, x1 - x0 + 4 * _BORDER)
    first, second = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    cv2.drawContours(first, [one.contour - corner], -1, 1, 2 * _BORDER)
    cv2.drawContours(second, [other.contour - corner], -1, 1, 1)
    return int((first & second).sum()) > _SHARED_STRETCH


def _joined(lines: Sequence[TextLine]) -> str:
    """Lines of text from top to bottom, those of one height from left to right."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda each: (each.box[1] + each.box[3]) / 2):
        middle = (line.box[1] + line.box[3]) / 2
        if rows and rows[-1][-1].box[1] <= middle <= rows[-1][-1].box[3]:
            rows[-1].append(line)
        else:
            rows.append([line])
    return " ".join(line.text.strip(_SMEAR) for row in rows for line in sorted(row, key=lambda each: each.box[0]))


def _numeral_of(outline: Outline, numerals: Sequence[Numeral]) -> str | None:
    """The numeral whose lead line ends at an outline, or the one inside it."""
    tipped = [
        (abs(cv2.pointPolygonTest(outline.contour, each.tip, measureDist=True)), each.text)
        for each in numerals
        if each.tip
    ]
    nearest = min(tipped, default=(_POINTS_AT + 1.0, ""))
    if nearest[0] <= _POINTS_AT:
        return nearest[1]
    inside = [each for each in numerals if outline.holds(*_middle(each.box))]
    return inside[0].text if len(inside) == 1 else None


def _edges(
    pixels: NDArray[np.uint8],
    box: Box,
    nodes: Sequence[Outline],
    letters: Iterable[Box],
) -> list[tuple[ChartEdge, tuple[float, float]]]:
    """The lines between nodes, each with the place where it leaves its source."""
    left, top, right, bottom = box
    ink = solid_ink(pixels[top:bottom, left:right]).astype(np.uint8)
    ink = without_frames(
        ink, [(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in (node.box for node in nodes)]
    )
    owners = np.zeros(ink.shape, np.int32)
    for number, node in sorted(enumerate(nodes, 1), key=lambda each: -_area(each[1].box)):
        shifted = node.contour - np.array([left, top])
        if not any(_contains(node, other) for other in nodes):
            cv2.drawContours(owners, [shifted], -1, number, cv2.FILLED)
        cv2.drawContours(owners, [shifted], -1, number, 2 * _BORDER)
    lines = np.where(owners > 0, 0, ink).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    letter = _within(stats.astype(np.int32), [(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in letters])
    thickness = cv2.distanceTransform(lines, cv2.DIST_L2, 5).astype(np.float32)
    near = cv2.dilate(owners.astype(np.float32), np.ones((2 * _REACH + 1, 2 * _REACH + 1))).astype(np.int32)
    found: list[tuple[ChartEdge, tuple[float, float]]] = []
    for label in range(1, count):
        x, y, wide, high, _ = stats[label].tolist()
        if letter[label] or max(wide, high) < _SHORTEST_LINE:
            continue
        part = labels[y : y + high, x : x + wide] == label
        contacts = _contacts(part, near[y : y + high, x : x + wide], thickness[y : y + high, x : x + wide])
        contacts = [replace(each, at=(each.at[0] + x + left, each.at[1] + y + top)) for each in contacts]
        found += _between(contacts)
    return found


def _within(stats: NDArray[np.int32], boxes: Iterable[Box]) -> Ink:
    """Which components lie wholly in one of the boxes: letters, where a line that only runs past does not."""
    found = np.zeros(len(stats), bool)
    left, top = stats[:, 0], stats[:, 1]
    right, bottom = left + stats[:, 2], top + stats[:, 3]
    for x0, y0, x1, y1 in boxes:
        found |= (left >= x0 - 2) & (top >= y0 - 2) & (right <= x1 + 2) & (bottom <= y1 + 2)
    return found


def _contacts(part: Ink, near: NDArray[np.int32], thickness: NDArray[np.float32]) -> list[_Contact]:
    """Where a line touches nodes."""
    usual = float(np.median(thickness[part]))
    contacts = []
    for node in np.unique(near[part & (near > 0)]):
        touching = part & (near == node)
        count, labels = cv2.connectedComponents(touching.astype(np.uint8), connectivity=8)
        for label in range(1, count):
            ys, xs = np.nonzero(labels == label)
            x, y = float(xs.mean()), float(ys.mean())
            yy, xx = np.ogrid[: part.shape[0], : part.shape[1]]
            about = part & (np.hypot(xx - x, yy - y) <= _HEAD_LENGTH)
            head = float(thickness[about].max()) > max(_HEAD_WIDTH * usual, usual + 2)
            contacts.append(_Contact(int(node) - 1, (x, y), head))
    return contacts


def _between(contacts: Sequence[_Contact]) -> list[tuple[ChartEdge, tuple[float, float]]]:
    """Edges from the ends without arrowheads to those with one."""
    heads = [each for each in contacts if each.head]
    tails = [each for each in contacts if not each.head]
    if not heads:
        # A bus joins all that hang on it.
        joined = {each.node: each for each in tails}
        pairs = combinations(joined.values(), 2) if len(joined) <= _MOST_ON_A_BUS else ()
        return [(ChartEdge(one.node, other.node, directed=False), one.at) for one, other in pairs]
    if not tails and len(heads) > 1:
        return [(ChartEdge(one.node, other.node), one.at) for one in heads for other in heads if one.node != other.node]
    return [(ChartEdge(tail.node, head.node), tail.at) for tail in tails for head in heads if tail.node != head.node]


def _labelled(edges: Sequence[tuple[ChartEdge, tuple[float, float]]], loose: Sequence[TextLine]) -> Iterable[ChartEdge]:
    """The edges, each once, with the text nearest to where they leave their source."""
    short = [line for line in loose if len(line.text) <= _LONGEST_LABEL]
    label_of: dict[int, str] = {}
    for line in short:
        nearest = min(
            ((_gap(at, line.box), index) for index, (_, at) in enumerate(edges)), default=(_LABEL_REACH + 1.0, -1)
        )
        if nearest[0] <= _LABEL_REACH:
            label_of.setdefault(nearest[1], line.text.strip(_SMEAR_OF_LABELS))
    seen = set()
    for index, (edge, _) in enumerate(edges):
        if (edge.source, edge.target) not in seen:
            seen.add((edge.source, edge.target))
            yield replace(edge, label=label_of.get(index))


def _gap(at: tuple[float, float], box: Box) -> float:
    return float(np.hypot(max(box[0] - at[0], 0, at[0] - box[2]), max(box[1] - at[1], 0, at[1] - box[3])))


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
