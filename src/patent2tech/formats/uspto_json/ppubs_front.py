"""The front page of a Public Search document, from its flattened index fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from patent2tech.errors import Malformed
from patent2tech.formats.plain.cleaning import one_line
from patent2tech.formats.plain.markup import html_lines
from patent2tech.formats.uspto_json.fields import Json, count, date, raw_text, symbols, text, texts
from patent2tech.patents import (
    Citation,
    Dates,
    NotAPublicationNumber,
    Party,
    PatentType,
    PublicationNumber,
    RelatedDocument,
    Stated,
    TermFacts,
)

_TYPE_BY_SERIES: Final = {
    "D": PatentType.DESIGN,
    "PP": PatentType.PLANT,
    "RE": PatentType.REISSUE,
    "H": PatentType.STATUTORY_INVENTION,
}
_PLACEHOLDER: Final = "OCR SCANNED DOCUMENT"
_CITED: Final = re.compile(r"^(?:US )?(?P<number>(?:[A-Z]{1,2} ?)?[\d/,]+)(?: (?P<kind>[A-Z]\d?))?(?= |$)")
_CITED_DATE: Final = re.compile(r" (\d{8})(?= |$)")
_CITED_BY: Final = re.compile(r" (cited by \w+)")
_FOREIGN: Final = re.compile(
    r"^(?P<country>[A-Z]{2}) (?P<number>\S.*?)(?: (?P<kind>[A-Z]\d?))? (?P<date>\d{8})(?: (?P<category>cited by \w+))?"
)
_FOREIGN_OLD: Final = re.compile(r"^(?P<number>.+?) (?P<date>\d{8}) (?P<country>[A-Z]{2})$")
_FAMILY: Final = re.compile(r"^(?P<relation>us-[a-z-]+|[a-z-]+) (?P<country>[A-Z]{2}) (?P<number>\S+) (?P<date>\d{8})")
_INTERNATIONAL: Final = re.compile(r"^PCT/([A-Z]{2})")


def publication_number(source: Json) -> PublicationNumber:
    """The number under which the document was published.

    Raises:
        Malformed: when it is missing or no publication number.
    """
    kind = text(source, "kindCode")
    serial = text(
        source, "publicationReferenceDocumentNumber", "pubRefDocNumber", "publicationReferenceDocumentNumber1"
    )
    country = text(source, "country", "publicationReferenceCountryCode") or "US"
    try:
        stated = text(source, "guid")
        return PublicationNumber.parse(stated) if stated else PublicationNumber.of(country, serial, kind)
    except NotAPublicationNumber as error:
        raise Malformed(f"the document states no usable publication number: {error}") from None


def patent_type(number: PublicationNumber) -> PatentType:
    """What is protected, by the series of the number."""
    return _TYPE_BY_SERIES.get(re.sub(r"\d", "", number.serial), PatentType.UTILITY)


def titled(source: Json) -> str:
    """The title; a document known as a scan only has none."""
    title = " ".join(html_lines(raw_text(source, "inventionTitle")))
    return "" if title == _PLACEHOLDER else title


def dates(source: Json, number: PublicationNumber, related: tuple[RelatedDocument, ...]) -> Dates:
    """Filing, publication, grant and earliest claimed priority."""
    published = date(text(source, "datePublished"))
    granted = not re.match(r"^(?:19|20)\d{9}$", number.serial)
    return Dates(
        filing=date(text(source, "applicationFilingDate", "applicationFilingDateInt")),
        publication=published,
        grant=published if granted else None,
        priority=min((each.date for each in related if each.date), default=None),
    )


def parties(source: Json, names: tuple[str, ...], role: str) -> tuple[Party, ...]:
    """The people and companies of a role, with the city and country that stand at the same place."""
    cities, countries = texts(source, f"{role}City"), texts(source, f"{role}Country")
    found = enumerate(_written(each) for each in texts(source, *names))
    return tuple(
        dict.fromkeys(
            Party(name, _at(cities, place) or None, _at(countries, place) or None) for place, name in found if name
        )
    )


def symbols_of(source: Json, *names: str) -> tuple[str, ...]:
    """The classification symbols of flattened members, in order."""
    return symbols(tuple(each for name in names for each in text(source, name).split(";")))


def citations(source: Json) -> tuple[Citation, ...]:
    """Patents of this and other offices, and other literature, in the order of the front page."""
    own = [_cited(each) for each in texts(source, "usRefGroup")] or [_by_number(each) for each in texts(source, "urpn")]
    foreign = [_foreign(each) for each in texts(source, "foreignRefGroup")]
    literature = [Citation(text=one_line(line)) for line in html_lines(raw_text(source, "otherRefPub"))]
    return tuple(each for each in (*own, *foreign, *literature) if each.text)


def related_documents(source: Json) -> tuple[RelatedDocument, ...]:
    """Claimed priorities, the international filing, and the family where it is stated in fields."""
    return tuple(dict.fromkeys(_related(source)))


def term_facts(source: Json, number: PublicationNumber) -> TermFacts:
    """What the document says about its term."""
    return TermFacts(
        years_from_grant=count(source, "termOfPatentGrant") if number.serial.startswith("D") else None,
        extension_days=count(source, "termOfExtension"),
        disclaimer=bool(text(source, "disclaimerDate", "patentTermDisclaimer")),
    )


def stated_counts(source: Json) -> Stated:
    """The printed numbers of claims, figures and drawing sheets."""
    return Stated(
        claims=count(source, "numberOfClaims"),
        figures=count(source, "numberOfFigures"),
        sheets=count(source, "numberOfDrawingSheets"),
    )


def _written(name: str) -> str:
    """A person as other documents write it: the index has `Peard; Ross B.`."""
    last, semicolon, first = name.removesuffix(" et al.").partition(";")
    return f"{first.strip()} {last.strip()}" if semicolon and first.strip() and not first.count(";") else name


def _at(values: tuple[str, ...], place: int) -> str:
    return values[place] if place < len(values) else ""


def _related(source: Json) -> Iterator[RelatedDocument]:
    filed, countries = texts(source, "priorityClaimsDate"), texts(source, "priorityClaimsCountry")
    for place, number in enumerate(texts(source, "priorityClaimsDocNumber")):
        country = _at(countries, place)
        yield RelatedDocument("priority", country, number.removeprefix(country), date(_at(filed, place)))
    filed = texts(source, "pctFilingDate")
    for place, number in enumerate(texts(source, "pctFilingNumber")):
        office = _INTERNATIONAL.match(number)
        yield RelatedDocument("pct-filing", office[1] if office else "WO", number, date(_at(filed, place)))
    for line in html_lines(raw_text(source, "continuityData")):
        if family := _FAMILY.match(line):
            yield RelatedDocument(family["relation"], family["country"], family["number"], date(family["date"]))


def _cited(stated: str) -> Citation:
    match = _CITED.match(stated)
    if not match:
        return Citation(text=stated)
    named = f"US {match['number']}" + (f" {match['kind']}" if match["kind"] else "")
    behind = stated[match.end() :]
    day, category = _CITED_DATE.search(behind), _CITED_BY.search(behind)
    return Citation(
        text=named,
        number=_number("US", match["number"], match["kind"]),
        date=date(day[1]) if day else None,
        category=category[1] if category else None,
    )


def _by_number(stated: str) -> Citation:
    return Citation(text=f"US {stated}" if stated else "", number=_number("US", stated, None))


def _foreign(stated: str) -> Citation:
    match = _FOREIGN.match(stated) or _FOREIGN_OLD.match(stated)
    if not match:
        return Citation(text=stated)
    parts = match.groupdict()
    country, serial, kind = parts["country"], parts["number"], parts.get("kind")
    named = " ".join(part for part in (country, serial, kind) if part)
    number = _number(country, serial.removeprefix(country), kind)
    return Citation(named, number, date(parts["date"]), parts.get("category"))


def _number(country: str, serial: str, kind: str | None) -> PublicationNumber | None:
    try:
        return PublicationNumber.of(country, serial, kind or "")
    except NotAPublicationNumber:
        return None
