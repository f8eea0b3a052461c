"""A description built from its paragraphs in order: headings told apart, printed numbers honoured."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from patent2tech.formats.kipo.body import HEADINGS as KOREAN_HEADINGS
from patent2tech.formats.plain.headings import is_heading
from patent2tech.patents import Heading, Paragraph, Section

# American documents number their formulas with five digits in brackets.
_NUMBERED: Final = re.compile(r"^\s*(?:\[\s?(\d{4})\s?\]|【\s?(\d{4,5})\s?】)\s*")


def starts_numbered(line: str) -> bool:
    """Whether a paragraph with a printed number such as `[0001]` begins on the line."""
    return bool(_NUMBERED.match(line))


class Description:
    """Headings and paragraphs as they come.

    Paragraphs without a printed number are counted through; among printed numbers they carry that of the paragraph
    above and a count, `0008-2`, as a repeated number does.
    """

    def __init__(self) -> None:
        self._blocks: list[Heading | Paragraph] = []
        self._section: Section | None = None

    def add(self, text: str) -> None:
        """Append a heading or a paragraph, whichever the text is."""
        if is_heading(text):
            self.add_heading(text)
        else:
            self.add_paragraph(text)

    def add_heading(self, text: str, level: int = 1) -> None:
        """Append a heading; one of the Korean form says which section it opens."""
        if text := " ".join(text.split()):
            self._section = KOREAN_HEADINGS.get(text.replace(" ", ""))
            self._blocks.append(Heading(text, level))

    def add_paragraph(self, text: str, number: str = "") -> None:
        """Append a paragraph under the number that its markup gives, or that is printed before it."""
        if printed := _NUMBERED.match(text):
            number, text = number or printed[1] or printed[2], text[printed.end() :]
        if text := text.strip():
            self._blocks.append(Paragraph(number, text, self._section))

    def blocks(self) -> tuple[Heading | Paragraph, ...]:
        """What was added, each paragraph under a number of its own."""
        printed = any(isinstance(block, Paragraph) and block.number for block in self._blocks)
        taken: dict[str, int] = {}
        above = "0000"
        found: list[Heading | Paragraph] = []
        for block in self._blocks:
            if isinstance(block, Paragraph):
                above = block.number or (above if printed else f"{len(taken) + 1:04}")
                taken[above] = taken.get(above, 0) + 1
                repeat = f"-{taken[above]}" if taken[above] > 1 else ""
                found.append(Paragraph(f"{above}{repeat}", block.text, block.section))
            else:
                found.append(block)
        return tuple(found)


def describe(texts: Iterable[str]) -> tuple[Heading | Paragraph, ...]:
    """The description that these headings and paragraphs make."""
    description = Description()
    for text in texts:
        description.add(text)
    return description.blocks()
