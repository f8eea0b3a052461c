"""A sheet taken apart into figures: ink that belongs together, gathered around the labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from patent2tech.figures.model import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from patent2tech.figures.labels import Label

_DARK: Final = 128
_SHRINK: Final = 4
# Ink that is nearer than this belongs together: dashes, numerals at the end of their lead lines.
_NEAR_PX: Final = 28
_LABEL_RIM_PX: Final = 6
_SMALL_SHARE: Final = 0.04
_WRONG_SIDE: Final = 2.5
_SIDEWAYS: Final = 1.0
_PLACES: Final = {"below": 1.0, "above": 1.35, "right": 1.5, "left": 1.5}
# Dirt is smaller than this, and never stands in rows as the dots of a dotted line do.
_SPECK_PX: Final = 16
_DOTS: Final = 12


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """One figure's place on a sheet: its box without label, the label, a mask over the whole sheet (quarter size)."""

    box: Box
    label: Label | None
    mask: NDArray[np.bool_]
    confidence: float


def split(pixels: NDArray[np.uint8], labels: Sequence[Label], without: Sequence[Box] = ()) -> tuple[Cut, ...]:
    """The figures of an upright sheet, not looking at some boxes; where there is no label, all ink is one figure."""
    ink = _ink(pixels, [*(label.box for label in labels), *without])
    clusters = _clusters(ink)
    if not clusters:
        return ()
    if len(labels) <= 1:
        label = labels[0] if labels else None
        return (_cut(pixels.shape, ink, clusters, label, 1.0),)
    groups = _gather(clusters, labels)
    return tuple(
        _cut(pixels.shape, ink, group, label, sure)
        for label, (group, sure) in zip(labels, groups, strict=True)
        if group
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Cluster:
    """Ink that belongs together, in quarter size; `box` is in pixels of the sheet."""

    box: Box
    mask: NDArray[np.bool_]
    """Over its own box in quarter size."""

    corner: tuple[int, int]


def _ink(pixels: NDArray[np.uint8], without: Sequence[Box]) -> NDArray[np.uint8]:
    """Where there is ink outside of these boxes, in quarter size."""
    import numpy as np

    dark = (pixels < _DARK).astype(np.uint8)
    for x0, y0, x1, y1 in without:
        rim = _LABEL_RIM_PX
        dark[max(0, y0 - rim) : y1 + rim, max(0, x0 - rim) : x1 + rim] = 0
    high, wide = dark.shape
    padded = np.pad(dark, ((0, -high % _SHRINK), (0, -wide % _SHRINK)))
    blocks = padded.reshape(padded.shape[0] // _SHRINK, _SHRINK, padded.shape[1] // _SHRINK, _SHRINK)
    return np.ascontiguousarray(blocks.max(axis=(1, 3)))


def _clusters(ink: NDArray[np.uint8]) -> list[_Cluster]:
    import cv2
    import numpy as np

    reach = max(1, round(_NEAR_PX / _SHRINK / 2))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    count, marks, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(ink, kernel), connectivity=8)
    dirty = _dirty(ink, marks, count)
    found = []
    for index in range(1, count):
        if dirty[index]:
            continue
        x, y, w, h = (int(value) for value in stats[index, :4])
        part = (marks[y : y + h, x : x + w] == index) & (ink[y : y + h, x : x + w] > 0)
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        box = tuple(
            int(value) * _SHRINK for value in (x + columns[0], y + rows[0], x + columns[-1] + 1, y + rows[-1] + 1)
        )
        found.append(_Cluster((box[0], box[1], box[2], box[3]), part, (x, y)))
    return found


def _dirty(ink: NDArray[np.uint8], marks: NDArray[Any], count: int) -> NDArray[np.bool_]:
    """For every cluster whether it holds nothing but a few specks."""
    import cv2
    import numpy as np

    pieces, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    size = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) * _SHRINK
    x, y = stats[1:, cv2.CC_STAT_LEFT], stats[1:, cv2.CC_STAT_TOP]
    # The first row of a piece has ink somewhere; its cluster is that of any ink there.
    owner = np.array([marks[top, left : left + wide].max() for left, top, wide in zip(x, y, stats[1:, 2], strict=True)])
    largest = np.zeros(count, int)
    number = np.zeros(count, int)
    if pieces > 1:
        np.maximum.at(largest, owner, size[1:])
        np.add.at(number, owner, 1)
    return (largest < _SPECK_PX) & (number < _DOTS)


def _size(box: Box) -> int:
    return max(box[2] - box[0], box[3] - box[1])


def _gather(clusters: list[_Cluster], labels: Sequence[Label]) -> list[tuple[list[_Cluster], float]]:
    """For every label its clusters: a large one each by the best pairing, then what is nearest to these."""
    import numpy as np

    large = _large(clusters, len(labels))
    owner, sure = _paired(large, labels)
    groups: list[list[_Cluster]] = [[] for _ in labels]
    boxes = np.array([cluster.box for cluster in clusters])
    places = {id(cluster): place for place, cluster in enumerate(clusters)}
    gaps = np.full((len(labels), len(clusters)), np.inf)
    waiting = np.ones(len(clusters), bool)

    def give(place: int, index: int) -> None:
        groups[index].append(clusters[place])
        waiting[place] = False
        gaps[index] = np.minimum(gaps[index], _gaps(boxes[place], boxes))

    for cluster, index in owner:
        give(places[id(cluster)], index)
    while waiting.any():
        nearest, place = divmod(int(np.where(waiting, gaps, np.inf).argmin()), len(clusters))
        if not waiting[place]:  # every gap is infinite, so no label has a cluster
            break
        give(place, nearest)
    return [(group, sure) for group in groups]


def _large(clusters: list[_Cluster], at_least: int) -> list[_Cluster]:
    """The clusters that can be a figure by themselves."""
    by_size = sorted(clusters, key=lambda cluster: _size(cluster.box), reverse=True)
    largest = _size(by_size[0].box)
    return [
        cluster
        for rank, cluster in enumerate(by_size)
        if rank < at_least or _size(cluster.box) >= largest * _SMALL_SHARE * 4
    ]


def _paired(large: list[_Cluster], labels: Sequence[Label]) -> tuple[list[tuple[_Cluster, int]], float]:
    """One cluster for each label, all labels standing on the same side of their figures where that is cheapest."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    best: tuple[float, list[tuple[_Cluster, int]]] | None = None
    for place, weight in _PLACES.items():
        cost = np.array([[_distance(cluster.box, label.box, place) for cluster in large] for label in labels])
        rows, columns = linear_sum_assignment(cost)
        total = float(cost[rows, columns].sum()) * weight
        if best is None or total < best[0]:
            best = (total, [(large[column], int(row)) for row, column in zip(rows, columns, strict=True)])
    if best is None:
        return [], 0.0
    reach = sum(_size(cluster.box) for cluster, _ in best[1]) or 1
    return best[1], float(np.clip(1.1 - best[0] / reach / 4, 0.3, 1.0))


def _distance(figure: Box, label: Box, place: str) -> float:
    """How far a label is from where a label in this place of that figure would be."""
    fx, fy = (figure[0] + figure[2]) / 2, (figure[1] + figure[3]) / 2
    lx, ly = (label[0] + label[2]) / 2, (label[1] + label[3]) / 2
    along, across, half = {
        "below": (label[1] - figure[3], lx - fx, (figure[2] - figure[0]) / 2),
        "above": (figure[1] - label[3], lx - fx, (figure[2] - figure[0]) / 2),
        "right": (label[0] - figure[2], ly - fy, (figure[3] - figure[1]) / 2),
        "left": (figure[0] - label[2], ly - fy, (figure[3] - figure[1]) / 2),
    }[place]
    outside = max(0.0, abs(across) - half)
    # A label may stand in a free corner of its figure's box, so that the box reaches beyond the label.
    wrong = max(0.0, -along) * _WRONG_SIDE
    return max(0.0, along) + wrong + outside * _SIDEWAYS * 2 + abs(across) * 0.1


def _gaps(one: NDArray[Any], others: NDArray[Any]) -> NDArray[np.float64]:
    """How far other boxes are from one."""
    import numpy as np

    across = np.maximum(np.maximum(one[0] - others[:, 2], others[:, 0] - one[2]), 0)
    down = np.maximum(np.maximum(one[1] - others[:, 3], others[:, 1] - one[3]), 0)
    return np.asarray(np.hypot(across, down), np.float64)


def _cut(
    shape: tuple[int, ...], ink: NDArray[np.uint8], group: Sequence[_Cluster], label: Label | None, sure: float
) -> Cut:
    import numpy as np

    mask = np.zeros(ink.shape, bool)
    for cluster in group:
        x, y = cluster.corner
        high, wide = cluster.mask.shape
        mask[y : y + high, x : x + wide] |= cluster.mask
    box = (
        min(cluster.box[0] for cluster in group),
        min(cluster.box[1] for cluster in group),
        min(shape[1], max(cluster.box[2] for cluster in group)),
        min(shape[0], max(cluster.box[3] for cluster in group)),
    )
    return Cut(box, label, mask, sure)
