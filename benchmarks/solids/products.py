"""Products of the household and the office."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from benchmarks.solids.bodies import arc, box, plate, rod, rounded_box, swept, turned


def products() -> dict[str, Manifold]:
    """Twelve products."""
    t = np.linspace(0, 1, 20)
    s: dict[str, Manifold] = {}
    s["soap_dish"] = rounded_box(1, 0.7, 0.25, 0.1) - rounded_box(0.86, 0.56, 0.3, 0.1).translate([0, 0, 0.12])
    s["wall_hook"] = box(0.4, 0.08, 0.8) + swept(
        np.c_[0 * t, -0.05 - 0.4 * np.sin(t * 2.4), -0.2 - 0.16 * t * 2 + 0.5 * t**3], lambda _: 0.06
    )
    s["door_knob"] = turned(
        [(0, 0), (0.3, 0), (0.3, 0.06), (0.1, 0.12), (0.1, 0.35), (0.25, 0.45), (0.3, 0.6), (0.22, 0.75), (0, 0.8)]
    )
    s["planter"] = plate([(-0.4, -0.4), (0.4, -0.4), (0.4, 0.4), (-0.4, 0.4)], 0.7, 0.1) - plate(
        [(-0.34, -0.34), (0.34, -0.34), (0.34, 0.34), (-0.34, 0.34)], 0.7, 0.06
    ).translate([0, 0, 0.08])
    s["remote"] = rounded_box(0.24, 1, 0.12, 0.05) - sum(
        (rod(0.03, 0.1, "z", (x, y, 0.08)) for x in (-0.06, 0.06) for y in (-0.3, -0.15, 0.0)), Manifold()
    )
    s["stapler_base"] = box(0.25, 1, 0.06) + box(0.12, 0.7, 0.16, (0, 0.1, 0.1)) - box(0.06, 0.5, 0.2, (0, 0.1, 0.14))
    s["lamp_shade"] = turned([(0.12, 0.8), (0.15, 0.8), (0.5, 0), (0.47, 0)])
    s["pill_case"] = rounded_box(1, 0.35, 0.22, 0.08) - sum(
        (box(0.2, 0.25, 0.2, (x, 0, 0.06)) for x in (-0.36, -0.12, 0.12, 0.36)), Manifold()
    )
    s["dumbbell_hex"] = rod(0.07, 0.9, "x") + sum(
        (plate(arc(0.25, 0, 300, 6), 0.25).rotate([0, 90, 0]).translate([x, 0, 0]) for x in (-0.38, 0.38)), Manifold()
    )
    s["phone_dock"] = (
        box(0.7, 0.5, 0.15)
        + box(0.7, 0.1, 0.6, (0, 0.15, 0.3)).rotate([-15, 0, 0])
        - box(0.5, 0.08, 0.2, (0, -0.08, 0.08))
    )
    s["bowl"] = turned(
        [
            (0, 0),
            (0.25, 0),
            (0.25, 0.04),
            *[(0.2 + 0.3 * float(np.sin(a)), 0.05 + 0.35 * float(1 - np.cos(a))) for a in np.linspace(0.2, 1.5, 12)],
            (0.46, 0.38),
            *[(0.17 + 0.28 * float(np.sin(a)), 0.1 + 0.32 * float(1 - np.cos(a))) for a in np.linspace(1.4, 0.1, 12)],
            (0, 0.1),
        ]
    )
    s["toy_car"] = plate(
        [(-0.5, 0), (0.5, 0), (0.48, 0.15), (0.3, 0.18), (0.18, 0.34), (-0.2, 0.34), (-0.32, 0.18), (-0.5, 0.16)], 0.4
    ).rotate([90, 0, 0]) + sum((rod(0.1, 0.08, "y", (x, y, 0)) for x in (-0.3, 0.3) for y in (-0.22, 0.22)), Manifold())
    return s
