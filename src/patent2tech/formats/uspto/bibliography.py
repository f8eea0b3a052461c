"""The front page of a USPTO document: number, dates, classes, citations, family and term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lxml import etree

from patent2tech.errors import Malformed
from patent2tech.formats.digits import whole_number
from patent2tech.formats.prose import marked_prose
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
_SECTION_PARTS: Final = ("section", "class", "subclass", "main-group", "subgroup")
_PACKED_IPC: Final = re.compile(r"^([A-H])\s*(\d{2})([A-Z])\s*(\d{1,4})/?\s*(\d{2,6})?")


def publication_number(front: etree._Element) -> PublicationNumber:
    """The number under which the document was published.

    Raises:
        Malformed: when it is missing or no publication number.
    """
    stated = front.find("publication-reference/document-id")
    if stated is None:
        raise Malformed("the document states no publication number; it may be truncated")
    try:
        return _number(_fields(stated))
    except NotAPublicationNumber as error:
        raise Malformed(f"the document's publication number is broken: {error}") from None


def patent_type(front: etree._Element, number: PublicationNumber) -> PatentType:
    """What is protected, by the application type and else by the series of the number."""
    reference = front.find("application-reference")
    stated = (reference.get("appl-type") or "") if reference is not None else ""
    if stated in _TYPES:
        return PatentType(stated)
    return _TYPE_BY_SERIES.get(re.sub(r"\d", "", number.serial), PatentType.UTILITY)


def dates(front: etree._Element, related: Iterable[RelatedDocument], *, granted: bool) -> Dates:
    """Filing, publication, grant and earliest claimed priority."""
    published = _date(front, "publication-reference/document-id/date")
    claimed = [each.date for each in related if each.relation in _PRIORITY_RELATIONS]
    return Dates(
        filing=_date(front, "application-reference/document-id/date"),
        publication=published,
        grant=published if granted else None,
        priority=min((date for date in claimed if date), default=None),
    )


def cpc_symbols(front: etree._Element) -> tuple[str, ...]:
    """CPC symbols such as `F02C7/16`, the first one first, without repeats."""
    return _unique(_symbol(each) for each in front.iterfind("classifications-cpc//classification-cpc"))


def ipc_symbols(front: etree._Element) -> tuple[str, ...]:
    """IPC symbols in the same form, from the IPCR fields or the packed text of v4.0."""
    packed = front.iterfind("classification-ipc/*")
    return _unique(
        [
            *(_symbol(each) for each in front.iterfind("classifications-ipcr/classification-ipcr")),
            *(_packed_symbol(each.text or "") for each in packed if str(each.tag).endswith("-classification")),
        ]
    )


def citations(front: etree._Element) -> tuple[Citation, ...]:
    """The documents cited on the front page, in order."""
    cited = front.iterfind("us-references-cited/us-citation")
    older = front.iterfind("references-cited/citation")
    return tuple(found for each in (*cited, *older) if (found := _citation(each)))


def related_documents(front: etree._Element) -> tuple[RelatedDocument, ...]:
    """Parents, provisionals, the international filing and claimed priorities."""
    return tuple(_related(front))


def term_facts(front: etree._Element) -> TermFacts:
    """What the document says about its term."""
    term = front.find("us-term-of-grant")
    if term is None:
        return TermFacts()
    return TermFacts(
        years_from_grant=whole_number(term.findtext("length-of-grant")),
        extension_days=whole_number(term.findtext("us-term-extension")),
        disclaimer=term.find("disclaimer") is not None,
    )


def stated_counts(front: etree._Element) -> Stated:
    """The printed numbers of claims, figures and drawing sheets."""
    return Stated(
        claims=whole_number(front.findtext("number-of-claims")),
        figures=whole_number(front.findtext("figures/number-of-figures")),
        sheets=whole_number(front.findtext("figures/number-of-drawing-sheets")),
    )


_PRIORITY_RELATIONS: Final = frozenset(
    "priority pct-filing continuation continuation-in-part division reissue us-provisional-application".split()
)


def _related(front: etree._Element) -> Iterator[RelatedDocument]:
    for claim in front.iterfind("priority-claims/priority-claim"):
        yield _related_document("priority", claim)
    filing = front.find("pct-or-regional-filing-data/document-id")
    if filing is not None:
        yield _related_document("pct-filing", filing)
    family = front.find("us-related-documents")
    for each in family if family is not None else ():
        document = each.find("relation/parent-doc/document-id")
        if document is None:
            document = each.find("document-id")
        if document is not None:
            yield _related_document(str(each.tag), document)


def _related_document(relation: str, document: etree._Element) -> RelatedDocument:
    return RelatedDocument(
        relation=relation,
        country=(document.findtext("country") or "").strip(),
        number=(document.findtext("doc-number") or "").strip(),
        date=_date(document, "date"),
    )


def _citation(cited: etree._Element) -> Citation | None:
    parts = {str(child.tag): child for child in cited}
    category = (parts["category"].text or "").strip() or None if "category" in parts else None
    document = parts["patcit"].find("document-id") if "patcit" in parts else None
    if document is None:
        text = marked_prose(parts.get("nplcit"))
        return Citation(text=text, category=category) if text else None
    fields = _fields(document)
    printed = (fields.get(name, "") for name in ("country", "doc-number", "kind"))
    return Citation(
        text=" ".join(part for part in printed if part),
        number=_cited_number(fields),
        date=PartialDate.parse(fields.get("date", "")),
        category=category,
    )


def _fields(document: etree._Element) -> dict[str, str]:
    """The fields of a `document-id`, read in one pass: a patent cites up to thousands."""
    return {str(child.tag): child.text.strip() for child in document if child.text}


def _cited_number(fields: Mapping[str, str]) -> PublicationNumber | None:
    try:
        return _number(fields)
    except NotAPublicationNumber:
        return None


def _number(fields: Mapping[str, str]) -> PublicationNumber:
    kind = fields.get("kind", "")
    return PublicationNumber.of(fields.get("country", ""), fields.get("doc-number", ""), "" if kind == "00" else kind)


def _symbol(classification: etree._Element) -> str:
    section, class_, subclass, group, subgroup = (
        (classification.findtext(name) or "").strip() for name in _SECTION_PARTS
    )
    return f"{section}{class_}{subclass}{group}/{subgroup}" if group else f"{section}{class_}{subclass}"


def _packed_symbol(text: str) -> str:
    match = _PACKED_IPC.match(text)
    if not match:
        return ""
    return f"{match[1]}{match[2]}{match[3]}{int(match[4])}/{match[5] or '00'}"


def _unique(symbols: Iterator[str] | list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(symbol for symbol in symbols if symbol))


def _date(element: etree._Element, path: str) -> PartialDate | None:
    return PartialDate.parse(element.findtext(path) or "")
