"""The description of a USPTO document: headings and numbered paragraphs, none of its text left out."""

from __future__ import annotations

from typing import Final

from lxml import etree

from patent2tech.formats.digits import whole_number
from patent2tech.formats.prose import marked_prose, unmarked
from patent2tech.patents import Heading, Paragraph, Section

_MARKED_SECTIONS: Final = {
    "BRFSUM": None,
    "summary-of-invention": None,
    "DETDESC": Section.DETAILED,
    "detailed-description": Section.DETAILED,
    "brief-description-of-drawings": Section.DRAWINGS,
    "RELAPP": Section.CROSS_REFERENCE,
    "cross-reference-to-related-applications": Section.CROSS_REFERENCE,
    "GOVINT": Section.GOVERNMENT_INTEREST,
    "federal-research-statement": Section.GOVERNMENT_INTEREST,
}
"""Section marks by processing instruction; a brief summary spans several sections, so only its headings tell."""

_LONGEST_NUMBER: Final = 8

_WRAPPERS: Final = {"description-of-drawings": Section.DRAWINGS}


def parse_description(description: etree._Element | None) -> tuple[Heading | Paragraph, ...]:
    """Headings and paragraphs in order; a paragraph without a number, or with a repeated one, gets its own."""
    if description is None:
        return ()
    blocks = _Blocks()
    blocks.read(description, None)
    return tuple(blocks.found)


class _Blocks:
    """Gathers the blocks of a description, section by section, and gives every paragraph a number of its own."""

    def __init__(self) -> None:
        self.found: list[Heading | Paragraph] = []
        self._taken: set[str] = set()
        self._repeats: dict[str, int] = {}

    def read(self, parent: etree._Element, section: Section | None) -> None:
        """Take in the children of an element that stand in this section, and the text between them."""
        self._loose(parent.text, section)
        marked = section
        for child in parent:
            tag = child.tag
            if tag in _WRAPPERS:
                self.read(child, _WRAPPERS[tag])
            elif isinstance(child, etree._ProcessingInstruction):  # noqa: SLF001 - lxml exports no public name for it
                marked = _marked_section(child, marked, section)
            elif isinstance(tag, str) and (text := marked_prose(child)):
                if tag == "heading":
                    self.found.append(Heading(text, whole_number(child.get("level")) or 1))
                else:
                    self._paragraph((child.get("num") or "").strip(), text, marked)
            if (tail := child.tail) and not tail.isspace():
                self._loose(tail, marked)

    def _loose(self, text: str | None, section: Section | None) -> None:
        if loose := unmarked(text):
            self._paragraph("", loose, section)

    def _paragraph(self, stated: str, text: str, section: Section | None) -> None:
        self.found.append(Paragraph(self._distinct(stated), text, section))

    def _distinct(self, stated: str) -> str:
        """The stated number, or one made from it or from the count so far, in time that does not grow with repeats."""
        printable = stated.isascii() and stated.isalnum() and len(stated) <= _LONGEST_NUMBER
        base = stated if printable else f"{len(self._taken) + 1:04}"
        number = base
        while number in self._taken:
            self._repeats[base] = self._repeats.get(base, 1) + 1
            number = f"{base}-{self._repeats[base]}"
        self._taken.add(number)
        return number


def _marked_section(
    mark: etree._ProcessingInstruction, current: Section | None, outer: Section | None
) -> Section | None:
    name = str(mark.target)
    if name not in _MARKED_SECTIONS:
        return current
    return outer if 'end="tail"' in str(mark.text) else _MARKED_SECTIONS[name]
