"""Cameras of oblique figures: direction and distance, fitted so that the solid's silhouette is the drawn one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from patent2tech.figures.model import Side
from patent2tech.shape.frames import Volume
from patent2tech.shape.hull import Grid
from patent2tech.shape.images import Mask, filled
from patent2tech.shape.outlines import Outline
from patent2tech.shape.remembering import remembered

_PIXELS: Final = 144
_COARSE_STEP: Final = 8.0
_FINE_STEPS: Final = (4.0, 2.0, 1.0, 0.5)
_DISTANCES: Final = (None, 6.0, 4.0, 3.0, 2.4)
_ELEVATIONS: Final = (10.0, 58.0)
_SPREAD: Final = 40.0
_QUARTER: Final = 90.0
_SURFACE_POINTS: Final = 5000
_LEAST_SHRINK: Final = 0.05
_BRUSH: Final = np.ones((3, 3), np.uint8)
_NEAREST: Final = 0.5
_FARTHEST: Final = 0.02
"""Reciprocals of the distances of a pinhole, in longest sides; what is farther is parallel."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Where an oblique figure is seen from: degrees from the front towards the right side, degrees upwards.

    `distance` is that of a pinhole from the thing's centre in longest sides, `None` for parallel lines of sight.
    """

    azimuth: float
    elevation: float
    distance: float | None = None

    @property
    def eye(self) -> NDArray[np.float64]:
        """Unit vector from the thing to the viewer."""
        a, e = np.radians([self.azimuth, self.elevation])
        return np.array([np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e)])

    @property
    def right(self) -> NDArray[np.float64]:
        """The picture's right."""
        a = np.radians(self.azimuth)
        return np.array([np.cos(a), 0.0, -np.sin(a)])

    @property
    def up(self) -> NDArray[np.float64]:
        """The picture's up."""
        return np.cross(self.eye, self.right)

    def project(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Right and up of points in the picture, in units of the thing."""
        flat = np.asarray(points @ np.stack([self.right, self.up], -1), np.float64)
        if self.distance is None:
            return flat
        shrink = 1 - points @ self.eye / self.distance
        return flat / np.maximum(shrink, _LEAST_SHRINK)[..., None]


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A camera, how well the silhouettes overlap, and where the picture lies in its plane (left, top, unit)."""

    camera: Camera
    overlap: float
    bounds: tuple[float, float, float, float]


class CameraFit:
    """How well cameras fit one oblique figure of a solid."""

    def __init__(self, outline: Outline, field: Volume, grid: Grid) -> None:
        self._points = _surface(field, grid)
        self._target = _target(outline)
        self._pitch = grid.pitch
        self._tried: dict[Camera, Fitted] = {}

    def at(self, camera: Camera) -> Fitted:
        """The fit of one camera."""
        if camera not in self._tried:
            self._tried[camera] = _fit(camera, self._points, self._target, self._pitch)
        return self._tried[camera]

    def best(self, directions: Iterable[Side]) -> Fitted:
        """The camera from which the solid looks like the figure; the caption's sides narrow the search."""
        starts = [
            Camera(azimuth, elevation)
            for azimuth in _azimuths(set(directions))
            for elevation in _elevations(set(directions))
        ]
        best = max((self.at(camera) for camera in starts), key=_overlap)
        # A nearer eye sees more of the top, so both are searched together.
        elevation = best.camera.elevation
        near = [
            replace(best.camera, distance=distance, elevation=elevation + change)
            for distance in _DISTANCES
            for change in (-_COARSE_STEP, 0, _COARSE_STEP)
        ]
        best = max([best, *(self.at(camera) for camera in near)], key=_overlap)
        for step in _FINE_STEPS:
            best = self._improved(best, step)
        return best

    def _improved(self, best: Fitted, step: float) -> Fitted:
        for _ in range(4):
            better = max([best, *(self.at(camera) for camera in _around(best.camera, step))], key=_overlap)
            if better is best:
                return best
            best = better
        return best


def fit_camera(outline: Outline, field: Volume, grid: Grid, directions: Iterable[Side]) -> Fitted:
    """Find the camera from which the solid looks like the figure; the caption's sides narrow the search."""
    known = _known_fits(outline)
    # Several stages ask before the first of them changes the solid.
    key = np.packbits(field > 0).tobytes(), field.shape, grid.extents, frozenset(directions)
    if key not in known:
        known[key] = CameraFit(outline, field, grid).best(directions)
    return known[key]


@remembered
def _known_fits(_: Outline) -> dict[Hashable, Fitted]:
    return {}


def cut_field(outline: Outline, fitted: Fitted, grid: Grid, where: Mask | None = None) -> Volume:
    """Distance of each cell to the drawn silhouette along its line of sight, in units of the thing, positive inside.

    With `where`, of those cells only; elsewhere it is as if they were far inside.
    """
    asked = np.ones(grid.shape, bool) if where is None else where
    points = np.stack([axis[cells] for axis, cells in zip(grid.axes, np.nonzero(asked), strict=True)], -1)
    seen = fitted.camera.project(points)
    left, right, bottom, top = fitted.bounds
    x0, y0, x1, y1 = outline.box
    across, down = (x1 - x0) / (right - left), (y1 - y0) / (top - bottom)
    columns = x0 + (seen[..., 0] - left) * across - 0.5
    rows = y0 + (top - seen[..., 1]) * down - 0.5
    taken = ndimage.map_coordinates(outline.distance, [rows, columns], order=1, mode="nearest")
    distance = np.full(grid.shape, np.inf, np.float32)
    distance[asked] = taken / ((across + down) / 2)
    return distance


def _overlap(fitted: Fitted) -> float:
    return fitted.overlap


def _around(camera: Camera, step: float) -> list[Camera]:
    """Cameras a step to all sides, nearer and farther."""
    near = [
        replace(camera, azimuth=camera.azimuth + a, elevation=float(np.clip(camera.elevation + e, -80, 80)))
        for a in (-step, 0, step)
        for e in (-step, 0, step)
        if a or e
    ]
    inverse = 0.0 if camera.distance is None else 1 / camera.distance
    for change in (-step / 60, step / 60):
        nearer = inverse + change
        if 0 <= nearer < _NEAREST:
            near.append(replace(camera, distance=None if nearer < _FARTHEST else 1 / nearer))
    return near


def _fit(camera: Camera, points: NDArray[np.float64], target: Mask, pitch: float) -> Fitted:
    """The overlap of the silhouettes, both stretched to their boxes, and how alike the boxes are."""
    plane = np.stack([camera.right, camera.up])
    seen = plane @ points
    if camera.distance is not None:
        seen /= np.maximum(1 - camera.eye @ points / camera.distance, _LEAST_SHRINK)
    # The corners of a cell reach further than half its side.
    reach = pitch / 2 * np.abs(plane).sum(1)
    low, high = seen.min(1) - reach, seen.max(1) + reach
    size = high - low
    unit = _PIXELS / size.max()
    columns, rows = max(2, round(size[0] * unit)), max(2, round(size[1] * unit))
    image = np.zeros((rows, columns), np.uint8)
    x = np.minimum(((seen[0] - low[0]) * unit).astype(np.int32), columns - 1)
    y = np.minimum(((high[1] - seen[1]) * unit).astype(np.int32), rows - 1)
    image.ravel()[y * columns + x] = 1
    # The drawn silhouette has no holes either: which regions are holes is what carving decides.
    seen_there = filled(cv2.morphologyEx(image, cv2.MORPH_CLOSE, _BRUSH) > 0)
    there = cv2.resize(target.view(np.uint8), (columns, rows), interpolation=cv2.INTER_NEAREST) > 0
    overlap = int(np.count_nonzero(seen_there & there)) / max(1, int(np.count_nonzero(seen_there | there)))
    aspect = (rows / columns) / (target.shape[0] / target.shape[1])
    bounds = (float(low[0]), float(high[0]), float(low[1]), float(high[1]))
    return Fitted(camera, overlap * float(min(aspect, 1 / aspect)), bounds)


def _surface(field: Volume, grid: Grid) -> NDArray[np.float64]:
    """Cells of the surface, as x, y and z: all at edges, which alone stand at a silhouette, and some between."""
    solid = np.pad(field > 0, 1)
    free = np.zeros(field.shape, np.uint8)
    for axis in range(3):
        beside = ~(np.roll(solid, 1, axis) & np.roll(solid, -1, axis))
        free += beside[1:-1, 1:-1, 1:-1]
    free[field <= 0] = 0
    edges, flat = np.argwhere(free > 1), np.argwhere(free == 1)
    kept = [part[:: len(part) // _SURFACE_POINTS + 1] for part in (edges, flat)]
    surface = np.concatenate(kept)
    return np.stack([axis[surface[:, i]] for i, axis in enumerate(grid.axes)])


def _target(outline: Outline) -> Mask:
    inside = outline.inside[outline.pixels].astype(np.uint8)
    scale = _PIXELS / max(inside.shape)
    size = max(2, round(inside.shape[1] * scale)), max(2, round(inside.shape[0] * scale))
    return cv2.resize(inside, size, interpolation=cv2.INTER_AREA) > 0


def _azimuths(directions: set[Side]) -> list[float]:
    """Directions around the thing that fit the caption; all of the front half where it says nothing."""
    behind = Side.REAR in directions
    signs = [1.0] * (Side.RIGHT in directions) + [-1.0] * (Side.LEFT in directions) or [1.0, -1.0]
    found: list[float] = []
    for sign in signs:
        around = np.arange(_QUARTER / 2 - _SPREAD, _QUARTER / 2 + _SPREAD + 1, _COARSE_STEP)
        found += [float(sign * (180 - away if behind else away)) for away in around]
    return found


def _elevations(directions: set[Side]) -> list[float]:
    up = [float(e) for e in np.arange(*_ELEVATIONS, _COARSE_STEP)]
    return [-e for e in up] if Side.BOTTOM in directions and Side.TOP not in directions else up
