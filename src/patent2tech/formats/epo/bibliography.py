"""The front page of an exchange document: titles, dates, priorities, citations, in whichever spelling is best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lxml import etree

from patent2tech.formats.epo.tree import date_at, number_or_none, text_at
from patent2tech.formats.prose import prose
from patent2tech.patents import Citation, Dates, PartialDate, PublicationNumber, RelatedDocument

_EPODOC: Final = re.compile(r"^([A-Z]{2})(\S.*)$")
_ORIGINAL_LANGUAGE: Final = "ol"
UNDETERMINED: Final = "und"
"""The ISO 639-2 code where the document does not say in which language it is."""

_PUBLISHED_ON_GRANT: Final = {
    "EP": frozenset({"B1"}),
    "US": frozenset({"A", "B1", "B2", "E", "E1", "P", "P2", "P3", "S", "S1"}),
}
"""Kinds that these two offices publish on the day of grant; other offices publish later, corrections too."""

Identities = Mapping[str, etree._Element]  # noqa: SLF001 - lxml exports no public name for it
"""The spellings of one number, by format: `docdb`, `epodoc`, `original`."""


def identities(references: Iterable[etree._Element]) -> Identities:
    """The first `document-id` of each format in the references."""
    found: dict[str, etree._Element] = {}
    for reference in references:
        for each in reference.iterfind("document-id"):
            form = each.get("document-id-type") or reference.get("data-format") or "docdb"
            found.setdefault(form, each)
    return found


def title_and_language(front: etree._Element) -> tuple[str, str]:
    """The English title, else the original one, with its language."""
    titles = [((each.get("lang") or "").lower(), prose(each)) for each in front.iterfind("invention-title")]
    for wanted in ("en", _ORIGINAL_LANGUAGE, None):
        for lang, title in titles:
            if title and (wanted is None or lang == wanted):
                return title, "" if lang == _ORIGINAL_LANGUAGE else lang
    return "", ""


def abstract_and_language(document: etree._Element, preferred: str) -> tuple[str | None, str]:
    """The abstract in the preferred language, else in English, else the first one."""
    abstracts = [((each.get("lang") or "").lower(), prose(each)) for each in document.iterfind("abstract")]
    for wanted in (preferred or None, "en", None):
        for lang, text in abstracts:
            if text and (wanted is None or lang == wanted):
                return text, "" if lang == _ORIGINAL_LANGUAGE else lang
    return None, ""


def application_number(front: etree._Element) -> str | None:
    """The application number as the office printed it, else as the EPO spells it."""
    forms = identities(front.iterfind("application-reference"))
    return next((text_at(forms[each], "doc-number") for each in ("original", "docdb", "epodoc") if each in forms), None)


def dates(front: etree._Element, number: PublicationNumber, published: str | None) -> Dates:
    """Filing, publication, grant and earliest priority."""
    publication = _date(identities(front.iterfind("publication-reference"))) or PartialDate.parse(published or "")
    return Dates(
        filing=_date(identities(front.iterfind("application-reference"))),
        publication=publication,
        grant=publication if number.kind in _PUBLISHED_ON_GRANT.get(number.country, ()) else None,
        priority=min((each.date for each in priorities(front) if each.date), default=None),
    )


def priorities(front: etree._Element) -> tuple[RelatedDocument, ...]:
    """The claimed priorities, each once."""
    claims: dict[str, list[etree._Element]] = {}
    for position, claim in enumerate(front.iterfind("priority-claims/priority-claim"), 1):
        claims.setdefault(claim.get("sequence") or str(position), []).append(claim)
    return tuple(found for each in claims.values() if (found := _priority(identities(each))))


def citations(front: etree._Element) -> tuple[Citation, ...]:
    """The cited documents in order, with the categories of the search report."""
    return tuple(_citations(front.iterfind("references-cited/citation")))


def _priority(forms: Identities) -> RelatedDocument | None:
    for form in ("docdb", "epodoc", "original"):
        if form in forms:
            country, number = _country_and_number(forms[form])
            return RelatedDocument("priority", country, number, _date(forms)) if number else None
    return None


def _country_and_number(document: etree._Element) -> tuple[str, str]:
    country, number = text_at(document, "country"), text_at(document, "doc-number")
    epodoc = None if country else _EPODOC.match(number)
    return (epodoc[1], epodoc[2]) if epodoc else (country, number)


def _citations(cited: Iterator[etree._Element]) -> Iterator[Citation]:
    for each in cited:
        category = ", ".join(dict.fromkeys(text for found in each.iterfind("category") if (text := prose(found))))
        forms = identities(each.iterfind("patcit"))
        form = next((form for form in ("docdb", "epodoc", "original") if form in forms), None)
        if form is not None:
            country, serial = _country_and_number(forms[form])
            kind = text_at(forms[form], "kind")
            text = " ".join(part for part in (country, serial, kind) if part)
            if text:
                yield Citation(text, number_or_none(country, serial, kind), _date(forms), category or None)
        elif text := prose(each.find("nplcit")):
            yield Citation(text, category=category or None)


def _date(forms: Identities) -> PartialDate | None:
    return next((date for each in forms.values() if (date := date_at(each, "date"))), None)
