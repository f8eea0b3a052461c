"""The text of OPS full text in the lines into which the office broke it, which is the only layout that it has."""

from __future__ import annotations

from typing import Final

from lxml import etree

from patent2tech.formats.marks import CELL, LINE

_BLOCKS: Final = frozenset("br claim-text dd dt heading li maths p row table tables title ul ol dl".split())


def broken_lines(element: etree._Element) -> list[str]:
    """All text of the element by lines, white space within them collapsed, without empty ones."""
    pieces: list[str] = []
    _collect(element, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).replace(LINE, "\n").replace(CELL, " ").split("\n"))
    return [line for line in lines if line]


def _collect(element: etree._Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            edge = "\n" if child.tag in _BLOCKS else ""
            pieces.append(edge)
            _collect(child, pieces)
            pieces.append(edge)
        pieces.append(child.tail or "")
