"""Linework: the strokes of a drawing as a graph, so that loose strokes can be told from the lines of the thing.

Lines of a solid close around faces. What hangs loose (lead lines, shading strokes, dashes, the ends of broken lines)
encloses nothing and is taken off; a lead line that runs across the contour is followed straight through it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from patent2tech.shape.images import Mask, filled, grown, inside_distance, numbered, thinned

_NEIGHBOURS: Final = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], np.uint8)
_STEPS: Final = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))
_THICK_STROKES: Final = 1.6
"""A loose stroke thicker than this many line widths is a thin piece of the thing and stays."""
_PEN: Final = 90
_STRAIGHT: Final = 0.93
"""Cosine up to which a stroke goes straight through a crossing."""
_CROSSED: Final = 0.8
_LOOK_BACK: Final = 14
_SPUR: Final = 2
"""Line widths around a crossing that belong to no stroke."""
_LEAD: Final = 4
"""A lead line is at least this many line widths long."""
_INTACT: Final = 0.97
"""Following a lead line never takes more than 3 % of the enclosed area: then it was no lead line."""


@dataclass(slots=True)
class Stroke:
    """A line between two nodes; a node below zero is a free end."""

    label: int
    start: int
    end: int
    pixels: NDArray[np.intp]
    thickness: float

    def other(self, node: int) -> int:
        """The node at the far end."""
        return self.end if node == self.start else self.start


@dataclass(slots=True)
class Linework:
    """All strokes of a drawing, the crossings where they meet, and which strokes are loose."""

    ink: Mask
    skeleton: Mask
    width: float
    pen: float
    """Width of the thickest lines: hatching and dashes are drawn finer than the contour."""
    strokes: dict[int, Stroke]
    at: dict[int, set[int]]
    centres: dict[int, NDArray[np.float64]]
    crossings: NDArray[np.int32]
    loose: set[int] = field(default_factory=set)

    def kept_ink(self) -> Mask:
        """The ink without the loose strokes."""
        if not self.loose:
            return self.ink
        gone = np.zeros(self.ink.shape, bool)
        for label in self.loose:
            rows, columns = self.strokes[label].pixels.T
            gone[rows, columns] = True
        kept = self._without_spurs(self.skeleton & ~gone, gone)
        gone = self.skeleton & ~kept
        near = _nearest(self.skeleton, self.ink.shape)
        belongs = kept.ravel()[near] if near is not None else np.ones(self.ink.shape, bool)
        return self.ink & (belongs | (grown(kept, max(1, round(self.width * 0.7)))))

    def _without_spurs(self, kept: Mask, gone: Mask) -> Mask:
        """The kept middle lines without what is left of loose strokes within the crossings where they ended."""
        near = grown(gone, round(_SPUR * self.width)) & (self.crossings > 0)
        left = kept.astype(np.uint8)
        for _ in range(round(_SPUR * self.width)):
            count = cv2.filter2D(left, -1, _NEIGHBOURS, borderType=cv2.BORDER_CONSTANT)
            ends = (left > 0) & (count <= 1) & near
            if not ends.any():
                break
            left[ends] = 0
        return np.asarray(left > 0, bool)


def stroke_width(ink: Mask) -> float:
    """The width of the lines in pixels: the area of the ink over its length."""
    skeleton = thinned(ink)
    count = float(skeleton.sum())
    if not count:
        return 1.0
    depth = inside_distance(ink)[skeleton]
    thin = depth <= np.percentile(depth, 75)
    return float(max(1.0, 2 * depth[thin].mean() - 1))


def trace(ink: Mask, width: float) -> Linework:
    """Take a drawing apart into strokes."""
    skeleton = thinned(ink)
    count = cv2.filter2D(skeleton.astype(np.uint8), -1, _NEIGHBOURS, borderType=cv2.BORDER_CONSTANT) * skeleton
    clusters = grown(count > 2, max(1, round(width))) & skeleton  # noqa: PLR2004 - a line has two neighbours
    crossings, labels = numbered(clusters), numbered(skeleton & ~clusters)
    touching = _touching(labels, crossings)
    depth = inside_distance(ink)
    points = np.argwhere(labels > 0)
    order = np.argsort(labels[points[:, 0], points[:, 1]], kind="stable")
    points = points[order]
    names = labels[points[:, 0], points[:, 1]]
    starts = np.flatnonzero(np.r_[True, names[1:] != names[:-1]]) if len(names) else np.array([], int)
    strokes: dict[int, Stroke] = {}
    at: dict[int, set[int]] = defaultdict(set)
    free = -1
    for first, last in zip(starts, np.r_[starts[1:], len(names)], strict=True):
        label, pixels = int(names[first]), points[first:last]
        nodes = touching.get(label, [])
        ends = int((count[pixels[:, 0], pixels[:, 1]] <= 1).sum())
        if not nodes and not ends:
            continue  # a ring of its own
        nodes = [*nodes, *(free - i for i in range(2 - len(nodes)))] if ends else (nodes * 2)[:2]
        free -= 2
        strokes[label] = Stroke(
            label, nodes[0], nodes[1], pixels, float(depth[pixels[:, 0], pixels[:, 1]].mean()) * 2 - 1
        )
        for node in nodes[:2]:
            at[node].add(label)
    centres = _centres(crossings)
    pen = max(width, 2 * float(np.percentile(depth[skeleton], _PEN)) - 1) if skeleton.any() else width
    return Linework(ink, skeleton, width, pen, strokes, dict(at), centres, crossings)


def mark_loose(lines: Linework, *, follow: bool) -> None:
    """Find the strokes that hang loose, one after the other; `follow` goes through crossings, as lead lines do."""
    degree = {node: len(labels) for node, labels in lines.at.items()}
    heads = [label for label, stroke in lines.strokes.items() if _hangs(stroke, degree)]
    first = [(label, _inner(lines.strokes[label])) for label in heads]
    while heads:
        label = heads.pop()
        stroke = lines.strokes[label]
        if label in lines.loose or stroke.thickness > _THICK_STROKES * lines.pen:
            continue
        lines.loose.add(label)
        for node in {stroke.start, stroke.end}:
            degree[node] -= 1
            if node > 0 and degree[node] == 1:
                heads += [
                    other for other in lines.at[node] if other not in lines.loose and not _is_loop(lines.strokes[other])
                ]
    if not follow:
        return
    area = _enclosed(lines)
    for label, node in first:
        if node > 0 and label in lines.loose and len(lines.strokes[label].pixels) > _LEAD * lines.width:
            before = set(lines.loose)
            _follow(lines, label, node)
            if lines.loose != before:
                left = _enclosed(lines)
                if left < _INTACT * area:
                    lines.loose = before
                else:
                    area = left


def _enclosed(lines: Linework) -> int:
    """Pixels that the kept strokes enclose."""
    kept = lines.skeleton.copy()
    for label in lines.loose:
        rows, columns = lines.strokes[label].pixels.T
        kept[rows, columns] = False
    return int(filled(grown(kept, 1)).sum())


def _hangs(stroke: Stroke, degree: dict[int, int]) -> bool:
    return any(node < 0 for node in (stroke.start, stroke.end)) or any(
        degree[node] == 1 and not _is_loop(stroke) for node in (stroke.start, stroke.end)
    )


def _is_loop(stroke: Stroke) -> bool:
    return stroke.start == stroke.end


def _inner(stroke: Stroke) -> int:
    return max(stroke.start, stroke.end)


def _follow(lines: Linework, label: int, node: int) -> None:
    """Take off the straight continuation of a loose stroke behind each crossing of at least four strokes."""
    while node > 0 and len(lines.at[node]) >= 4:  # noqa: PLR2004 - two lines cross
        heading = _direction(lines, lines.strokes[label], node)
        best = max(
            (other for other in lines.at[node] if other != label and not _is_loop(lines.strokes[other])),
            key=lambda other: float(heading @ -_direction(lines, lines.strokes[other], node)),
            default=None,
        )
        if best is None or heading @ -_direction(lines, lines.strokes[best], node) < _STRAIGHT:
            return
        if lines.strokes[best].thickness > _THICK_STROKES * max(1.0, lines.strokes[label].thickness):
            return  # another pen
        if not _crossed(lines, node, {label, best}):
            return
        lines.loose.add(best)
        label, node = best, lines.strokes[best].other(node)


def _crossed(lines: Linework, node: int, through: set[int]) -> bool:
    """Whether another line, too, goes straight through a crossing."""
    others = [
        _direction(lines, lines.strokes[label], node)
        for label in lines.at[node] - through
        if len(lines.strokes[label].pixels) > lines.width
    ]
    return any(float(one @ other) < -_CROSSED for i, one in enumerate(others) for other in others[:i])


def _direction(lines: Linework, stroke: Stroke, node: int) -> NDArray[np.float64]:
    """Unit vector along the stroke into the node."""
    centre = lines.centres[node]
    away = stroke.pixels - centre
    far = np.hypot(away[:, 0], away[:, 1])
    near = away[far <= max(_LOOK_BACK, float(far.min()) + 2)]
    mean = -near.mean(0)
    heading: NDArray[np.float64] = mean / (float(np.hypot(*mean)) or 1.0)
    return heading


def _touching(labels: NDArray[np.int32], crossings: NDArray[np.int32]) -> dict[int, list[int]]:
    """The crossings at the ends of each stroke."""
    found: set[tuple[int, int]] = set()
    rows, columns = np.nonzero(crossings)
    wide = np.pad(labels, 1)
    here = crossings[rows, columns]
    for down, right in _STEPS:
        there = wide[rows + 1 + down, columns + 1 + right]
        hit = there > 0
        found.update(zip(there[hit].tolist(), here[hit].tolist(), strict=True))
    nodes: dict[int, list[int]] = defaultdict(list)
    for label, node in sorted(found):
        nodes[label].append(node)
    return nodes


def _centres(crossings: NDArray[np.int32]) -> dict[int, NDArray[np.float64]]:
    rows, columns = np.nonzero(crossings)
    names = crossings[rows, columns]
    count = np.maximum(np.bincount(names), 1)
    means = np.stack([np.bincount(names, rows), np.bincount(names, columns)], 1) / count[:, None]
    return dict(enumerate(means))


def _nearest(seeds: Mask, shape: tuple[int, ...]) -> NDArray[np.intp] | None:
    """For each pixel the flat index of the nearest seed."""
    where = np.flatnonzero(seeds)
    if not len(where):
        return None
    _, index = cv2.distanceTransformWithLabels(
        (~seeds).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    lookup = np.zeros(int(index.max()) + 1, np.intp)
    lookup[index.ravel()[where]] = where
    nearest: NDArray[np.intp] = lookup[index].reshape(shape)
    return nearest
