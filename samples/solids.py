"""Parts of a device as closed solids, in millimetres: +X right of the front view, +Y up, +Z toward its viewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from manifold3d import (
    CrossSection,
    Manifold,
)

__all__ = [
    "Axis",
    "CrossSection",
    "Floats",
    "Ints",
    "Manifold",
    "Part",
    "Point",
    "box",
    "cone",
    "cylinder",
    "disc",
    "extruded",
    "polygon",
    "rounded",
]

Axis = Literal["x", "y", "z"]
Point = tuple[float, float, float]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEW, SOME, MANY = (3.2, 24), (7.0, 36), 72
"""Sides of a full circle up to a radius in millimetres, and of larger ones: facets stay under half a pixel."""

WELD = 6
"""Decimals kept of a vertex: far below the drawing's resolution, above the noise of boolean operations."""


@dataclass(frozen=True)
class Part:
    """One named body of a device, as the parts list calls it."""

    name: str
    solid: Manifold

    def moved(self, offset: Point) -> Part:
        """Place the part elsewhere, for exploded views."""
        return replace(self, solid=self.solid.translate(offset))

    def turned(self, about: Point, degrees: float) -> Part:
        """Turn the part about an axis parallel to Z, counterclockwise as seen from the front."""
        x, y, _ = about
        return replace(self, solid=self.solid.translate((-x, -y, 0)).rotate((0, 0, degrees)).translate((x, y, 0)))

    def above(self, height: float) -> Part:
        """Keep only what stands above a height, for details."""
        return replace(self, solid=self.solid.trim_by_plane((0.0, 1.0, 0.0), height))

    def mesh(self) -> tuple[Floats, Ints]:
        """Welded vertices and triangles of the surface."""
        mesh = self.solid.to_mesh64()
        vertices = np.round(np.asarray(mesh.vert_properties, dtype=np.float64)[:, :3], WELD)
        unique, index = np.unique(vertices, axis=0, return_inverse=True)
        triangles = index.reshape(-1)[np.asarray(mesh.tri_verts, dtype=np.int64)]
        proper = (
            (triangles[:, 0] != triangles[:, 1])
            & (triangles[:, 1] != triangles[:, 2])
            & (triangles[:, 2] != triangles[:, 0])
        )
        return unique, triangles[proper]


def sides(radius: float) -> int:
    """How many sides a circle of this radius gets."""
    return FEW[1] if radius <= FEW[0] else SOME[1] if radius <= SOME[0] else MANY


def box(x: tuple[float, float], y: tuple[float, float], z: tuple[float, float]) -> Manifold:
    """A block between the given bounds."""
    return Manifold.cube((x[1] - x[0], y[1] - y[0], z[1] - z[0])).translate((x[0], y[0], z[0]))


def cylinder(axis: Axis, radius: float, centre: tuple[float, float], span: tuple[float, float]) -> Manifold:
    """A round bar along an axis; `centre` gives the two other coordinates in the order x, y, z."""
    return cone(axis, radius, radius, centre, span)


def cone(axis: Axis, low: float, high: float, centre: tuple[float, float], span: tuple[float, float]) -> Manifold:
    """A round bar whose radius changes from the lower to the upper end of its span."""
    bar = Manifold.cylinder(span[1] - span[0], low, high, sides(max(low, high)))
    if axis == "z":
        return bar.translate((centre[0], centre[1], span[0]))
    if axis == "y":
        return bar.rotate((-90, 0, 0)).translate((centre[0], span[0], centre[1]))
    return bar.rotate((0, 90, 0)).translate((span[0], centre[0], centre[1]))


def disc(radius: float, centre: tuple[float, float]) -> CrossSection:
    """A circle in a profile."""
    return CrossSection.circle(radius, sides(radius)).translate(centre)


def polygon(points: Sequence[tuple[float, float]]) -> CrossSection:
    """A closed outline in a profile, counterclockwise."""
    return CrossSection([np.asarray(points, dtype=np.float64)])


def rounded(x: tuple[float, float], y: tuple[float, float], radius: float) -> CrossSection:
    """A rectangle with rounded corners in a profile."""
    inner = CrossSection.square((x[1] - x[0] - 2 * radius, y[1] - y[0] - 2 * radius))
    corners = [disc(radius, (cx, cy)) for cx in (x[0] + radius, x[1] - radius) for cy in (y[0] + radius, y[1] - radius)]
    return CrossSection.batch_hull([inner.translate((x[0] + radius, y[0] + radius)), *corners])


def extruded(profile: CrossSection, span: tuple[float, float], axis: Axis = "z") -> Manifold:
    """A profile swept along an axis.

    A profile swept along Z is given in (x, y), along Y in (x, -z), along X in (-z, y).
    """
    body = profile.extrude(span[1] - span[0])
    if axis == "z":
        return body.translate((0, 0, span[0]))
    if axis == "y":
        return body.rotate((-90, 0, 0)).translate((0, span[0], 0))
    return body.rotate((0, 90, 0)).translate((span[0], 0, 0))
