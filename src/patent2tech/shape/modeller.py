"""The modeller: from a patent and its sheets to its models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patent2tech.figures import see
from patent2tech.patents import Patent
from patent2tech.reading import figures_and_parts
from patent2tech.shape.model import Model, ShapeOptions
from patent2tech.shape.modelling import models_from
from patent2tech.store.derived import Derived


@dataclass(frozen=True, slots=True)
class Modeller:
    """Rebuilds the solids of patents; the text on sheets is read once and kept in the cache."""

    cache: Derived

    def models(self, patent: Patent, images: Mapping[str, bytes], options: ShapeOptions) -> tuple[Model, ...]:
        """The models of a patent, one per embodiment; `images` are its sheets by file name or hash."""
        described, _ = figures_and_parts(patent)
        seen = see(patent, described, images, options.progress, self.cache)
        return models_from(seen, patent.title, options)
