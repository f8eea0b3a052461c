"""The description of an EPO document: numbered paragraphs, and headings that in OPS only their form betrays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from patent2tech.formats.epo.lines import broken_lines
from patent2tech.formats.prose import plain
from patent2tech.patents import Heading, Paragraph

_PRINTED: Final = re.compile(r"^\[\s*(\d{1,6}[a-z]?)\s*\]\s*")
_NUMBER: Final = re.compile(r"^[0-9A-Za-z]{1,8}$")
_LONGEST_HEADING: Final = 100
_MOST_WORDS: Final = 14
_SENTENCE_END: Final = (".", ",", ";", ":", "!", "?")


Lines = Callable[[etree._Element], list[str]]  # noqa: SLF001 - lxml exports no public name for it
"""How the text of an element is broken into lines."""


def paragraphs(description: etree._Element | None, lines: Lines = broken_lines) -> tuple[Heading | Paragraph, ...]:
    """Headings and paragraphs in order; what has no number of its own is counted behind the number above it."""
    if description is None:
        return ()
    blocks = list(_blocks(description, lines))
    numbered = any(isinstance(block, Paragraph) and block.number for block in blocks)
    names = _Names()
    last = "" if not numbered else "0000"
    found: list[Heading | Paragraph] = []
    for block in blocks:
        if isinstance(block, Heading) or (not block.number and _is_heading(block.text, numbered=numbered)):
            found.append(block if isinstance(block, Heading) else Heading(block.text))
            continue
        last = block.number or last or "0001"
        found.append(Paragraph(names.free(last if numbered else f"{len(names) + 1:04}"), block.text))
    return tuple(found)


def _blocks(description: etree._Element, lines: Lines) -> Iterator[Heading | Paragraph]:
    if text := " ".join((description.text or "").split()):
        yield Paragraph("", text)
    for child in description:
        if child.tag == "heading":
            if text := plain(child):
                yield Heading(text, _level(child))
        elif isinstance(child.tag, str):
            yield from _paragraphs(child, lines)
        if text := " ".join((child.tail or "").split()):
            yield Paragraph("", text)


def _paragraphs(element: etree._Element, lines: Lines) -> Iterator[Paragraph]:
    """One paragraph, or several where further printed numbers begin lines."""
    stated = (element.get("num") or "").strip()
    number, held = stated if _NUMBER.match(stated) else "", list[str]()
    for line in lines(element):
        printed = _PRINTED.match(line)
        if printed:
            if held:
                yield Paragraph(number, "\n".join(held))
            number, held = printed[1], []
        held.extend(text for text in [line[printed.end() :] if printed else line] if text)
    if held:
        yield Paragraph(number, "\n".join(held))


def _is_heading(text: str, *, numbered: bool) -> bool:
    """Whether an unnumbered text looks like a heading: one short line that is no sentence and no list item.

    Where no paragraph has a number, only capitals are proof enough.
    """
    short = len(text) <= _LONGEST_HEADING and "\n" not in text and len(text.split()) <= _MOST_WORDS
    worded = text[:1].isalpha() and text[:1].isupper() and "<" not in text and "://" not in text
    return short and worded and not text.endswith(_SENTENCE_END) and (numbered or text.isupper())


class _Names:
    """Paragraph numbers that were given, so that each is given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._repeats: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._taken)

    def free(self, number: str) -> str:
        """The number, or with its count behind it when it was given before."""
        # Counted on from the last repeat, because a broken document may repeat one number many thousand times.
        name, repeat = number, self._repeats.get(number, 1)
        while name in self._taken:
            repeat += 1
            name = f"{number}-{repeat}"
        self._repeats[number] = repeat
        self._taken.add(name)
        return name


def _level(heading: etree._Element) -> int:
    level = heading.get("level") or "1"
    return int(level) if level.isascii() and level.isdigit() and len(level) == 1 else 1
