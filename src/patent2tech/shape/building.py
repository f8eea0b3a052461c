"""From the agreed outlines of all views to the solid: hull, plan, round sections, cuts, hollows and clip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
from scipy import ndimage

from patent2tech.figures.model import Side
from patent2tech.shape.cameras import Fitted, cut_field, fit_camera
from patent2tech.shape.carving import carve
from patent2tech.shape.correcting import corrected_cuts
from patent2tech.shape.cues import Cue, cue_of
from patent2tech.shape.cuts import Cut, apply_cuts
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.gathering import Gathered, NoSolidError
from patent2tech.shape.hidden import depths_by_dashes, unseen_sides
from patent2tech.shape.hull import Grid, grid_of, hull_field
from patent2tech.shape.levelling import levelled
from patent2tech.shape.model import ShapeOptions
from patent2tech.shape.outlines import Outline
from patent2tech.shape.pictures import volume_picture
from patent2tech.shape.planning import plan_of
from patent2tech.shape.revolving import revolved_axes, revolved_field
from patent2tech.shape.rounding import Rounding, find_rounding, oblique_cost, rounded_field
from patent2tech.shape.scene import Scene
from patent2tech.shape.sections import Section, depths_by_section, hollowed, locate
from patent2tech.shape.seeing import Sight, turned_by_lines
from patent2tech.shape.settling import doubted, settle
from patent2tech.shape.sloping import find_slopes, sloped
from patent2tech.shape.turning import rolled
from patent2tech.text.notes import Note

_AXES: Final = 3
FINE_CELLS: Final = 128
_COARSE_CELLS: Final = 88
_GOOD_FIT: Final = 0.97
_UPRIGHT: Final = 0.7
_ROLLS: Final = (-75, -60, -45, -30, -15, 15, 30, 45, 60, 75, 90)
_ROLL_GAIN: Final = 0.1
"""An oblique figure that fits no better than this is tried leaning; it must fit better by this to be turned."""
_BESIDE: Final = 4
"""Cells beside the surface at which a field of distances still counts."""
_CLIP_FIT: Final = 0.93
"""Overlap from which an oblique silhouette is trusted to cut the solid."""
_SHAVED: Final = 1.5
"""Cells up to which what an oblique silhouette takes is its camera's error."""


@dataclass(slots=True)
class Solid:
    """The solid and what it was made with."""

    fine: Volume
    coarse: Volume
    grid: Grid
    rough: Grid
    cues: dict[Side, Cue]
    cuts: list[Cut]
    scene: Scene
    fits: list[tuple[Outline, Fitted]]
    sections: list[Section]


def built(work: Gathered, options: ShapeOptions) -> Solid:
    """Hull, round sections, cuts, hollows and clip."""
    grid, rough = grid_of(work.agreed.extents, FINE_CELLS), grid_of(work.agreed.extents, _COARSE_CELLS, 8)
    fine, coarse = hull_field(work.outlines, grid), hull_field(work.outlines, rough)
    if not (fine > 0).any() or not (coarse > 0).any():
        raise NoSolidError(Note.of("shape.refused.contradiction", residual=f"{work.agreed.total:.0%}"))
    options.stages("4-hull.png", partial(volume_picture, fine, grid))
    seen = _with_plan(work, fine, coarse, grid, rough)
    axes = _revolved(seen, (fine, coarse), (grid, rough))
    if work.obliques and not axes:
        slopes = find_slopes(seen, coarse, rough, work.obliques[0])
        fine, coarse = sloped(fine, grid, slopes), sloped(coarse, rough, slopes)
        work.notes += [Note.of("shape.note.sloped", side=slope.cue.side) for slope in slopes]
    rounding = None if axes or not work.obliques else find_rounding(seen, coarse, rough, work.obliques[0])[0]
    carved = _carved(work, seen, _rounded(seen, coarse, rough, rounding), rough, options)
    if rounding is not None and len({FRAMES[side].out[0] for side in seen}) < _AXES:
        # Without a view along each axis, what looks round may be something that lines can tell.
        plain = _carved(work, seen, coarse, rough, options)
        if plain.cost < carved.cost:
            rounding, carved = None, plain
    if rounding is not None:
        fine, coarse = (_rounded(seen, each, on, rounding) for each, on in ((fine, grid), (coarse, rough)))
        work.notes.append(Note.of("shape.note.rounded", axis="XYZ"[rounding.axis]))
    options.stages("5-round.png", partial(volume_picture, fine, grid))
    cues, cuts, fits = carved.cues, carved.cuts, carved.fits
    if options.hidden_edges:
        cuts = depths_by_dashes(cuts, cues, work.outlines, rough)
    located = [locate(outline, coarse, rough) for outline in work.sections]
    sections = [section for section in located if section is not None]
    for section in sections:
        cuts = depths_by_section(coarse, cuts, cues, rough, section)
    cuts = corrected_cuts(cuts, options.corrections.depths, cues)
    fine, coarse = apply_cuts(fine, cuts, cues, grid), apply_cuts(coarse, cuts, cues, rough)
    even = levelled(fine, cues, grid)
    fine, coarse = apply_cuts(fine, even, cues, grid), apply_cuts(coarse, even, cues, rough)
    fine, coarse = _hollowed(work, sections, (fine, coarse), (grid, rough), axes)
    options.stages("6-carved.png", partial(volume_picture, fine, grid))
    for outline, fitted in fits:
        if fitted.overlap > _CLIP_FIT:
            fine, coarse = (_clipped(each, outline, fitted, on) for each, on in ((fine, grid), (coarse, rough)))
    options.stages("7-clipped.png", partial(volume_picture, fine, grid))
    return Solid(fine, coarse, grid, rough, cues, cuts, Scene(coarse > 0, cues), fits, sections)


@dataclass(frozen=True, slots=True)
class _Carved:
    """What carving found on one hull, and how far the oblique figure is from it."""

    cues: dict[Side, Cue]
    cuts: list[Cut]
    fits: list[tuple[Outline, Fitted]]
    cost: float


def _carved(work: Gathered, seen: Mapping[Side, Outline], hull: Volume, rough: Grid, options: ShapeOptions) -> _Carved:
    cues = {side: cue_of(side, outline, rough) for side, outline in seen.items()}
    if options.hidden_edges:
        cues |= unseen_sides(seen, rough)
    cuts = carve(hull, cues, rough)
    for outline, fitted in _fitted(work.obliques[:1], hull, rough) if cuts else []:
        cuts = doubted(hull, cuts, cues, rough, Sight(outline, fitted, rough))
    fits = _fitted(work.obliques, apply_cuts(hull, cuts, cues, rough), rough)
    if not fits:
        return _Carved(cues, cuts, fits, np.inf)
    cuts = settle(hull, cuts, cues, rough, Sight(*fits[0], rough))
    return _Carved(cues, cuts, fits, oblique_cost(*fits[0], apply_cuts(hull, cuts, cues, rough), rough))


def _with_plan(work: Gathered, fine: Volume, coarse: Volume, grid: Grid, rough: Grid) -> dict[Side, Outline]:
    """The views, with the plan that the oblique figure shows where no figure gives one; the hulls are cut to it."""
    plan = plan_of(work.outlines, coarse, rough, work.obliques[0]) if work.obliques else None
    if plan is None:
        return work.outlines
    for volume, on in ((fine, grid), (coarse, rough)):
        np.minimum(volume, hull_field(dict([plan]), on), out=volume)
    work.notes.append(Note.of("shape.note.plan", figure=plan[1].figure.label or "-"))
    return work.outlines | dict([plan])


def _revolved(seen: Mapping[Side, Outline], volumes: tuple[Volume, Volume], grids: tuple[Grid, Grid]) -> list[int]:
    """Turn what is round about an axis, in place."""
    axes = []
    for axis in revolved_axes(seen):
        turned = [revolved_field(seen, each, axis) for each in grids]
        for volume, field in zip(volumes, turned, strict=True):
            if field is not None:
                np.minimum(volume, field, out=volume)
        axes += [axis] * (turned[0] is not None)
    return axes


def _rounded(seen: Mapping[Side, Outline], volume: Volume, grid: Grid, rounding: Rounding | None) -> Volume:
    """A hull with round sections."""
    field = rounded_field(seen, grid, rounding) if rounding is not None else None
    return volume if field is None else np.minimum(volume, field)


def _hollowed(
    work: Gathered,
    sections: Sequence[Section],
    volumes: tuple[Volume, Volume],
    grids: tuple[Grid, Grid],
    axes: Sequence[int],
) -> tuple[Volume, Volume]:
    """Both volumes without the hollows that sections show."""
    fine, coarse = volumes
    for section in sections:
        hollow, hollow_rough = hollowed(fine, grids[0], section, axes), hollowed(coarse, grids[1], section, axes)
        if hollow is not None and hollow_rough is not None:
            fine, coarse = hollow, hollow_rough
            work.notes.append(Note.of("shape.note.hollow", figure=section.outline.figure.label or "-"))
    return fine, coarse


def _clipped(volume: Volume, outline: Outline, fitted: Fitted, grid: Grid) -> Volume:
    """The volume within an oblique silhouette, where that takes more than the camera's error, which would shave it."""
    cut = cut_field(outline, fitted, grid)
    wrong = (volume > 0) & (cut < -_SHAVED * grid.pitch)
    near = ndimage.binary_dilation(wrong, iterations=round(2 * _SHAVED)) if wrong.any() else wrong
    return np.where(near, np.minimum(volume, cut), volume)


def _fitted(obliques: Sequence[Outline], field: Volume, grid: Grid) -> list[tuple[Outline, Fitted]]:
    """The cameras of oblique figures, the best first."""
    fits: list[tuple[Outline, Fitted]] = []
    for outline in obliques:
        outline, fitted = _upright(outline, field, grid)  # noqa: PLW2901 - the figure as it is looked at from here on
        if fitted.overlap < _GOOD_FIT and not fits:
            better = turned_by_lines(outline, fitted, field, grid)
            fitted = replace(better, overlap=max(better.overlap, fitted.overlap)) if better is not fitted else fitted
        fits.append((outline, fitted))
    return sorted(fits, key=lambda fit: -fit[1].overlap)


def _upright(outline: Outline, field: Volume, grid: Grid) -> tuple[Outline, Fitted]:
    """An oblique figure and its camera; one that is drawn lying or leaning is turned upright."""
    sides = outline.figure.view.direction
    fitted = fit_camera(outline, field, grid, sides)
    if fitted.overlap > _UPRIGHT:
        return outline, fitted
    trials = [rolled(outline, float(degrees)) for degrees in _ROLLS]
    best, found = max(
        ((trial, fit_camera(trial, field, grid, sides)) for trial in trials), key=lambda pair: pair[1].overlap
    )
    return (best, found) if found.overlap > fitted.overlap + _ROLL_GAIN else (outline, fitted)
