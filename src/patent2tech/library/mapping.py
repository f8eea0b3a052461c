"""Values of the domain to rows and back, in one place."""

from __future__ import annotations

import datetime as dt
import zlib
from typing import TYPE_CHECKING, Any, Final

from patent2tech.library.values import Earlier, Pack, PatentSummary, Quarantined
from patent2tech.patents import Figure, Locator, Part, PartialDate, PatentType, PublicationNumber

if TYPE_CHECKING:
    from collections.abc import Iterator

    from patent2tech.library.tables import EarlierRow, FigureRow, PartRow, PatentRow, QuarantineRow
    from patent2tech.library.values import Entry
    from patent2tech.patents import Patent

Columns = dict[str, Any]
Rows = list[tuple[object, ...]]
PartRows = dict[str, Rows]
"""Rows by the name of their table."""

PATENT_COLUMNS: Final = (
    "country", "serial", "kind", "title", "type", "language", "source_format",
    "filing", "filing_date", "publication", "publication_date", "grant", "grant_date",
    "cpc", "document", "source_sha256", "digest", "application",
)  # fmt: skip
PART_COLUMNS: Final = {
    "sheets": ("number", "file", "orientation", "sha256"),
    "figures": ("label", "caption", "locator", "views", "sheet"),
    "parts": ("numeral", "names", "locators", "figures"),
    "citations": ("text", "country", "serial", "kind", "date", "category"),
}


def patent_values(
    patent: Patent, document: str, source_sha256: str, digest: str, application: str | None
) -> tuple[object, ...]:
    """The values of `PATENT_COLUMNS`."""
    number, dates = patent.number, patent.dates
    return (
        *(number.country, number.serial, number.kind, patent.title, str(patent.type), patent.language),
        patent.source_format,
        *_date_values(dates.filing),
        *_date_values(dates.publication),
        *_date_values(dates.grant),
        *(list(patent.cpc), document, source_sha256, digest, application),
    )


def part_rows(entry: Entry) -> PartRows:
    """The values of `PART_COLUMNS`, in order."""
    return {
        "sheets": [(sheet.number, sheet.file, sheet.orientation, sheet.sha256) for sheet in entry.patent.sheets],
        "figures": [
            (each.label, each.caption, each.locator and str(each.locator), list(each.views), each.sheet)
            for each in entry.figures
        ],
        "parts": [
            (each.numeral, list(each.names), [str(locator) for locator in each.locators], list(each.figures))
            for each in entry.parts
        ],
        "citations": list(_citations(entry.patent)),
    }


def summary(row: PatentRow) -> PatentSummary:
    """One line of a list."""
    return PatentSummary(
        number=PublicationNumber(row.country, row.serial, row.kind),
        title=row.title,
        type=PatentType(row.type),
        language=row.language,
        filing=_date(row.filing),
        publication=_date(row.publication),
        grant=_date(row.grant),
        cpc=row.cpc,
        created_at=row.created_at.astimezone(dt.UTC),
        updated_at=row.updated_at.astimezone(dt.UTC),
    )


def figure(row: FigureRow) -> Figure:
    """The figure of a row."""
    locator = None if row.locator is None else Locator.parse(row.locator)
    return Figure(row.label, row.caption, locator, row.views, row.sheet)


def part(row: PartRow) -> Part:
    """The part of a row."""
    return Part(row.numeral, row.names, tuple(Locator.parse(text) for text in row.locators), row.figures)


def earlier(number: PublicationNumber, row: EarlierRow) -> Earlier:
    """The former document of a row."""
    return Earlier(number, row.title, row.source_sha256, row.created_at.astimezone(dt.UTC))


def quarantined(row: QuarantineRow) -> Quarantined:
    """The document of a row."""
    return Quarantined(
        row.file,
        row.source,
        row.position,
        row.code,
        row.reason,
        row.size,
        None if row.content is None else zlib.decompress(row.content),
        row.created_at.astimezone(dt.UTC),
    )


def pack(number: PublicationNumber, sha256: str, created_at: dt.datetime) -> Pack:
    """The pack of a row."""
    return Pack(number, sha256, created_at.astimezone(dt.UTC))


def _citations(patent: Patent) -> Iterator[tuple[object, ...]]:
    for citation in patent.citations:
        number = citation.number
        cited = (number.country, number.serial, number.kind) if number else (None, None, None)
        yield (citation.text, *cited, None if citation.date is None else str(citation.date), citation.category)


def _date_values(date: PartialDate | None) -> tuple[str | None, dt.date | None]:
    return (None, None) if date is None else (str(date), date.exact)


def _date(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate(*map(int, text.split("-")))
