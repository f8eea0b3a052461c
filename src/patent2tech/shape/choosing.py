"""Choosing views: which figures show the whole thing, from where, and which embodiment they belong to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from patent2tech.figures.model import FigureKind, Projection, Role, SectionPlane, SeenFigure, SeenFigures, Side, View
from patent2tech.shape.model import Corrections, ViewFix
from patent2tech.shape.outlines import Outlines
from patent2tech.text.notes import Note

_FLAT_TITLE: Final = re.compile(
    r"\b(?:graphical user interface|user interface|display screen|display panel.*interface|icons?|typeface|type font|"
    r"fonts?|wallpaper|textile|surface (?:pattern|ornamentation)|emoji|emblem)\b",
    re.IGNORECASE,
)
_SIDE_VIEW: Final = re.compile(r"\bside\b|측면", re.IGNORECASE)
_NO_LINES: Final = {FigureKind.PHOTO, FigureKind.SCREEN, FigureKind.FORMULA}
"""A chart or table by its looks is a drawing where the text says from where it is seen: straight lines mislead."""
_PERSPECTIVE: Final = "perspective"
_SECTION: Final = "section"


@dataclass(slots=True)
class Chosen:
    """The figures of one embodiment by what they are for."""

    embodiment: int
    straight: dict[Side, list[SeenFigure]] = field(default_factory=lambda: defaultdict(list))
    unnamed: list[SeenFigure] = field(default_factory=list)
    """Straight views whose captions do not say from where ('a side view', 'another side view', 'a heel side view')."""
    oblique: list[SeenFigure] = field(default_factory=list)
    sections: list[SeenFigure] = field(default_factory=list)
    skipped: list[tuple[SeenFigure, Note]] = field(default_factory=list)
    alike: dict[Side, Side] = field(default_factory=dict)
    """Sides without a figure that look like another one, mirrored."""
    outlines: Outlines = field(default_factory=Outlines)

    @property
    def figures(self) -> list[SeenFigure]:
        """All figures that were not left out."""
        straight = [figure for group in self.straight.values() for figure in group]
        return [*straight, *self.unnamed, *self.oblique, *self.sections]

    @property
    def environment(self) -> bool:
        """Whether the patent says that broken lines show what is around the thing."""
        return any(figure.view.broken_lines_are_environment for figure in self.figures)


def choose(seen: SeenFigures, corrections: Corrections) -> list[Chosen]:
    """Sort the figures of every embodiment."""
    fixes = {fix.figure: fix for fix in corrections.views}
    groups: dict[int, Chosen] = {}
    state = _main_state(seen.figures)
    for figure in seen.figures:
        fix = fixes.get(figure.label or "")
        one = _corrected(figure, fix) if fix else figure
        group = groups.setdefault(one.view.embodiment, Chosen(one.view.embodiment))
        if fix is not None and not fix.use:
            group.skipped.append((one, Note.of("shape.skipped.by_hand")))
        else:
            _place(group, one, state)
    return [groups[number] for number in sorted(groups)]


def is_flat(title: str, seen: SeenFigures) -> bool:
    """Whether the patent shows something without depth: a screen, an icon, a pattern."""
    kinds = [figure.kind for figure in seen.figures]
    return bool(_FLAT_TITLE.search(title)) or (bool(kinds) and all(kind is FigureKind.SCREEN for kind in kinds))


def name_of(figure: SeenFigure) -> str:
    """The view of a figure in one word."""
    view = figure.view
    if view.projection is Projection.SECTION:
        return _SECTION
    if view.projection is Projection.ORTHOGRAPHIC and len(view.direction) == 1:
        return view.direction[0].value
    return _PERSPECTIVE if view.projection is Projection.PERSPECTIVE else "unknown"


def _place(group: Chosen, figure: SeenFigure, state: str | None) -> None:
    view = figure.view
    if figure.kind in _NO_LINES or (figure.kind is not FigureKind.DRAWING and view.projection is Projection.UNKNOWN):
        group.skipped.append((figure, Note.of("shape.skipped.kind", kind=figure.kind.value.replace("_", " "))))
    elif view.role is not Role.WHOLE:
        group.skipped.append((figure, Note.of("shape.skipped.role", role=view.role.value.replace("_", " "))))
    elif view.state != state:
        group.skipped.append((figure, Note.of("shape.skipped.state", state=view.state or "-")))
    elif view.projection is Projection.SECTION:
        group.sections.append(figure)
    elif view.projection is Projection.PERSPECTIVE:
        group.oblique.append(figure)
    elif view.projection is Projection.ORTHOGRAPHIC and len(view.direction) == 1:
        side = view.direction[0]
        group.straight[side].append(figure)
        for other in view.also:
            group.alike[other] = side
    elif view.projection is Projection.ORTHOGRAPHIC and _SIDE_VIEW.search(figure.caption or ""):
        group.unnamed.append(figure)
    else:
        group.skipped.append((figure, Note.of("shape.skipped.unknown")))


def _main_state(figures: Sequence[SeenFigure]) -> str | None:
    """The condition (open, folded) in which most straight views show the thing; none where some say none."""
    states = [
        f.view.state for f in figures if f.view.role is Role.WHOLE and f.view.projection is Projection.ORTHOGRAPHIC
    ]
    return max(states, key=lambda state: (states.count(state), state is None), default=None)


def _corrected(figure: SeenFigure, fix: ViewFix) -> SeenFigure:
    """The figure as a person says it is."""
    one = figure
    if fix.box is not None:
        x0, y0, x1, y1 = fix.box
        height, width = figure.sheet.pixels.shape
        x0, x1 = max(0, x0), min(width, x1)
        y0, y1 = max(0, y0), min(height, y1)
        if x1 > x0 and y1 > y0:
            one = replace(one, box=(x0, y0, x1, y1), pixels=figure.sheet.pixels[y0:y1, x0:x1].copy())
    if fix.view is None:
        return one
    before = one.view
    if fix.view == _PERSPECTIVE:
        view = View(Projection.PERSPECTIVE, before.direction, embodiment=before.embodiment)
    elif fix.view == _SECTION:
        plane = before.section or SectionPlane()
        view = View(Projection.SECTION, section=plane, embodiment=before.embodiment)
    else:
        view = View(Projection.ORTHOGRAPHIC, (Side(fix.view),), embodiment=before.embodiment)
    return replace(one, view=view)
