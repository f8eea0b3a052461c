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
    """What the quality is estimated from: how the figures agree, and shares of what is assumed and not shown."""

    silhouettes: Sequence[float]
    lines: Sequence[float]
    oblique: Agreement | None
    assumed_share: float
    missing_share: float
    largest_cut: float = 0.0
    """Share of a view that the largest cut takes deeper, which no section proves."""
    residual: float = 0.0
    """By how much the views' sides disagree."""
    left_out_share: float = 0.0
    """Share of the straight figures that contradicted the others and were left out."""


def quality(evidence: Evidence) -> float:
    """The expected overlap (intersection over union) of the model with the true solid.

    A logistic fit on models of known solids (`docs/benchmarks.md`), in which outlines always agreed; where they do
    not, as no solid can be better than its outlines, the estimate falls with them. No figure is a proof by itself: a
    mug without its cavity has perfect silhouettes.
    """
    worst = min(evidence.silhouettes, default=0.0)
    oblique = evidence.oblique or _NO_OBLIQUE
    score = (
        _WEIGHTS["bias"]
        + _WEIGHTS["lines"] * (float(np.mean(evidence.lines)) if evidence.lines else 0.0)
        + _WEIGHTS["oblique"] * oblique.line_score
        + _WEIGHTS["silhouette"] * worst
        + _WEIGHTS["assumed"] * min(evidence.assumed_share, 1.0)
        + _WEIGHTS["missing"] * evidence.missing_share
    )
    fitted = 1 / (1 + np.exp(-score))
    doubt = 1 - _ASSUMED * min(evidence.assumed_share, 1.0)
    doubt *= 1 - _LARGE_CUT * float(np.clip(2 * evidence.largest_cut - 1, 0, 1))
    doubt *= 1 - _RESIDUAL * min(evidence.residual, _LARGE_RESIDUAL)
    doubt *= 1 - _LEFT_OUT * evidence.left_out_share
    fitted *= doubt * worst * min(1.0, worst / _USUAL_SILHOUETTE) * min(1.0, oblique.silhouette_iou / _USUAL_OBLIQUE)
    return float(np.clip(fitted, 0.02, _UNSEEN_HOLLOW if evidence.missing_share else 0.98))


_NO_OBLIQUE: Final = Agreement(1.0, 0.55)
"""What a missing oblique figure counts as: no contradiction, and no support by lines."""
_UNSEEN_HOLLOW: Final = 0.88
"""The most that a model is trusted of which one side is not shown: it may be hollow from there."""
_USUAL_SILHOUETTE: Final = 0.9
_USUAL_OBLIQUE: Final = 0.85
"""The least agreement of outlines among the solids of the fit, about; below it the fit says nothing."""
_ASSUMED: Final = 0.2
_LARGE_CUT: Final = 0.1
_RESIDUAL: Final = 2.0
_LARGE_RESIDUAL: Final = 0.15
_LEFT_OUT: Final = 0.4
"""What each doubt takes off, at most; in round numbers, chosen on the development half on four levels."""
_WEIGHTS: Final[Mapping[str, float]] = {
    "bias": -3.84,
    "lines": 3.65,
    "oblique": 3.13,
    "silhouette": 0.91,
    "assumed": -1.68,
    "missing": -2.04,
}


def _overlap(one: Mask, other: Mask) -> float:
    return float((one & other).sum() / max(1, (one | other).sum()))
