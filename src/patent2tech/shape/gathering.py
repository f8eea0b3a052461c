"""Gathering the views: closed outlines of all figures of one embodiment, agreed among each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import permutations
from typing import Final

import numpy as np

from patent2tech.figures.model import SeenFigure, Side
from patent2tech.shape.choosing import Chosen, name_of
from patent2tech.shape.extents import Agreed, agree
from patent2tech.shape.frames import FRAMES, OPPOSITE, mirrored
from patent2tech.shape.images import bounds_of
from patent2tech.shape.model import ShapeOptions
from patent2tech.shape.outlines import Outline, Outlines
from patent2tech.shape.pairs import agree_pairs
from patent2tech.shape.pictures import drawn_picture, raw_picture, stage_picture
from patent2tech.shape.turning import disagreement, exchanged, turned, upright_plans
from patent2tech.text.notes import Note

_CONTRADICTION: Final = 0.15
"""Extents that disagree by more than this share of a side cannot show one thing."""
_LEAST_PIXELS: Final = 8
_EXCESS_PIXELS: Final = 3.0
_LEAST_AXES: Final = 2
_SIDES: Final = (Side.RIGHT, Side.LEFT)
_SLENDER: Final = 0.02


class NoSolidError(Exception):
    """Why no solid can be made of these figures."""

    def __init__(self, note: Note) -> None:
        super().__init__(note.code)
        self.note = note


@dataclass(slots=True)
class Gathered:
    """What the stages hand on."""

    chosen: Chosen
    outlines: dict[Side, Outline]
    obliques: list[Outline]
    sections: list[Outline]
    agreed: Agreed
    notes: list[Note]
    skipped: list[tuple[SeenFigure, Note]]


def gather(chosen: Chosen, options: ShapeOptions, *, broken: bool = False) -> Gathered:
    """Closed outlines of all views, agreed among each other; `broken` lines bound things too, on request."""
    work = gather_straight(chosen, options, broken=broken)
    read = _Reading(chosen.outlines, work.skipped, options, broken)
    work.obliques = read.all(chosen.oblique)
    work.sections = replace(read, broken=False).all(chosen.sections)
    return work


def gather_straight(chosen: Chosen, options: ShapeOptions, *, broken: bool = False) -> Gathered:
    """The straight views only."""
    notes: list[Note] = []
    skipped = list(chosen.skipped)
    read = _Reading(chosen.outlines, skipped, options, broken)
    found = {side: read.all(figures) for side, figures in chosen.straight.items()}
    found = {side: outlines for side, outlines in found.items() if outlines}
    outlines = _one_per_side(found, notes, skipped)
    unnamed = read.all(chosen.unnamed)
    placed = _placed(outlines, unnamed, notes, skipped)
    chosen = replace(chosen, straight={**chosen.straight, **{side: [one.figure] for side, one in placed.items()}})
    outlines = upright_plans(_turned_by_hand({**outlines, **placed}, options))
    for side, source in chosen.alike.items():
        if side not in outlines and source in outlines:
            outlines[side] = _mirror(outlines[source], source)
    if len({FRAMES[side].out[0] for side in outlines}) < _LEAST_AXES:
        raise NoSolidError(_too_few(outlines))
    outlines, agreed = _consistent(outlines, notes, skipped)
    outlines, other_way = exchanged(outlines)
    notes += [Note.of("shape.note.other_way", figures=", ".join(_labels(outlines, other_way)))] if other_way else []
    outlines, pairs = agree_pairs(outlines)
    notes += [
        Note.of("shape.note.pair", first=check.first, second=check.second, dropped=check.dropped)
        for check in pairs
        if check.dropped is not None
    ]
    agreed = agree({side: outline.size for side, outline in outlines.items()})
    outlines = {side: _trimmed(outline, side, agreed) for side, outline in outlines.items()}
    for side, outline in outlines.items():
        options.stages(f"3-silhouette-{side.value}.png", partial(stage_picture, outline))
    if min(agreed.extents) < _SLENDER:
        notes.append(Note.of("shape.note.slender", ratio=round(1 / min(agreed.extents))))
    return Gathered(chosen, outlines, [], [], agreed, notes, skipped)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How outlines are come by; figures that show nothing are added to `skipped`."""

    outlines: Outlines
    skipped: list[tuple[SeenFigure, Note]]
    options: ShapeOptions
    broken: bool

    def all(self, figures: Sequence[SeenFigure]) -> list[Outline]:
        """The outlines of all figures whose lines enclose something that can be measured."""
        return [outline for figure in figures if (outline := self._one(figure)) is not None]

    def _one(self, figure: SeenFigure) -> Outline | None:
        outline = self.outlines.of(figure, broken=self.broken)
        if outline is None or max(outline.size) < _LEAST_PIXELS:
            self.skipped.append((figure, Note.of("shape.skipped.empty")))
            return None
        name = f"{figure.label or 'x'}-{name_of(figure)}.png"
        self.options.stages(f"1-lines-{name}", partial(raw_picture, outline))
        self.options.stages(f"2-clean-{name}", partial(drawn_picture, outline))
        return outline


def _one_per_side(
    found: dict[Side, list[Outline]], notes: list[Note], skipped: list[tuple[SeenFigure, Note]]
) -> dict[Side, Outline]:
    """Of several figures of one side the one that agrees best with all others."""
    best = {side: outlines[0] for side, outlines in found.items()}
    for side, outlines in found.items():
        if len(outlines) < 2:  # noqa: PLR2004 - nothing to choose
            continue
        residuals = [
            agree({one: (outline if one is side else best[one]).size for one in best}).residual for outline in outlines
        ]
        best[side] = outlines[int(np.argmin(residuals))]
        notes.append(Note.of("shape.note.twice", side=side, count=len(outlines)))
        skipped.extend(
            (outline.figure, Note.of("shape.skipped.twice", side=side))
            for outline in outlines
            if outline is not best[side]
        )
    return best


def _placed(
    outlines: dict[Side, Outline],
    unnamed: Sequence[Outline],
    notes: list[Note],
    skipped: list[tuple[SeenFigure, Note]],
) -> dict[Side, Outline]:
    """What is only called a side view, placed left and right as the other views agree with best."""
    free = [side for side in (Side.RIGHT, Side.LEFT) if side not in outlines][: len(unnamed)]
    skipped.extend((outline.figure, Note.of("shape.skipped.unknown")) for outline in unnamed[len(free) :])
    ways = [dict(zip(order, unnamed, strict=False)) for order in permutations(_SIDES, len(free))]
    ways = [way for way in ways if not set(way) & set(outlines)]
    if not free or not ways:
        return {}
    best = min(ways, key=lambda way: disagreement({**outlines, **way})) if len(outlines) > 1 else ways[0]
    notes += [Note.of("shape.note.side", figure=one.figure.label or "-", side=side) for side, one in best.items()]
    return best


def _turned_by_hand(outlines: dict[Side, Outline], options: ShapeOptions) -> dict[Side, Outline]:
    turns = {fix.figure: fix.turn for fix in options.corrections.views}
    return {
        side: turned(outline, turns[outline.figure.label or ""]) if turns.get(outline.figure.label or "") else outline
        for side, outline in outlines.items()
    }


def _mirror(outline: Outline, side: Side) -> Outline:
    distance = np.ascontiguousarray(mirrored(outline.distance, side))
    return replace(
        outline,
        ink=np.ascontiguousarray(mirrored(outline.ink, side)),
        raw=np.ascontiguousarray(mirrored(outline.raw, side)),
        loose=np.ascontiguousarray(mirrored(outline.loose, side)),
        distance=distance,
        claimed=None if outline.claimed is None else np.ascontiguousarray(mirrored(outline.claimed, side)),
        box=bounds_of(distance),
        origin=None,
    )


def _consistent(
    outlines: dict[Side, Outline], notes: list[Note], skipped: list[tuple[SeenFigure, Note]]
) -> tuple[dict[Side, Outline], Agreed]:
    """Leave out the views whose sides contradict all others, as long as two directions remain."""
    left = dict(outlines)
    while True:
        agreed = agree({side: outline.size for side, outline in left.items()})
        if agreed.residual < _CONTRADICTION and agreed.total < 2 * _CONTRADICTION:
            return left, agreed
        trials = {}
        for side in left:
            rest = {one: outline for one, outline in left.items() if one is not side}
            if len({FRAMES[one].out[0] for one in rest}) >= _LEAST_AXES:
                trials[side] = agree({one: outline.size for one, outline in rest.items()}).residual
        worst = min(trials, key=lambda side: trials[side], default=None)
        if worst is None or len(left) <= 3:  # noqa: PLR2004 - three views cannot outvote one of them
            raise NoSolidError(Note.of("shape.refused.contradiction", residual=f"{agreed.total:.0%}"))
        notes.append(Note.of("shape.note.contradicts", figure=left[worst].figure.label or "-", side=worst))
        skipped.append((left[worst].figure, Note.of("shape.skipped.contradicts")))
        del left[worst]


def _trimmed(outline: Outline, side: Side, agreed: Agreed) -> Outline:
    """A view without what is left of a lead line at its end, which makes it longer than all others say."""
    frame, unit = FRAMES[side], agreed.scales[side]
    box = list(outline.box)
    for low, axis in enumerate((frame.right[0], frame.up[0])):
        excess = box[low + 2] - box[low] - agreed.extents[axis] * unit
        if not agreed.known[axis] or excess < _EXCESS_PIXELS:
            continue
        count = outline.inside.sum(low)  # per column for the width, per row for the height
        strip = round(excess)
        first, last = round(box[low]), round(box[low + 2])
        if count[first : first + strip].sum() < count[last - strip : last].sum():
            box[low] += excess
        else:
            box[low + 2] -= excess
    return outline if tuple(box) == outline.box else replace(outline, box=(box[0], box[1], box[2], box[3]))


def _labels(outlines: dict[Side, Outline], changed: Sequence[Side]) -> list[str]:
    sides = {side if side in outlines else OPPOSITE[side] for side in changed}
    return sorted(outlines[side].figure.label or "-" for side in sides)


def _too_few(outlines: dict[Side, Outline]) -> Note:
    have = ", ".join(side.value for side in outlines) or "-"
    return Note.of("shape.refused.too_few", have=have)
