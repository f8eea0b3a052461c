"""What statements are proved from: the places of a text, and the names of its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from patent2tech.analysis.normalising import NormalText, normal, visible
from patent2tech.analysis.wording import is_korean, words
from patent2tech.patents import Locator
from patent2tech.reading import Reading

_LOOSE_LOCATORS: Final = (
    (re.compile(r"^(?:claim|청구항)\s*#?\s*(\d+)\s*(?:항)?$|^제\s*(\d+)\s*항$", re.IGNORECASE), "claim {}"),
    (re.compile(r"^(?:paragraph|para\.?|단락|문단|¶)?\s*\[?\s*([\w-]+)\s*\]?$", re.IGNORECASE), "[{}]"),
    (re.compile(r"^(?:figure|fig\.?|도|도면)\s*([\w()]+)$", re.IGNORECASE), "FIG. {}"),
)


@dataclass(frozen=True)
class Source:
    """A patent, or any other text: its places by locator, and its parts by numeral.

    `subject` are words that name the thing as a whole (of the title and of the claims' preambles), which a sentence
    may use without quoting them.
    """

    name: str
    places: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    subject: frozenset[str] = frozenset()

    @classmethod
    def of_reading(cls, reading: Reading) -> Source:
        """The source that a patent is."""
        patent = reading.patent
        places = {str(locator): visible(text) for locator, text in patent.passages()}
        places |= {str(Locator.figure(each.label)): visible(each.caption) for each in reading.figures if each.caption}
        titles = [patent.title, *(claim.preamble for claim in reading.claims if claim.independent)]
        return cls(
            str(patent.number),
            places,
            {part.numeral: part.names for part in reading.parts},
            frozenset(word.stem for title in titles for word in words(title) if word.content),
        )

    @classmethod
    def of_text(cls, name: str, text: str) -> Source:
        """The source that a pasted text is: its paragraphs, numbered `[1]`, `[2]`, ..."""
        lines = [line.strip() for line in visible(text).split("\n")]
        return cls(name, {f"[{number}]": line for number, line in enumerate(filter(None, lines), 1)})

    @cached_property
    def korean(self) -> bool:
        """Whether the text is Korean."""
        return is_korean(" ".join(list(self.places.values())[:20]))

    @cached_property
    def _normal(self) -> dict[str, NormalText]:
        return {}

    def at(self, locator: str) -> NormalText | None:
        """The text of a place in its normal form, or `None` where there is no such place."""
        if locator not in self.places:
            return None
        if locator not in self._normal:
            self._normal[locator] = NormalText.of(self.places[locator])
        return self._normal[locator]

    def locator(self, written: str) -> str | None:
        """The place that a written locator names, as `Locator` prints it, or `None` where there is none."""
        bare = normal(written)
        if bare in self.places:
            return bare
        for pattern, printed in _LOOSE_LOCATORS:
            if match := pattern.match(bare):
                found = printed.format(next(filter(None, match.groups())))
                if found in self.places:
                    return found
        return bare.lower() if bare.lower() in {"title", "abstract"} & set(self.places) else None

    def where(self, quote: str) -> str | None:
        """The first place that has these words, to tell where a misplaced quotation really stands."""
        return next((locator for locator in self.places if (text := self.at(locator)) and text.find(quote)), None)

    def mentioning(self, term: str) -> str | None:
        """The first place that uses a term, in any of its forms."""
        wanted = [word.stem for word in words(normal(term))]
        if not wanted:
            return None
        for locator in self.places:
            stems = self._stems_at(locator)
            for start in range(len(stems) - len(wanted) + 1):
                if stems[start : start + len(wanted)] == wanted:
                    return locator
        return None

    @cached_property
    def _stems(self) -> dict[str, list[str]]:
        return {}

    def _stems_at(self, locator: str) -> list[str]:
        if locator not in self._stems:
            self._stems[locator] = [word.stem for word in words(self.places[locator])]
        return self._stems[locator]
