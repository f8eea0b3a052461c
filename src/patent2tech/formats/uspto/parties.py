"""The people and companies on the front page of a USPTO document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from patent2tech.formats.prose import plain
from patent2tech.formats.uspto.fields import Front, by_name, child, children
from patent2tech.patents import Party

_PERSON: Final = ("first-name", "last-name", "suffix")


def applicants(front: Front) -> tuple[Party, ...]:
    """The applicants, which before 2013 are the inventors too."""
    stated = _parties(children(child(front.get("us-parties"), "us-applicants"), "us-applicant"))
    return stated or _parties(_old_applicants(front))


def inventors(front: Front) -> tuple[Party, ...]:
    """The inventors; before 2013 the applicants who are marked as such."""
    stated = _parties(children(child(front.get("us-parties"), "inventors"), "inventor")) or _parties(
        children(child(front.get("parties"), "inventors"), "inventor")
    )
    if stated:
        return stated
    return _parties(each for each in _old_applicants(front) if each.get("app-type") == "applicant-inventor")


def assignees(front: Front) -> tuple[Party, ...]:
    """The assignees, companies or people."""
    return _parties(children(front.get("assignees"), "assignee"))


def _old_applicants(front: Front) -> Iterable[etree._Element]:
    return children(child(front.get("parties"), "applicants"), "applicant")


def _parties(elements: Iterable[etree._Element]) -> tuple[Party, ...]:
    found = (_party(element) for element in elements)
    return tuple(dict.fromkeys(party for party in found if party))


def _party(element: etree._Element) -> Party | None:
    # An assignee of v4.0 may carry its names without an address book.
    book = child(element, "addressbook")
    stated = by_name(element if book is None else book)
    name = _text(stated.get("orgname")) or " ".join(filter(None, (_text(stated.get(each)) for each in _PERSON)))
    if not name:
        return None
    address = stated.get("address")
    place = {} if address is None else by_name(address)
    return Party(name, _text(place.get("city")), _text(place.get("country")))


def _text(element: etree._Element | None) -> str | None:
    return None if element is None else plain(element) or None
