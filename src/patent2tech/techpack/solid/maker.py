"""Adds the 3D model to a pack."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from patent2tech.figures.model import Projection, Role
from patent2tech.figures.views import read_views
from patent2tech.patents import Patent, PatentType
from patent2tech.reading.model import Reading
from patent2tech.shape.files import REPORT_FILE
from patent2tech.shape.model import ShapeOptions
from patent2tech.shape.modeller import VERSION, Modeller
from patent2tech.techpack.contributions import Contribution, PartName
from patent2tech.techpack.makers import Order
from patent2tech.techpack.solid.section import section_of

_FOLDER: Final = "model"
_LEAST_VIEWS: Final = 2


@dataclass(frozen=True, slots=True)
class ModelMaker:
    """Rebuilds the solid where the captions promise straight views from two directions, or a design is claimed."""

    modeller: Modeller

    @property
    def part(self) -> PartName:
        """The model."""
        return PartName.MODEL

    @property
    def fingerprint(self) -> str:
        """The version of the modeller."""
        return VERSION

    def contribute(self, order: Order) -> Contribution | None:
        """The model with its report, or its refusal; nothing where the figures do not even claim to show a solid."""
        patent = order.reading.patent
        if not order.images or not _promising(order.reading, patent):
            return None
        options = ShapeOptions(progress=order.progress)
        files = self.modeller.files(patent, order.images, options, order.wishes.lang)
        report = json.loads(files[REPORT_FILE])
        return Contribution(
            PartName.MODEL,
            {f"{_FOLDER}/{path}": content for path, content in files.items()},
            engine="shape",
            account={
                "version": VERSION,
                "status": report["status"],
                "quality": report["quality"],
                "seconds": report["seconds"],
                "assumed_depths": len(report["assumed_depths"]),
            },
            section=section_of(report, files, _FOLDER),
        )


def _promising(reading: Reading, patent: Patent) -> bool:
    """Whether it is worth reading the sheets: the captions name straight views from two directions."""
    if patent.type is PatentType.DESIGN:
        return True
    views = read_views(patent, reading.figures).values()
    straight = {
        view.direction[0]
        for view in views
        if view.projection is Projection.ORTHOGRAPHIC and view.role is Role.WHOLE and len(view.direction) == 1
    }
    return len(straight) >= _LEAST_VIEWS
