"""The border between the pack and its makers: what a maker is asked for, and what it SHALL give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from patent2tech.reading.model import Reading
from patent2tech.techpack.contributions import Contribution, PartName
from patent2tech.text.notes import Lang


def silent(_: str) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the reader of a pack may ask for beside the patent itself."""

    lang: Lang = Lang.EN
    question: str | None = None
    language: str = "python"
    framework: str = "none"


@dataclass(frozen=True, slots=True)
class Order:
    """What a maker is asked for: the reading of one patent, its sheets, and the reader's wishes.

    `images` holds the bytes of the drawing sheets by the file name that the patent gives them. `progress` takes a
    short line for a person; makers call it between their steps.
    """

    reading: Reading
    images: Mapping[str, bytes]
    wishes: Wishes = Wishes()
    progress: Callable[[str], None] = silent


class Maker(Protocol):
    """Adds one part to every pack.

    `contribute` SHALL return `None` where the patent gives it nothing to do, and SHALL neither pay nor compute twice
    for the same order (results are cached). It MAY raise a `P2TError`, which leaves the part out and is told among the
    pack's warnings; anything else is a defect.
    """

    @property
    def part(self) -> PartName:
        """The part that it adds."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes when the same order would give another part: version, model, prompt. A kept pack holds until then."""
        ...

    def contribute(self, order: Order) -> Contribution | None:
        """The part of this patent."""
        ...
