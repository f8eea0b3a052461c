"""What a model is: a mesh with an account of every figure, of what was assumed, and of how far it can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from patent2tech.figures.model import SeenFigure, Side
from patent2tech.shape.cuts import Basis
from patent2tech.text.notes import Note

if TYPE_CHECKING:
    import trimesh

    from patent2tech.shape.cameras import Camera


def silent(_: str) -> None:
    """No progress is shown."""


class Status(StrEnum):
    """What came of the figures."""

    MODEL = "model"
    RELIEF = "relief"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, eq=False)
class FigureCheck:
    """One figure and how the model agrees with it: overlap of silhouettes, and share of lines that are explained.

    `view` names the side, `perspective` or `section`; `reason` says why a figure was not used. `redrawn` is the
    model in the same view as PNG, `drawn` the cleaned figure.
    """

    figure: SeenFigure
    view: str
    used: bool
    reason: Note | None = None
    silhouette_iou: float | None = None
    line_score: float | None = None
    camera: Camera | None = None
    drawn: bytes | None = None
    redrawn: bytes | None = None


@dataclass(frozen=True, slots=True)
class AssumedDepth:
    """A depth that no figure shows: which side it is seen from, how deep, in longest sides, and on what ground."""

    side: Side
    depth: float | None
    basis: Basis
    at: tuple[float, float]
    share: float
    """Share of the solid's volume that hangs on it."""


@dataclass(frozen=True, slots=True)
class PartPlace:
    """Where on the solid a numeral's lead ends in one figure, and the direction of that figure's viewer."""

    numeral: str
    name: str | None
    figure: str | None
    at: tuple[float, float, float]
    towards: tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A solid rebuilt from the figures of one embodiment, or why there is none.

    `quality` estimates the overlap of the model with the true solid (intersection over union); `renders` are PNG by
    name, `turntable` an animated WebP.
    """

    status: Status
    embodiment: int
    figures: tuple[FigureCheck, ...]
    mesh: trimesh.Trimesh | None = None
    environment: trimesh.Trimesh | None = None
    extents: tuple[float, float, float] | None = None
    extents_residual: float | None = None
    assumed: tuple[AssumedDepth, ...] = ()
    depths: tuple[AssumedDepth, ...] = ()
    missing: tuple[Side, ...] = ()
    notes: tuple[Note, ...] = ()
    parts: tuple[PartPlace, ...] = ()
    refusal: Note | None = None
    quality: float | None = None
    renders: Mapping[str, bytes] = field(default_factory=dict)
    turntable: bytes | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class DepthFix:
    """A depth that a person gives: the region under a point (shares of the view's box), `None` through."""

    side: Side
    at: tuple[float, float]
    depth: float | None


@dataclass(frozen=True, slots=True)
class ViewFix:
    """What a person says of one figure: its view, whether to use it, quarter turns anticlockwise, its box."""

    figure: str
    view: str | None = None
    use: bool = True
    turn: int = 0
    box: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that a person corrected."""

    views: tuple[ViewFix, ...] = ()
    depths: tuple[DepthFix, ...] = ()


Stages = Callable[[str, Callable[[], bytes]], None]
"""Takes the file name of a stage and how to draw its picture, which costs nothing where stages are not kept."""


def no_stages(_: str, __: Callable[[], bytes]) -> None:
    """Stages are not kept."""


@dataclass(frozen=True, slots=True)
class ShapeOptions:
    """How to rebuild: whether to guess a relief, what a person corrected, where stages go."""

    guess: bool = False
    pictures: bool = True
    hidden_edges: bool = False
    """Dashes inside a view are hidden edges, as in utility patents."""
    corrections: Corrections = Corrections()
    stages: Stages = no_stages
    progress: Callable[[str], None] = silent
