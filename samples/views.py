"""The directions from which a device is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

from samples.solids import Floats


@dataclass(frozen=True, slots=True)
class View:
    """A parallel projection: `azimuth` turns the viewer from the front to the right, `elevation` lifts it."""

    azimuth: float
    elevation: float

    @property
    def rotation(self) -> Floats:
        """Rows: the sheet's right, the sheet's up, toward the viewer."""
        a, e = radians(self.azimuth), radians(self.elevation)
        toward = np.array([cos(e) * sin(a), sin(e), cos(e) * cos(a)])
        right = np.array([cos(a), 0.0, -sin(a)])
        return np.round(np.array([right, np.cross(toward, right), toward]), 12)


FRONT = View(0, 0)
REAR = View(180, 0)
RIGHT = View(90, 0)
LEFT = View(-90, 0)
TOP = View(0, 90)
BOTTOM = View(0, -90)
PERSPECTIVE = View(35, 25)
