"""Pictures of the stages, for who wants to look at them one by one."""

from __future__ import annotations

import numpy as np

from patent2tech.shape.cameras import Camera
from patent2tech.shape.frames import Volume
from patent2tech.shape.hull import Grid
from patent2tech.shape.images import Mask
from patent2tech.shape.outlines import Outline
from patent2tech.shape.polygons import polygonize
from patent2tech.shape.rendering import Studio, png

_SHADE = 225
_LOOSE = 190


def drawn_picture(outline: Outline) -> bytes:
    """The lines of the thing on its silhouette, as PNG; what was taken off is pale."""
    image = np.full(outline.ink.shape, 255, np.uint8)
    image[outline.inside] = _SHADE
    image[outline.loose] = _LOOSE
    image[outline.ink] = 0
    return png(image)


def raw_picture(outline: Outline) -> bytes:
    """The figure as it was read, at working size, as PNG."""
    return png(np.where(outline.raw, 0, 255).astype(np.uint8))


def stage_picture(outline: Outline) -> bytes:
    """The silhouette after its partner was heard, as PNG."""
    return png(np.where(outline.inside, 60, 255).astype(np.uint8))


def slice_picture(material: Mask) -> bytes:
    """The material in the plane of a section, as PNG."""
    image = np.where(material, 120, 255).astype(np.uint8)
    return png(np.repeat(np.repeat(image, 3, 0), 3, 1))


def volume_picture(field: Volume, grid: Grid) -> bytes:
    """A solid from the front, right and above, as PNG; an empty sheet when nothing is left."""
    mesh = polygonize(field, grid)
    if mesh is None:
        return png(np.full((8, 8), 255, np.uint8))
    return png(Studio.of(mesh).picture(Camera(35, 25)))
