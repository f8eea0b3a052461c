"""Line drawing of a device: which pieces of its edges are seen, computed exactly and not by sampling.

Along a straight edge the stretch that one triangle covers is an interval bounded by four linear inequalities (inside
each side, behind the plane); what is left after all triangles is what a draughtsman draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np

from samples.solids import Floats, Ints, Part
from samples.views import View

CREASE = cos(radians(25))
"""Faces that meet at more than 25 degrees show an edge."""

CLEARANCE_MM = 1e-3
"""A point this near to a face lies on it; neighbouring faces must not hide their own edges."""

OVERLAP_MM = 1e-4
"""Faces reach this far over their sides, so that nothing shows through the seam between two of them."""

SHORTEST = 1e-9


@dataclass(frozen=True)
class Scene:
    """Parts as a viewer sees them: front faces as occluders, with the part that owns each."""

    faces: Floats
    owner: Ints
    edges: Floats


def _edges_of(vertices: Floats, triangles: Ints) -> Floats:
    corners = vertices[triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    normals = normals / np.maximum(lengths, SHORTEST)
    ends = np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    faces = np.tile(np.arange(len(triangles)), 3)
    order = np.lexsort((faces, ends[:, 1], ends[:, 0]))
    ends, faces = ends[order], faces[order]
    paired = np.flatnonzero((ends[:-1] == ends[1:]).all(axis=1))
    one, other = normals[faces[paired]], normals[faces[paired + 1]]
    crease = (one * other).sum(axis=1) < CREASE
    seen, seen_other = one[:, 2] > CLEARANCE_MM, other[:, 2] > CLEARANCE_MM
    drawn = (seen != seen_other) | (crease & (seen | seen_other))
    edges: Floats = vertices[ends[paired[drawn]]]
    return edges


def scene(parts: Sequence[Part], view: View) -> Scene:
    """Turn the parts toward the viewer and collect what can hide and what can be drawn."""
    faces, owners, edges = [], [], []
    for number, part in enumerate(parts):
        vertices, triangles = part.mesh()
        vertices = vertices @ view.rotation.T
        corners = vertices[triangles]
        normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        front = normals[:, 2] > SHORTEST
        faces.append(corners[front])
        owners.append(np.full(int(front.sum()), number))
        edges.append(_edges_of(vertices, triangles))
    return Scene(np.concatenate(faces), np.concatenate(owners), np.concatenate(edges))


def _covered(edges: Floats, faces: Floats) -> tuple[Ints, Floats, Floats]:
    low, high = edges.min(axis=1), edges.max(axis=1)
    face_low, face_high = faces.min(axis=1), faces.max(axis=1)
    near = face_high[None, :, 2] > low[:, None, 2] + CLEARANCE_MM
    for axis in (0, 1):
        near &= face_high[None, :, axis] > low[:, None, axis] - OVERLAP_MM
        near &= face_low[None, :, axis] < high[:, None, axis] + OVERLAP_MM
    edge, face = np.nonzero(near)
    start, end = edges[edge, 0], edges[edge, 1]
    triangle = faces[face]
    first, last = np.zeros(len(edge)), np.ones(len(edge))
    normal = np.cross(triangle[:, 1] - triangle[:, 0], triangle[:, 2] - triangle[:, 0])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)

    def keep(at_start: Floats, at_end: Floats, more_than: float) -> None:
        slope = at_end - at_start
        with np.errstate(divide="ignore", invalid="ignore"):
            crossing = (more_than - at_start) / slope
        rising, falling = slope > SHORTEST, slope < -SHORTEST
        first[rising] = np.maximum(first[rising], crossing[rising])
        last[falling] = np.minimum(last[falling], crossing[falling])
        last[~rising & ~falling & (at_start <= more_than)] = -1.0

    for corner in range(3):
        a, b = triangle[:, corner, :2], triangle[:, (corner + 1) % 3, :2]
        side = b - a
        side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), SHORTEST)
        keep(
            side[:, 0] * (start[:, 1] - a[:, 1]) - side[:, 1] * (start[:, 0] - a[:, 0]),
            side[:, 0] * (end[:, 1] - a[:, 1]) - side[:, 1] * (end[:, 0] - a[:, 0]),
            -OVERLAP_MM,
        )
    keep(((triangle[:, 0] - start) * normal).sum(axis=1), ((triangle[:, 0] - end) * normal).sum(axis=1), CLEARANCE_MM)
    hidden = last - first > SHORTEST
    return edge[hidden], first[hidden], last[hidden]


def visible(edges: Floats, faces: Floats) -> Floats:
    """The pieces of the edges that no face hides, as rows of x1, y1, x2, y2 in the view's millimetres."""
    edge, first, last = _covered(edges, faces)
    order = np.lexsort((last, first, edge))
    edge, first, last = edge[order], first[order], last[order]
    bounds = np.searchsorted(edge, np.arange(len(edges) + 1))
    pieces: list[tuple[int, float, float]] = []
    for number in range(len(edges)):
        reached = 0.0
        for at in range(bounds[number], bounds[number + 1]):
            if first[at] > reached + SHORTEST:
                pieces.append((number, reached, float(first[at])))
            reached = max(reached, float(last[at]))
        if reached < 1.0 - SHORTEST:
            pieces.append((number, reached, 1.0))
    if not pieces:
        return np.zeros((0, 4))
    which = np.array([piece[0] for piece in pieces])
    start, end = edges[which, 0, :2], edges[which, 1, :2]
    begin = np.array([[piece[1]] for piece in pieces])
    finish = np.array([[piece[2]] for piece in pieces])
    return np.concatenate([start + (end - start) * begin, start + (end - start) * finish], axis=1)


def outline_of(parts: Sequence[Part], view: View) -> Floats:
    """The line drawing of the parts from one direction."""
    shown = scene(parts, view)
    return visible(shown.edges, shown.faces)
