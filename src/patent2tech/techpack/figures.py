"""The figures of a pack: found on the sheets, their numerals linked with the parts, as files and as a section."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import Final

from patent2tech.figures import annotate, see
from patent2tech.figures.files import figure_names, figure_png, figure_svg
from patent2tech.figures.model import SeenFigures
from patent2tech.figures.ocr import OfflineReader, TextReader
from patent2tech.figures.wire import FiguresRead
from patent2tech.store.derived import Derived
from patent2tech.techpack.contributions import Contribution, PartName
from patent2tech.techpack.figure_section import figure_section
from patent2tech.techpack.makers import Order

VERSION: Final = "2"
"""Goes up when the same sheets would give other figures."""


@dataclass(frozen=True, slots=True)
class FiguresMaker:
    """Adds the single figures to the part `figures`, whose sheets the pack has already.

    What takes long, the reading of text on the sheets, is kept in `cache` by the hash of their pixels.
    """

    cache: Derived | None = None
    reader: TextReader | None = None

    @property
    def part(self) -> PartName:
        """The part that it adds."""
        return PartName.FIGURES

    @property
    def fingerprint(self) -> str:
        """Changes with the reader of text and with the rules."""
        reader = self.reader or OfflineReader()
        return hashlib.sha256(f"{VERSION} {reader.fingerprint}".encode()).hexdigest()[:16]

    def contribute(self, order: Order) -> Contribution | None:
        """The figures of this patent; a patent whose sheets show none has nothing to add."""
        started = time.monotonic()
        seen = self._seen(order)
        if not seen.figures:
            return None
        names = figure_names(seen.figures)
        document = FiguresRead.of(seen, order.wishes.lang, names)
        files = {"figures/figures.json": document.model_dump_json(indent=1).encode() + b"\n"}
        for figure, name in zip(seen.figures, names, strict=True):
            files[f"figures/{name}.png"] = figure_png(figure)
            files[f"figures/{name}.svg"] = figure_svg(figure, name)
        return Contribution(
            PartName.FIGURES,
            files,
            engine="rules",
            account={
                "reader": (self.reader or OfflineReader()).fingerprint,
                "figures": len(seen.figures),
                "numerals": sum(len(figure.numerals) for figure in seen.figures),
                "seconds": round(time.monotonic() - started, 1),
                "warnings": [note.wording(order.wishes.lang) for note in seen.warnings],
            },
            section=figure_section(seen, names, order.reading, order.wishes.lang),
        )

    def _seen(self, order: Order) -> SeenFigures:
        reading = order.reading
        parts = {part.numeral: part.names[0] if part.names else None for part in reading.parts}
        seen = see(reading.patent, reading.figures, order.images, order.progress, self.cache, self.reader)
        return annotate(seen, parts, order.progress, self.cache)
