"""Forty-four solids of our own for the 3D benchmark: products, castings, sheet metal, organic shapes.

    python -m benchmarks.solids FOLDER

Z is up and the front looks along -Y, as the ruler's package maker expects. `DEVELOPMENT` may be looked at while
working on the code; `HELD_OUT` may not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import trimesh
from manifold3d import CrossSection, FillRule, JoinType, Manifold, Mesh

from benchmarks.measuring import row

Points = list[tuple[float, float]]
_ROUND: Final = 64


def box(x: float, y: float, z: float, at: tuple[float, float, float] = (0, 0, 0)) -> Manifold:
    """A box around a point."""
    return Manifold.cube([x, y, z], True).translate(list(at))


def rod(radius: float, length: float, axis: str = "z", at: tuple[float, float, float] = (0, 0, 0)) -> Manifold:
    """A cylinder around a point."""
    return cone(radius, radius, length, axis, at)


def cone(
    low: float, high: float, length: float, axis: str = "z", at: tuple[float, float, float] = (0, 0, 0)
) -> Manifold:
    """A cone or cylinder around a point, along an axis."""
    turn = {"z": (0, 0, 0), "x": (0, 90, 0), "y": (-90, 0, 0)}[axis]
    return Manifold.cylinder(length, low, high, _ROUND, True).rotate(list(turn)).translate(list(at))


def ball(
    radius: float, scale: tuple[float, float, float] = (1, 1, 1), at: tuple[float, float, float] = (0, 0, 0)
) -> Manifold:
    """A ball, stretched."""
    return Manifold.sphere(radius, _ROUND).scale(list(scale)).translate(list(at))


def plate(outline: Points, thickness: float, rounding: float = 0.0) -> Manifold:
    """A polygon in x and y made thick along z."""
    section = CrossSection([outline], FillRule.NonZero)
    if rounding:
        section = section.offset(-rounding, JoinType.Round, 2, 32).offset(rounding, JoinType.Round, 2, 32)
    return Manifold.extrude(section, thickness).translate([0, 0, -thickness / 2])


def turned(profile: Points) -> Manifold:
    """A profile of radius and height turned about z."""
    return Manifold.revolve(CrossSection([profile], FillRule.NonZero), _ROUND)


def rounded_box(x: float, y: float, z: float, radius: float) -> Manifold:
    """A box with round edges all over."""
    corner = Manifold.sphere(radius, 24)
    corners = [
        corner.translate([sx * (x / 2 - radius), sy * (y / 2 - radius), sz * (z / 2 - radius)])
        for sx in (-1, 1)
        for sy in (-1, 1)
        for sz in (-1, 1)
    ]
    return Manifold.batch_hull(corners)


def swept(points: np.ndarray, radius: Callable[[float], float]) -> Manifold:
    """A tube along points, as the union of hulls of neighbouring balls."""
    balls = [Manifold.sphere(radius(i / (len(points) - 1)), 24).translate(list(p)) for i, p in enumerate(points)]
    pieces = [Manifold.batch_hull(balls[i : i + 2]) for i in range(len(balls) - 1)]
    return sum(pieces[1:], pieces[0])


def ring(radius: float, thick: float, axis: str = "z") -> Manifold:
    """A torus."""
    t = np.linspace(0, 2 * np.pi, 33)
    made = Manifold.revolve(CrossSection.circle(thick, 32).translate([radius, 0]), _ROUND)
    turn = {"z": (0, 0, 0), "x": (0, 90, 0), "y": (90, 0, 0)}[axis]
    del t
    return made.rotate(list(turn))


def _arc(radius: float, low: float, high: float, count: int = 24) -> Points:
    return [(radius * float(np.cos(t)), radius * float(np.sin(t))) for t in np.radians(np.linspace(low, high, count))]


def _solids() -> dict[str, Manifold]:
    t = np.linspace(0, 1, 20)
    s: dict[str, Manifold] = {}
    # Products
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
        (plate(_arc(0.25, 0, 300, 6), 0.25).rotate([0, 90, 0]).translate([x, 0, 0]) for x in (-0.38, 0.38)), Manifold()
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
    # Castings and machined parts
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
        plate([*_arc(0.4, -160, 160, 40), *_arc(0.28, 160, -160, 40)], 0.3)
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
    # Sheet metal and thin walls
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
    # Organic
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


_NAMES: Final = tuple(_solids())
DEVELOPMENT: Final = _NAMES[::2]
"""May be looked at while the code is written."""
HELD_OUT: Final = _NAMES[1::2]
"""Decide at the end only."""


def write(folder: Path) -> list[Path]:
    """Write every solid as STL into `development/` and `held_out/`."""
    written = []
    for name, solid in _solids().items():
        mesh: Mesh = solid.to_mesh()
        made = trimesh.Trimesh(mesh.vert_properties[:, :3], mesh.tri_verts, process=True)
        if solid.volume() <= 0:
            raise ValueError(f"the solid {name} is empty")
        path = folder / ("development" if name in DEVELOPMENT else "held_out") / f"nw_{name}.stl"
        path.parent.mkdir(parents=True, exist_ok=True)
        made.export(path)
        written.append(path)
    return written


if __name__ == "__main__":
    row("solids written", str(len(write(Path(sys.argv[1])))))
