"""Values of the domain to rows and back, in one place."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from patent2tech.library.documents import document
from patent2tech.library.tables import CitationRow, FigureRow, PartRow, PassageRow, PatentRow, SheetRow
from patent2tech.library.values import Pack, PatentSummary
from patent2tech.patents import Figure, Locator, Part, PartialDate, PatentType, PublicationNumber

if TYPE_CHECKING:
    from collections.abc import Iterator

    from patent2tech.library.values import Entry
    from patent2tech.patents import Patent

Columns = dict[str, Any]
PartTable = type[PassageRow | SheetRow | FigureRow | PartRow | CitationRow]


def patent_columns(entry: Entry, digest: str) -> Columns:
    """The columns of `PatentRow` that an entry fills."""
    patent = entry.patent
    number, dates = patent.number, patent.dates
    return {
        "country": number.country,
        "serial": number.serial,
        "kind": number.kind,
        "title": patent.title,
        "type": str(patent.type),
        "language": patent.language,
        "source_format": patent.source_format,
        **_date_columns("filing", dates.filing),
        **_date_columns("publication", dates.publication),
        **_date_columns("grant", dates.grant),
        "cpc": patent.cpc,
        "document": document(patent),
        "source_sha256": sha256(entry.source).hexdigest(),
        "digest": digest,
    }


def part_columns(entry: Entry) -> Iterator[tuple[PartTable, list[Columns]]]:
    """The rows of each table that belongs to the patent, in order."""
    yield PassageRow, list(_passages(entry.patent))
    yield (
        SheetRow,
        [
            {"number": sheet.number, "file": sheet.file, "orientation": sheet.orientation, "sha256": sheet.sha256}
            for sheet in entry.patent.sheets
        ],
    )
    yield (
        FigureRow,
        [
            {
                "label": figure.label,
                "caption": figure.caption,
                "locator": None if figure.locator is None else str(figure.locator),
                "views": figure.views,
                "sheet": figure.sheet,
            }
            for figure in entry.figures
        ],
    )
    yield (
        PartRow,
        [
            {
                "numeral": part.numeral,
                "names": part.names,
                "locators": tuple(str(locator) for locator in part.locators),
                "figures": part.figures,
            }
            for part in entry.parts
        ],
    )
    yield CitationRow, list(_citations(entry.patent))


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


def pack(number: PublicationNumber, sha256: str, created_at: dt.datetime) -> Pack:
    """The pack of a row."""
    return Pack(number, sha256, created_at.astimezone(dt.UTC))


def _passages(patent: Patent) -> Iterator[Columns]:
    sections = {paragraph.locator: paragraph.section for paragraph in patent.paragraphs}
    for locator, text in patent.passages():
        section = sections.get(locator)
        yield {
            "locator": str(locator),
            "place": str(locator.place),
            "section": None if section is None else str(section),
            "text": text,
        }


def _citations(patent: Patent) -> Iterator[Columns]:
    for citation in patent.citations:
        number = citation.number
        yield {
            "text": citation.text,
            "country": number.country if number else None,
            "serial": number.serial if number else None,
            "kind": number.kind if number else None,
            "date": None if citation.date is None else str(citation.date),
            "category": citation.category,
        }


def _date_columns(name: str, date: PartialDate | None) -> Columns:
    return {name: None if date is None else str(date), f"{name}_date": None if date is None else date.exact}


def _date(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate(*map(int, text.split("-")))
