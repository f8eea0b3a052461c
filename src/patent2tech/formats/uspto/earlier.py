"""What the formats before 2005 share: their elements under the names of the later format, and packed fields."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from lxml import etree

from patent2tech.errors import Malformed
from patent2tech.formats.formulas import write_formulas
from patent2tech.formats.prose import mark_layout
from patent2tech.formats.uspto.claims import parse_claims
from patent2tech.formats.uspto.description import parse_description
from patent2tech.patents import (
    Claim,
    Heading,
    NotAPublicationNumber,
    Paragraph,
    PartialDate,
    PatentType,
    PublicationNumber,
    RelatedDocument,
)

_TYPE_BY_SERIES: Final = {
    "D": PatentType.DESIGN,
    "PP": PatentType.PLANT,
    "RE": PatentType.REISSUE,
    "H": PatentType.STATUTORY_INVENTION,
    "T": PatentType.STATUTORY_INVENTION,
}
"""Defensive publications (T) were what statutory inventions (H) became in 1985."""

_PRIORITY_RELATIONS: Final = frozenset(
    "priority pct-filing continuation continuation-in-part division reissue us-provisional-application".split()
)
_COUNT: Final = re.compile(r"\d{1,9}$", re.ASCII)
_TOO_LONG: Final = re.compile(r"\d{10}")
_FIXED_IPC: Final = re.compile(r"^([A-H]\d{2}[A-Z])([ \d]{2}\d)/?(\d{2,6})$", re.ASCII)
_LOOSE_IPC: Final = re.compile(r"^([A-H]\d{2}[A-Z])\s*(\d{1,4}?)(?:/|(?=\d\d$))(\d{2,6})$", re.ASCII)


def stated_number(country: str, serial: str, kind: str) -> PublicationNumber:
    """The number under which a document was published.

    Raises:
        Malformed: when it is missing or no publication number.
    """
    if not serial.strip():
        raise Malformed("the document states no publication number; it may be truncated")
    try:
        return PublicationNumber.of(country, serial, kind)
    except NotAPublicationNumber as error:
        raise Malformed(f"the document's publication number is broken: {error}") from None


def cited_number(country: str, serial: str, kind: str = "") -> PublicationNumber | None:
    """The number of another document, `None` when what is printed is no publication number."""
    try:
        return PublicationNumber.of(country or "US", serial, kind)
    except NotAPublicationNumber:
        return None


def type_of_series(number: PublicationNumber) -> PatentType:
    """What is protected, by the letters of the number."""
    return _TYPE_BY_SERIES.get(re.sub(r"\d", "", number.serial), PatentType.UTILITY)


def earliest_priority(related: Iterable[RelatedDocument]) -> PartialDate | None:
    """The first date that is claimed."""
    return min((each.date for each in related if each.date and each.relation in _PRIORITY_RELATIONS), default=None)


def packed_ipc(text: str) -> str:
    """A symbol such as `A47L5/14` from the fixed columns `A47L  514` or from `A47L005/14`; empty when it is none."""
    text = text.strip()
    match = _FIXED_IPC.match(text) or _LOOSE_IPC.match(text)
    return f"{match[1]}{int(match[2])}/{match[3]}" if match else ""


def unique(symbols: Iterable[str]) -> tuple[str, ...]:
    """The symbols that are any, without repeats."""
    return tuple(dict.fromkeys(symbol for symbol in symbols if symbol))


def whole_number(text: str | None) -> int | None:
    """The number that the text is, `None` when it is none."""
    stated = _COUNT.match((text or "").strip())
    return int(stated[0]) if stated else None


def heading_level(stated: str | None) -> str:
    """The level of a heading; the offices begin at 0 or 1."""
    return stated if stated in {"2", "3", "4", "5"} else "1"


def rename(root: etree._Element, names: Mapping[str, str]) -> None:
    """Give elements the names by which the readers of claims, descriptions and prose know them; write formulas out."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag in names:
            element.tag = names[element.tag]
    write_formulas(root)


def claims_of(part: etree._Element | None) -> tuple[Claim, ...]:
    """The claims of a part whose elements have the later names.

    Raises:
        Malformed: when a claim has no number, or an absurd one.
    """
    if part is None:
        return ()
    for element in part.iter("claim", "claim-ref"):
        if _TOO_LONG.search(f"{element.get('id')} {element.get('idref')}"):
            raise Malformed("a claim has a number of more than nine digits")
    mark_layout(part)
    return parse_claims(part)


def description_of(
    parts: etree._Element | None, marks: Mapping[str, str], wrappers: Collection[str]
) -> tuple[Heading | Paragraph, ...]:
    """The description of parts whose elements have the later names; `marks` are the later names of the parts."""
    description = _in_one_row(parts, marks, wrappers)
    mark_layout(description)
    return parse_description(description)


def _in_one_row(parts: etree._Element | None, marks: Mapping[str, str], wrappers: Collection[str]) -> etree._Element:
    """The blocks of a description in one row, each part between the marks that the later format sets."""
    description = etree.Element("description")
    if parts is None:
        return description
    _loose(parts.text, description)
    for part in list(parts):
        tail, part.tail = part.tail, None
        mark = marks.get(str(part.tag))
        if mark:
            description.append(etree.ProcessingInstruction(mark, 'end="lead"'))
        _flatten(part, wrappers, description)
        if mark:
            description.append(etree.ProcessingInstruction(mark, 'end="tail"'))
        _loose(tail, description)
    return description


def _flatten(part: etree._Element, wrappers: Collection[str], into: etree._Element) -> None:
    """Move the blocks over, with the text between them."""
    if not isinstance(part.tag, str):
        return
    if part.tag not in wrappers:
        into.append(part)
        return
    _loose(part.text, into)
    for child in list(part):
        tail, child.tail = child.tail, None
        _flatten(child, wrappers, into)
        _loose(tail, into)


def _loose(text: str | None, into: etree._Element) -> None:
    if text and text.strip():
        etree.SubElement(into, "p").text = text
