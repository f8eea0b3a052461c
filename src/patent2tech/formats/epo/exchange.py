"""The format of the EPO's bibliographic data: OPS answers and DOCDB files, both made of exchange documents.

Field map: exchange-documents.xsd v2.5.7 of the EPO.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, ClassVar, Final

from lxml import etree

from patent2tech.errors import NotAPatent, TooLarge
from patent2tech.formats.epo.bibliography import (
    UNDETERMINED,
    abstract_and_language,
    application_number,
    citations,
    dates,
    identities,
    priorities,
    title_and_language,
)
from patent2tech.formats.epo.classes import cpc_symbols, ipc_symbols, us_class
from patent2tech.formats.epo.cutting import cut_elements
from patent2tech.formats.epo.parties import parties
from patent2tech.formats.epo.tree import local_name, local_tree, own_number, text_at
from patent2tech.formats.format import Document, Head
from patent2tech.formats.xml import as_utf8
from patent2tech.patents import Patent, PatentType, PublicationNumber

OPS_ROOT: Final = "world-patent-data"
_ROOTS: Final = frozenset({OPS_ROOT, "exchange-documents", "exchange-document"})
_ERROR_ROOTS: Final = frozenset({"fault", "error"})
_LISTS: Final = frozenset({"biblio-search", "equivalents-inquiry", "patent-family"})
_ERROR: Final = re.compile(rb"<code>[^<]*</code>\s*<message>")
_FULL_TEXT: Final = re.compile(rb"<(?:[\w.-]+:)?fulltext-documents?[\s/>]")
_US_TYPES: Final = {"E": PatentType.REISSUE, "H": PatentType.STATUTORY_INVENTION, "P": PatentType.PLANT}


class EpoExchange:
    """`exchange-document`, in an OPS answer or a DOCDB file; other OPS answers are refused by what they are."""

    name: ClassVar[str] = "EPO exchange documents (OPS, DOCDB)"

    def recognises(self, head: Head) -> bool:
        """By the root element, unless full text follows."""
        root = local_name(head.root or "")
        if root in _ERROR_ROOTS:
            return bool(_ERROR.search(head.content))
        return root in _ROOTS and not holds_full_text(head)

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """Cut at each exchange document."""
        return cut_elements(stream, "exchange-document")

    def parse(self, content: bytes) -> Document:
        """The patent of the first exchange document."""
        root = local_tree(content)
        document = next(root.iter("exchange-document"), None)
        if document is None:
            raise NotAPatent(_what_it_is(root))
        return Document(_patent(document, str(root.tag)))


def holds_full_text(head: Head) -> bool:
    """Whether the document is the full text of OPS."""
    return bool(_FULL_TEXT.search(as_utf8(head.content)))


def _what_it_is(root: etree._Element) -> str:
    if root.tag in _ERROR_ROOTS:
        said = " ".join(text for name in ("message", "description") if (text := text_at(root, name)))
        return f"this is an error of OPS and no patent: {said or text_at(root, 'code')}"
    answers = list(dict.fromkeys(str(each.tag) for each in root.iterchildren("*") if each.tag != "meta"))
    named = ", ".join(answers) or "empty"
    if _LISTS.intersection(answers):
        return f"this answer of OPS ({named}) only names publications; fetch their biblio, abstract or full text"
    return f"this answer of OPS ({named}) holds no patent"


def _patent(document: etree._Element, root: str) -> Patent:
    front = document.find("bibliographic-data")
    status = document.get("status") or ""
    if front is None and document.find("abstract") is None:
        raise NotAPatent(f"the exchange document is empty{f' ({status})' if status else ''}, so it holds no patent")
    if status in {"D", "DV"}:
        raise NotAPatent("the exchange document is the deletion of a record, not a patent")
    front = etree.Element("bibliographic-data") if front is None else front
    number = _number(document, front)
    title, title_language = title_and_language(front)
    abstract, abstract_language = abstract_and_language(document, title_language)
    return Patent(
        number=number,
        title=title,
        type=_type(number),
        language=title_language or abstract_language or UNDETERMINED,
        source_format="OPS exchange-document" if root == OPS_ROOT else "DOCDB exchange-document",
        abstract=abstract,
        application_number=application_number(front),
        dates=dates(front, number, document.get("date-publ")),
        applicants=parties(front, "applicant"),
        inventors=parties(front, "inventor"),
        cpc=cpc_symbols(front),
        ipc=ipc_symbols(front),
        us_class=us_class(front),
        citations=citations(front),
        related=priorities(front),
    )


def _number(document: etree._Element, front: etree._Element) -> PublicationNumber:
    stated = identities(front.iterfind("publication-reference")).get("docdb")
    parts = (
        document.get(attribute) or text_at(stated, path)
        for attribute, path in (("country", "country"), ("doc-number", "doc-number"), ("kind", "kind"))
    )
    country, serial, kind = parts
    return own_number(country, serial, kind)


def _type(number: PublicationNumber) -> PatentType:
    """By the kind code: S is a design everywhere (WIPO ST.16), the other letters only in the United States."""
    letter = number.kind[:1]
    if letter == "S":
        return PatentType.DESIGN
    return _US_TYPES.get(letter, PatentType.UTILITY) if number.country == "US" else PatentType.UTILITY
