"""Pictures of a mesh by ray casting: shaded, with the lines that a draughtsman would draw; no display, no OpenGL."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

import numpy as np
import trimesh
from numpy.typing import NDArray
from PIL import Image
from trimesh.ray.ray_pyembree import RayMeshIntersector

from patent2tech.shape.cameras import Camera
from patent2tech.shape.images import box_of

_PAPER: Final = 255
_LIGHT: Final = np.array([0.35, 0.8, 0.5]) / np.linalg.norm([0.35, 0.8, 0.5])
_CREASE: Final = 0.85
_STEP: Final = 0.02
_GRAZING: Final = 0.05
_RIM: Final = 3
"""Pixels around the thing that are looked at, too."""
_PALE: Final = 0.4
_EDGE: Final = 40
_PALE_EDGE: Final = 150
_VIEWS: Final = {
    "front-right-top": (35, 25),
    "front-left-top": (-35, 25),
    "rear-right-top": (145, 25),
    "rear-left-top": (-145, 25),
    "front-right-bottom": (35, -25),
    "front-left-bottom": (-35, -25),
    "front": (0, 0),
    "top": (0, 89.9),
}
_FRAMES: Final = 24
_FRAME_MILLISECONDS: Final = 90
_TURN_PIXELS: Final = 200
_PIXELS: Final = 400


@dataclass(frozen=True, slots=True, eq=False)
class Studio:
    """One mesh, ready to be looked at."""

    mesh: trimesh.Trimesh
    rays: RayMeshIntersector
    body_faces: int
    """How many of the faces are the body's; those of the environment follow, and are shown pale."""

    @classmethod
    def of(cls, mesh: trimesh.Trimesh, environment: trimesh.Trimesh | None = None) -> Studio:
        """Prepare a mesh, and what is around it."""
        both = mesh if environment is None else _both(mesh, environment)
        return cls(both, RayMeshIntersector(both), len(mesh.faces))

    def picture(self, camera: Camera, pixels: int = _PIXELS) -> NDArray[np.uint8]:
        """The mesh from a camera, grey on white."""
        bounds = self.mesh.bounds
        half = float(np.linalg.norm(bounds[1] - bounds[0])) / 2 * 1.04
        grid = (np.arange(pixels) + 0.5) / pixels * 2 * half - half
        seen = camera.project(self.mesh.vertices - bounds.mean(0))
        columns, rows = (_reached(values, half, pixels) for values in (seen[:, 0], -seen[:, 1]))
        whole = np.full((pixels, pixels), _PAPER, np.uint8)
        whole[rows, columns] = self._looked_at(camera, grid[columns], grid[rows])
        return whole

    def _looked_at(self, camera: Camera, right: NDArray[np.float64], down: NDArray[np.float64]) -> NDArray[np.uint8]:
        """The part of a picture at these places, in units of the thing from its middle."""
        bounds = self.mesh.bounds
        across, upwards = np.meshgrid(right, -down)
        plane = across[..., None] * camera.right + upwards[..., None] * camera.up + bounds.mean(0)
        if camera.distance is None:
            starts, ways = plane + camera.eye * 2, np.broadcast_to(-camera.eye, plane.shape)
        else:
            starts = np.broadcast_to(bounds.mean(0) + camera.eye * camera.distance, plane.shape)
            ways = (plane - starts) / np.linalg.norm(plane - starts, axis=-1, keepdims=True)
        hit = self.rays.intersects_first(starts.reshape(-1, 3), ways.reshape(-1, 3)).reshape(across.shape)
        there = hit >= 0
        normal = np.zeros((*there.shape, 3))
        normal[there] = self.mesh.face_normals[hit[there]]
        depth = np.full(there.shape, 1e3)
        corner = self.mesh.triangles[hit[there], 0]
        facing = -(normal[there] * ways[there]).sum(1)
        depth[there] = ((starts[there] - corner) * normal[there]).sum(1) / np.maximum(facing, _GRAZING)
        light = 0.55 + 0.35 * np.clip(normal @ _LIGHT, -0.6, 1) + 0.1 * (normal @ camera.eye)
        image = np.where(there, np.clip(light, 0.25, 1) * 235, _PAPER)
        image[hit >= self.body_faces] = _PAPER - (_PAPER - image[hit >= self.body_faces]) * _PALE
        edges = _edges(there, normal, depth)
        image[edges] = np.where(hit[edges] >= self.body_faces, _PALE_EDGE, _EDGE)
        return image.astype(np.uint8)


def _reached(places: NDArray[np.float64], half: float, pixels: int) -> slice:
    """The pixels along one side of a picture that anything can reach, with a margin."""
    low, high = ((float(end) / half + 1) / 2 * pixels for end in (places.min(), places.max()))
    return slice(max(0, int(low) - _RIM), min(pixels, int(high) + _RIM + 1))


def _both(mesh: trimesh.Trimesh, environment: trimesh.Trimesh) -> trimesh.Trimesh:
    vertices = np.concatenate([mesh.vertices, environment.vertices])
    faces = np.concatenate([mesh.faces, np.asarray(environment.faces) + len(mesh.vertices)])
    return trimesh.Trimesh(vertices, faces, process=False)


def _edges(there: NDArray[np.bool_], normal: NDArray[np.float64], depth: NDArray[np.float64]) -> NDArray[np.bool_]:
    edges = np.zeros(there.shape, bool)
    for axis in (0, 1):
        beside = np.roll(there, 1, axis)
        edges |= there != beside
        both = there & beside
        edges |= both & ((normal * np.roll(normal, 1, axis)).sum(-1) < _CREASE)
        edges |= both & (np.abs(depth - np.roll(depth, 1, axis)) > _STEP)
    return edges


def eight_views(studio: Studio) -> dict[str, bytes]:
    """The mesh from eight sides as PNG by name."""
    return {
        name: png(studio.picture(Camera(float(azimuth), float(elevation))))
        for name, (azimuth, elevation) in _VIEWS.items()
    }


def turntable(studio: Studio) -> bytes:
    """One turn around the mesh as animated WebP."""
    frames = [Image.fromarray(studio.picture(Camera(360 / _FRAMES * i, 22.0), _TURN_PIXELS)) for i in range(_FRAMES)]
    stream = io.BytesIO()
    frames[0].save(
        stream,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=_FRAME_MILLISECONDS,
        loop=0,
        quality=60,
        method=0,
    )
    return stream.getvalue()


def trimmed(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture without the paper around it."""
    x0, y0, x1, y1 = box_of(image < _PAPER)
    return image[y0:y1, x0:x1] if x1 > x0 else image


def png(image: NDArray[np.uint8]) -> bytes:
    """A picture as PNG."""
    stream = io.BytesIO()
    Image.fromarray(image).save(stream, "PNG", compress_level=6)
    return stream.getvalue()
