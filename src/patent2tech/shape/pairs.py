"""Mirrored pairs: front and rear, right and left, top and bottom show one outline, mirrored; each checks the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from patent2tech.figures.model import Side
from patent2tech.shape.frames import PAIRS, mirrored
from patent2tech.shape.images import Mask, disc, opened
from patent2tech.shape.outlines import Outline, with_silhouette

_SAME: Final = 0.93
"""Overlap from which two silhouettes show the same thing; below it, the larger one is believed."""
_CLEARLY_SAME: Final = 0.97
_NOISE_PIXELS: Final = 2.5
"""Pairs that differ by less than this along their contour are left alone, since fusing would only shave them."""


@dataclass(frozen=True, slots=True)
class PairCheck:
    """How well the two views of a pair agree, and which of them was left out."""

    first: Side
    second: Side
    overlap: float
    dropped: Side | None = None


def agree_pairs(outlines: Mapping[Side, Outline]) -> tuple[dict[Side, Outline], tuple[PairCheck, ...]]:
    """Take from both silhouettes of each pair what the other denies."""
    agreed = dict(outlines)
    checks = []
    for first, second in PAIRS:
        if first not in agreed or second not in agreed:
            continue
        one, other = agreed[first], agreed[second]
        cut, back = _cut(one), _cut(other)
        turned = _registered(cut, mirrored(back, first))
        overlap = _overlap(cut, turned)
        if overlap < _SAME:
            dropped = second if _cleaner(one, other) else first
            del agreed[dropped]
            checks.append(PairCheck(first, second, overlap, dropped))
            continue
        checks.append(PairCheck(first, second, overlap))
        if _differ(cut, turned):
            agreed[first] = _narrowed(one, turned)
            there = _registered(back, mirrored(cut, first))
            agreed[second] = _narrowed(other, there)
    return agreed, tuple(checks)


def _cut(outline: Outline) -> Mask:
    return outline.inside[outline.pixels]


def _cleaner(one: Outline, other: Outline) -> bool:
    """Whether the first of two that disagree is to be believed: the one with more inside, since cleaning can lose."""
    return bool(one.inside.sum() / one.scale**2 >= other.inside.sum() / other.scale**2)


def _registered(still: Mask, moving: Mask) -> Mask:
    """The moving mask at the size and place of the still one: by their boxes, or by area and phase where those fail."""
    rows, columns = still.shape
    stretched = cv2.resize(moving.astype(np.uint8), (columns, rows), interpolation=cv2.INTER_AREA) > 0
    if _overlap(still, stretched) > _CLEARLY_SAME:
        return stretched
    ratios = {rows / moving.shape[0], columns / moving.shape[1], float(np.sqrt(still.sum() / max(1, moving.sum())))}
    placed = [_placed(still, moving, ratio) for ratio in sorted(ratios)]
    return max([stretched, *placed], key=lambda mask: _overlap(still, mask))


def _placed(still: Mask, moving: Mask, ratio: float) -> Mask:
    size = max(1, round(moving.shape[1] * ratio)), max(1, round(moving.shape[0] * ratio))
    scaled = cv2.resize(moving.astype(np.uint8), size, interpolation=cv2.INTER_AREA) > 0
    rows, columns = max(still.shape[0], scaled.shape[0]) + 20, max(still.shape[1], scaled.shape[1]) + 20
    first, second = np.zeros((rows, columns), np.float32), np.zeros((rows, columns), np.float32)
    first[: still.shape[0], : still.shape[1]] = still
    second[: scaled.shape[0], : scaled.shape[1]] = scaled
    (right, down), _ = cv2.phaseCorrelate(second, first)
    moved = np.roll(second, (round(down), round(right)), (0, 1)) > 0
    return moved[: still.shape[0], : still.shape[1]]


def _overlap(one: Mask, other: Mask) -> float:
    return float((one & other).sum() / max(1, (one | other).sum()))


def _differ(one: Mask, other: Mask) -> bool:
    """Whether they differ by more than the noise of registration somewhere."""
    return bool(opened(np.pad(one ^ other, 4), round(_NOISE_PIXELS)).any())


def _narrowed(outline: Outline, by: Mask) -> Outline:
    """The outline without what the registered partner does not have."""
    allowed = cv2.dilate(np.pad(by, 3).astype(np.uint8), disc(2))[3:-3, 3:-3] > 0
    inside = np.zeros_like(outline.inside)
    inside[outline.pixels] = outline.inside[outline.pixels] & allowed
    inside = opened(inside, 2)
    return with_silhouette(outline, inside) if inside.any() else outline
