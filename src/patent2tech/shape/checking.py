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
_OBLIQUE_REACH: Final = 5.0
"""Picture cells beyond which lines of an oblique figure have nothing to do with each other."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one figure agrees: overlap of silhouettes and share of its lines that the solid explains, both 0 to 1.

    `astray` is how far the solid's own lines are from drawn ones: 0 on them, 1 nowhere near.
    """

    silhouette_iou: float
    line_score: float
    astray: float = 0.0


def straight_agreement(side: Side, outline: Outline, field: Volume, scene: Scene) -> Agreement:
    """How a straight view agrees with the solid."""
    seen = FRAMES[side].seen(field) > 0
    there = sampled(outline.inside, outline.box, seen.shape[:2]) > 0.5  # noqa: PLR2004 - half covered
    # A figure's silhouette has no holes: whether a region is one is what carving decides.
    return Agreement(_overlap(filled(np.asarray(seen.any(2))), there), scene.line_score(side))


def oblique_agreement(fitted: Fitted, sight: Sight, field: Volume) -> Agreement:
    """How an oblique figure agrees with the solid."""
    missing, wrong = sight.misses(field)
    score = 1 - (missing + wrong / 2) / (1.5 * _OBLIQUE_REACH)
    return Agreement(fitted.overlap, float(np.clip(score, 0, 1)), wrong / _OBLIQUE_REACH)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the quality is estimated from: how the figures agree, and shares of what is assumed and not shown."""

    silhouettes: Sequence[float]
    lines: Sequence[float]
    oblique: Agreement | None
    assumed_share: float = 0.0
    """Share of the views that hollows take whose depth nothing proves."""
    shaped_share: float = 0.0
    """The same, as far as the outside around such a hollow is not straight, so that its shape is assumed as well."""
    hollow_share: float = 0.0
    """Share of the solid that could be hollow from a side which no figure shows."""
    unproven_share: float = 0.0
    """Share of the solid that hangs on such depths."""
    contour_doubt: float = 0.0
    """Share of the solid that stands or falls with how steadily its contours were drawn."""
    largest_cut: float = 0.0
    """Share of a view that the largest cut takes deeper, which no section proves."""
    residual: float = 0.0
    """By how much the views' sides disagree."""
    left_out_share: float = 0.0
    """Share of the straight figures that contradicted the others and were left out."""


def quality(evidence: Evidence) -> float:
    """A careful estimate of the overlap (intersection over union) of the model with the true solid.

    What is lost adds up from what the figures leave open; the weights are half as large again as those that fit models
    of known solids best (`docs/benchmarks.md`), so that most models are better than their estimate. No figure is a
    proof by itself: a mug without its cavity has perfect silhouettes.
    """
    worst = min(evidence.silhouettes, default=0.0)
    oblique = evidence.oblique or _NO_OBLIQUE
    lines = float(np.mean(evidence.lines)) if evidence.lines else 0.0
    lost = (
        _WEIGHTS["always"]
        + _WEIGHTS["contour"] * evidence.contour_doubt
        + _WEIGHTS["silhouette"] * (1 - worst)
        + _WEIGHTS["residual"] * min(evidence.residual, _LARGE_RESIDUAL)
        + _WEIGHTS["oblique"] * oblique.astray
        + _WEIGHTS["lines"] * max(0.0, _USUAL_LINES - lines)
        + _WEIGHTS["assumed"] * min(evidence.assumed_share, 1.0)
        + _WEIGHTS["shaped"] * min(evidence.shaped_share, 1.0)
        + _WEIGHTS["cut"] * float(np.clip(2 * evidence.largest_cut - 1, 0, 1))
    )
    known = float(np.exp(-lost)) * (1 - _LEFT_OUT * evidence.left_out_share)
    known *= min(1.0, oblique.silhouette_iou / _USUAL_OBLIQUE)
    known *= 1 - _UNSEEN * min(1.0, evidence.hollow_share / _LARGE_HOLLOW)
    open_ = max(evidence.hollow_share, evidence.unproven_share)
    return float(np.clip(known, 0.02, _MOST_OPEN if open_ > _HARMLESS else 0.98))


_NO_OBLIQUE: Final = Agreement(1.0, 0.5, 0.5)
"""What a missing oblique figure counts as: no contradiction, and no support by lines."""
_HARMLESS: Final = 0.25
_MOST_OPEN: Final = 0.89
"""The most that a model is trusted of which more than a quarter hangs on what no figure proves, or may be hollow."""
_UNSEEN: Final = 0.08
_LARGE_HOLLOW: Final = 0.4
_USUAL_LINES: Final = 0.85
_USUAL_OBLIQUE: Final = 0.85
"""The least agreement of lines and outlines among the solids of the fit, about; below it the fit says nothing."""
_LARGE_RESIDUAL: Final = 0.15
_LEFT_OUT: Final = 0.4
_WEIGHTS: Final[Mapping[str, float]] = {
    "always": 0.006,
    "contour": 2.25,
    "silhouette": 1.5,
    "residual": 1.5,
    "oblique": 0.105,
    "lines": 0.5,
    "assumed": 0.09,
    "shaped": 0.75,
    "cut": 0.05,
}


def _overlap(one: Mask, other: Mask) -> float:
    return float((one & other).sum() / max(1, (one | other).sum()))
