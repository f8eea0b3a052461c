"""The KIPRIS bibliography of one application as a `Patent`, with its claims and cited documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from patent2tech.errors import NotAPatent
from patent2tech.formats.kipo.kipris_fields import (
    LANGUAGE,
    SOURCE_FORMAT,
    Numbers,
    date_of,
    symbols_of,
    text_of,
)
from patent2tech.formats.prose import plain, prose
from patent2tech.patents import (
    Citation,
    Claim,
    NotAPublicationNumber,
    Party,
    Patent,
    PublicationNumber,
    RelatedDocument,
    Stated,
)

_PRINTED: Final = re.compile(r"^(\d{1,4})\s*\.")
_NO_ORIGINAL: Final = "신규"
"""The word for an application without an earlier one, as in 국내출원/신규."""


def patent_of_detail(item: etree._Element) -> Patent:
    """The patent that the bibliography describes.

    Raises:
        NotAPatent: when it is no bibliography, a trademark, or was never published.
        Malformed: when its numbers are missing or broken.
    """
    summary = item.find("biblioSummaryInfoArray/biblioSummaryInfo")
    if summary is None:
        raise NotAPatent("this KIPRIS answer has no bibliography; fetch getBibliographyDetailInfoSearch")
    numbers = Numbers(
        application=text_of(summary, "applicationNumber"),
        register=text_of(summary, "registerNumber"),
        opening=text_of(summary, "openNumber"),
        publication=text_of(summary, "publicationNumber"),
        filed=date_of(summary, "applicationDate"),
        registered=date_of(summary, "registerDate"),
        opened=date_of(summary, "openDate"),
        published=date_of(summary, "publicationDate"),
    )
    priorities = tuple(_priorities(item))
    return Patent(
        type=numbers.type(),
        number=numbers.number(),
        title=text_of(summary, "inventionTitle", "inventionTitleEng"),
        language=LANGUAGE,
        source_format=SOURCE_FORMAT,
        abstract="\n".join(prose(each) for each in item.iterfind("abstractInfoArray/abstractInfo/astrtCont")) or None,
        application_number=numbers.application,
        dates=numbers.dates(min((each.date for each in priorities if each.date), default=None)),
        applicants=_parties(item, "applicant"),
        inventors=_parties(item, "inventor"),
        ipc=symbols_of(*(plain(each) for each in item.iterfind("ipcInfoArray/ipcInfo/ipcNumber"))),
        citations=tuple(_citations(item)),
        related=(*priorities, *_origins(item, summary)),
        stated=Stated(claims=_count(text_of(summary, "claimCount"))),
        claims=parse_claims(item.find("claimInfoArray")),
    )


def parse_claims(claims: etree._Element | None) -> tuple[Claim, ...]:
    """The claims below `claimInfoArray`, or `items` of a claim list; a deleted one keeps its text `삭제`."""
    elements = claims.iterfind("claimInfo/claim") if claims is not None else ()
    texts = [text for each in elements if (text := prose(each))]
    printed = [_PRINTED.match(text) for text in texts]
    numbers = [int(each[1]) if each else 0 for each in printed]
    if len(set(numbers)) < len(numbers) or 0 in numbers:
        # A place in a patent has one name, so numbers that repeat or lack give way to the order.
        numbers = list(range(1, len(texts) + 1))
    return tuple(Claim(number, text) for number, text in zip(numbers, texts, strict=True))


def _parties(item: etree._Element, role: str) -> tuple[Party, ...]:
    found = (
        Party(name, country=text_of(each, "country") or None)
        for each in item.iterfind(f"{role}InfoArray/{role}Info")
        if (name := text_of(each, "name", "engName"))
    )
    return tuple(dict.fromkeys(found))


def _citations(item: etree._Element) -> Iterator[Citation]:
    for each in item.iterfind("priorArtDocumentsInfoArray/priorArtDocumentsInfo"):
        text = text_of(each, "documentsNumber")
        if text:
            by_examiner = text_of(each, "examinerQuotationFlag").upper() == "Y"
            yield Citation(text, _cited(text), category="cited by examiner" if by_examiner else None)


def _cited(text: str) -> PublicationNumber | None:
    # Without a country in front the text would be taken for a number of the United States.
    if not text[:2].isalpha():
        return None
    try:
        return PublicationNumber.parse(text)
    except NotAPublicationNumber:
        return None


def _priorities(item: etree._Element) -> Iterator[RelatedDocument]:
    for each in item.iterfind("priorityInfoArray/priorityInfo"):
        number = text_of(each, "priorityApplicationNumber")
        if number:
            country = text_of(each, "priorityApplicationCountry")
            yield RelatedDocument("priority", country, number, date_of(each, "priorityApplicationDate"))


def _origins(item: etree._Element, summary: etree._Element) -> Iterator[RelatedDocument]:
    """The international filing and publication, and the application from which this one was divided."""
    for each in item.iterfind("internationalInfoArray/internationalInfo"):
        if number := text_of(each, "internationalApplicationNumber"):
            yield RelatedDocument("pct-filing", "WO", number, date_of(each, "internationalApplicationDate"))
        if number := text_of(each, "internationOpenNumber", "internationalOpenNumber"):
            yield RelatedDocument("pct-publication", "WO", number, date_of(each, "internationOpenDate"))
    kind, number = text_of(summary, "originalApplicationKind"), text_of(summary, "originalApplicationNumber")
    if number and _NO_ORIGINAL not in kind:
        yield RelatedDocument(kind or "original", "KR", number, date_of(summary, "originalApplicationDate"))


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
