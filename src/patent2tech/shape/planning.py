"""A plan that no figure gives: the oblique figure's upper (or lower) face, laid flat.

Where the thing is not drawn from above or below, its straight views leave it boxy. If one face of the oblique figure
reaches to all four sides of the box, that face is the plan. Camera and plan are found in turns.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.cameras import Camera, Fitted, fit_camera
from patent2tech.shape.cues import regions_of
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import Grid, hull_field
from patent2tech.shape.images import Mask, bounds_of, box_of, closed, filled, signed_distance
from patent2tech.shape.outlines import Outline
from patent2tech.shape.seeing import Sight

_PIXELS: Final = 500
_MARGIN: Final = 60
_WITHIN: Final = 0.93
"""Share of a face's picture that lies within the box when it is laid on the box's face."""
_LEAST_FACE: Final = 0.004
_REACHES: Final = 0.05
"""How far from a side of the box the plan may end, in shares of that side."""
_TURNS: Final = 3
_FACE_SHARE: Final = 0.08
_PRISM: Final = 0.95
"""Overlap of a face pulled down with the silhouette from which the thing is a prism."""
_FITS: Final = 0.12
_CAMERAS: Final = 16
_REDUCED: Final = 0.25
_BETTER: Final = 0.9
"""The oblique figure must agree better than without the plan by this factor."""


def plan_of(
    outlines: Mapping[Side, Outline], field: Volume, grid: Grid, oblique: Outline
) -> tuple[Side, Outline] | None:
    """The plan that the oblique figure shows, or `None` where there is one already or none can be seen."""
    if any(FRAMES[side].out[0] == 1 for side in outlines):
        return None
    directions = oblique.figure.view.direction
    found = _prism_camera(oblique, grid, directions)
    if found is None:
        return None
    fitted, side = found, Side.TOP
    without = fit_camera(oblique, field, grid, directions)
    least = _BETTER * Sight(oblique, without, grid).cost(field)
    best: tuple[Side, Outline] | None = None
    for _ in range(_TURNS):
        plan = _laid(oblique, fitted, side, grid)
        if plan is None:
            break
        solid = np.minimum(field, hull_field({side: plan}, grid))
        if not (solid > 0).any():
            break
        fitted = fit_camera(oblique, solid, grid, directions)
        worth = Sight(oblique, fitted, grid).cost(solid)
        if worth < least:
            best, least = (side, plan), worth
    return best


def _prism_camera(oblique: Outline, grid: Grid, directions: Collection[Side]) -> Fitted | None:
    """The camera from which one face, pulled down as far as the thing is high, fills the figure's silhouette."""
    if Side.BOTTOM in directions:
        return None
    regions = regions_of(oblique)
    area = np.bincount(regions.ravel())
    area[0] = 0
    best: Fitted | None = None
    for label in np.flatnonzero(area > _FACE_SHARE * area.sum()):
        face = filled(regions == label)
        for camera, unit, middle in _upright(face, oblique, grid, directions):
            drop = max(1, round(grid.extents[1] * unit * float(np.cos(np.radians(camera.elevation))) * _REDUCED))
            small = _reduced(face)
            swept = cv2.dilate(small, np.ones((drop, 1), np.uint8), anchor=(0, drop - 1)) > 0
            whole = _reduced(oblique.inside) > 0
            overlap = float((swept & whole).sum() / (swept | whole).sum())
            if overlap > max(_PRISM, best.overlap if best else 0):
                x0, y0, x1, y1 = oblique.box
                across, upwards = middle
                bounds = (
                    (x0 - across) / unit,
                    (x1 - across) / unit,
                    (upwards - y1) / unit,
                    (upwards - y0) / unit,
                )
                best = Fitted(camera, overlap, bounds)
    return best


def _reduced(mask: Mask) -> NDArray[np.uint8]:
    size = max(1, round(mask.shape[1] * _REDUCED)), max(1, round(mask.shape[0] * _REDUCED))
    return np.asarray(cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST), np.uint8)


def _upright(
    face: Mask, oblique: Outline, grid: Grid, directions: Collection[Side]
) -> list[tuple[Camera, float, tuple[float, float]]]:
    """Cameras for which a face has the width and depth of the thing: pixels per unit, and where its middle is."""
    down, right = np.nonzero(face ^ (cv2.erode(face.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0))
    foot = float(oblique.box[3] - down.max())
    width, height, depth = grid.extents
    found = []
    signs = [1.0] * (Side.RIGHT in directions) + [-1.0] * (Side.LEFT in directions) or [1.0, -1.0]
    for azimuth, elevation in itertools.product(np.arange(4.0, 87, 2), np.arange(8.0, 70, 2)):
        for sign in signs:
            a, e = np.radians([sign * azimuth, elevation])
            q = down / np.sin(e)
            x, z = right * np.cos(a) + q * np.sin(a), -right * np.sin(a) + q * np.cos(a)
            sizes = float(np.ptp(x)) / width, float(np.ptp(z)) / depth
            unit = float(np.sqrt(sizes[0] * sizes[1]))
            off = abs(np.log(sizes[0] / sizes[1])) + abs(height * unit * np.cos(e) - foot) / foot if foot > 1 else 9.0
            if off < _FITS:
                mx, mz = (x.max() + x.min()) / 2, (z.max() + z.min()) / 2
                across, row = mx * np.cos(a) - mz * np.sin(a), np.sin(e) * (mx * np.sin(a) + mz * np.cos(a))
                middle = float(across), float(row + height / 2 * np.cos(e) * unit)
                found.append((off, Camera(sign * azimuth, elevation), unit, middle))
    found.sort(key=lambda each: each[0])
    return [each[1:] for each in found[:_CAMERAS]]


def _laid(oblique: Outline, fitted: Fitted, side: Side, grid: Grid) -> Outline | None:
    """The faces of the oblique figure that lie in the box's face, seen straight."""
    frame = FRAMES[side]
    width, depth = grid.extents[frame.right[0]], grid.extents[frame.up[0]]
    unit = _PIXELS / max(width, depth)
    columns, rows = round(width * unit), round(depth * unit)
    corners = []
    for right, up in ((-0.5, 0.5), (0.5, 0.5), (0.5, -0.5), (-0.5, -0.5)):
        point = np.zeros(3)
        point[frame.right[0]] = frame.right[1] * right * width
        point[frame.up[0]] = frame.up[1] * up * depth
        point[frame.out[0]] = frame.out[1] * grid.extents[1] / 2
        corners.append(point)
    left, right_, bottom, top = fitted.bounds
    x0, y0, x1, y1 = oblique.box
    seen = fitted.camera.project(np.array(corners))
    pixels = np.stack(
        [x0 + (seen[:, 0] - left) / (right_ - left) * (x1 - x0), y0 + (top - seen[:, 1]) / (top - bottom) * (y1 - y0)],
        1,
    )
    flat = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32) + _MARGIN
    turn = cv2.getPerspectiveTransform(pixels.astype(np.float32), flat)
    size = (columns + 2 * _MARGIN, rows + 2 * _MARGIN)
    regions = regions_of(oblique)
    whole = np.bincount(regions.ravel(), minlength=int(regions.max()) + 1)
    laid = cv2.warpPerspective(regions.astype(np.float32), turn, size, flags=cv2.INTER_NEAREST).astype(np.int32)
    inner = laid[_MARGIN - 3 : rows + _MARGIN + 3, _MARGIN - 3 : columns + _MARGIN + 3]
    scale = abs(float(np.linalg.det(turn[:2, :2] - np.outer(turn[:2, 2], turn[2, :2]) / turn[2, 2])))
    inside = np.bincount(inner.ravel(), minlength=len(whole))
    good = (inside > _WITHIN * scale * whole) & (whole > _LEAST_FACE * whole[1:].sum())
    good[0] = False
    if not good.any():
        return None
    mask = filled(closed(good[laid], round(2 * oblique.width)))
    box = box_of(mask)
    want = (_MARGIN, _MARGIN, _MARGIN + columns, _MARGIN + rows)
    off = [
        abs(one - other) / side_ for one, other, side_ in zip(box, want, (columns, rows, columns, rows), strict=True)
    ]
    if max(off) > _REACHES:
        return None
    ink = cv2.warpPerspective(oblique.ink.astype(np.uint8), turn, size, flags=cv2.INTER_NEAREST) > 0
    nothing, distance = np.zeros_like(mask), signed_distance(mask)
    return replace(
        oblique, ink=ink & mask, raw=ink & mask, loose=nothing, distance=distance, box=bounds_of(distance), scale=1.0
    )
