"""Cut faces of a section: where a plane parallel to the front view meets each part, filled with slanted lines."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin

import numpy as np

from samples.solids import Floats, Manifold, Part

JUST_BEHIND_MM = 1e-3
"""A cut exactly on the face of a trimmed part comes out empty."""

LEAST_Z = 2
"""Where a bounding box keeps its lower Z."""

SLANTS = (45.0, 135.0, 30.0, 150.0, 60.0, 120.0)
"""Neighbouring parts take turns, so that the reader tells them apart."""


def _behind(part: Part) -> Part:
    reaching = [body for body in part.solid.decompose() if body.bounding_box()[LEAST_Z] < 0]
    return Part(part.name, Manifold.compose(reaching))


def halved(parts: Sequence[Part], whole: frozenset[str]) -> list[Part]:
    """Remove what stands before the plane Z = 0; shafts and pins named in `whole` stay uncut, as is the custom."""
    return [
        _behind(part) if part.name in whole else Part(part.name, part.solid.trim_by_plane((0.0, 0.0, -1.0), 0.0))
        for part in parts
    ]


def hatch(parts: Sequence[Part], whole: frozenset[str], spacing: float) -> Floats:
    """Hatch lines on the plane Z = 0 as edges in space, to be hidden like all others."""
    lines: list[Floats] = []
    cut = [part for part in parts if part.name not in whole]
    for number, part in enumerate(cut):
        contours = [
            np.asarray(contour, dtype=np.float64) for contour in part.solid.slice(-JUST_BEHIND_MM).to_polygons()
        ]
        if contours:
            lines.append(_fill(contours, SLANTS[number % len(SLANTS)], spacing))
    return np.concatenate(lines)


def _fill(contours: Sequence[Floats], slant: float, spacing: float) -> Floats:
    along = np.array([cos(radians(slant)), sin(radians(slant))])
    across = np.array([-along[1], along[0]])
    starts = np.concatenate(contours)
    ends = np.concatenate([np.roll(contour, -1, axis=0) for contour in contours])
    low, high = float((starts @ across).min()), float((starts @ across).max())
    rows = []
    for level in np.arange(np.ceil(low / spacing) * spacing, high, spacing) + spacing / 7:
        a, b = starts @ across - level, ends @ across - level
        crossed = (a > 0) != (b > 0)
        share = a[crossed] / (a[crossed] - b[crossed])
        points = starts[crossed] + (ends[crossed] - starts[crossed]) * share[:, None]
        stops = np.sort(points @ along)
        for begin, finish in zip(stops[0::2], stops[1::2], strict=False):
            rows.append([along * begin + across * level, along * finish + across * level])
    flat = np.array(rows).reshape(-1, 2, 2)
    return np.concatenate([flat, np.zeros((len(flat), 2, 1))], axis=2)
