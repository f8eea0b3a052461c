"""Small steps on pictures that several stages need: boxes, filling, signed distances."""

from __future__ import annotations

from typing import Final, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.morphology import skeletonize

Mask = NDArray[np.bool_]
Grey = NDArray[np.float32]
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in parts of pixels."""

_ROUGH: Final = 1.5
"""Pixels by which a straight side wavers."""
_STUB: Final = 6.0
"""Pixels at working size by which an arrow's tip stands out at most."""
_NARROW: Final = 5
"""Times that a straight side is longer than such tips together."""
_LONGER: Final = 1.5
"""Times that it is longer than another line which runs close beside a part of it."""
_OUTERMOST: Final = 0.25
"""Share of a side that may stand out; a round thing is hardly narrower for it, a pointed one by a third of a pixel."""


def disc(radius: int) -> NDArray[np.uint8]:
    """A round brush."""
    size = 2 * radius + 1
    return cast("NDArray[np.uint8]", cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))


def grown(mask: Mask, radius: int) -> Mask:
    """The mask, wider by a radius."""
    return cv2.dilate(mask.astype(np.uint8), disc(radius)) > 0 if radius > 0 else mask


def shrunk(mask: Mask, radius: int) -> Mask:
    """The mask, narrower by a radius."""
    return cv2.erode(mask.astype(np.uint8), disc(radius)) > 0


def closed(mask: Mask, radius: int) -> Mask:
    """The mask with gaps narrower than twice the radius closed."""
    if not radius:
        return mask
    wide = cv2.copyMakeBorder(mask.astype(np.uint8), *(radius,) * 4, cv2.BORDER_CONSTANT, value=0)
    done = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, disc(radius))
    whole: Mask = np.asarray(done[radius:-radius, radius:-radius] > 0, bool)
    return whole


def opened(mask: Mask, radius: int) -> Mask:
    """The mask without what is thinner than twice the radius."""
    return cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, disc(radius)) > 0 if radius else mask


def filled(ink: Mask) -> Mask:
    """Ink and all that it encloses."""
    canvas = cv2.copyMakeBorder(ink.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    cv2.floodFill(canvas, None, (0, 0), 2)
    outside: Mask = np.asarray(canvas[1:-1, 1:-1] == 2, bool)  # noqa: PLR2004 - the value just painted
    return ~outside


def inside_distance(mask: Mask) -> Grey:
    """Distance of each pixel of the mask to the nearest outside it."""
    wide = cv2.copyMakeBorder(mask.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return cast("Grey", cv2.distanceTransform(wide, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)[1:-1, 1:-1])


def signed_distance(mask: Mask) -> Grey:
    """Distance to the border of the mask in pixels, positive inside."""
    outside = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.where(mask, inside_distance(mask) - 0.5, 0.5 - outside).astype(np.float32)


def numbered(mask: Mask) -> NDArray[np.int32]:
    """Each connected piece of the mask with its own number, from 1; corners connect."""
    _, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
    return labels.astype(np.int32)


def box_of(mask: Mask) -> tuple[int, int, int, int]:
    """x0, y0, x1, y1 of what is set; zeros when nothing is."""
    columns, rows = np.flatnonzero(mask.any(0)), np.flatnonzero(mask.any(1))
    if not len(columns):
        return 0, 0, 0, 0
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def bounds_of(distance: Grey) -> Box:
    """Where a distance is zero at the far left, top, right and bottom, in parts of pixels."""
    inside = distance > 0
    if not inside.any():
        return 0.0, 0.0, 0.0, 0.0
    x0, x1 = _end(distance.T, inside.T), len(distance[0]) - _end(distance.T[::-1], inside.T[::-1])
    y0, y1 = _end(distance, inside), len(distance) - _end(distance[::-1], inside[::-1])
    return x0, y0, x1, y1


def _end(distance: Grey, inside: Mask) -> float:
    """Where a mask begins, from above, but for narrow tips that stand out."""
    used = np.flatnonzero(inside.any(0))
    first = inside[:, used].argmax(0)
    here = distance[first, used]
    before = np.where(first > 0, distance[np.maximum(first - 1, 0), used], here - 1)
    places = np.sort(first + 0.5 - here / (here - before))
    # Where a straight side lies hardly deeper than what stands out of it, that is what is left of another line.
    until = np.searchsorted(places, places + _ROUGH)
    outside = np.arange(len(places))
    count, deeper = until - outside, places - places[0]
    straight = (count >= _NARROW * outside) & (deeper < _STUB)
    straight |= (count >= _LONGER * outside) & (deeper < _ROUGH + 1) & (count > _LONGER * count[0])
    start = int(np.argmax(np.where(straight, count, 0)))
    return float(np.quantile(places[start : until[start]], _OUTERMOST))


def nearest_labels(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """Every pixel without a label gets that of the nearest with one."""
    _, index = cv2.distanceTransformWithLabels(
        (labels == 0).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    lookup = np.zeros(int(index.max()) + 1, np.int32)
    set_ = labels != 0
    lookup[index[set_]] = labels[set_]
    return lookup[index]


def thinned(mask: Mask) -> Mask:
    """The middle lines of a mask."""
    lines: Mask = skeletonize(mask)  # type: ignore[no-untyped-call] # scikit-image types its functions in part
    return lines
