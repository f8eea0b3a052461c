"""Forty-four solids of our own for the 3D benchmark: products, castings, sheet metal, organic shapes.

    python -m benchmarks.solids FOLDER

Z is up and the front looks along -Y, as the ruler's package maker expects. `DEVELOPMENT` may be looked at while
working on the code; `HELD_OUT` may not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import trimesh
from manifold3d import Manifold, Mesh

from benchmarks.solids.castings import castings, machined
from benchmarks.solids.organic import grown, shaped
from benchmarks.solids.products import products
from benchmarks.solids.sheet_metal import sheet_metal


def _solids() -> dict[str, Manifold]:
    return products() | castings() | machined() | sheet_metal() | grown() | shaped()


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
