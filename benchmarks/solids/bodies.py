"""Bodies that the solids of the 3D benchmark are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from manifold3d import CrossSection, FillRule, JoinType, Manifold

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
    made = Manifold.revolve(CrossSection.circle(thick, 32).translate([radius, 0]), _ROUND)
    turn = {"z": (0, 0, 0), "x": (0, 90, 0), "y": (90, 0, 0)}[axis]
    return made.rotate(list(turn))


def arc(radius: float, low: float, high: float, count: int = 24) -> Points:
    """Points on an arc around the origin, angles in degrees."""
    return [(radius * float(np.cos(t)), radius * float(np.sin(t))) for t in np.radians(np.linspace(low, high, count))]
