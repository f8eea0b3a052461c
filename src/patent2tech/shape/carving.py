"""Carving by analysis and synthesis: a region of a view may lie deeper than the hull; the lines of all views decide.

A region is cut to a depth at which some other view shows a straight line, or right through where the opposite view
shows the same border. A cut stays only when drawn lines and the edges of the cut solid agree better with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from patent2tech.figures.model import Side
from patent2tech.shape.cues import Cue, planes
from patent2tech.shape.cuts import Basis, Cut, below
from patent2tech.shape.frames import OPPOSITE, Volume, mirrored
from patent2tech.shape.hull import Grid
from patent2tech.shape.images import Mask, filled, grown
from patent2tech.shape.scene import Face, Scene, Slab
from patent2tech.shape.trials import Search, Trial, level_of, trials

_PASSES: Final = 3
_GAIN: Final = 1.5
"""Cells of line that a cut must explain to be made."""
_THROUGH_BONUS: Final = 2.0
_HELD: Final = 0.5
"""Share of a hole that what is left of the silhouette must enclose."""
_LEAST_CELLS: Final = 4
_TOP_PERCENT: Final = 0.5
"""Share of a region's cells that may stand higher than its top: its border shares cells with its neighbours."""
_OPEN_SAMPLES: Final = 8
_MOST_EFFORT: Final = 60_000_000
"""Cells of views compared, after which no further cut is tried; about 4 s, and unlike time the same on any machine."""


@dataclass(slots=True)
class _Best:
    cost: float
    trial: Trial
    gone: Mask
    slab: Slab
    faces: dict[Side, Face]
    holes: dict[Side, Mask] = field(default_factory=dict)


def carve(field_: Volume, cues: Mapping[Side, Cue], grid: Grid) -> list[Cut]:
    """Find the cuts that make the solid's edges agree with the lines."""
    scene = Scene(field_ > 0, cues)
    search = Search(scene, field_, planes(cues, grid), grid)
    regions = sorted(
        ((side, int(label), int(count)) for side, cue in cues.items() for label, count in _sizes(cue)),
        key=lambda each: -each[2],
    )
    cuts: list[Cut] = []
    for _ in range(_PASSES):
        before = len(cuts)
        for side, label, count in regions:
            if count >= _LEAST_CELLS and scene.effort < _MOST_EFFORT:
                cut = _try_region(search, cues[side], label)
                if cut is not None:
                    cuts.append(cut)
        if len(cuts) == before:
            break
    return cuts


def _sizes(cue: Cue) -> Iterator[tuple[int, int]]:
    count = np.bincount(cue.regions.ravel())
    yield from ((label, int(size)) for label, size in enumerate(count) if label and size)


def _try_region(search: Search, cue: Cue, label: int) -> Cut | None:
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
    tried = list(trials(search, cue, label, region & (cue.regions > 0), top))
    level = level_of(depth, deep)
    if level is not None:
        tried.append(Trial(level / deep * extent, Basis.LEVEL))
    if _opens_contour(scene.faces[cue.side], region):
        tried = [trial for trial in tried if trial.depth is not None]
    for trial in tried:
        cells = deep if trial.depth is None else round(trial.depth / extent * deep)
        within = None if trial.shell is None else _shell(search.whole, cue, trial.shell)
        gone, slab = _taken(region, cells, cue, scene.solid.shape, within)
        if not gone.size:
            continue
        holes = _holes(scene, cue, region) if trial.depth is None else {}
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


def _holes(scene: Scene, cue: Cue, region: Mask) -> dict[Side, Mask]:
    """What is seen through after a region was cut right through."""
    holes = {cue.side: scene.holes[cue.side] | region}
    other = OPPOSITE[cue.side]
    if other in scene.cues:
        holes[other] = scene.holes[other] | mirrored(region, cue.side)
    return holes


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


def _opens_contour(face: Face, region: Mask) -> bool:
    """Whether the silhouette would change without a region: then it is a face at the contour, and no hole."""
    there = filled(np.pad((face.solid > 0) & ~region, 1))[1:-1, 1:-1]
    gone = region & (face.solid > 0)
    return bool(gone.any() and there[gone].mean() < _HELD)


def _shell(field_: Volume, cue: Cue, wall: float) -> Mask:
    """The cells that lie deeper than a wall below every face but the one that is looked at."""
    result = np.empty(field_.shape, bool)
    cue.frame.seen(result)[:] = below(cue.frame.seen(field_)) > wall
    return result


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
