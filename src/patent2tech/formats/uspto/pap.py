"""USPTO applications of 2001 to 2004: `patent-application-publication`, XML v1.5 and v1.6."""

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
    stated_number,
    unique,
)
from patent2tech.formats.uspto.entities import with_characters
from patent2tech.formats.uspto.pap_front import assignees, inventors, related_documents, value
from patent2tech.formats.xml import as_utf8, parse_xml
from patent2tech.patents import Dates, PartialDate, Patent, PatentType, Sheet

ROOT: Final = "patent-application-publication"

_NAMES: Final = {
    "chemistry-cwu": "chemistry",
    "dependent-claim-reference": "claim-ref",
    "list-item": "li",
    "math-cwu": "maths",
    "paragraph": "p",
    "paragraph-federal-research-statement": "p",
    "program-listing": "tables",
    "sequence-cwu": "tables",
    "superscript": "sup",
    "table-cwu": "tables",
}
_MARKS: Final = {
    "cross-reference-to-related-applications": "RELAPP",
    "federal-research-statement": "GOVINT",
    "summary-of-invention": "BRFSUM",
    "brief-description-of-drawings": "brief-description-of-drawings",
    "detailed-description": "DETDESC",
}
_WRAPPERS: Final = frozenset(
    (
        *_MARKS,
        "background-of-invention",
        "brief-description-of-sequences",
        "copyright-statement",
        "program-listing-deposit",
        "section",
    )
)
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE\s+patent-application-publication\s")
_VERSION: Final = re.compile(r"pap-v(\d)(\d)")
_PRINTED: Final = re.compile(r"^\[?(\d{1,5})[\].]{0,2}$", re.ASCII)
_CLAIM: Final = re.compile(r"\S*\d")


class UsptoPap:
    """`patent-application-publication`."""

    name: ClassVar[str] = "USPTO application XML v1"

    def recognises(self, head: Head) -> bool:
        """By the root element, or by the document type where many images are declared before the root."""
        return head.root == ROOT or (head.root is None and bool(_DOCTYPE.search(head.content)))

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """Cut at each XML declaration, or where there are none at each document type."""
        return marked_documents(stream)

    def parse(self, content: bytes) -> Document:
        """The application of one root element."""
        return Document(parse_application(parse_xml(with_characters(as_utf8(content)))))


def parse_application(root: etree._Element) -> Patent:
    """The application that the document holds.

    Raises:
        Malformed: when the bibliography or the publication number is missing, or a claim has no number.
    """
    front = root.find("subdoc-bibliographic-information")
    if front is None:
        raise Malformed("the document has no bibliographic information, so it names no application; is it truncated?")
    kind = value(front, "document-id/kind-code")
    technical = "technical-information/"
    related = related_documents(front)
    _translate(root)
    return Patent(
        number=stated_number(
            value(front, "document-id/country-code") or "US", value(front, "document-id/doc-number"), kind
        ),
        title=prose(front.find(f"{technical}title-of-invention")),
        type=PatentType.PLANT if kind.startswith("P") else PatentType.UTILITY,
        language="en",
        source_format=f"{ROOT} v{_version(root.getroottree())}",
        abstract=_abstract(root.find("subdoc-abstract")),
        application_number=value(front, "domestic-filing-data/application-number/doc-number") or None,
        dates=Dates(
            filing=PartialDate.parse(value(front, "domestic-filing-data/filing-date")),
            publication=PartialDate.parse(value(front, "document-id/document-date")),
            priority=earliest_priority(related),
        ),
        inventors=inventors(front),
        assignees=assignees(front),
        ipc=unique(packed_ipc(value(each, ".")) for each in front.iterfind(f"{technical}classification-ipc//ipc")),
        us_class=_us_class(front.find(f"{technical}classification-us/classification-us-primary/uspc")),
        related=related,
        claims=claims_of(root.find("subdoc-claims")),
        description=description_of(root.find("subdoc-description"), _MARKS, _WRAPPERS),
        sheets=_sheets(root.find("subdoc-drawings")),
    )


def _translate(root: etree._Element) -> None:
    rename(root, _NAMES)
    for heading in root.iter("heading"):
        heading.set("level", heading_level(heading.get("lvl")))
    for reference in root.findall(".//claim-ref"):
        # Version 1.5 wraps the words of a reference like a line of their own.
        for words in reference.iter("claim-text"):
            words.tag = "words"
        for claim in _CLAIM.findall(reference.get("depends_on") or ""):
            etree.SubElement(reference, "claim-ref", idref=claim)
    for paragraph in root.iter("p"):
        _take_number(paragraph)


def _take_number(paragraph: etree._Element) -> None:
    """Move the printed number of a paragraph from its text to where the later format has it."""
    first = paragraph[0] if len(paragraph) else None
    if first is None or first.tag != "number" or (paragraph.text or "").strip():
        return
    if printed := _PRINTED.match("".join("".join(map(str, first.itertext())).split())):
        paragraph.set("num", printed[1].zfill(4))
        paragraph.text = first.tail
        paragraph.remove(first)


def _abstract(abstract: etree._Element | None) -> str | None:
    blocks = (prose(each) for each in (abstract if abstract is not None else ()) if each.tag != "heading")
    return "\n".join(block for block in blocks if block) or None


def _us_class(uspc: etree._Element | None) -> str | None:
    if uspc is None:
        return None
    return "/".join(part for part in (value(uspc, "class"), value(uspc, "subclass")) if part) or None


def _version(tree: etree._ElementTree) -> str:
    stated = _VERSION.search(tree.docinfo.system_url or "")  # type: ignore[attr-defined]  # the stubs lack it
    return f"{stated[1]}.{stated[2]}" if stated else "1"


def _sheets(drawings: etree._Element | None) -> tuple[Sheet, ...]:
    images = drawings.iterfind("figure/image") if drawings is not None else ()
    return tuple(Sheet(position, image.get("file") or "") for position, image in enumerate(images, 1))
