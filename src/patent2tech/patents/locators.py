"""Locators: the name of one place in a patent, so that a statement can point at its proof."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_CLAIM = re.compile(r"^claim (\d+)$")
_PARAGRAPH = re.compile(r"^\[([\w-]+)\]$")
_FIGURE = re.compile(r"^FIG\. (\S+)$")


class Place(StrEnum):
    """The kinds of places that a locator can name."""

    TITLE = "title"
    ABSTRACT = "abstract"
    CLAIM = "claim"
    PARAGRAPH = "paragraph"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, order=True)
class Locator:
    """One place in a patent: printed as `claim 1`, `[0023]`, `FIG. 2`, `abstract` or `title`."""

    place: Place
    label: str = ""

    @classmethod
    def claim(cls, number: int) -> Locator:
        """The claim with this number."""
        return cls(Place.CLAIM, str(number))

    @classmethod
    def paragraph(cls, number: str) -> Locator:
        """The description paragraph with this printed number, e.g. `0023`."""
        return cls(Place.PARAGRAPH, number)

    @classmethod
    def figure(cls, label: str) -> Locator:
        """The figure with this label, e.g. `2A`."""
        return cls(Place.FIGURE, label)

    @classmethod
    def parse(cls, text: str) -> Locator:
        """Read a locator as `str` prints it.

        Raises:
            ValueError: when the text names no place.
        """
        for pattern, place in ((_CLAIM, Place.CLAIM), (_PARAGRAPH, Place.PARAGRAPH), (_FIGURE, Place.FIGURE)):
            if match := pattern.match(text):
                return cls(place, match[1])
        if text in {Place.TITLE, Place.ABSTRACT}:
            return cls(Place(text))
        raise ValueError(f"{text!r} names no place in a patent")

    @property
    def anchor(self) -> str:
        """The HTML fragment of the place on the pack's page: `c1`, `p0023`, `fig2`, `abstract`, `title`."""
        prefix = {Place.CLAIM: "c", Place.PARAGRAPH: "p", Place.FIGURE: "fig"}.get(self.place)
        return str(self.place) if prefix is None else f"{prefix}{self.label}"

    def __str__(self) -> str:
        match self.place:
            case Place.CLAIM:
                return f"claim {self.label}"
            case Place.PARAGRAPH:
                return f"[{self.label}]"
            case Place.FIGURE:
                return f"FIG. {self.label}"
            case _:
                return str(self.place)
