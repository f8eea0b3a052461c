"""The journey from the figures of a patent to a solid; each line is a stage that can be looked at."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from patent2tech.figures.model import SeenFigure, SeenFigures, Side
from patent2tech.shape.cameras import Fitted, cut_field, fit_camera
from patent2tech.shape.carving import Basis, Cut, apply_cuts, carve
from patent2tech.shape.checking import SIDE_CAMERAS, Agreement, Evidence, oblique_agreement, quality, straight_agreement
from patent2tech.shape.choosing import Chosen, choose, is_flat, name_of
from patent2tech.shape.correcting import corrected_cuts
from patent2tech.shape.cues import Cue, cue_of
from patent2tech.shape.dividing import divided, surroundings
from patent2tech.shape.frames import Volume
from patent2tech.shape.gathering import Gathered, NoSolidError, gather
from patent2tech.shape.hidden import depths_by_dashes, unseen_sides
from patent2tech.shape.hull import Grid, grid_of, hull_field
from patent2tech.shape.model import AssumedDepth, FigureCheck, Model, ShapeOptions, Status
from patent2tech.shape.outlines import Outline
from patent2tech.shape.pictures import drawn_picture, slice_picture, volume_picture
from patent2tech.shape.pointing import places_of_parts
from patent2tech.shape.polygons import polygonize
from patent2tech.shape.relief import relief_of
from patent2tech.shape.rendering import Studio, eight_views, png, trimmed, turntable
from patent2tech.shape.revolving import revolved_axes, revolved_field
from patent2tech.shape.rounding import find_rounding, rounded_field
from patent2tech.shape.scene import Scene
from patent2tech.shape.sections import Section, depths_by_section, hollowed, locate
from patent2tech.shape.seeing import Sight, turned_by_lines
from patent2tech.shape.settling import doubted, settle
from patent2tech.shape.turning import rolled
from patent2tech.text.notes import Note

if TYPE_CHECKING:
    import trimesh

_FINE_CELLS: Final = 128
_COARSE_CELLS: Final = 88
_GOOD_FIT: Final = 0.97
_LEAST_OVERLAP: Final = 0.5
"""A solid of which a view shows less than this is not what was drawn; the lines of a piece of it did not close."""
_SOUND: Final = 0.75
"""Quality from which what full lines bound stands by itself; below, what broken lines bound is taken in."""
_CLEARLY_BETTER: Final = 0.05
_UPRIGHT: Final = 0.7
_ROLLS: Final = (-75, -60, -45, -30, -15, 15, 30, 45, 60, 75, 90)
_ROLL_GAIN: Final = 0.1
"""An oblique figure that fits no better than this is tried leaning; it must fit better by this to be turned."""
_CLIP_FIT: Final = 0.93
"""Overlap from which an oblique silhouette is trusted to cut the solid."""


@dataclass(slots=True)
class _Solid:
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


def models_from(seen: SeenFigures, title: str, options: ShapeOptions) -> tuple[Model, ...]:
    """Rebuild the solids that a patent's figures show, one per embodiment, with an account of what was assumed."""
    if is_flat(title, seen) and not options.guess:
        return (_refused(1, seen.figures, Note.of("shape.refused.flat")),)
    groups = choose(seen, options.corrections)
    if not groups:
        return (_refused(1, (), Note.of("shape.refused.no_figures")),)
    return tuple(_model(group, options) for group in groups)


def _model(chosen: Chosen, options: ShapeOptions) -> Model:
    """The model of one embodiment, or its refusal.

    What full lines bound is modelled by itself where it stands well; else what full and broken lines bound together,
    divided afterwards.
    """
    start = time.process_time()
    refusal: Note | None = None
    best: Model | None = None
    for broken in (False, True) if chosen.environment else (False,):
        try:
            model = _attempt(chosen, options, start, broken=broken)
        except NoSolidError as reason:
            refusal = refusal or reason.note
            continue
        if best is None or _worth(model) > _worth(best) + _CLEARLY_BETTER:
            best = model
        if _worth(best) >= _SOUND:
            break
    return best or _without_solid(chosen, options, refusal or Note.of("shape.refused.no_figures"), start)


def _attempt(chosen: Chosen, options: ShapeOptions, start: float, *, broken: bool) -> Model:
    options.progress("silhouettes")
    work = gather(chosen, options, broken=broken)
    options.progress("solid")
    return _finished(work, _carved(work, options), options, start, alone=chosen.environment and not broken)


def _worth(model: Model) -> float:
    return model.quality or 0.0


def _without_solid(chosen: Chosen, options: ShapeOptions, reason: Note, start: float) -> Model:
    """A relief where a guess is wanted, else the refusal."""
    if options.guess:
        relief = relief_of(chosen, reason)
        if relief is not None:
            return replace(relief, seconds=time.process_time() - start)
    model = _refused(chosen.embodiment, chosen.figures, reason, chosen.skipped)
    return replace(model, missing=_missing(chosen), seconds=time.process_time() - start)


def _carved(work: Gathered, options: ShapeOptions) -> _Solid:
    """Hull, round sections, cuts, hollows and clip."""
    grid, rough = grid_of(work.agreed.extents, _FINE_CELLS), grid_of(work.agreed.extents, _COARSE_CELLS, 8)
    fine, coarse = hull_field(work.outlines, grid), hull_field(work.outlines, rough)
    if not (fine > 0).any() or not (coarse > 0).any():
        raise NoSolidError(Note.of("shape.refused.contradiction", residual=f"{work.agreed.total:.0%}"))
    options.stages("4-hull.png", partial(volume_picture, fine, grid))
    axes = _round(work, fine, coarse, grid, rough)
    options.stages("5-round.png", partial(volume_picture, fine, grid))
    cues = {side: cue_of(side, outline, rough) for side, outline in work.outlines.items()}
    if options.hidden_edges:
        cues |= unseen_sides(work.outlines, rough)
    cuts = carve(coarse, cues, rough)
    for outline, fitted in _fitted(work.obliques[:1], coarse, rough) if cuts else []:
        cuts = doubted(coarse, cuts, cues, rough, Sight(outline, fitted, rough))
    fits = _fitted(work.obliques, apply_cuts(coarse, cuts, cues, rough), rough)
    if fits:
        cuts = settle(coarse, cuts, cues, rough, Sight(*fits[0], rough))
    if options.hidden_edges:
        cuts = depths_by_dashes(cuts, cues, work.outlines, rough)
    located = [locate(outline, coarse, rough) for outline in work.sections]
    sections = [section for section in located if section is not None]
    for section in sections:
        cuts = depths_by_section(coarse, cuts, cues, rough, section)
    cuts = corrected_cuts(cuts, options.corrections.depths, cues)
    fine, coarse = apply_cuts(fine, cuts, cues, grid), apply_cuts(coarse, cuts, cues, rough)
    fine, coarse = _hollowed(work, sections, (fine, coarse), (grid, rough), axes)
    options.stages("6-carved.png", partial(volume_picture, fine, grid))
    for outline, fitted in fits:
        if fitted.overlap > _CLIP_FIT:
            fine = np.minimum(fine, cut_field(outline, fitted, grid))
            coarse = np.minimum(coarse, cut_field(outline, fitted, rough))
    options.stages("7-clipped.png", partial(volume_picture, fine, grid))
    return _Solid(fine, coarse, grid, rough, cues, cuts, Scene(coarse > 0, cues), fits, sections)


def _round(work: Gathered, fine: Volume, coarse: Volume, grid: Grid, rough: Grid) -> list[int]:
    """Turn what is round about an axis, or round the sections that the oblique figure shows without edges."""
    axes = []
    for axis in revolved_axes(work.outlines):
        turned, turned_rough = (revolved_field(work.outlines, each, axis) for each in (grid, rough))
        if turned is not None and turned_rough is not None:
            np.minimum(fine, turned, out=fine)
            np.minimum(coarse, turned_rough, out=coarse)
            axes.append(axis)
    if axes or not work.obliques:
        return axes
    rounding, _ = find_rounding(work.outlines, coarse, rough, work.obliques[0])
    if rounding is not None:
        for volume, each in ((fine, grid), (coarse, rough)):
            rounded = rounded_field(work.outlines, each, rounding)
            if rounded is not None:
                np.minimum(volume, rounded, out=volume)
        work.notes.append(Note.of("shape.note.rounded", axis="XYZ"[rounding.axis]))
    return axes


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


def _meshes(work: Gathered, solid: _Solid, *, alone: bool) -> tuple[trimesh.Trimesh | None, trimesh.Trimesh | None]:
    """The body, and what broken lines show around it; a body that was modelled alone gets its environment now."""
    parts = None if alone else divided(solid.fine, solid.grid, work.outlines)
    body, environment = (
        (polygonize(solid.fine, solid.grid), _around(work, solid) if alone else None)
        if parts is None
        else (polygonize(parts[0], solid.grid), polygonize(parts[1], solid.grid))
    )
    if environment is not None:
        work.notes.append(Note.of("shape.note.environment"))
    return body, environment


def _around(work: Gathered, solid: _Solid) -> trimesh.Trimesh | None:
    try:
        whole = gather(work.chosen, ShapeOptions(), broken=True)
    except NoSolidError:
        return None
    grid = grid_of(whole.agreed.extents, _FINE_CELLS)
    body = hull_field(work.outlines, solid.grid)  # with what was carved out of it: hollows are no environment
    return surroundings((body, solid.grid, work.outlines), (grid, whole.outlines))


def _finished(work: Gathered, solid: _Solid, options: ShapeOptions, start: float, *, alone: bool) -> Model:
    """The mesh with its check."""
    mesh, environment = _meshes(work, solid, alone=alone)
    if mesh is None:
        raise NoSolidError(Note.of("shape.refused.contradiction", residual=f"{work.agreed.residual:.0%}"))
    options.progress("check")
    straight = {
        side: straight_agreement(side, outline, solid.fine, solid.scene) for side, outline in work.outlines.items()
    }
    worst = min(straight, key=lambda side: straight[side].silhouette_iou)
    if straight[worst].silhouette_iou < _LEAST_OVERLAP:
        raise NoSolidError(
            Note.of(
                "shape.refused.no_fit",
                figure=work.outlines[worst].figure.label or "-",
                overlap=f"{straight[worst].silhouette_iou:.0%}",
            )
        )
    oblique = [
        (outline, fitted, oblique_agreement(fitted, Sight(outline, fitted, solid.rough), solid.coarse))
        for outline, fitted in solid.fits
    ]
    depths = tuple(_depth(cut, solid) for cut in solid.cuts)
    assumed = tuple(each for each in depths if each.basis is Basis.EQUAL_WALL)
    evidence = Evidence(
        [each.silhouette_iou for each in straight.values()],
        [each.line_score for each in straight.values()],
        oblique[0][2] if oblique else None,
        # A depth that one oblique line decides is half known.
        sum(each.share for each in assumed) + sum(each.share for each in depths if each.basis is Basis.OBLIQUE) / 2,
        len(_missing(work.chosen)) / len(Side),
    )
    studio = Studio.of(mesh, environment) if options.pictures else None
    figures = _checks(work, solid, straight, oblique, studio)
    return Model(
        Status.MODEL,
        work.chosen.embodiment,
        figures,
        mesh,
        environment,
        extents=work.agreed.extents,
        extents_residual=work.agreed.residual,
        assumed=assumed,
        depths=depths,
        missing=_missing(work.chosen),
        notes=tuple(work.notes),
        parts=places_of_parts(work.outlines, solid.fits, solid.fine, solid.grid),
        quality=round(quality(evidence), 3),
        renders=eight_views(studio) if studio else {},
        turntable=turntable(studio) if studio else None,
        seconds=time.process_time() - start,
    )


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


def _depth(cut: Cut, solid: _Solid) -> AssumedDepth:
    cue = solid.cues[cut.side]
    down, right = np.nonzero(cue.fine == cut.region)
    x0, y0, x1, y1 = cue.box
    middle = len(down) // 2
    at = (float((right[middle] - x0) / (x1 - x0)), float((down[middle] - y0) / (y1 - y0))) if len(down) else (0.5, 0.5)
    share = (cue.regions == cut.region).sum() / max(1, (cue.regions > 0).sum())
    return AssumedDepth(cut.side, cut.depth, cut.basis, (round(at[0], 4), round(at[1], 4)), round(float(share), 4))


def _section_checks(work: Gathered, solid: _Solid, pictures: bool) -> list[FigureCheck]:  # noqa: FBT001 - as asked
    """How the sections agree with the solid's slices."""
    located = {id(section.outline): section for section in solid.sections}
    checks = []
    for outline in work.sections:
        section = located.get(id(outline))
        if section is None:
            checks.append(FigureCheck(outline.figure, "section", False, Note.of("shape.skipped.section")))
            continue
        there, shown = section.slice_of(solid.fine, solid.grid), section.shown(solid.grid)
        overlap = float((there & shown).sum() / max(1, (there | shown).sum()))
        drawn = drawn_picture(outline) if pictures else None
        redrawn = slice_picture(there) if pictures else None
        checks.append(FigureCheck(outline.figure, "section", True, None, overlap, overlap, None, drawn, redrawn))
    return checks


def _checks(
    work: Gathered,
    solid: _Solid,
    straight: dict[Side, Agreement],
    oblique: list[tuple[Outline, Fitted, Agreement]],
    studio: Studio | None,
) -> tuple[FigureCheck, ...]:
    checks = []
    for side, outline in work.outlines.items():
        picture = png(trimmed(studio.picture(SIDE_CAMERAS[side]))) if studio else None
        given, camera = straight[side], SIDE_CAMERAS[side]
        drawn = drawn_picture(outline) if studio else None
        checks.append(
            FigureCheck(
                outline.figure, side.value, True, None, given.silhouette_iou, given.line_score, camera, drawn, picture
            )
        )
    for outline, fitted, given in oblique:
        picture = png(trimmed(studio.picture(fitted.camera))) if studio else None
        drawn = drawn_picture(outline) if studio else None
        checks.append(
            FigureCheck(
                outline.figure,
                "perspective",
                True,
                None,
                given.silhouette_iou,
                given.line_score,
                fitted.camera,
                drawn,
                picture,
            )
        )
    checks += _section_checks(work, solid, studio is not None)
    checks += [FigureCheck(figure, name_of(figure), False, reason) for figure, reason in work.skipped]
    return tuple(checks)


def _refused(
    embodiment: int, figures: Sequence[SeenFigure], reason: Note, skipped: Sequence[tuple[SeenFigure, Note]] = ()
) -> Model:
    checks = [FigureCheck(figure, name_of(figure), False) for figure in figures]
    checks += [FigureCheck(figure, name_of(figure), False, why) for figure, why in skipped]
    return Model(Status.REFUSED, embodiment, tuple(checks), refusal=reason)


def _missing(chosen: Chosen) -> tuple[Side, ...]:
    """Sides that no figure shows and none is said to be like."""
    shown = set(chosen.straight) | set(chosen.alike)
    return tuple(side for side in Side if side not in shown)
