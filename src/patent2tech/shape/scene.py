"""A coarse solid that is cut step by step, and how well its edges agree with the lines of all views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side
from patent2tech.shape.cues import Cue
from patent2tech.shape.frames import FRAMES
from patent2tech.shape.images import Mask

_REACH: Final = 4.0
"""Cells beyond which an edge and a line have nothing to do with each other."""
_EDGE: Final = 2
_CLEAR_EDGE: Final = 5
_FAR: Final = 10_000
_THIN: Final = 2
_LOST_WEIGHT: Final = 3.0
_FRAYED_WEIGHT: Final = 0.2

Slab = tuple[slice, slice, slice]


@dataclass(slots=True)
class Face:
    """One side of the scene: depth of the first solid cell, solid cells in each column, and the cost of its edges."""

    depth: NDArray[np.int32]
    solid: NDArray[np.int32]
    cost: float


class Scene:
    """Solid cells, seen from every side that has a figure; `effort` counts the cells of views compared so far."""

    def __init__(self, solid: Mask, cues: Mapping[Side, Cue]) -> None:
        self.solid = solid
        self.cues = cues
        self.effort = 0
        self.least: dict[Side, NDArray[np.int32]] = {}
        self.holes: dict[Side, Mask] = {side: np.zeros(cue.regions.shape, bool) for side, cue in cues.items()}
        self.faces: dict[Side, Face] = {}
        for side, cue in cues.items():
            seen = FRAMES[side].seen(solid)
            depth, thick = _depth(seen), seen.sum(2, dtype=np.int32)
            self.least[side] = np.minimum(_THIN, thick)
            self.faces[side] = Face(depth, thick, self._cost(cue, depth, thick, seen.shape[2], self.holes[side]))

    @property
    def cost(self) -> float:
        """Cells by which lines and edges miss each other, over all views."""
        return sum(face.cost for face in self.faces.values())

    def line_score(self, side: Side) -> float:
        """Share of a view's lines and the solid's edges that agree: 1 is all."""
        cue, face = self.cues[side], self.faces[side]
        edges, clear = _edges(face.depth, FRAMES[side].seen(self.solid).shape[2])
        del edges
        worst = _REACH * float(cue.lines.sum() + clear.sum())
        return max(0.0, 1 - min(face.cost, worst) / worst) if worst else 0.0

    def try_cut(self, gone: Mask, slab: Slab, holes: Mapping[Side, Mask]) -> tuple[float, dict[Side, Face]]:
        """The cost if these cells of the slab were taken away."""
        kept = self.solid[slab].copy()
        left = kept & ~gone
        self.solid[slab] = left
        faces: dict[Side, Face] = {}
        for side, cue in self.cues.items():
            faces[side] = self._after(side, cue, slab, holes.get(side, self.holes[side]))
        self.solid[slab] = kept
        return sum(face.cost for face in faces.values()), faces

    def cut(self, gone: Mask, slab: Slab, faces: dict[Side, Face], holes: Mapping[Side, Mask]) -> None:
        """Take these cells away."""
        self.solid[slab] &= ~gone
        self.faces = faces
        self.holes.update(holes)

    def _after(self, side: Side, cue: Cue, slab: Slab, holes: Mask) -> Face:
        frame, before = FRAMES[side], self.faces[side]
        rows = _turned(slab[frame.up[0]], self.solid.shape[frame.up[0]], flip=frame.up[1] > 0)
        columns = _turned(slab[frame.right[0]], self.solid.shape[frame.right[0]], flip=frame.right[1] < 0)
        seen = frame.seen(self.solid)
        part = seen[rows, columns]
        depth, thick = before.depth.copy(), before.solid.copy()
        depth[rows, columns], thick[rows, columns] = _depth(part), part.sum(2, dtype=np.int32)
        same = np.array_equal(depth[rows, columns], before.depth[rows, columns])
        if same and holes is self.holes[side] and not (thick[rows, columns] < _THIN).any():
            return Face(before.depth, thick, before.cost)
        return Face(depth, thick, self._cost(cue, depth, thick, seen.shape[2], holes))

    def _cost(self, cue: Cue, depth: NDArray[np.int32], thick: NDArray[np.int32], deep: int, holes: Mask) -> float:
        self.effort += depth.size
        edges, clear = _edges(depth, deep)
        wrong = float(np.minimum(cue.distance[clear], _REACH).sum())
        if edges.any():
            away = cv2.distanceTransform((~edges).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_3)
            missing = float(np.minimum(away[cue.lines], _REACH).sum())
        else:
            missing = _REACH * float(cue.lines.sum())
        least = self.least.get(cue.side, np.zeros_like(thick))
        within = (cue.regions > 0) & ~holes
        # Round things are as thin as you like at their contour, so a neighbour's cells count for a cell as well.
        around = cv2.dilate(thick.astype(np.float32), np.ones((3, 3), np.uint8))
        lost = within & (around < least)
        frayed = within & (thick < np.minimum(least, 1))
        return wrong + missing + _LOST_WEIGHT * float(lost.sum()) + _FRAYED_WEIGHT * float(frayed.sum())


def _turned(part: slice, size: int, *, flip: bool) -> slice:
    return slice(size - part.stop, size - part.start) if flip else part


def _depth(seen: Mask) -> NDArray[np.int32]:
    """Index of the first solid cell of each column; far behind the last where there is none."""
    depth: NDArray[np.int32] = seen.argmax(2).astype(np.int32)
    depth[~seen.any(2)] = seen.shape[2] + 8
    return depth


def _edges(depth: NDArray[np.int32], deep: int) -> tuple[Mask, Mask]:
    """Cells in front of a step of the surface, and those in front of a clear one."""
    wide = np.pad(depth, 1, constant_values=_FAR)
    step = wide[:-2, 1:-1] - depth
    for other in (wide[2:, 1:-1], wide[1:-1, :-2], wide[1:-1, 2:]):
        np.maximum(step, other - depth, out=step)
    there = depth < deep
    return (step >= _EDGE) & there, (step >= _CLEAR_EDGE) & there
