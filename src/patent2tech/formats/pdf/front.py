"""The front page of an English-language patent, cut at its INID codes (WIPO ST.9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from patent2tech.formats.pdf.paragraphs import unwrap
from patent2tech.formats.plain.cleaning import one_line
from patent2tech.formats.plain.numbering import find_number
from patent2tech.patents import (
    Citation,
    NotAPublicationNumber,
    PartialDate,
    Party,
    PatentType,
    PublicationNumber,
    Stated,
)

_CODE: Final = re.compile(r"^\W{0,2}[(\[](\d{2})[)\]]\s*")
_LEADING: Final = frozenset({"10", "11", "12", "21", "22", "43", "45", "51", "52", "54", "57", "71", "72", "73", "75"})
_FEWEST_CODES: Final = 4
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE: Final = re.compile(r"\b([A-Z][a-z]{2})[a-z]*\.?\s+(\d{1,2}),\s+(\d{4})\b")
_NUMERIC_DATE: Final = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_LABEL: Final = re.compile(
    r"^(?:prior\s+publication\s+data|patent\s+n(?:umber|o)\.?|pub\.?\s+no\.?|date\s+of\s+patent|pub\.?\s+date|applicants?(?:/assignee)?"
    r"|inventors?|assignees?|appl\.?\s+no\.?|filed|int\.?\s*cl\.?|abstract|international\s+(?:publication|filing)\s+\w+)"
    r"\s*[:.]*\s*",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(
    r"\s+(?=[(\[]\d{2}[)\]]\s+(?:Patent|Pub|Date|International|Prior|ABSTRACT|Abstract|Int|U\.S|Appl|Filed|United|References))"
)
"""Where a row of the front page holds a second field."""

_SYMBOL: Final = re.compile(r"\b([A-HY]\d{2}[A-Z])\s?(\d{1,4})/(\d{2,6})\b")
_PARTY: Final = re.compile(
    r"^(?P<name>.+?)(?:,\s+(?P<city>[^,()]+)(?:,\s+[^()]*?)?\s*(?:\((?P<country>[A-Z]{2})\))?)?$"
)
_SUFFIX: Final = re.compile(r",\s+((?:Jr|Sr|II|III|IV|Ltd|Inc|LLC|L\.P|Corp|Co)\b\.?)", re.IGNORECASE)
_COUNTS: Final = re.compile(
    r"\s*\b(\d{1,3})\s+Claims?,\s+(\d{1,3}|no)\s+Drawings?(?:\s+(?:Sheets?|Figures?))?(?=\s|$)", re.IGNORECASE
)
_CITED: Final = re.compile(
    r"(?<!\d)(?P<number>(?:RE|D)?\d{1,2},?\d{3},\d{3}|(?:RE|D)\d{2,3},\d{3}|\d{4}/\d{7})\s+(?P<kind>[A-Z]\d?)\s*\*?\s+"
    r"(?P<month>\d{1,2})/(?P<year>\d{4})"
)
_CITED_ABROAD: Final = re.compile(
    r"\b(?P<country>(?!US)[A-Z]{2})\s+(?P<number>\d[\d/-]{4,14})\s*(?P<kind>[A-Z]\d?)?\s*\*?\s+(?P<month>\d{1,2})/(?P<year>\d{4})"
)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The text of every field by its code."""

    fields: dict[str, str]

    @classmethod
    def parse(cls, lines: Iterable[str]) -> FrontPage:
        """Cut the lines at the codes that begin them."""
        fields: dict[str, list[str]] = {}
        code = ""
        for line in (part for each in lines for part in _BESIDE.split(each)):
            opened = _CODE.match(line)
            # In an abstract, numbers in brackets are reference numerals.
            if opened and (code != "57" or _LABEL.match(line[opened.end() :])):
                code, line = opened[1], line[opened.end() :]  # noqa: PLW2901 - what is left of the line
            fields.setdefault(code, []).append(line)
        return cls({code: "\n".join(text) for code, text in fields.items()})

    @property
    def holds(self) -> bool:
        """Whether these were the lines of a front page at all."""
        return len(_LEADING & self.fields.keys()) >= _FEWEST_CODES

    def text(self, *codes: str) -> str:
        """The first of these fields that is there, on one line and without its label."""
        stated = next((self.fields[code] for code in codes if code in self.fields), "")
        return _LABEL.sub("", one_line(unwrap(stated.split("\n"))))

    @property
    def number(self) -> PublicationNumber | None:
        """The publication number behind (10) or (11)."""
        for code in ("10", "11"):
            for line in self.fields.get(code, "").split("\n"):
                if found := find_number(line):
                    return found[0]
        return None

    @property
    def type(self) -> PatentType:
        """What is protected, by the name of the document."""
        name = self.text("12").lower()
        kinds = (("design", PatentType.DESIGN), ("plant", PatentType.PLANT), ("reissue", PatentType.REISSUE))
        return next((kind for word, kind in kinds if word in name[:80]), PatentType.UTILITY)

    @property
    def abstract(self) -> str | None:
        """The abstract without the count of claims and sheets behind it."""
        return _COUNTS.sub("", self.text("57")).strip() or None

    @property
    def stated(self) -> Stated:
        """The counts of claims and drawing sheets below the abstract."""
        found = _COUNTS.search(self.text("57"))
        return Stated(int(found[1]), sheets=int(found[2]) if found[2].isdigit() else 0) if found else Stated()

    def date(self, *codes: str) -> PartialDate | None:
        """The first date in the first of these fields."""
        stated = self.text(*codes)
        if (match := _DATE.search(stated)) and match[1].lower() in _MONTHS:
            return PartialDate.parse(f"{match[3]}{_MONTHS.index(match[1].lower()) + 1:02}{int(match[2]):02}")
        if match := _NUMERIC_DATE.search(stated):
            return PartialDate.parse(f"{match[3]}{int(match[2]):02}{int(match[1]):02}")
        return None

    def parties(self, *codes: str) -> tuple[Party, ...]:
        """The people or companies of the first of these fields, which stand between semicolons."""
        stated = self.text(*codes)
        return tuple(dict.fromkeys(party for each in stated.split(";") if (party := _party(each.strip(" ,.")))))

    def symbols(self, code: str) -> tuple[str, ...]:
        """The classification symbols of a field."""
        found = _SYMBOL.finditer(self.text(code))
        return tuple(dict.fromkeys(f"{match[1]}{match[2]}/{match[3]}" for match in found))

    def citations(self) -> tuple[Citation, ...]:
        """The patents that field (56) lists."""
        return tuple(_citations(self.text("56")))


def _party(stated: str) -> Party | None:
    match = _PARTY.match(_SUFFIX.sub(r" \1", stated))
    if not match or not match["name"].strip():
        return None
    return Party(match["name"].strip(), (match["city"] or "").strip() or None, match["country"])


def _citations(stated: str) -> Iterator[Citation]:
    for pattern in (_CITED, _CITED_ABROAD):
        for match in pattern.finditer(stated):
            parts = match.groupdict()
            country, kind = parts.get("country") or "US", parts["kind"] or ""
            date = PartialDate.parse(f"{parts['year']}{int(parts['month']):02}00")
            text = one_line(f"{country} {parts['number']} {kind}")
            try:
                yield Citation(text, PublicationNumber.of(country, parts["number"], kind), date)
            except NotAPublicationNumber:
                yield Citation(text, None, date)
