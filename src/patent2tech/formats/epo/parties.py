"""The people and companies of an exchange document, each of whom it names in several spellings."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from lxml import etree

from patent2tech.formats.epo.tree import text_at
from patent2tech.patents import Party

_COUNTRY: Final = re.compile(r"\s*\[([A-Z]{2})\]\s*$")
_PREFERENCE: Final = ("original", "docdba", "docdb", "epodoc")


def parties(front: etree._Element, role: str) -> tuple[Party, ...]:
    """The applicants or inventors, one for each sequence number, as printed where the original spelling is given.

    OPS lists original spellings of one person under further numbers; those are left out when they only differ in
    case, accents or transliteration.
    """
    spellings: dict[str, dict[str, etree._Element]] = {}
    for position, element in enumerate(front.iterfind(f"parties/{role}s/{role}"), 1):
        sequence = (element.get("sequence") or str(position)).lstrip("0")
        spellings.setdefault(sequence, {}).setdefault(element.get("data-format") or "docdb", element)
    found: dict[str, Party] = {}
    for forms in spellings.values():
        party = _party(forms, role)
        if party is not None:
            found.setdefault(_key(party.name), party)
    return tuple(found.values())


def _party(forms: dict[str, etree._Element], role: str) -> Party | None:
    ordered = sorted(forms, key=lambda form: _PREFERENCE.index(form) if form in _PREFERENCE else len(_PREFERENCE))
    names = [name for form in ordered if (name := _name(forms[form], role))]
    if not names:
        return None
    countries = (_stated_country(forms[form], role) for form in ordered)
    return Party(
        name=_COUNTRY.sub("", names[0]),
        city=next((city for form in ordered if (city := text_at(forms[form], ".//city"))), None),
        country=next((country for country in countries if country), None),
    )


def _name(element: etree._Element, role: str) -> str:
    stated = element.find(f"{role}-name")
    if stated is None:
        stated = element.find("addressbook")
    first, last = text_at(stated, "first-name"), text_at(stated, "last-name")
    name = text_at(stated, "name") or text_at(stated, "orgname") or ", ".join(part for part in (last, first) if part)
    return name.rstrip(" ,;")


def _stated_country(element: etree._Element, role: str) -> str:
    packed = _COUNTRY.search(_name(element, role))
    return packed[1] if packed else text_at(element, "residence/country") or text_at(element, ".//address/country")


def _key(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    folded = re.sub(r"[^\w ]+", "", "".join(each for each in letters if not unicodedata.combining(each)))
    # Offices write umlauts as two letters, so both forms must fall together.
    return " ".join(sorted(re.sub(r"([aou])e", r"\1", folded).split()))
