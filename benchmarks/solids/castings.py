"""Castings and machined parts."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from benchmarks.solids.bodies import arc, ball, box, cone, plate, rod


def castings() -> dict[str, Manifold]:
    """Blocks with bores, ports and guides."""
    s: dict[str, Manifold] = {}
    s["bearing_block"] = (
        box(1, 0.3, 0.14)
        + rod(0.25, 0.3, "y", (0, 0, 0.25))
        + box(0.5, 0.3, 0.25, (0, 0, 0.12))
        - rod(0.14, 0.5, "y", (0, 0, 0.25))
        - sum((rod(0.05, 0.4, "z", (x, 0, 0)) for x in (-0.4, 0.4)), Manifold())
    )
    s["flange_elbow"] = (
        rod(0.3, 0.08, "z", (0, 0, -0.4))
        + rod(0.16, 0.5, "z", (0, 0, -0.2))
        + ball(0.16)
        + rod(0.16, 0.5, "x", (0.25, 0, 0))
        + rod(0.3, 0.08, "x", (0.5, 0, 0))
        - rod(0.1, 0.6, "z", (0, 0, -0.25))
        - rod(0.1, 0.7, "x", (0.3, 0, 0))
        - ball(0.1)
    )
    s["tilted_bore"] = box(0.8, 0.6, 0.5) - rod(0.12, 1.4).rotate([0, 30, 0])
    s["angled_port"] = rod(0.3, 0.7) + rod(0.14, 0.8).translate([0, 0, 0.4]).rotate([0, 50, 0]) - rod(0.2, 0.9)
    s["v_block"] = box(1, 0.6, 0.5) - box(0.4, 1, 0.4).rotate([0, 45, 0]).translate([0, 0, 0.3])
    s["dovetail"] = box(1, 0.6, 0.3) + plate([(-0.15, 0), (0.15, 0), (0.25, 0.2), (-0.25, 0.2)], 1).rotate(
        [90, 0, 90]
    ).translate([0, 0, 0.15])
    return s


def machined() -> dict[str, Manifold]:
    """Wheels, brackets and arms."""
    s: dict[str, Manifold] = {}
    s["gear_blank"] = (
        rod(0.5, 0.2)
        + rod(0.2, 0.4)
        - rod(0.1, 0.6)
        - sum(
            (rod(0.08, 0.5, "z", (0.33 * np.cos(a), 0.33 * np.sin(a), 0)) for a in np.arange(6) * np.pi / 3), Manifold()
        )
    )
    s["rib_bracket"] = (
        box(0.8, 0.6, 0.08)
        + box(0.8, 0.08, 0.6, (0, 0.26, 0.3))
        + sum(
            (
                plate([(-0.22, 0), (0.24, 0), (0.24, 0.5)], 0.06).rotate([90, 0, 90]).translate([x, 0, 0.04])
                for x in (-0.25, 0.25)
            ),
            Manifold(),
        )
    )
    s["counterbored"] = (
        box(0.9, 0.6, 0.3)
        - rod(0.1, 1)
        - rod(0.2, 0.2, "z", (0, 0, 0.15))
        - cone(0.05, 0.14, 0.12, "z", (0.3, 0, 0.1))
        - rod(0.05, 1, "z", (0.3, 0, 0))
    )
    s["clamp"] = (
        plate([*arc(0.4, -160, 160, 40), *arc(0.28, 160, -160, 40)], 0.3)
        + box(0.3, 0.08, 0.3, (-0.5, 0.13, 0))
        + box(0.3, 0.08, 0.3, (-0.5, -0.13, 0))
        - rod(0.05, 0.6, "y", (-0.56, 0, 0))
    )
    s["impeller"] = (
        rod(0.5, 0.06)
        + rod(0.12, 0.3, "z", (0, 0, 0.12))
        + sum((box(0.36, 0.04, 0.2, (0.3, 0, 0.1)).rotate([0, 0, a]) for a in range(0, 360, 45)), Manifold())
        - rod(0.06, 1)
    )
    s["crank"] = (
        plate([(-0.5, -0.14), (0.4, -0.08), (0.4, 0.08), (-0.5, 0.14)], 0.12, 0.06)
        + rod(0.18, 0.24, "z", (-0.4, 0, 0.05))
        + rod(0.07, 0.4, "z", (0.35, 0, 0.2))
        - rod(0.09, 1, "z", (-0.4, 0, 0))
    )
    return s
