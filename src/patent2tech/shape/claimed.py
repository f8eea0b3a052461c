"""What is claimed of a figure: the regions that full lines bound, and not broken ones."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from patent2tech.shape.images import Mask, disc, grown, nearest_labels

_LEAST_REGION: Final = 40


def claimed_part(inside: Mask, ink: Mask, broken: Mask, width: float) -> Mask:
    """The silhouette without the regions that are bounded by more broken than full line."""
    lines = ink & inside | ink & grown(inside, 1)
    count, labels, stats, _ = cv2.connectedComponentsWithStats((inside & ~lines).astype(np.uint8), connectivity=4)
    reach = round(width) + 2
    brush = disc(reach)
    claimed = np.zeros(count, bool)
    for label in range(1, count):
        x, y, across, down, area = stats[label]
        if area < _LEAST_REGION:
            continue
        rows, columns = slice(max(0, y - reach), y + down + reach), slice(max(0, x - reach), x + across + reach)
        region = labels[rows, columns] == label
        rim = (cv2.dilate(region.astype(np.uint8), brush) > 0) & ~region & lines[rows, columns]
        claimed[label] = 2 * int((rim & broken[rows, columns]).sum()) < int(rim.sum())
    small = stats[:, cv2.CC_STAT_AREA] < _LEAST_REGION
    small[0] = True
    if small.all():
        return inside
    near = nearest_labels(np.where(small[labels], 0, labels).astype(np.int32))
    part: Mask = inside & claimed[near]
    return part
