"""A Google Patents page as a `Patent`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, ClassVar, Final

from lxml import etree

from patent2tech.errors import Malformed, TooLarge
from patent2tech.formats.format import Document, Head, decoded, whole
from patent2tech.formats.google.body import parse_abstract, parse_claims, parse_description
from patent2tech.formats.google.microdata import (
    item_date,
    item_text,
    items,
    keep_originals,
    named,
    value,
)
from patent2tech.formats.plain.language import language_of
from patent2tech.formats.plain.markup import parse_html
from patent2tech.patents import (
    Citation,
    Dates,
    NotAPublicationNumber,
    Party,
    Patent,
    PatentType,
    PublicationNumber,
    RelatedDocument,
)

_MAX_BYTES: Final = 64 * 1024 * 1024
_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|article)\b", re.IGNORECASE)
_MARKS: Final = re.compile(
    r"""itemprop=["']?(?:publicationNumber|pageTitle)\b|name=["']?citation_patent_(?:number|publication_number)\b""",
    re.IGNORECASE,
)
_SYMBOL: Final = re.compile(r"^[A-HY]\d{2}[A-Z]\d{1,4}/\d{2,6}$", re.ASCII)
_GRANTED: Final = re.compile(r"^B\d?$|^S\d?$|^E\d?$|^C\d?$")
_TYPES: Final = {"D": PatentType.DESIGN, "PP": PatentType.PLANT, "RE": PatentType.REISSUE}


class GooglePage:
    """HTML with the microdata of Google Patents."""

    name: ClassVar[str] = "Google Patents page"

    def recognises(self, head: Head) -> bool:
        """By the property or the meta element that names the publication."""
        begin = head.text.lstrip("\ufeff \t\r\n")
        return bool(_PAGE.search(begin[:2000]) and _MARKS.search(begin))

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """One publication a page."""
        return whole(stream, _MAX_BYTES)

    def parse(self, content: bytes) -> Document:
        """The patent of the page."""
        return Document(parse_page(decoded(content)))


def parse_page(html: str) -> Patent:
    """The patent that the page shows; where it shows a machine translation, the original text.

    Raises:
        Malformed: when it names no publication, or its HTML cannot be read.
    """
    root = parse_html(html)
    keep_originals(root)
    number = _number(root)
    abstract, claims, description = parse_abstract(root), parse_claims(root), parse_description(root)
    published = item_date(root, "publicationDate")
    related = _priorities(root)
    return Patent(
        number=number,
        title=_title(root),
        type=_TYPES.get(re.sub(r"\d", "", number.serial), PatentType.UTILITY),
        language=language_of("\n".join((abstract or "", *(claim.text for claim in claims)))),
        source_format="google-patents page",
        abstract=abstract,
        application_number=item_text(root, "applicationNumber") or None,
        dates=Dates(
            filing=item_date(root, "filingDate"),
            publication=published,
            grant=item_date(root, "grantDate") or (published if _GRANTED.match(number.kind) else None),
            priority=item_date(root, "priorityDate"),
        ),
        inventors=_people(root, "inventor", "inventor"),
        assignees=_people(root, "assigneeOriginal", "assignee"),
        cpc=_symbols(root),
        citations=_citations(root),
        related=related,
        claims=claims,
        description=description,
    )


def _number(root: etree._Element) -> PublicationNumber:
    stated = (
        item_text(root, "publicationNumber"),
        *(each.replace(":", "") for each in named(root, "citation_patent_number")),
        *(each.replace(":", "") for each in named(root, "citation_patent_publication_number")),
        item_text(root, "pageTitle").partition(" ")[0],
    )
    for each in stated:
        try:
            if each:
                return PublicationNumber.parse(each)
        except NotAPublicationNumber:
            continue
    raise Malformed("the page names no publication number; save the page of the patent itself")


def _title(root: etree._Element) -> str:
    shown = next((value(each) for each in root.iter("span") if each.get("itemprop") == "title"), "")
    return shown or next(iter(named(root, "DC.title")), "")


def _people(root: etree._Element, prop: str, scheme: str) -> tuple[Party, ...]:
    shown = tuple(value(each) for each in root.iter("dd") if each.get("itemprop") == prop)
    names = shown or named(root, "DC.contributor", scheme)
    return tuple(dict.fromkeys(Party(each) for each in names if each))


def _symbols(root: etree._Element) -> tuple[str, ...]:
    """The symbols that classify the document; the page shows each with all that stand above it."""
    groups = [each for each in items(root, "cpcs") if each.tag == "li"]
    leaves = [each for each in groups if item_text(each, "Leaf").lower() == "true"]
    codes = (item_text(each, "Code") for each in (leaves or groups))
    return tuple(dict.fromkeys(code for each in codes if _SYMBOL.match(code := each.replace(" ", ""))))


def _citations(root: etree._Element) -> tuple[Citation, ...]:
    patents = [
        Citation(
            text=stated,
            number=_cited(stated),
            date=item_date(row, "publicationDate"),
            category="cited by examiner" if item_text(row, "examinerCited") else None,
        )
        for row in items(root, "backwardReferencesOrig")
        if (stated := item_text(row, "publicationNumber"))
    ]
    literature = [
        Citation(text) for row in items(root, "detailedNonPatentLiterature") if (text := item_text(row, "title"))
    ]
    return (*patents, *literature)


def _cited(stated: str) -> PublicationNumber | None:
    try:
        return PublicationNumber.parse(stated)
    except NotAPublicationNumber:
        return None


def _priorities(root: etree._Element) -> tuple[RelatedDocument, ...]:
    return tuple(
        RelatedDocument(
            "priority", stated[:2], stated[2:], item_date(row, "priorityDate") or item_date(row, "filingDate")
        )
        for row in items(root, "priorityApps")
        if (stated := item_text(row, "applicationNumber"))
    )
