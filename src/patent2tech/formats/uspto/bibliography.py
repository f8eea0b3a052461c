"""The front page of a USPTO document: number, dates, classes, citations, family and term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from patent2tech.errors import Malformed
from patent2tech.formats.digits import whole_number
from patent2tech.formats.prose import marked_prose
from patent2tech.formats.uspto.fields import Front, child, children, texts
from patent2tech.patents import (
    Citation,
    Dates,
    NotAPublicationNumber,
    PartialDate,
    PatentType,
    PublicationNumber,
    RelatedDocument,
    Stated,
    TermFacts,
)

_TYPES: Final = frozenset(PatentType)
_TYPE_BY_SERIES: Final = {"D": PatentType.DESIGN, "PP": PatentType.PLANT, "RE": PatentType.REISSUE}
_NO_KIND: Final = "00"
_SECTION_PARTS: Final = ("section", "class", "subclass", "main-group", "subgroup")
_PACKED_IPC: Final = re.compile(r"^([A-H])\s*(\d{2})([A-Z])\s*(\d{1,4})/?\s*(\d{2,6})?")


def publication_number(front: Front) -> PublicationNumber:
    """The number under which the document was published.

    Raises:
        Malformed: when it is missing or no publication number.
    """
    document = child(front.get("publication-reference"), "document-id")
    if document is None:
        raise Malformed("the document states no publication number; it may be truncated")
    stated = texts(document)
    try:
        return _number(stated.get("country", ""), stated.get("doc-number", ""), stated.get("kind", ""))
    except NotAPublicationNumber as error:
        raise Malformed(f"the document's publication number is broken: {error}") from None


def application_number(front: Front) -> str | None:
    """The number under which the document was applied for."""
    return texts(child(front.get("application-reference"), "document-id")).get("doc-number")


def patent_type(front: Front, number: PublicationNumber) -> PatentType:
    """What is protected, by the application type and else by the series of the number."""
    reference = front.get("application-reference")
    stated = (reference.get("appl-type") or "") if reference is not None else ""
    if stated in _TYPES:
        return PatentType(stated)
    return _TYPE_BY_SERIES.get(re.sub(r"\d", "", number.serial), PatentType.UTILITY)


def dates(front: Front, related: Iterable[RelatedDocument], *, granted: bool) -> Dates:
    """Filing, publication, grant and earliest claimed priority."""
    published = _date(front, "publication-reference")
    claimed = [each.date for each in related if each.relation in _PRIORITY_RELATIONS]
    return Dates(
        filing=_date(front, "application-reference"),
        publication=published,
        grant=published if granted else None,
        priority=min((date for date in claimed if date), default=None),
    )


def cpc_symbols(front: Front) -> tuple[str, ...]:
    """CPC symbols such as `F02C7/16`, the first one first, without repeats."""
    classes = front.get("classifications-cpc")
    return () if classes is None else _unique(map(_symbol, classes.iter("classification-cpc")))


def ipc_symbols(front: Front) -> tuple[str, ...]:
    """IPC symbols in the same form, from the IPCR fields or the packed text of v4.0."""
    packed = front.get("classification-ipc")
    old = (
        [each.text or "" for each in packed if str(each.tag).endswith("-classification")] if packed is not None else ()
    )
    return _unique(
        [
            *map(_symbol, children(front.get("classifications-ipcr"), "classification-ipcr")),
            *map(_packed_symbol, old),
        ]
    )


def citations(front: Front) -> tuple[Citation, ...]:
    """The documents cited on the front page, in order."""
    cited = children(front.get("us-references-cited"), "us-citation")
    older = children(front.get("references-cited"), "citation")
    return tuple(found for each in (*cited, *older) if (found := _citation(each)))


def related_documents(front: Front) -> tuple[RelatedDocument, ...]:
    """Parents, provisionals, the international filing and claimed priorities."""
    return tuple(_related(front))


def term_facts(front: Front) -> TermFacts:
    """What the document says about its term."""
    term = front.get("us-term-of-grant")
    if term is None:
        return TermFacts()
    stated = texts(term)
    return TermFacts(
        years_from_grant=whole_number(stated.get("length-of-grant")),
        extension_days=whole_number(stated.get("us-term-extension")),
        disclaimer=child(term, "disclaimer") is not None,
    )


def stated_counts(front: Front) -> Stated:
    """The printed numbers of claims, figures and drawing sheets."""
    claims, figures = front.get("number-of-claims"), texts(front.get("figures"))
    return Stated(
        claims=whole_number(None if claims is None else claims.text),
        figures=whole_number(figures.get("number-of-figures")),
        sheets=whole_number(figures.get("number-of-drawing-sheets")),
    )


_PRIORITY_RELATIONS: Final = frozenset(
    "priority pct-filing continuation continuation-in-part division reissue us-provisional-application".split()
)


def _related(front: Front) -> Iterator[RelatedDocument]:
    for claim in children(front.get("priority-claims"), "priority-claim"):
        yield _related_document("priority", claim)
    filing = child(front.get("pct-or-regional-filing-data"), "document-id")
    if filing is not None:
        yield _related_document("pct-filing", filing)
    family = front.get("us-related-documents")
    for each in family if family is not None else ():
        document = child(each, "relation", "parent-doc", "document-id")
        if document is None:
            document = child(each, "document-id")
        if document is not None:
            yield _related_document(str(each.tag), document)


def _related_document(relation: str, document: etree._Element) -> RelatedDocument:
    stated = texts(document)
    date = PartialDate.parse(stated.get("date", ""))
    return RelatedDocument(relation, stated.get("country", ""), stated.get("doc-number", ""), date)


def _citation(cited: etree._Element) -> Citation | None:
    document = category = literature = None
    for part in cited:
        name = part.tag
        if name == "patcit":
            document = child(part, "document-id")
        elif name == "category":
            category = (part.text or "").strip() or None
        elif name == "nplcit":
            literature = part
    if document is None:
        text = marked_prose(literature)
        return Citation(text, category=category) if text else None
    stated = texts(document)
    country, serial, kind = stated.get("country", ""), stated.get("doc-number", ""), stated.get("kind", "")
    printed = " ".join(filter(None, (country, serial, kind)))
    return Citation(printed, _cited_number(country, serial, kind), PartialDate.parse(stated.get("date", "")), category)


def _cited_number(country: str, serial: str, kind: str) -> PublicationNumber | None:
    try:
        return _number(country, serial, kind)
    except NotAPublicationNumber:
        return None


def _number(country: str, serial: str, kind: str) -> PublicationNumber:
    return PublicationNumber.of(country, serial, "" if kind == _NO_KIND else kind)


def _symbol(classification: etree._Element) -> str:
    stated = texts(classification)
    section, class_, subclass, group, subgroup = (stated.get(name, "") for name in _SECTION_PARTS)
    return f"{section}{class_}{subclass}{group}/{subgroup}" if group else f"{section}{class_}{subclass}"


def _packed_symbol(text: str) -> str:
    match = _PACKED_IPC.match(text)
    if not match:
        return ""
    return f"{match[1]}{match[2]}{match[3]}{int(match[4])}/{match[5] or '00'}"


def _unique(symbols: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(symbol for symbol in symbols if symbol))


def _date(front: Front, reference: str) -> PartialDate | None:
    return PartialDate.parse(texts(child(front.get(reference), "document-id")).get("date", ""))
