"""The text of an XML element as a person reads it: every character of it, with lines where the layout has lines."""

from __future__ import annotations

from typing import Final

from lxml import etree

from patent2tech.formats.formulas import MATH, write_formula
from patent2tech.formats.marks import CELL, LINE
from patent2tech.formats.powers import RAISED, write_power

_LINES: Final = frozenset("br chemistry claim-text dd dl dt heading li maths ol p row table tables title ul".split())
_CELL: Final = "entry"
_MARKED: Final = (*sorted(_LINES - {"p", "heading"}), _CELL, RAISED, *MATH)
"""The many paragraphs and headings of a description are read one by one, so they need no mark."""

_MAY_HOLD_PARAGRAPHS: Final = frozenset({"li", "dd", _CELL})


def mark_layout(root: etree._Element) -> None:
    """Mark in the tree where lines and table cells begin, once, so that `marked_prose` can take all text as it is.

    Formulas become readable text on the way.
    """
    formulas: list[etree._Element] = []
    for paragraph in root.iterfind("abstract//p"):
        _mark(paragraph)
    for element in root.iter(*_MARKED):
        tag = element.tag
        if tag == _CELL:
            element.tail = CELL + (element.tail or "")
        elif tag == RAISED:
            write_power(element)
        elif tag in MATH:
            formulas.append(element)
        else:
            _mark(element)
        if tag in _MAY_HOLD_PARAGRAPHS and len(element):
            for paragraph in element.iter("p"):
                _mark(paragraph)
    for formula in formulas:
        write_formula(formula)


def _mark(element: etree._Element) -> None:
    element.text = LINE + (element.text or "")
    if (tail := element.tail) and not tail.isspace():
        element.tail = LINE + tail


def marked_prose(element: etree._Element | None) -> str:
    """What `prose` gives, at three times its speed, for an element of a tree that `mark_layout` has marked."""
    return "" if element is None else _lines(_text(element))


def prose(element: etree._Element | None) -> str:
    """All text of the element: white space collapsed, blocks on lines of their own, table cells set off by tabs.

    Without white space it equals lxml's `itertext()`; comments and processing instructions have no text. Formulas
    are read as `write_formulas` left them.
    """
    if element is None:
        return ""
    pieces: list[str] = []
    _collect(element, pieces)
    return _lines("".join(pieces))


def plain(element: etree._Element) -> str:
    """All text of the element on one line."""
    return unmarked(_text(element))


def unmarked(text: str | None) -> str:
    """A stretch of text from a marked tree on one line."""
    if not text:
        return ""
    if _without_marks(text):
        return _one_line(text)
    return " ".join(text.replace(LINE, " ").replace(CELL, " ").split())


def _text(element: etree._Element) -> str:
    if not len(element):
        return element.text or ""
    # libxml2's own serialisation of text is more than twice as fast as walking `itertext()`.
    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def _lines(text: str) -> str:
    if _without_marks(text):
        return _one_line(text)
    lines = (_line(line) for line in text.split(LINE))
    return "\n".join(line for line in lines if line)


def _line(line: str) -> str:
    if CELL not in line:
        return _one_line(line)
    return "\t".join(" ".join(cell.split()) for cell in line.split(CELL)).strip()


def _without_marks(text: str) -> bool:
    return text.isascii() or (LINE not in text and CELL not in text)


def _one_line(text: str) -> str:
    """The text with its white space collapsed; most texts have none to collapse, and to see that costs far less."""
    if "  " in text or not _has_only_spaces(text):
        return " ".join(text.split())
    return text.strip()


def _has_only_spaces(text: str) -> bool:
    if text.isascii():
        return "\n" not in text and "\t" not in text and "\r" not in text
    # Of all white space of Unicode, only the plain space counts as printable.
    return text.isprintable()


def _collect(element: etree._Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        tag = child.tag
        if isinstance(tag, str):
            pieces.append(LINE if tag in _LINES else "")
            _collect(child, pieces)
            pieces.append(LINE if tag in _LINES else CELL if tag == _CELL else "")
        elif isinstance(child, etree._Entity):  # noqa: SLF001 - lxml exports no public name for it
            pieces.append(str(child.text))
        pieces.append(child.tail or "")
