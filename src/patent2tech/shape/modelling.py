"""The journey from the figures of a patent to a solid; each line is a stage that can be looked at."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from patent2tech.figures.model import SeenFigure, SeenFigures, Side
from patent2tech.shape.building import FINE_CELLS, Solid, built
from patent2tech.shape.cameras import Fitted
from patent2tech.shape.checking import SIDE_CAMERAS, Agreement, Evidence, oblique_agreement, quality, straight_agreement
from patent2tech.shape.choosing import Chosen, choose, is_flat, name_of
from patent2tech.shape.cuts import Basis, Cut
from patent2tech.shape.dividing import divided, surroundings
from patent2tech.shape.doubts import UNPROVEN, contour_doubt, hollow_share, shaped_share, unproven_share
from patent2tech.shape.gathering import Gathered, NoSolidError, gather, gather_straight
from patent2tech.shape.hull import grid_of, hull_field
from patent2tech.shape.model import AssumedDepth, FigureCheck, Model, ShapeOptions, Status
from patent2tech.shape.outlines import Outline
from patent2tech.shape.pictures import drawn_picture, slice_picture
from patent2tech.shape.pointing import places_of_parts
from patent2tech.shape.polygons import polygonize
from patent2tech.shape.relief import relief_of
from patent2tech.shape.rendering import Studio, eight_views, png, trimmed, turntable
from patent2tech.shape.seeing import Sight
from patent2tech.text.notes import Note

if TYPE_CHECKING:
    import trimesh

_LEAST_OVERLAP: Final = 0.5
"""A solid of which a view shows less than this is not what was drawn; the lines of a piece of it did not close."""
_SOUND: Final = 0.75
"""Quality from which what full lines bound stands by itself; below, what broken lines bound is taken in."""
_CLEARLY_BETTER: Final = 0.05
_AGREEING: Final = 4
_FITTING: Final = 0.98
_EXPLAINED: Final = 0.9
"""Views, their silhouettes and their lines from which full lines bound a whole thing."""
_UNSECTIONED: Final = {Basis.LINES, Basis.OBLIQUE, Basis.EQUAL_WALL, Basis.THROUGH}
_CONTRADICTING: Final = {"shape.note.contradicts", "shape.note.pair"}


def models_from(seen: SeenFigures, title: str, options: ShapeOptions) -> tuple[Model, ...]:
    """Rebuild the solids that a patent's figures show, one per embodiment, with an account of what was assumed."""
    if is_flat(title, seen) and not options.guess:
        return (_refused(1, seen.figures, Note.of("shape.refused.flat")),)
    groups = choose(seen, options.corrections)
    if not groups:
        return (_refused(1, (), Note.of("shape.refused.no_figures")),)
    return tuple(_model(group, options) for group in groups)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A solid with what its figures say of it, before its mesh is made."""

    work: Gathered
    solid: Solid
    straight: dict[Side, Agreement]
    oblique: list[tuple[Outline, Fitted, Agreement]]
    depths: tuple[AssumedDepth, ...]
    quality: float
    alone: bool
    """What full lines bound was modelled by itself, so what is around it is still to be made."""


def _model(chosen: Chosen, options: ShapeOptions) -> Model:
    """The model of one embodiment, or its refusal.

    What full lines bound is modelled by itself where it stands well; else what full and broken lines bound together,
    divided afterwards.
    """
    start = time.process_time()
    refusal: Note | None = None
    best: _Draft | None = None
    for broken in (False, True) if chosen.environment else (False,):
        try:
            draft = _attempt(chosen, options, broken=broken)
        except NoSolidError as reason:
            refusal = refusal or reason.note
            continue
        if best is None or draft.quality > best.quality + _CLEARLY_BETTER:
            best = draft
        if best.quality >= _SOUND or _all_agree(best):
            break
    if best is None:
        return _without_solid(chosen, options, refusal or Note.of("shape.refused.no_figures"), start)
    return _finished(best, options, start)


def _attempt(chosen: Chosen, options: ShapeOptions, *, broken: bool) -> _Draft:
    options.progress("silhouettes")
    work = gather(chosen, options, broken=broken)
    options.progress("solid")
    solid = built(work, options)
    if not (solid.fine > 0).any():
        raise NoSolidError(Note.of("shape.refused.contradiction", residual=f"{work.agreed.residual:.0%}"))
    options.progress("check")
    return _checked(work, solid, alone=chosen.environment and not broken)


def _all_agree(draft: _Draft) -> bool:
    """Whether all straight views fit each other, however much of a depth is assumed: what they show is whole then."""
    views = draft.straight.values()
    return len(views) >= _AGREEING and all(
        view.silhouette_iou > _FITTING and view.line_score > _EXPLAINED for view in views
    )


def _without_solid(chosen: Chosen, options: ShapeOptions, reason: Note, start: float) -> Model:
    """A relief where a guess is wanted, else the refusal."""
    if options.guess:
        relief = relief_of(chosen, reason)
        if relief is not None:
            return replace(relief, seconds=time.process_time() - start)
    model = _refused(chosen.embodiment, chosen.figures, reason, chosen.skipped)
    return replace(model, missing=_missing(chosen), seconds=time.process_time() - start)


def _meshes(draft: _Draft, options: ShapeOptions) -> tuple[trimesh.Trimesh | None, trimesh.Trimesh | None]:
    """The body, and what broken lines show around it; a body that was modelled alone gets its environment now."""
    work, solid = draft.work, draft.solid
    parts = None if draft.alone else divided(solid.fine, solid.grid, work.outlines)
    body, environment = (
        (polygonize(solid.fine, solid.grid), _around(work, solid, options) if draft.alone else None)
        if parts is None
        else (polygonize(parts[0], solid.grid), polygonize(parts[1], solid.grid))
    )
    if environment is not None:
        work.notes.append(Note.of("shape.note.environment"))
    return body, environment


def _around(work: Gathered, solid: Solid, options: ShapeOptions) -> trimesh.Trimesh | None:
    try:
        whole = gather_straight(work.chosen, ShapeOptions(corrections=options.corrections), broken=True)
    except NoSolidError:
        return None
    grid = grid_of(whole.agreed.extents, FINE_CELLS)
    body = hull_field(work.outlines, solid.grid)  # with what was carved out of it: hollows are no environment
    return surroundings((body, solid.grid, work.outlines), (grid, whole.outlines))


def _checked(work: Gathered, solid: Solid, *, alone: bool) -> _Draft:
    """The solid with what all figures say of it."""
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
    evidence = Evidence(
        [each.silhouette_iou for each in straight.values()],
        [each.line_score for each in straight.values()],
        oblique[0][2] if oblique else None,
        sum(each.share for each in depths if each.basis in UNPROVEN),
        shaped_share(solid.cuts, [each.share for each in depths], hull_field(work.outlines, solid.rough)),
        # A section shows what is hollow.
        0.0 if solid.sections else hollow_share(solid.coarse, _missing(work.chosen)),
        unproven_share(solid.coarse, solid.cuts, solid.cues, solid.rough),
        contour_doubt(solid.fine, solid.grid, work.outlines),
        max((each.share for each in depths if each.basis in _UNSECTIONED), default=0.0),
        work.agreed.residual,
        _left_out(work),
    )
    return _Draft(work, solid, straight, oblique, depths, round(quality(evidence), 3), alone)


def _assumed(depths: tuple[AssumedDepth, ...]) -> tuple[AssumedDepth, ...]:
    return tuple(each for each in depths if each.basis is Basis.EQUAL_WALL)


def _finished(draft: _Draft, options: ShapeOptions, start: float) -> Model:
    """The mesh with its account."""
    work, solid = draft.work, draft.solid
    mesh, environment = _meshes(draft, options)
    assert mesh is not None  # noqa: S101 - a draft has something inside
    studio = Studio.of(mesh, environment) if options.pictures else None
    return Model(
        Status.MODEL,
        work.chosen.embodiment,
        _checks(draft, studio),
        mesh,
        environment,
        extents=work.agreed.extents,
        extents_residual=work.agreed.residual,
        assumed=_assumed(draft.depths),
        depths=draft.depths,
        missing=_missing(work.chosen),
        notes=tuple(work.notes),
        parts=places_of_parts(work.outlines, solid.fits, solid.fine, solid.grid),
        quality=draft.quality,
        renders=eight_views(studio) if studio else {},
        turntable=turntable(studio) if studio else None,
        seconds=time.process_time() - start,
    )


def _left_out(work: Gathered) -> float:
    """Share of the straight figures that contradict the others."""
    contradicting = sum(note.code in _CONTRADICTING for note in work.notes)
    return contradicting / max(1, contradicting + len(work.outlines))


def _depth(cut: Cut, solid: Solid) -> AssumedDepth:
    cue = solid.cues[cut.side]
    down, right = np.nonzero(cue.fine == cut.region)
    x0, y0, x1, y1 = cue.box
    middle = len(down) // 2
    at = (float((right[middle] - x0) / (x1 - x0)), float((down[middle] - y0) / (y1 - y0))) if len(down) else (0.5, 0.5)
    share = (cue.regions == cut.region).sum() / max(1, (cue.regions > 0).sum())
    return AssumedDepth(cut.side, cut.depth, cut.basis, (round(at[0], 4), round(at[1], 4)), round(float(share), 4))


def _section_checks(work: Gathered, solid: Solid, pictures: bool) -> list[FigureCheck]:  # noqa: FBT001 - as asked
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


def _checks(draft: _Draft, studio: Studio | None) -> tuple[FigureCheck, ...]:
    work, checks = draft.work, []
    for side, outline in work.outlines.items():
        picture = png(trimmed(studio.picture(SIDE_CAMERAS[side]))) if studio else None
        given, camera = draft.straight[side], SIDE_CAMERAS[side]
        drawn = drawn_picture(outline) if studio else None
        checks.append(
            FigureCheck(
                outline.figure, side.value, True, None, given.silhouette_iou, given.line_score, camera, drawn, picture
            )
        )
    for outline, fitted, given in draft.oblique:
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
    checks += _section_checks(work, draft.solid, studio is not None)
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
