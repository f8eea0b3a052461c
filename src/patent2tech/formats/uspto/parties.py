"""The people and companies on the front page of a USPTO document."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from patent2tech.formats.prose import plain
from patent2tech.patents import Party


def applicants(front: etree._Element) -> tuple[Party, ...]:
    """The applicants, which before 2013 are the inventors too."""
    return _parties(front.iterfind("us-parties/us-applicants/us-applicant")) or _parties(
        front.iterfind("parties/applicants/applicant")
    )


def inventors(front: etree._Element) -> tuple[Party, ...]:
    """The inventors; before 2013 the applicants who are marked as such."""
    stated = _parties(front.iterfind("us-parties/inventors/inventor")) or _parties(
        front.iterfind("parties/inventors/inventor")
    )
    if stated:
        return stated
    old = front.iterfind("parties/applicants/applicant")
    return _parties(each for each in old if each.get("app-type") == "applicant-inventor")


def assignees(front: etree._Element) -> tuple[Party, ...]:
    """The assignees, companies or people."""
    return _parties(front.iterfind("assignees/assignee"))


def _parties(elements: Iterable[etree._Element]) -> tuple[Party, ...]:
    found = (_party(element) for element in elements)
    return tuple(dict.fromkeys(party for party in found if party))


def _party(element: etree._Element) -> Party | None:
    # An assignee of v4.0 may carry its names without an address book.
    book = element.find("addressbook")
    book = element if book is None else book
    name = _text(book, "orgname") or " ".join(
        part for part in (_text(book, "first-name"), _text(book, "last-name"), _text(book, "suffix")) if part
    )
    if not name:
        return None
    return Party(name=name, city=_text(book, "address/city"), country=_text(book, "address/country"))


def _text(element: etree._Element, path: str) -> str | None:
    found = element.find(path)
    return None if found is None else plain(found) or None
