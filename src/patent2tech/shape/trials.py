"""Trials: the depths that are worth trying for a region, the surest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.cues import Cue
from patent2tech.shape.cuts import Basis
from patent2tech.shape.frames import FRAMES, OPPOSITE, Volume, mirrored
from patent2tech.shape.hull import Grid, picture_size
from patent2tech.shape.images import Mask, grown
from patent2tech.shape.scene import Scene

_THROUGH_BORDER: Final = 0.9
"""Share of a region's border that the opposite view must show for the region to go right through."""
_BORDER_CELLS: Final = 1.5
_DEEP: Final = 8
_NEAREST_FACE: Final = 2
"""Percentile of the depths behind a region at which its nearest face lies; single cells stick out."""
_FACE_SHARE: Final = 0.8
"""Share of a region that must lie before that face or what stands on it; a bowl is round behind and has no face."""
_HOLLOW_SHARE: Final = 0.1
_SHELL_SHARE: Final = 0.97
_LEVEL_SHARE: Final = 0.7
"""A region is one face: where this share of it lies at one depth already, the rest is left over from the hull."""
_BORE_SHARE: Final = 0.45
"""Share of a view that a hollow takes at most to be taken for a bore, where nothing shows how deep it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What every region is tried on: the scene, the planes of each axis, and the scene's grid."""

    scene: Scene
    whole: Volume
    levels: tuple[NDArray[np.float64], ...]
    grid: Grid
    cut: set[tuple[Side, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Trial:
    """A depth to try, and why; `None` is right through."""

    depth: float | None
    basis: Basis
    shell: float | None = None


def trials(search: Search, cue: Cue, label: int, region: Mask, top: float) -> Iterator[Trial]:
    """Depths worth trying, the surest first.

    Only a region that lies wholly inside others may have a depth that no other view shows; a region at the contour
    would change some other outline, unless an axis has no view along it.
    """
    scene, levels, grid = search.scene, search.levels, search.grid
    axis, sign = cue.frame.out
    extent, deep = grid.extents[axis], scene.solid.shape[axis]
    pitch = extent / deep
    first, last = (top + 1) * pitch, extent - pitch / 2
    enclosed = not _at_contour(cue, region)
    wall = _wall(cue, label, grid)
    bore = _unseen(scene.cues, OPPOSITE[cue.side]) and _like_a_bore(cue, label)
    if _goes_through(scene.cues, cue, region):
        yield Trial(None, Basis.THROUGH)
    elif (
        enclosed
        and _unseen(scene.cues, OPPOSITE[cue.side])
        and (cue.side, label) not in search.cut
        and (wall > extent - first - pitch or bore)
    ):
        yield Trial(None, Basis.EQUAL_WALL)
    if enclosed and pitch < wall < extent - first - pitch:
        roof = _far_face(search, cue, region) - wall
        if first < roof < extent - wall - pitch:
            yield Trial(roof, Basis.EQUAL_WALL)
        yield Trial(extent - wall, Basis.EQUAL_WALL)
        if region.mean() > _HOLLOW_SHARE and not bore:
            yield Trial(extent - wall, Basis.EQUAL_WALL, _SHELL_SHARE * wall)
    depths = sorted(extent / 2 - sign * level for level in levels[axis])
    for depth in depths:
        if first < depth < last and not (enclosed and abs(depth - (extent - wall)) < pitch / 2):
            yield Trial(float(depth), Basis.LINES)
    unseen = len({FRAMES[side].out[0] for side in scene.cues}) < len(FRAMES) // 2
    if (enclosed or unseen) and extent - first > _DEEP * pitch:
        yield Trial((first + extent) / 2, Basis.EQUAL_WALL)


def _far_face(search: Search, cue: Cue, region: Mask) -> float:
    """How deep the nearest face behind a region lies, after the cuts so far: a lid is no thicker for its knob."""
    axis, sign = cue.frame.out
    extent = search.grid.extents[axis]
    seen = cue.frame.seen(search.scene.solid)[region]
    behind = seen.shape[1] - seen[:, ::-1].argmax(1)[seen.any(1)]
    if not len(behind):
        return extent
    nearest = np.percentile(behind, _NEAREST_FACE)
    at_faces = np.minimum(behind - nearest, behind.max() - behind) <= _BORDER_CELLS
    if at_faces.mean() < _FACE_SHARE:
        return extent
    far = float(nearest) * extent / seen.shape[1]
    planes = extent / 2 - sign * search.levels[axis]
    near = planes[np.abs(planes - far) < extent / seen.shape[1]]
    return float(near[np.argmin(np.abs(near - far))]) if len(near) else far


def _like_a_bore(cue: Cue, label: int) -> bool:
    """Whether a hollow of which the far side is not shown leaves too much around it for a vessel."""
    return bool((cue.regions == label).sum() < _BORE_SHARE * (cue.regions > 0).sum())


def _unseen(cues: Mapping[Side, Cue], side: Side) -> bool:
    return side not in cues or cues[side].inferred


def _at_contour(cue: Cue, region: Mask) -> bool:
    """Whether a region reaches the silhouette's border."""
    return bool((grown(region, 1) & (cue.regions == 0)).any() or _touches_frame(region))


def _touches_frame(region: Mask) -> bool:
    return bool(region[0].any() or region[-1].any() or region[:, 0].any() or region[:, -1].any())


def level_of(depth: NDArray[np.int32], deep: int) -> int | None:
    """The depth at which most of a region lies already, though some cells of it stand higher."""
    inside = depth[depth < deep]
    if not len(inside):
        return None
    count = np.bincount(inside)
    level = int(np.argmax(count))
    near = int(count[max(0, level - 1) : level + 2].sum())
    higher = int(count[: max(0, level - 1)].sum())
    return level if near > _LEVEL_SHARE * len(inside) and higher else None


def _goes_through(cues: Mapping[Side, Cue], cue: Cue, region: Mask) -> bool:
    other = cues.get(OPPOSITE[cue.side])
    if other is None or other.inferred:
        return False
    there = mirrored(region, cue.side)
    border = there & ~(cv2.erode(there.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    return bool(border.any() and (other.distance[border] <= _BORDER_CELLS).mean() > _THROUGH_BORDER)


def _wall(cue: Cue, label: int, grid: Grid) -> float:
    """Median distance from the region's border to the silhouette's, in units of the thing."""
    region = (cue.fine == label).astype(np.uint8)
    rim = (region > 0) & ~(cv2.erode(region, np.ones((3, 3), np.uint8), borderValue=0) > 0)
    if not rim.any():
        return 0.0
    unit = picture_size(cue.frame, grid.extents)[0] / (cue.box[2] - cue.box[0])
    return float(np.median(cue.inner[rim])) * unit
