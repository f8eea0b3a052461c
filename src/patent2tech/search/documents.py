"""A kept patent as the index takes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from patent2tech.search.index import Document, Facts, Passage

if TYPE_CHECKING:
    from patent2tech.library.changes import KeptPatent
    from patent2tech.patents import PartialDate, Patent

Expiry = Callable[["Patent"], dt.date | None]
"""Estimates the last day of protection; the room beside that can do so supplies it through the composition root."""

_LONGEST_PASSAGE: Final = 20_000
"""Characters; what stands behind (sequence listings, tables) is no text to be found by words."""


def document_of(kept: KeptPatent, expiry: Expiry) -> Document:
    """What the index keeps of a patent."""
    patent = kept.patent
    passages = (
        *((str(claim.locator), claim.text) for claim in patent.claims),
        *((str(paragraph.locator), paragraph.text) for paragraph in patent.paragraphs),
    )
    return Document(
        key=kept.key.hex,
        digest=kept.digest,
        number=str(patent.number),
        serial=f"{patent.number.country}{patent.number.serial}",
        title=patent.title,
        abstract=patent.abstract or "",
        facts=_facts(patent, expiry(patent)),
        passages=tuple(
            Passage(locator, text[:_LONGEST_PASSAGE]) for locator, text in passages if text and not text.isspace()
        ),
    )


def as_number(day: dt.date) -> int:
    """20150331 for the last day of March 2015."""
    return day.year * 10_000 + day.month * 100 + day.day


def _facts(patent: Patent, expires: dt.date | None) -> Facts:
    return Facts(
        office=patent.office,
        kind=patent.number.kind,
        language=patent.language,
        filed=_first_day(patent.dates.filing),
        published=_first_day(patent.dates.publication or patent.dates.grant),
        granted=patent.dates.grant is not None,
        expires=as_number(expires) if expires else 0,
        cpc=tuple(dict.fromkeys("".join(symbol.split()).upper() for symbol in (*patent.cpc, *patent.ipc))),
        applicants=tuple(dict.fromkeys(each.name for each in (*patent.applicants, *patent.assignees))),
        inventors=tuple(dict.fromkeys(each.name for each in patent.inventors)),
    )


def _first_day(date: PartialDate | None) -> int:
    return date.year * 10_000 + (date.month or 1) * 100 + (date.day or 1) if date else 0
