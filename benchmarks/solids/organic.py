"""Organic and turned shapes."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from benchmarks.solids.bodies import ball, box, ring, rod, rounded_box, swept, turned


def grown() -> dict[str, Manifold]:
    """Handles, shells and fruit."""
    t = np.linspace(0, 1, 20)
    s: dict[str, Manifold] = {}
    s["tool_handle"] = swept(np.c_[t - 0.5, 0 * t, 0.06 * np.sin(5 * t)], lambda u: 0.09 + 0.04 * np.sin(7 * u))
    s["mouse"] = ball(0.5, (0.55, 1, 0.5)) - box(2, 2, 1, (0, 0, -0.5))
    s["pebble"] = ball(0.5, (1, 0.7, 0.4)) + ball(0.3, (1, 0.8, 0.9), (0.15, 0, 0.08))
    s["spoon"] = (
        ball(0.2, (1.3, 0.9, 0.5), (-0.35, 0, 0))
        - ball(0.19, (1.25, 0.85, 0.5), (-0.35, 0, 0.06))
        + swept(np.c_[-0.12 + 0.62 * t, 0 * t, 0.02 + 0.1 * t**2], lambda _: 0.03)
    )
    s["banana"] = swept(
        np.c_[0.5 * np.cos(np.pi * (0.15 + 0.7 * t)), 0 * t, 0.5 * np.sin(np.pi * (0.15 + 0.7 * t))],
        lambda u: 0.03 + 0.08 * np.sin(np.pi * u),
    )
    s["egg_cup"] = turned(
        [
            (0, 0),
            (0.28, 0),
            (0.28, 0.05),
            (0.08, 0.15),
            (0.08, 0.3),
            (0.3, 0.45),
            (0.33, 0.7),
            (0.29, 0.7),
            (0.26, 0.5),
            (0, 0.38),
        ]
    )
    return s


def shaped() -> dict[str, Manifold]:
    """Vessels, grips and rings."""
    t = np.linspace(0, 1, 20)
    s: dict[str, Manifold] = {}
    s["bottle_oval"] = ball(0.5, (0.7, 0.45, 1)) + rod(0.12, 0.4, "z", (0, 0, 0.55)) - box(2, 2, 1, (0, 0, -0.95))
    s["chess_pawn"] = turned(
        [
            (0, 0),
            (0.25, 0),
            (0.25, 0.08),
            (0.18, 0.12),
            (0.09, 0.4),
            (0.14, 0.46),
            (0.07, 0.5),
            *[(0.15 * float(np.sin(a)), 0.62 - 0.15 * float(np.cos(a))) for a in np.linspace(0.7, 3.1, 12)],
            (0, 0.77),
        ]
    )
    s["pistol_grip"] = rounded_box(0.25, 0.4, 0.9, 0.1).rotate([12, 0, 0]) + rounded_box(0.2, 0.8, 0.2, 0.08).translate(
        [0, -0.15, 0.5]
    )
    s["carabiner"] = ring(0.35, 0.06, "y").scale([0.7, 1, 1.2]) - box(0.3, 0.3, 0.2, (0.25, 0, 0.1))
    s["watering_can"] = (
        rod(0.28, 0.5)
        - rod(0.25, 0.5, "z", (0, 0, 0.04))
        + swept(np.c_[0.25 + 0.5 * t, 0 * t, -0.15 + 0.5 * t], lambda u: 0.07 - 0.03 * u)
        + ring(0.2, 0.035, "y").translate([-0.3, 0, 0])
        - rod(0.25, 0.5, "z", (0, 0, 0.04))
    )
    s["teapot_lid"] = turned(
        [
            (0, 0.05),
            (0.4, 0),
            (0.5, 0.02),
            (0.48, 0.08),
            (0.3, 0.2),
            (0.08, 0.26),
            (0.06, 0.32),
            (0.11, 0.38),
            (0.09, 0.45),
            (0, 0.46),
        ]
    )
    return s
