"""The front page of a green book document: parties, citations, family and term."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from patent2tech.formats.uspto.aps_records import Group
from patent2tech.formats.uspto.earlier import cited_number, whole_number
from patent2tech.patents import Citation, PartialDate, Party, RelatedDocument, Stated, TermFacts

_RELATIONS: Final = {"71": "continuation", "72": "continuation-in-part", "74": "division"}
"""Codes of related applications; the relation of any other is not known, only that there is one."""

_COUNTRY_LETTERS: Final = 2
_APPLICATION_DIGITS: Final = 6


def application_number(patent: Group) -> str | None:
    """Series and serial, without the check digit behind the serial."""
    serial = patent.value("APN")[:_APPLICATION_DIGITS]
    return patent.value("SRC").zfill(2) + serial if serial else None


def parties(front: list[Group], code: str) -> tuple[Party, ...]:
    """The inventors (`INVT`) or assignees (`ASSG`)."""
    found = (_party(group) for group in front if group.code == code)
    return tuple(dict.fromkeys(party for party in found if party))


def citations(front: list[Group]) -> tuple[Citation, ...]:
    """The documents cited on the front page, in order."""
    return tuple(citation for group in front for citation in _citations(group))


def related_documents(front: list[Group]) -> tuple[RelatedDocument, ...]:
    """Claimed priorities, the international filing, parents and the reissued patent."""
    return tuple(related for group in front for related in _related(group))


def term_facts(patent: Group) -> TermFacts:
    """What the document says about its term."""
    return TermFacts(years_from_grant=whole_number(patent.value("TRM")), disclaimer=bool(patent.value("DCD")))


def stated_counts(patent: Group) -> Stated:
    """The printed numbers of claims, figures and drawing sheets."""
    claims, figures, sheets = (whole_number(patent.value(code)) for code in ("NCL", "NFG", "NDR"))
    return Stated(claims=claims, figures=figures, sheets=sheets)


def _party(group: Group) -> Party | None:
    # People are written surname first, behind a semicolon the rest.
    last, _, first = group.value("NAM").partition(";")
    name = " ".join(f"{first} {last}".split())
    if not name:
        return None
    country = _country(group) or ("US" if group.value("STA") else None)
    return Party(name, group.value("CTY") or None, country)


def _country(group: Group) -> str:
    return group.value("CNT")[:_COUNTRY_LETTERS]


def _citations(group: Group) -> Iterator[Citation]:
    if group.code in {"UREF", "FREF"} and group.value("PNO"):
        country = _country(group)
        text = f"{country} {group.value('PNO')}".strip()
        number = cited_number(country, group.value("PNO"))
        yield Citation(text, number, PartialDate.parse(group.value("ISD")))
    elif group.code == "OREF":
        yield from (Citation(text=field.text) for field in group.fields if field.text)


def _related(group: Group) -> Iterator[RelatedDocument]:
    date = PartialDate.parse(group.value("APD"))
    if group.code == "PRIR":
        yield RelatedDocument("priority", _country(group), group.value("APN"), date)
    elif group.code == "RLAP":
        relation = _RELATIONS.get(group.value("COD"), "related-application")
        yield RelatedDocument(relation, "US", group.value("APN") or group.value("PNO"), date)
    elif group.code == "REIS":
        number = group.value("PNO") or group.value("APN")
        yield RelatedDocument("reissue", "US", number, date or PartialDate.parse(group.value("ISD")))
    elif group.code == "PCTA":
        yield RelatedDocument("pct-filing", "WO", group.value("PCN"), PartialDate.parse(group.value("PD3")))
