"""The text of an XML element as a person reads it: every character of it, with lines where the layout has lines."""

from __future__ import annotations

from typing import Final

from lxml import etree

_LINES: Final = frozenset("br chemistry claim-text dd dt heading li maths p row table tables title ul ol dl".split())
_CELL: Final = "entry"


def prose(element: etree._Element | None) -> str:
    """All text of the element: white space collapsed, blocks on lines of their own, table cells set off by tabs.

    Without white space it equals lxml's `itertext()`; comments and processing instructions have no text.
    """
    if element is None:
        return ""
    pieces: list[str] = []
    _collect(element, pieces)
    lines = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in (line.strip() for line in lines) if line)


def plain(element: etree._Element) -> str:
    """All text of the element on one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def _collect(element: etree._Element, pieces: list[str]) -> None:
    _add(element.text, pieces)
    for child in element:
        tag = child.tag
        if isinstance(tag, str):
            pieces.append("\n" if tag in _LINES else "")
            _collect(child, pieces)
            pieces.append("\n" if tag in _LINES else "\t" if tag == _CELL else "")
        elif isinstance(child, etree._Entity):  # noqa: SLF001 - lxml exports no public name for it
            pieces.append(str(child.text))
        _add(child.tail, pieces)


def _add(text: str | None, pieces: list[str]) -> None:
    if text:
        pieces.append(text.replace("\n", " ").replace("\t", " "))
