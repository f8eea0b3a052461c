"""USPTO grants of 2001 to 2004: `PATDOC` of ST.32, as SGML v2.4 and as XML v2.5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, ClassVar, Final

from lxml import etree

from patent2tech.errors import Malformed, TooLarge
from patent2tech.formats.format import Document, Head
from patent2tech.formats.prose import prose
from patent2tech.formats.uspto.cutting import marked_documents
from patent2tech.formats.uspto.earlier import (
    claims_of,
    description_of,
    earliest_priority,
    heading_level,
    packed_ipc,
    rename,
    type_of_series,
    unique,
)
from patent2tech.formats.uspto.entities import with_characters
from patent2tech.formats.uspto.patdoc_front import (
    assignees,
    citations,
    inventors,
    number,
    parts,
    related_documents,
    stated_counts,
    term_facts,
    value,
)
from patent2tech.formats.uspto.sgml import parse_sgml
from patent2tech.formats.xml import as_utf8, parse_xml
from patent2tech.patents import Dates, PartialDate, Patent, PatentType, Sheet

ROOT: Final = "PATDOC"

_NAMES: Final = {
    "CHEM-US": "chemistry",
    "CLM": "claim",
    "CLMSTEP": "claim-text",
    "CLREF": "claim-ref",
    "DD": "dd",
    "DT": "dt",
    "FOO": "li",
    "H": "heading",
    "LI": "li",
    "MATH-US": "maths",
    "PARA": "p",
    "SEQLST-US": "tables",
    "SP": "sup",
    "TABLE-US": "tables",
}
_ATTRIBUTES: Final = {"claim": ("ID", "id"), "claim-ref": ("ID", "idref"), "heading": ("LVL", "level")}
_MARKS: Final = {
    "RELAPP": "RELAPP",
    "GOVINT": "GOVINT",
    "BRFSUM": "BRFSUM",
    "DRWDESC": "brief-description-of-drawings",
    "DETDESC": "DETDESC",
}
_WRAPPERS: Final = frozenset((*_MARKS, "BTEXT"))
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE\s+PATDOC\s", re.IGNORECASE)
_SHEET: Final = re.compile(r"D(\d{5})", re.ASCII)


class UsptoPatdoc:
    """`PATDOC`."""

    name: ClassVar[str] = "USPTO PATDOC (SGML v2.4, XML v2.5)"

    def recognises(self, head: Head) -> bool:
        """By the root element, or by the document type where many images are declared before the root."""
        if head.root is None:
            return bool(_DOCTYPE.search(head.content)) and head.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        return head.root.upper() == ROOT

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """Cut at each XML declaration, or where there are none at each document type."""
        return marked_documents(stream)

    def parse(self, content: bytes) -> Document:
        """The patent of one root element."""
        content = as_utf8(content)
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
            root = parse_xml(with_characters(content))
        else:
            root = parse_sgml(content, ROOT)
        return Document(parse_patdoc(root))


def parse_patdoc(root: etree._Element) -> Patent:
    """The patent that the document holds.

    Raises:
        Malformed: when the bibliography or the publication number is missing, or a claim has no number.
    """
    front = root.find("SDOBI")
    if front is None:
        raise Malformed("the document has no SDOBI, so it names no patent; it may be truncated")
    own = number(front)
    kind_of_patent = type_of_series(own)
    classes = [value(each, ".") for each in parts(front, "B500/B510/B511", "B500/B510/B512")]
    design = kind_of_patent is PatentType.DESIGN
    related = related_documents(front)
    granted = PartialDate.parse(value(front, "B100/B140"))
    title = prose(front.find("B500/B540"))
    _translate(root)
    return Patent(
        number=own,
        title=title,
        type=kind_of_patent,
        language="en",
        source_format=f"PATDOC v{root.get('DTD') or '2'}",
        abstract=prose(root.find("SDOAB")) or None,
        application_number=value(front, "B200/B210") or None,
        dates=Dates(
            filing=PartialDate.parse(value(front, "B200/B220")),
            publication=granted,
            grant=granted,
            priority=earliest_priority(related),
        ),
        inventors=inventors(front),
        assignees=assignees(front),
        ipc=() if design else unique(map(packed_ipc, classes)),
        locarno=next(filter(None, classes), None) if design else None,
        us_class=" ".join(value(front, "B500/B520/B521").split()) or None,
        citations=citations(front),
        related=related,
        term=term_facts(front),
        stated=stated_counts(front),
        claims=claims_of(root.find("SDOCL")),
        description=description_of(root.find("SDODE"), _MARKS, _WRAPPERS),
        sheets=_sheets(root.find("SDODR")),
    )


def _translate(root: etree._Element) -> None:
    rename(root, _NAMES)
    for element in root.iter(*_ATTRIBUTES):
        old, new = _ATTRIBUTES[str(element.tag)]
        if stated := element.get(old):
            element.set(new, heading_level(stated) if new == "level" else stated)
    for text in root.iter("PTEXT", "STEXT"):
        before = text.getprevious()
        if before is not None and before.tag in {"PTEXT", "STEXT", "claim-text"}:
            text.tag = "claim-text"
    for paragraph in root.iterfind("SDOCL//p"):
        paragraph.tag = "claim-text"


def _sheets(drawings: etree._Element | None) -> tuple[Sheet, ...]:
    images = drawings.iter("EMI") if drawings is not None else ()
    return tuple(_sheet(image.get("FILE") or "", position) for position, image in enumerate(images, 1))


def _sheet(file: str, position: int) -> Sheet:
    stated = _SHEET.findall(file)
    return Sheet(number=int(stated[-1]) if stated else position, file=file)
