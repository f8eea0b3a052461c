"""The tables of this room: patents with their sources, sheets, figures, parts, citations and packs, and imports.

`PatentRow.document` is the whole value; the other columns and tables repeat what is listed, searched or joined by.
The passages are not repeated: to read them from the document takes 0.6 ms, to keep them doubled the database.
Blobs are named by their SHA-256 in hexadecimal. The schema itself is made by the migrations in `store`; a test holds
both together.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from patent2tech.store.tables import Base


class PatentRow(Base):
    """One kept publication; `id` stays the same when the publication is replaced."""

    __tablename__ = "patents"
    __table_args__ = (UniqueConstraint("country", "serial", "kind"), Index(None, "country", "application"))

    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    country: Mapped[str]
    serial: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    type: Mapped[str]
    language: Mapped[str]
    source_format: Mapped[str]
    # As far as the document states them ("2003-05"); the calendar day beside it only where the document gives one.
    filing: Mapped[str | None]
    filing_date: Mapped[dt.date | None]
    publication: Mapped[str | None]
    publication_date: Mapped[dt.date | None]
    grant: Mapped[str | None]
    grant_date: Mapped[dt.date | None]
    cpc: Mapped[tuple[str, ...]]
    document: Mapped[dict[str, Any]]
    source_sha256: Mapped[str] = mapped_column(index=True)
    digest: Mapped[str]
    # Letters and digits of the application number, by which the publications of one application are found.
    application: Mapped[str | None]


class SourceRow(Base):
    """The bytes that a patent was read from, deflated, also of its earlier documents; large ones are blobs instead.

    They stand beside the row that needs them, so that both are kept by one write to the disk.
    """

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("patent_id", "sha256"),)

    patent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patents.id", ondelete="CASCADE"))
    sha256: Mapped[str]
    content: Mapped[bytes]


class EarlierRow(Base):
    """What stood under a patent's number before another document replaced it."""

    __tablename__ = "earlier_documents"

    patent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patents.id", ondelete="CASCADE"), index=True)
    source_sha256: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]


class ImportRow(Base):
    """One chunk of a source that was imported, by the hash of what it holds."""

    __tablename__ = "imports"
    __table_args__ = (UniqueConstraint("fingerprint"),)

    fingerprint: Mapped[str]
    source: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger())
    numbers: Mapped[tuple[str, ...]]
    skipped: Mapped[int]
    rejected: Mapped[int]


class QuarantineRow(Base):
    """One document that could not be kept, with its bytes, deflated, unless they are too many."""

    __tablename__ = "quarantine"
    __table_args__ = (Index(None, "file"),)

    file: Mapped[str]
    fingerprint: Mapped[str]
    source: Mapped[str]
    position: Mapped[int]
    code: Mapped[str]
    reason: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger())
    content: Mapped[bytes | None]


class ChangeRow(Base):
    """One patent that was added, replaced or deleted, until whoever derives something from patents has done so.

    No foreign key: the patent may be gone, and that is what the row says then.
    """

    __tablename__ = "changes"

    patent_id: Mapped[uuid.UUID] = mapped_column(index=True)


class _PartOfPatent:
    """What belongs to one patent, at its place in the order, and goes with it."""

    patent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patents.id", ondelete="CASCADE"))
    position: Mapped[int]


class SheetRow(_PartOfPatent, Base):
    """One drawing sheet, and the blob of its image if it came along."""

    __tablename__ = "sheets"
    __table_args__ = (UniqueConstraint("patent_id", "position"),)

    number: Mapped[int]
    file: Mapped[str]
    orientation: Mapped[str | None]
    sha256: Mapped[str | None] = mapped_column(index=True)


class FigureRow(_PartOfPatent, Base):
    """One figure that the text describes."""

    __tablename__ = "figures"
    __table_args__ = (UniqueConstraint("patent_id", "position"),)

    label: Mapped[str]
    caption: Mapped[str | None]
    locator: Mapped[str | None]
    views: Mapped[tuple[str, ...]]
    sheet: Mapped[int | None]


class PartRow(_PartOfPatent, Base):
    """One reference numeral with its names and places."""

    __tablename__ = "parts"
    __table_args__ = (UniqueConstraint("patent_id", "position"),)

    numeral: Mapped[str]
    names: Mapped[tuple[str, ...]]
    locators: Mapped[tuple[str, ...]]
    figures: Mapped[tuple[str, ...]]


class CitationRow(_PartOfPatent, Base):
    """One cited document; country, serial and kind where it is a patent whose number could be read."""

    __tablename__ = "citations"
    __table_args__ = (UniqueConstraint("patent_id", "position"), Index(None, "country", "serial"))

    text: Mapped[str]
    country: Mapped[str | None]
    serial: Mapped[str | None]
    kind: Mapped[str | None]
    date: Mapped[str | None]
    category: Mapped[str | None]


class PackRow(Base):
    """One tech pack made from a patent: the blob of its ZIP."""

    __tablename__ = "packs"

    patent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patents.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(index=True)


PARTS_OF_PATENT: Final = (SheetRow, FigureRow, PartRow, CitationRow)
"""What is written anew when a patent is replaced; packs stay, as they were made from what stood there."""
