"""What drawings and text of a patent share: figures by label, parts by reference numeral."""

from __future__ import annotations

from dataclasses import dataclass

from patent2tech.patents.locators import Locator


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that the text describes.

    `label` is what stands behind `FIG.` (`2`, `3A`). `views` are the view words of the caption in the field's terms
    (`perspective`, `front_elevational`, `cross_sectional`, ...). `sheet` is the number of the drawing sheet that shows
    it, `None` where the document alone does not tell.
    """

    label: str
    caption: str | None = None
    locator: Locator | None = None
    views: tuple[str, ...] = ()
    sheet: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One reference numeral: its names, the most frequent first, every place that mentions it, and its figures."""

    numeral: str
    names: tuple[str, ...]
    locators: tuple[Locator, ...]
    figures: tuple[str, ...] = ()
