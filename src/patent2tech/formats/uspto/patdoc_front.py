"""The front page of a `PATDOC` document, by the INID codes that name its elements.

Field map: the DTDs ST32-US-Grant v2.4 and v2.5 of the USPTO.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from patent2tech.formats.prose import plain, prose
from patent2tech.formats.uspto.earlier import cited_number, stated_number, whole_number
from patent2tech.patents import (
    Citation,
    PartialDate,
    Party,
    PublicationNumber,
    RelatedDocument,
    Stated,
    TermFacts,
)

_RELATIONS: Final = {
    "B610": "addition",
    "B620": "division",
    "B631": "continuation",
    "B632": "continuation-in-part",
    "B633": "continuing-reissue",
    "B640": "reissue",
    "B641US": "us-divisional-reissue",
    "B645": "reexamination",
    "B646US": "reexamination",
    "B660": "substitution",
    "B680US": "us-provisional-application",
    "B690US": "related-publication",
}
_CATEGORIES: Final = {"CITED-BY-EXAMINER": "cited by examiner", "CITED-BY-OTHER": "cited by other"}


def value(element: etree._Element, path: str) -> str:
    """The text of the element at the path, with its inner spaces, empty when there is none."""
    found = element.find(path)
    return "" if found is None else "".join(map(str, found.itertext())).strip()


def parts(element: etree._Element, *paths: str) -> Iterator[etree._Element]:
    """The elements at the paths, path after path."""
    for path in paths:
        yield from element.iterfind(path)


def number(front: etree._Element) -> PublicationNumber:
    """The number under which the patent was granted.

    Raises:
        Malformed: when it is missing or no publication number.
    """
    country = value(front, "B100/B190") or "US"
    return stated_number(country, value(front, "B100/B110"), value(front, "B100/B130"))


def inventors(front: etree._Element) -> tuple[Party, ...]:
    """The inventors."""
    return _parties(front.iterfind("B700/B720/B721/PARTY-US"))


def assignees(front: etree._Element) -> tuple[Party, ...]:
    """The assignees, companies or people."""
    return _parties(front.iterfind("B700/B730/B731/PARTY-US"))


def citations(front: etree._Element) -> tuple[Citation, ...]:
    """The documents cited on the front page, in order."""
    cited = front.find("B500/B560")
    return tuple(found for each in (cited if cited is not None else ()) if (found := _citation(each)))


def related_documents(front: etree._Element) -> tuple[RelatedDocument, ...]:
    """Claimed priorities, the international filing, parents and provisionals."""
    return tuple(_related(front))


def term_facts(front: etree._Element) -> TermFacts:
    """What the document says about its term."""
    term = front.find("B400/B472")
    if term is None:
        return TermFacts()
    return TermFacts(
        years_from_grant=whole_number(value(term, "B474")),
        extension_days=whole_number(value(term, "B474US")),
        disclaimer=term.find("B473") is not None or term.find("B473US") is not None,
    )


def stated_counts(front: etree._Element) -> Stated:
    """The printed numbers of claims, figures and drawing sheets."""
    return Stated(
        claims=whole_number(value(front, "B500/B570/B577")),
        figures=whole_number(value(front, "B500/B590/B596")),
        sheets=whole_number(value(front, "B500/B590/B595")),
    )


def _related(front: etree._Element) -> Iterator[RelatedDocument]:
    for claim in front.iterfind("B300"):
        date = PartialDate.parse(value(claim, "B320"))
        yield RelatedDocument("priority", value(claim, "B330"), value(claim, "B310"), date)
    for document in front.iterfind("B800/B860/B861/DOC"):
        yield _related_document("pct-filing", document)
    for element in front.iterfind("B600//*"):
        if element.tag in _RELATIONS:
            for document in (*element.iterfind("PARENT-US/PDOC/DOC"), *element.iterfind("DOC")):
                yield _related_document(_RELATIONS[str(element.tag)], document)


def _related_document(relation: str, document: etree._Element) -> RelatedDocument:
    date = PartialDate.parse(value(document, "DATE"))
    return RelatedDocument(relation, value(document, "CTRY"), value(document, "DNUM"), date)


def _citation(cited: etree._Element) -> Citation | None:
    category = next((name for tag, name in _CATEGORIES.items() if cited.find(tag) is not None), None)
    document = cited.find("PCIT/DOC")
    if document is None:
        text = prose(cited.find("NCIT"))
        return Citation(text=text, category=category) if text else None
    country, serial, kind = (value(document, name) for name in ("CTRY", "DNUM", "KIND"))
    return Citation(
        text=" ".join(field for field in (country, serial, kind) if field),
        number=cited_number(country, serial, "" if kind == "00" else kind),
        date=PartialDate.parse(value(document, "DATE")),
        category=category,
    )


def _parties(elements: Iterator[etree._Element]) -> tuple[Party, ...]:
    found = (_party(element) for element in elements)
    return tuple(dict.fromkeys(party for party in found if party))


def _party(element: etree._Element) -> Party | None:
    names = (element.find(f"NAM/{part}") for part in ("ONM", "FNM", "SNM", "SFX"))
    name = " ".join(text for found in names if found is not None and (text := plain(found)))
    if not name:
        return None
    city, state, country = (" ".join(value(element, f"ADR/{part}").split()) for part in ("CITY", "STATE", "CTRY"))
    # The office leaves the country out where it names a state of its own.
    return Party(name, city or None, country or ("US" if state else None))
