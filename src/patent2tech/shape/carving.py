"""Carving by analysis and synthesis: a region of a view may lie deeper than the hull; the lines of all views decide.

A region is cut to a depth at which some other view shows a straight line, or right through where the opposite view
shows the same border. A cut stays only when drawn lines and the edges of the cut solid agree better with it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.cues import Cue, planes
from patent2tech.shape.frames import FRAMES, OPPOSITE, Volume, mirrored
from patent2tech.shape.hull import Grid, picture_size, sampled
from patent2tech.shape.images import Mask, filled, grown, signed_distance
from patent2tech.shape.scene import Face, Scene, Slab

_PASSES: Final = 3
_GAIN: Final = 1.5
"""Cells of line that a cut must explain to be made."""
_THROUGH_BONUS: Final = 2.0
_THROUGH_BORDER: Final = 0.9
"""Share of a region's border that the opposite view must show for the region to go right through."""
_BORDER_CELLS: Final = 1.5
_HELD: Final = 0.5
"""Share of a hole that what is left of the silhouette must enclose."""
_LEAST_CELLS: Final = 4
_DEEP: Final = 8
_HOLLOW_SHARE: Final = 0.1
_SHELL_SHARE: Final = 0.97
_LEVEL_SHARE: Final = 0.7
"""A region is one face: where this share of it lies at one depth already, the rest is left over from the hull."""
_TOP_PERCENT: Final = 0.5
"""Share of a region's cells that may stand higher than its top: its border shares cells with its neighbours."""
_BORE_SHARE: Final = 0.45
"""Share of a view that a hollow takes at most to be taken for a bore, where nothing shows how deep it is."""
_OPEN_SAMPLES: Final = 8
_PATIENCE: Final = 4.0
"""CPU seconds after which no further cut is tried."""


class Basis(StrEnum):
    """Why a cut is as deep as it is."""

    LINES = "lines"
    LEVEL = "level"
    THROUGH = "through"
    OBLIQUE = "oblique"
    SECTION = "section"
    EQUAL_WALL = "equal_wall"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Cut:
    """A region of a view that is taken away down to a depth below the box's face; `None` is right through.

    `open_depths` is the range of depths that the lines of the straight views do not tell apart.
    """

    side: Side
    region: int
    depth: float | None
    basis: Basis
    gain: float
    open_depths: tuple[float, float] | None = None
    shell: float | None = None
    """The wall that a hollow leaves all around, where its floor follows the outside."""


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """What every region is tried on: the scene, the planes of each axis, and the scene's grid."""

    scene: Scene
    whole: Volume
    levels: tuple[NDArray[np.float64], ...]
    grid: Grid
    cut: set[tuple[Side, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Trial:
    depth: float | None
    basis: Basis
    shell: float | None = None


@dataclass(slots=True)
class _Best:
    cost: float
    trial: _Trial
    gone: Mask
    slab: Slab
    faces: dict[Side, Face]
    holes: dict[Side, Mask] = field(default_factory=dict)


def carve(field_: Volume, cues: Mapping[Side, Cue], grid: Grid) -> list[Cut]:
    """Find the cuts that make the solid's edges agree with the lines."""
    scene = Scene(field_ > 0, cues)
    search = _Search(scene, field_, planes(cues, grid), grid)
    regions = sorted(
        ((side, int(label), int(count)) for side, cue in cues.items() for label, count in _sizes(cue)),
        key=lambda each: -each[2],
    )
    cuts: list[Cut] = []
    limit = time.process_time() + _PATIENCE
    for _ in range(_PASSES):
        before = len(cuts)
        for side, label, count in regions:
            if count >= _LEAST_CELLS and time.process_time() < limit:
                cut = _try_region(search, cues[side], label)
                if cut is not None:
                    cuts.append(cut)
        if len(cuts) == before:
            break
    return cuts


def apply_cuts(field_: Volume, cuts: list[Cut], cues: Mapping[Side, Cue], grid: Grid) -> Volume:
    """Make the same cuts, sharply, in a field of distances."""
    result = field_.copy()
    for cut in cuts:
        cue, frame = cues[cut.side], FRAMES[cut.side]
        seen = frame.seen(result)
        unit = picture_size(frame, grid.extents)[0] / (cue.box[2] - cue.box[0])
        across = sampled(signed_distance(cue.fine == cut.region), cue.box, seen.shape[:2]) * unit
        deep = seen.shape[2]
        extent = grid.extents[frame.out[0]]
        below = (np.arange(deep) + 0.5) / deep * extent
        down = np.full(deep, 1.0, np.float32) if cut.depth is None else (cut.depth - below).astype(np.float32)
        hollow = np.minimum(across[:, :, None], down[None, None, :])
        if cut.shell is not None:
            np.minimum(hollow, _below(frame.seen(field_)) - cut.shell, out=hollow)
        np.minimum(seen, -hollow, out=seen)
    return result


def _sizes(cue: Cue) -> Iterator[tuple[int, int]]:
    count = np.bincount(cue.regions.ravel())
    yield from ((label, int(size)) for label, size in enumerate(count) if label and size)


def _try_region(search: _Search, cue: Cue, label: int) -> Cut | None:
    scene, grid = search.scene, search.grid
    region = cue.regions == label
    whole = region | (grown(region, 2) & (cue.regions == 0))
    frame = cue.frame
    seen = frame.seen(scene.solid)
    depth = scene.faces[cue.side].depth[region]
    region = whole
    top, deep = float(np.percentile(depth, _TOP_PERCENT)), seen.shape[2]
    if top >= deep:
        return None
    extent = grid.extents[frame.out[0]]
    best: _Best | None = None
    before = scene.cost
    trials = list(_trials(search, cue, label, region & (cue.regions > 0), top))
    level = _level(depth, deep)
    if level is not None:
        trials.append(_Trial(level / deep * extent, Basis.LEVEL))
    for trial in trials:
        if trial.depth is None and _opens_contour(scene.faces[cue.side], region):
            continue
        cells = deep if trial.depth is None else round(trial.depth / extent * deep)
        within = None if trial.shell is None else _shell(search.whole, cue, trial.shell)
        gone, slab = _taken(region, cells, cue, scene.solid.shape, within)
        if not gone.size:
            continue
        holes = {}
        if trial.depth is None:
            holes = {cue.side: scene.holes[cue.side] | region}
            other = OPPOSITE[cue.side]
            if other in scene.cues:
                holes[other] = scene.holes[other] | mirrored(region, cue.side)
        cost, faces = scene.try_cut(gone, slab, holes)
        cost -= _THROUGH_BONUS if trial.depth is None else 0
        enough = -_GAIN / 3 if trial.basis is Basis.LEVEL else _GAIN
        if cost < before - enough and (best is None or cost < best.cost - 1):
            best = _Best(cost, trial, gone, slab, faces, holes)
    if best is None:
        return None
    open_depths = None
    if best.trial.basis is Basis.EQUAL_WALL and best.trial.shell is None:
        open_depths = _open(scene, cue, region, best, (top + 4) / deep * extent, extent)
    scene.cut(best.gone, best.slab, best.faces, best.holes)
    search.cut.add((cue.side, label))
    return Cut(cue.side, label, best.trial.depth, best.trial.basis, before - best.cost, open_depths, best.trial.shell)


def _open(scene: Scene, cue: Cue, region: Mask, best: _Best, least: float, extent: float) -> tuple[float, float] | None:
    """The range of depths at which the lines agree as well as at the best one."""
    deep = scene.solid.shape[cue.frame.out[0]]
    same = []
    depths, step = np.linspace(least, extent * (1 - 1 / deep), _OPEN_SAMPLES, retstep=True)
    for depth in depths:
        gone, slab = _taken(region, round(float(depth) / extent * deep), cue, scene.solid.shape)
        cost, _ = scene.try_cut(gone, slab, {})
        if cost < best.cost + _GAIN:
            same.append(float(depth))
    return (min(same), min(max(same) + float(step), extent * (1 - 1 / deep))) if len(same) > 1 else None


def _trials(search: _Search, cue: Cue, label: int, region: Mask, top: float) -> Iterator[_Trial]:
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
        yield _Trial(None, Basis.THROUGH)
    elif (
        enclosed
        and _unseen(scene.cues, OPPOSITE[cue.side])
        and (cue.side, label) not in search.cut
        and (wall > extent - first - pitch or bore)
    ):
        yield _Trial(None, Basis.EQUAL_WALL)
    if enclosed and pitch < wall < extent - first - pitch:
        yield _Trial(extent - wall, Basis.EQUAL_WALL)
        if region.mean() > _HOLLOW_SHARE and not bore:
            yield _Trial(extent - wall, Basis.EQUAL_WALL, _SHELL_SHARE * wall)
    depths = sorted(extent / 2 - sign * level for level in levels[axis])
    for depth in depths:
        if first < depth < last and not (enclosed and abs(depth - (extent - wall)) < pitch / 2):
            yield _Trial(float(depth), Basis.LINES)
    unseen = len({FRAMES[side].out[0] for side in scene.cues}) < len(FRAMES) // 2
    if (enclosed or unseen) and extent - first > _DEEP * pitch:
        yield _Trial((first + extent) / 2, Basis.EQUAL_WALL)


def _like_a_bore(cue: Cue, label: int) -> bool:
    """Whether a hollow of which the far side is not shown leaves too much around it for a vessel."""
    return bool((cue.regions == label).sum() < _BORE_SHARE * (cue.regions > 0).sum())


def _unseen(cues: Mapping[Side, Cue], side: Side) -> bool:
    return side not in cues or cues[side].inferred


def _at_contour(cue: Cue, region: Mask) -> bool:
    """Whether a region reaches the silhouette's border."""
    return bool((grown(region, 1) & (cue.regions == 0)).any() or _touches_frame(region))


def _opens_contour(face: Face, region: Mask) -> bool:
    """Whether the silhouette would change without a region: then it is a face at the contour, and no hole."""
    there = filled(np.pad((face.solid > 0) & ~region, 1))[1:-1, 1:-1]
    gone = region & (face.solid > 0)
    return bool(gone.any() and there[gone].mean() < _HELD)


def _touches_frame(region: Mask) -> bool:
    return bool(region[0].any() or region[-1].any() or region[:, 0].any() or region[:, -1].any())


def _level(depth: NDArray[np.int32], deep: int) -> int | None:
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


def _shell(field_: Volume, cue: Cue, wall: float) -> Mask:
    """The cells that lie deeper than a wall below every face but the one that is looked at."""
    result = np.empty(field_.shape, bool)
    cue.frame.seen(result)[:] = _below(cue.frame.seen(field_)) > wall
    return result


def _below(seen: NDArray[np.float32]) -> NDArray[np.float32]:
    """Distance to all faces but the near one: what a column has further away it keeps towards the viewer."""
    kept: NDArray[np.float32] = np.maximum.accumulate(seen[:, :, ::-1], axis=2)[:, :, ::-1]
    return kept


def _taken(region: Mask, cells: int, cue: Cue, shape: tuple[int, ...], within: Mask | None = None) -> tuple[Mask, Slab]:
    """The cells of a region down to a depth, as a block of the volume."""
    frame = cue.frame
    volume = np.zeros(shape, bool)
    frame.seen(volume)[region, :cells] = True
    if within is not None:
        volume &= within
    slab = []
    for axis in range(3):
        used = np.flatnonzero(volume.any(tuple(i for i in range(3) if i != axis)))
        slab.append(slice(int(used[0]), int(used[-1]) + 1) if len(used) else slice(0, 0))
    block: Slab = (slab[0], slab[1], slab[2])
    return volume[block].copy(), block
