"""The front page of an application of 2001 to 2004: its parties and its family.

Field map: the DTDs pap v1.5 and v1.6 of the USPTO.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from patent2tech.patents import PartialDate, Party, RelatedDocument

_RELATIONS: Final = {
    "division-of": "division",
    "continuation-of": "continuation",
    "continuation-in-part-of": "continuation-in-part",
    "continuing-reissue-of": "continuing-reissue",
    "a-371-of-international": "pct-filing",
    "substitution-for": "substitution",
    "reissue-of": "reissue",
    "non-provisional-of-provisional": "us-provisional-application",
    "corrected-republication-of": "correction",
}
_NAMES: Final = ("given-name", "middle-name", "family-name", "name-suffix")


def value(element: etree._Element, path: str) -> str:
    """The text of the element at the path on one line, empty when there is none."""
    found = element.find(path)
    return "" if found is None else " ".join("".join(map(str, found.itertext())).split())


def inventors(front: etree._Element) -> tuple[Party, ...]:
    """The inventors, the first-named one first."""
    stated = front.find("inventors")
    return _parties(stated if stated is not None else ())


def assignees(front: etree._Element) -> tuple[Party, ...]:
    """The assignees, companies or people."""
    return _parties(front.iterfind("assignee"))


def related_documents(front: etree._Element) -> tuple[RelatedDocument, ...]:
    """Claimed priorities, parents, provisionals and the international filing."""
    return tuple(_related(front))


def _related(front: etree._Element) -> Iterator[RelatedDocument]:
    for claim in front.iterfind("foreign-priority-data"):
        date = PartialDate.parse(value(claim, "filing-date"))
        serial = value(claim, "priority-application-number/doc-number")
        yield RelatedDocument("priority", value(claim, "country-code"), serial, date)
    for element in front.iterfind("continuity-data//*"):
        if element.tag in _RELATIONS:
            for document in (*element.iterfind("parent-child/parent/document-id"), *element.iterfind("document-id")):
                yield _related_document(_RELATIONS[str(element.tag)], document)


def _related_document(relation: str, document: etree._Element) -> RelatedDocument:
    date = PartialDate.parse(value(document, "document-date"))
    return RelatedDocument(relation, value(document, "country-code"), value(document, "doc-number"), date)


def _parties(elements: Iterable[etree._Element]) -> tuple[Party, ...]:
    found = (_party(element) for element in elements)
    return tuple(dict.fromkeys(party for party in found if party))


def _party(element: etree._Element) -> Party | None:
    person = " ".join(part for name in _NAMES if (part := value(element, f"name/{name}")))
    name = value(element, "organization-name") or person
    if not name:
        return None
    places = [place for path in ("residence/*", "address") for place in element.iterfind(path)]
    city = next((found for place in places if (found := value(place, "city"))), None)
    country = next((found for place in places if (found := value(place, ".//country-code"))), None)
    return Party(name, city, country)
