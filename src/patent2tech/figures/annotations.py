"""What was found in the figures of a sheet, kept for the same sheet, figures and parts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from patent2tech.figures.model import Chart, FigureKind, Numeral, SeenFigure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import TypeAdapter

    from patent2tech.figures.model import UprightSheet
    from patent2tech.store.derived import Derived

_KIND: Final = "annotations-1"
"""Goes up when the rules would find something else in the same sheet."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What was found in one figure."""

    kind: FigureKind
    numerals: tuple[Numeral, ...]
    chart: Chart | None

    def added_to(self, figure: SeenFigure) -> SeenFigure:
        """The figure with what was found in it."""
        return replace(figure, kind=self.kind, numerals=self.numerals, chart=self.chart)


def annotation_key(sheet: UprightSheet, figures: Sequence[SeenFigure], parts: Mapping[str, str | None]) -> str:
    """All that annotations depend on, beside the rules."""
    text = [asdict(line) for line in (*sheet.lines, *(sheet.lettering or ()))]
    asked = [[one.label, one.box, one.label_box, one.caption] for one in figures]
    pixels = sha256(sheet.pixels.tobytes()).hexdigest()
    return json.dumps([sheet.pixels.shape, pixels, text, asked, sorted(parts.items())])


def kept_annotations(kept: Derived, key: str) -> tuple[Annotation, ...] | None:
    """The annotations of a sheet's figures in their order, or `None` when they were not kept or are damaged."""
    content = kept.get(_KIND, key)
    if content is None:
        return None
    try:
        return _adapter().validate_json(content)
    except ValueError:
        return None


def keep_annotations(kept: Derived, key: str, figures: Sequence[SeenFigure]) -> None:
    """Keep what was found in the figures of a sheet."""
    found = tuple(Annotation(figure.kind, figure.numerals, figure.chart) for figure in figures)
    kept.put(_KIND, key, _adapter().dump_json(found))


@cache
def _adapter() -> TypeAdapter[tuple[Annotation, ...]]:
    from pydantic import TypeAdapter

    return TypeAdapter(tuple[Annotation, ...])
