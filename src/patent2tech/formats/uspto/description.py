"""The description of a USPTO document: headings and numbered paragraphs, none of its text left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

_PRINTABLE: Final = re.compile(r"^[0-9A-Za-z]{1,8}$")

_WRAPPERS: Final = {"description-of-drawings": Section.DRAWINGS}


def parse_description(description: etree._Element | None) -> tuple[Heading | Paragraph, ...]:
    """Headings and paragraphs in order; a paragraph without a number, or with a repeated one, gets its own."""
    if description is None:
        return ()
    numbers = _Numbers()
    return tuple(_numbered(block, numbers) for block in _blocks(description, None))


def _blocks(parent: etree._Element, section: Section | None) -> Iterator[Heading | Paragraph]:
    if loose := unmarked(parent.text):
        yield Paragraph("", loose, section)
    marked = section
    for child in parent:
        if isinstance(child, etree._ProcessingInstruction):  # noqa: SLF001 - lxml exports no public name for it
            marked = _marked_section(child, marked, section)
        elif isinstance(child.tag, str):
            yield from _block(child, marked)
        if child.tail and not child.tail.isspace() and (loose := unmarked(child.tail)):
            yield Paragraph("", loose, marked)


def _block(element: etree._Element, section: Section | None) -> Iterator[Heading | Paragraph]:
    if element.tag in _WRAPPERS:
        yield from _blocks(element, _WRAPPERS[str(element.tag)])
    elif text := marked_prose(element):
        if element.tag == "heading":
            yield Heading(text, whole_number(element.get("level")) or 1)
        else:
            yield Paragraph((element.get("num") or "").strip(), text, section)


def _marked_section(
    mark: etree._ProcessingInstruction, current: Section | None, outer: Section | None
) -> Section | None:
    name = str(mark.target)
    if name not in _MARKED_SECTIONS:
        return current
    return outer if 'end="tail"' in str(mark.text) else _MARKED_SECTIONS[name]


class _Numbers:
    """Gives every paragraph a number of its own, in time that does not grow with the repeats."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._repeats: dict[str, int] = {}

    def distinct(self, stated: str) -> str:
        """The stated number, or one made from it or from the count so far."""
        base = stated if _PRINTABLE.match(stated) else f"{len(self._taken) + 1:04}"
        number = base
        while number in self._taken:
            self._repeats[base] = self._repeats.get(base, 1) + 1
            number = f"{base}-{self._repeats[base]}"
        self._taken.add(number)
        return number


def _numbered(block: Heading | Paragraph, numbers: _Numbers) -> Heading | Paragraph:
    if isinstance(block, Heading):
        return block
    number = numbers.distinct(block.number)
    return block if number == block.number else Paragraph(number, block.text, block.section)
