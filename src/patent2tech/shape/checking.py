"""The self-check: what each figure says of the finished solid, and one number for how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from patent2tech.figures.model import Side
from patent2tech.shape.cameras import Camera, Fitted
from patent2tech.shape.frames import FRAMES, Volume
from patent2tech.shape.hull import sampled
from patent2tech.shape.images import Mask, filled
from patent2tech.shape.outlines import Outline
from patent2tech.shape.scene import Scene
from patent2tech.shape.seeing import Sight

SIDE_CAMERAS: Final = {
    Side.FRONT: Camera(0, 0),
    Side.REAR: Camera(180, 0),
    Side.RIGHT: Camera(90, 0),
    Side.LEFT: Camera(-90, 0),
    Side.TOP: Camera(0, 90),
    Side.BOTTOM: Camera(0, -90),
}
_LINE_REACH: Final = 4.0
_OBLIQUE_REACH: Final = 5.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one figure agrees: overlap of silhouettes and share of its lines that the solid explains, both 0 to 1."""

    silhouette_iou: float
    line_score: float


def straight_agreement(side: Side, outline: Outline, field: Volume, scene: Scene) -> Agreement:
    """How a straight view agrees with the solid."""
    seen = FRAMES[side].seen(field) > 0
    there = sampled(outline.inside, outline.box, seen.shape[:2]) > 0.5  # noqa: PLR2004 - half covered
    # A figure's silhouette has no holes: whether a region is one is what carving decides.
    return Agreement(_overlap(filled(np.asarray(seen.any(2))), there), scene.line_score(side))


def oblique_agreement(fitted: Fitted, sight: Sight, field: Volume) -> Agreement:
    """How an oblique figure agrees with the solid."""
    cost = sight.cost(field)
    return Agreement(fitted.overlap, float(np.clip(1 - cost / (1.5 * _OBLIQUE_REACH), 0, 1)))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the quality is estimated from."""

    silhouettes: Sequence[float]
    lines: Sequence[float]
    oblique: Agreement | None
    residual: float
    assumed_share: float


def quality(evidence: Evidence) -> float:
    """The expected overlap (intersection over union) of the model with the true solid.

    A logistic regression on the models of own meshes (see `docs/benchmarks.md`); no figure is a proof by itself:
    a mug without its cavity has perfect silhouettes.
    """
    lines = float(np.mean(evidence.lines)) if evidence.lines else 0.0
    worst = min(evidence.silhouettes, default=0.0)
    oblique = evidence.oblique.line_score if evidence.oblique else _NO_OBLIQUE
    score = (
        _WEIGHTS["bias"]
        + _WEIGHTS["lines"] * lines
        + _WEIGHTS["oblique"] * oblique
        + _WEIGHTS["silhouette"] * worst
        + _WEIGHTS["residual"] * min(evidence.residual, 0.1)
        + _WEIGHTS["assumed"] * evidence.assumed_share
    )
    return float(np.clip(1 / (1 + np.exp(-score)), 0.02, 0.98))


_NO_OBLIQUE: Final = 0.55
_WEIGHTS: Final[Mapping[str, float]] = {
    "bias": -9.0,
    "lines": 4.0,
    "oblique": 3.0,
    "silhouette": 5.5,
    "residual": -12.0,
    "assumed": -2.0,
}


def _overlap(one: Mask, other: Mask) -> float:
    return float((one & other).sum() / max(1, (one | other).sum()))
