"""Seeing: the lines that a field of distances would show from an oblique camera, to compare with those drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from patent2tech.shape.cameras import CameraFit, Fitted
from patent2tech.shape.cues import distance_to
from patent2tech.shape.frames import Volume
from patent2tech.shape.hull import Grid
from patent2tech.shape.images import Grey, Mask, thinned
from patent2tech.shape.outlines import Outline
from patent2tech.shape.remembering import remembered

_PIXELS: Final = 150
_MARGIN: Final = 3
_JUMP: Final = 3.5
"""Depth step, in cells, that shows as a line."""
_CREASE: Final = 0.88
"""Cosine of the angle between faces below which their edge shows as a line (28 degrees)."""
_REACH: Final = 5.0
_FLAT: Final = 1e-6
_NOTHING: Final = 1e-9
_RIM: Final = 3
_ROUGH_PIXELS: Final = 100
_TURNS: Final = (6.0, 3.0, 3.0, 1.5)


class Sight:
    """One oblique figure: its lines on a small picture, and the sight lines of that picture through the grid."""

    def __init__(self, outline: Outline, fitted: Fitted, grid: Grid, pixels: int = _PIXELS) -> None:
        self.fitted = fitted
        self.grid = grid
        left, right, bottom, top = fitted.bounds
        unit = pixels / max(right - left, top - bottom)
        columns, rows = round((right - left) * unit) + 2 * _MARGIN, round((top - bottom) * unit) + 2 * _MARGIN
        self.lines = self._drawn(outline, rows, columns)
        self.distance: Grey = distance_to(self.lines)
        across = left + (np.arange(columns) - _MARGIN + 0.5) / unit
        upwards = top - (np.arange(rows) - _MARGIN + 0.5) / unit
        self._starts, self._steps, self._count = self._rays(*np.meshgrid(across, upwards))
        self._meets, self._before, self._index = self._cells()

    def edges(self, field: Volume) -> tuple[Mask, Mask]:
        """Where the solid shows lines, and where it shows the clear ones of depth steps."""
        hit = np.pad(field > 0, 1).ravel().take(self._index)
        here = hit.argmax(-1)
        solid = hit[np.arange(len(hit)), here]
        there: Mask = np.zeros(self._meets.shape, bool)
        there[self._meets] = solid
        where = self._settled(_wider(field, self.grid.pitch), (self._before + here)[solid], there)
        return _lines(where, there, self.fitted.camera.eye, self.grid.pitch)

    def cost(self, field: Volume) -> float:
        """Mean picture cells by which drawn and seen lines miss each other."""
        missing, wrong = self.misses(field)
        return missing + wrong / 2

    def misses(self, field: Volume) -> tuple[float, float]:
        """Mean picture cells by which the drawn lines miss those of the solid, and those of the solid the drawn."""
        edges, _ = self.edges(field)
        if not edges.any() or not self.lines.any():
            return _REACH / 2, _REACH
        missing = np.minimum(distance_to(edges)[self.lines], _REACH).mean()
        return float(missing), float(np.minimum(self.distance[edges], _REACH).mean())

    def _drawn(self, outline: Outline, rows: int, columns: int) -> Mask:
        x0, y0, x1, y1 = outline.box
        down, right = _middles(outline)
        lines = np.zeros((rows, columns), bool)
        y = _MARGIN + (down + 0.5 - y0) / (y1 - y0) * (rows - 2 * _MARGIN)
        x = _MARGIN + (right + 0.5 - x0) / (x1 - x0) * (columns - 2 * _MARGIN)
        lines[y.astype(int).clip(0, rows - 1), x.astype(int).clip(0, columns - 1)] = True
        return lines

    def _rays(
        self, across: NDArray[np.float64], upwards: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
        """Start, step and number of steps of each sight line; a step is one cell."""
        camera = self.fitted.camera
        plane = across[..., None] * camera.right + upwards[..., None] * camera.up
        half = float(np.linalg.norm(self.grid.extents)) / 2
        if camera.distance is None:
            starts = plane + camera.eye * half
            steps = np.broadcast_to(-camera.eye * self.grid.pitch, plane.shape)
        else:
            eye = camera.eye * camera.distance
            steps = plane - eye
            steps /= np.linalg.norm(steps, axis=-1, keepdims=True)
            starts = eye + steps * (camera.distance - half)
            steps = steps * self.grid.pitch
        return starts, steps, int(np.ceil(2 * half / self.grid.pitch)) + 2

    def _cells(self) -> tuple[Mask, NDArray[np.intp], NDArray[np.int32]]:
        """The sight lines that meet the grid, the steps before they do, and flat cells of the steps from there.

        Cells are those of the grid with a rim of one cell, which stands for all that is outside.
        """
        sizes = [count / extent for count, extent in zip(self.grid.shape, self.grid.extents, strict=True)]
        starts = [(self._starts[..., i] + self.grid.extents[i] / 2) * sizes[i] for i in range(3)]
        steps = [self._steps[..., i] * sizes[i] for i in range(3)]
        first, last = np.zeros(starts[0].shape), np.full(starts[0].shape, self._count - 1.0)
        for start, step, count in zip(starts, steps, self.grid.shape, strict=True):
            safe = np.where(np.abs(step) > _NOTHING, step, _NOTHING)
            near, far = -start / safe, (count - start) / safe
            np.maximum(first, np.minimum(near, far), out=first)
            np.minimum(last, np.maximum(near, far), out=last)
        meets: Mask = np.asarray(last >= first)
        before = np.maximum(np.floor(first[meets]) - 1, 0).astype(int)
        along = before[:, None] + np.arange(int(np.ceil((last[meets] - before).max(initial=0))) + 2)
        along = along.astype(np.float32)
        flat = np.zeros_like(along)
        for start, step, count in zip(starts, steps, self.grid.shape, strict=True):
            cell = along * step[meets, None].astype(np.float32)
            cell += start[meets, None].astype(np.float32)
            np.floor(cell, out=cell)
            np.clip(cell, -1, count, out=cell)
            flat *= count + 2
            flat += cell
            flat += 1
        return meets, before, flat.astype(np.int32)

    def _settled(self, field: Volume, first: NDArray[np.intp], there: Mask) -> NDArray[np.float64]:
        """Points on the surface, between the last step outside and the first inside."""
        starts, steps = self._starts[there], self._steps[there]
        base = first.astype(np.float64)
        low, high = base - 1.5, base + 0.5
        before, after = (self._sampled(field, starts + steps * at[:, None]) for at in (low, high))
        at = low + 2 * np.clip(-before / np.where(after - before > _FLAT, after - before, _FLAT), 0, 1)
        # One more secant step, since the field bends where two faces meet.
        here = self._sampled(field, starts + steps * at[:, None])
        slope = np.where(after - before > _FLAT, (after - before) / 2, np.inf)
        at = np.clip(at - here / slope, low, high + 1)
        points = np.full((*there.shape, 3), np.nan)
        points[there] = starts + steps * at[:, None]
        return points

    def _sampled(self, field: Volume, points: NDArray[np.float64]) -> NDArray[np.float64]:
        cells = [
            (points[:, axis] / self.grid.extents[axis] + 0.5) * self.grid.shape[axis] - 0.5 + _RIM for axis in range(3)
        ]
        taken: NDArray[np.float64] = ndimage.map_coordinates(field, cells, order=1, mode="nearest")
        return taken


@remembered
def _middles(outline: Outline) -> tuple[NDArray[np.intp], ...]:
    """Rows and columns of the middles of a figure's lines."""
    return np.nonzero(thinned(outline.ink))


def _wider(field: Volume, pitch: float) -> Volume:
    """The field with a rim of cells outside the grid, in which it goes on falling."""
    wide = np.pad(field, _RIM, mode="edge")
    for axis in range(3):
        turned = np.moveaxis(wide, axis, 0)
        for away in range(1, _RIM + 1):
            for end in (_RIM - away, away - _RIM - 1):
                turned[end] -= away * pitch
    return wide


def _lines(points: NDArray[np.float64], there: Mask, eye: NDArray[np.float64], pitch: float) -> tuple[Mask, Mask]:
    """Steps in depth and creases between faces of a picture of surface points."""
    depth = np.where(there, -(np.nan_to_num(points) @ eye), 1e3)
    clear = np.zeros(there.shape, bool)
    for axis in (0, 1):
        for way in (1, -1):
            behind = np.roll(depth, way, axis)
            # The slope of the face itself: the step on the other side.
            slope = np.abs(depth - np.roll(depth, -way, axis))
            clear |= there & (behind - depth > _JUMP * pitch + np.minimum(slope, 4 * pitch))
    normal = _normals(points, there)
    crease = np.zeros(there.shape, bool)
    for axis in (0, 1):
        before, after = np.roll(normal, 2, axis), np.roll(normal, -2, axis)
        flat = (np.abs(np.roll(depth, 2, axis) - np.roll(depth, -2, axis)) < 10 * pitch) & there
        crease |= (
            flat & ((before * after).sum(-1) < _CREASE) & (np.abs(before).sum(-1) > 0) & (np.abs(after).sum(-1) > 0)
        )
    thin = thinned(crease & ~cv2.dilate(clear.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool))
    return clear | thin, clear


def _normals(points: NDArray[np.float64], there: Mask) -> NDArray[np.float64]:
    """Unit normals of the surface, zero where it breaks off."""
    filled = np.nan_to_num(points)
    across = np.roll(filled, -1, 1) - np.roll(filled, 1, 1)
    down = np.roll(filled, -1, 0) - np.roll(filled, 1, 0)
    normal = np.cross(across, down)
    length = np.linalg.norm(normal, axis=-1)
    whole = cv2.erode(there.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.where((whole & (length > _NOTHING))[..., None], normal / np.maximum(length, _NOTHING)[..., None], 0)


def turned_by_lines(outline: Outline, fitted: Fitted, field: Volume, grid: Grid) -> Fitted:
    """The fit turned a little to where the lines agree best, since the silhouette of a hull can be too large."""
    best, cost = fitted, Sight(outline, fitted, grid, _ROUGH_PIXELS).cost(field)
    fits = CameraFit(outline, field, grid)
    for step in _TURNS:
        camera = best.camera
        for azimuth, elevation in ((step, 0), (-step, 0), (0, step), (0, -step)):
            trial = fits.at(replace(camera, azimuth=camera.azimuth + azimuth, elevation=camera.elevation + elevation))
            worth = Sight(outline, trial, grid, _ROUGH_PIXELS).cost(field)
            if worth < cost:
                best, cost = trial, worth
    return best
