"""Sheet metal and thin walls."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from benchmarks.solids.bodies import box, plate, rod


def sheet_metal() -> dict[str, Manifold]:
    """Bent sheets, covers and shelves."""
    s: dict[str, Manifold] = {}
    s["u_channel"] = (
        box(1, 0.4, 0.03)
        + box(1, 0.03, 0.3, (0, 0.185, 0.15))
        + box(1, 0.03, 0.3, (0, -0.185, 0.15))
        - rod(0.06, 0.2, "z", (0.3, 0, 0))
        - rod(0.06, 0.2, "z", (-0.3, 0, 0))
    )
    s["z_bracket"] = (
        box(0.4, 0.5, 0.03, (-0.3, 0, 0.3))
        + box(0.03, 0.5, 0.33, (-0.115, 0, 0.15))
        + box(0.5, 0.5, 0.03, (0.12, 0, 0))
        - rod(0.06, 0.2, "z", (0.2, 0, 0))
        - rod(0.05, 0.2, "z", (-0.35, 0, 0.3))
    )
    s["box_lid"] = box(1, 0.7, 0.2) - box(0.94, 0.64, 0.2, (0, 0, -0.03))
    s["vent_cover"] = (
        box(1, 0.8, 0.04)
        - sum((box(0.7, 0.05, 0.2, (0, y, 0)) for y in np.linspace(-0.3, 0.3, 6)), Manifold())
        + box(1, 0.03, 0.1, (0, 0.385, -0.05))
        + box(1, 0.03, 0.1, (0, -0.385, -0.05))
    )
    s["duct_corner"] = box(0.5, 0.4, 0.5) - box(0.45, 0.35, 0.5, (0.03, 0, 0.03)) + box(0.5, 0.03, 0.1, (0, 0, 0.3))
    s["shelf"] = (
        box(1, 0.4, 0.04)
        + box(0.04, 0.4, 0.3, (-0.4, 0, -0.16))
        + box(0.04, 0.4, 0.3, (0.4, 0, -0.16))
        + box(1, 0.03, 0.08, (0, 0.18, 0.06))
    )
    s["clip"] = plate(
        [
            (-0.5, 0),
            (0.5, 0),
            (0.5, 0.04),
            (-0.42, 0.04),
            (-0.42, 0.2),
            (0.1, 0.24),
            (0.3, 0.16),
            (0.34, 0.2),
            (0.12, 0.3),
            (-0.5, 0.26),
        ],
        0.3,
    ).rotate([90, 0, 0])
    s["stool"] = rod(0.4, 0.06, "z", (0, 0, 0.4)) + sum(
        (rod(0.035, 0.8).rotate([0, -12, 0]).translate([0.24, 0, 0]).rotate([0, 0, a]) for a in (30, 150, 270)),
        Manifold(),
    )
    return s
