"""An estimate of term and status from the document's own facts, with every reason; never a legal verdict.

Sources: 35 U.S.C. 154 (term, 8 June 1995), 173 (designs, 15 years from grant if filed from 13 May 2015), 251 (reissue);
Korean Patent Act article 88; European Patent Convention article 63.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from patent2tech.patents import PartialDate, Patent, PatentType
from patent2tech.reading.model import Status, StatusEstimate
from patent2tech.text.notes import Note

_UTILITY_YEARS: Final = 20
_UTILITY_YEARS_BEFORE_1995: Final = 17
_GATT_DAY: Final = dt.date(1995, 6, 8)
_HAGUE_DAY: Final = dt.date(2015, 5, 13)
_DESIGN_YEARS: Final = 15
_DESIGN_YEARS_BEFORE_2015: Final = 14
_EARLIER_FILINGS: Final = frozenset({"continuation", "continuation-in-part", "division", "pct-filing", "reissue"})
"""Relations whose filing date starts the term; foreign priority and provisional applications do not."""

_OFFICES_WITH_TWENTY_YEARS: Final = frozenset({"US", "KR", "EP"})


@dataclass(frozen=True, slots=True)
class _Term:
    expires: dt.date | None
    basis: tuple[Note, ...]


def estimate_status(patent: Patent, today: dt.date) -> StatusEstimate:
    """The status that the document's dates suggest on a day."""
    if patent.type is PatentType.STATUTORY_INVENTION:
        return StatusEstimate(Status.UNKNOWN, today, None, (Note.of("status.no_exclusive_right"), *_caveats(patent)))
    if patent.office not in _OFFICES_WITH_TWENTY_YEARS:
        return StatusEstimate(Status.UNKNOWN, today, None, (Note.of("status.office_unknown", office=patent.office),))
    term = _design_term(patent) if patent.type is PatentType.DESIGN else _filing_term(patent)
    basis = (*term.basis, *_caveats(patent))
    if patent.dates.grant is None:
        return StatusEstimate(Status.PENDING_OR_UNKNOWN, today, None, (Note.of("status.not_granted"), *basis))
    if term.expires is None:
        return StatusEstimate(Status.UNKNOWN, today, None, basis)
    over = today > term.expires
    return StatusEstimate(Status.PROBABLY_EXPIRED if over else Status.PROBABLY_IN_TERM, today, term.expires, basis)


def _design_term(patent: Patent) -> _Term:
    granted, filed = _day(patent.dates.grant), _day(patent.dates.filing)
    if granted is None:
        return _Term(None, (Note.of("status.no_grant_date"),))
    stated = patent.term.years_from_grant
    by_law = _DESIGN_YEARS_BEFORE_2015 if filed and filed < _HAGUE_DAY else _DESIGN_YEARS
    years = stated or by_law
    code = "status.design_stated" if stated else "status.design_by_law"
    return _Term(_years_after(granted, years), (Note.of(code, years=years, granted=granted),))


def _filing_term(patent: Patent) -> _Term:
    filed, granted = _day(patent.dates.filing), _day(patent.dates.grant)
    if filed is None:
        return _Term(None, (Note.of("status.no_filing_date"),))
    start, notes = filed, [Note.of("status.filed", filed=filed)]
    for related in patent.related:
        day = _day(related.date)
        if related.relation in _EARLIER_FILINGS and day and day < start:
            start = day
            notes.append(Note.of("status.earlier_filing", relation=related.relation, number=related.number, date=day))
    if patent.type is PatentType.REISSUE and not any(
        each.relation == "reissue" and each.date for each in patent.related
    ):
        return _Term(None, (*notes, Note.of("status.reissue_without_parent")))
    expires = _years_after(start, _UTILITY_YEARS)
    notes.append(Note.of("status.twenty_years", start=start, end=expires))
    if patent.office == "US" and filed < _GATT_DAY and granted:
        seventeen = _years_after(granted, _UTILITY_YEARS_BEFORE_1995)
        notes.append(Note.of("status.seventeen_years", end=seventeen))
        expires = max(expires, seventeen)
    if patent.term.extension_days:
        expires += dt.timedelta(days=patent.term.extension_days)
        notes.append(Note.of("status.extension", days=patent.term.extension_days, end=expires))
    return _Term(expires, tuple(notes))


def _caveats(patent: Patent) -> tuple[Note, ...]:
    notes = []
    if patent.term.disclaimer:
        notes.append(Note.of("status.disclaimer"))
    if patent.type in {PatentType.UTILITY, PatentType.REISSUE}:
        notes.append(Note.of("status.fees_unknown"))
    notes.append(Note.of("status.not_a_verdict"))
    return tuple(notes)


def _day(date: PartialDate | None) -> dt.date | None:
    return date.exact if date else None


def _years_after(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
