"""A relief: the guess for figures that cannot give a solid, always labelled as one."""

from __future__ import annotations

from typing import Final

import numpy as np

from patent2tech.figures.model import Projection, SeenFigure, Side
from patent2tech.shape.checking import SIDE_CAMERAS
from patent2tech.shape.choosing import Chosen, name_of
from patent2tech.shape.hull import grid_of, sampled
from patent2tech.shape.model import FigureCheck, Model, Status
from patent2tech.shape.outlines import Outline, outline_of
from patent2tech.shape.polygons import polygonize
from patent2tech.shape.rendering import Studio, eight_views
from patent2tech.text.notes import Note

_THICKNESS: Final = 0.12
_GROOVE: Final = 0.02
_CELLS: Final = 160
_QUALITY: Final = 0.1
"""A relief is no model; its thickness is made up."""


def relief_of(chosen: Chosen, reason: Note) -> Model | None:
    """A plate with the outline and the lines of the best figure, or `None` when no figure encloses anything."""
    for figure in [*chosen.figures, *(figure for figure, _ in chosen.skipped)]:
        outline = outline_of(figure)
        if outline is not None:
            return _plate(chosen, figure, outline, reason)
    return None


def _plate(chosen: Chosen, figure: SeenFigure, outline: Outline, reason: Note) -> Model | None:
    width, height = outline.size
    longest = max(width, height)
    grid = grid_of((width / longest, height / longest, _THICKNESS), _CELLS)
    rows, columns = grid.shape[1], grid.shape[0]
    shape = sampled(outline.distance, outline.box, (rows, columns)) / longest
    lines = sampled(outline.ink.astype(np.float32), outline.box, (rows, columns)) > 0.3  # noqa: PLR2004 - mostly ink
    top = np.where(lines & (shape > 2 * _GROOVE), _THICKNESS / 2 - _GROOVE, _THICKNESS / 2)
    depth = grid.axes[2]
    field = np.minimum(shape[:, :, None], top[:, :, None] - depth[None, None, :]).astype(np.float32)
    mesh = polygonize(np.ascontiguousarray(field[::-1].transpose(1, 0, 2)), grid)
    if mesh is None:
        return None
    check = FigureCheck(figure, name_of(figure), True, camera=SIDE_CAMERAS[Side.FRONT])
    return Model(
        Status.RELIEF,
        chosen.embodiment,
        (check,),
        mesh,
        extents=grid.extents,
        notes=(Note.of("shape.note.relief"),),
        refusal=reason,
        quality=_QUALITY if figure.view.projection is not Projection.UNKNOWN else _QUALITY / 2,
        renders=eight_views(Studio.of(mesh)),
    )
