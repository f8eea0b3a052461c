"""A PDF as a `Patent`: front page by its codes, text in reading order, drawing pages as sheets.

Left out are running heads, page, column and line numbers, what stands on drawing pages (it is part of their image),
and on the front page what is no field of a `Patent`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, ClassVar, Final

from patent2tech.errors import NotAPatent, TooLarge
from patent2tech.formats.format import Document, Head, whole
from patent2tech.formats.kipo.gazette import parse_gazette
from patent2tech.formats.pdf.front import FrontPage
from patent2tech.formats.pdf.layout import Line, reading_order, running_heads
from patent2tech.formats.pdf.page import Page
from patent2tech.formats.pdf.pages import read_pages
from patent2tech.formats.pdf.paragraphs import join_lines
from patent2tech.formats.plain.numbering import find_number
from patent2tech.formats.plain.text import parse_text
from patent2tech.patents import Dates, Patent, PatentType, PublicationNumber, Sheet

_MAX_BYTES: Final = 100 * 1024 * 1024
_MARK: Final = b"%PDF-"
_KOREAN: Final = re.compile(r"\(19\)\s*대한민국\s*특허청")
_FRONT_GOES_ON: Final = re.compile(r"\bpage\s+[2-9]\d?$", re.IGNORECASE)
_CORRECTION: Final = re.compile(r"^certificate\s+of\s+correction$", re.IGNORECASE)
_END: Final = re.compile(r"^[\s*]+$")
_APPLICATION: Final = re.compile(r"[\dA-Z][\d/,.\-A-Z]{4,}\d")
_HEAD_LINES: Final = 15


class PdfDocument:
    """PDF with a text layer, or scanned pages, which are read by OCR."""

    name: ClassVar[str] = "PDF"

    def recognises(self, head: Head) -> bool:
        """By the mark at the very beginning."""
        return head.content.lstrip()[: len(_MARK)] == _MARK

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """One patent a file."""
        return whole(stream, _MAX_BYTES)

    def parse(self, content: bytes) -> Document:
        """The patent of the pages, with its drawing sheets."""
        pages = read_pages(content)
        if not any(page.words for page in pages.texts):
            raise NotAPatent(
                "the PDF shows drawings or pictures only; give the pages with the claims and the description"
            )
        found = _patent(pages.texts)
        images = {f"D{number:05}.png": image for number, image in enumerate(pages.drawings, 1)}
        sheets = tuple(Sheet(number, file) for number, file in enumerate(images, 1))
        source = "pdf scan" if pages.scanned else found.patent.source_format
        patent = replace(found.patent, sheets=sheets or found.patent.sheets, source_format=source)
        return Document(patent, images, found.notes)


def _patent(pages: tuple[Page, ...]) -> Document:
    lines = [reading_order(page) for page in pages]
    if _KOREAN.search("\n".join(line.text for line in lines[0][: _HEAD_LINES * 2])):
        text = "\n".join(line.text for page in lines for line in page)
        return Document(replace(parse_gazette(text), source_format="pdf of kipo-gazette"))
    front_pages = _front_pages(pages, lines)
    front = FrontPage.parse(line.text for page in lines[:front_pages] for line in page)
    text = _text(lines[front_pages:], front)
    found = parse_text(text, "pdf", front.number or _number_of_heads(pages))
    return replace(found, patent=_with_front(found.patent, front)) if front_pages else found


def _front_pages(pages: tuple[Page, ...], lines: list[list[Line]]) -> int:
    """How many pages the front page takes, 0 when there is none."""
    if not FrontPage.parse(line.text for line in lines[0]).holds:
        return 0
    return 1 + next(
        (index for index, page in enumerate(pages[1:]) if not any(map(_FRONT_GOES_ON.search, running_heads(page)))),
        len(pages) - 1,
    )


def _number_of_heads(pages: tuple[Page, ...]) -> PublicationNumber | None:
    """The number that runs along the heads of the pages."""
    heads = (find_number(head) for page in pages[:3] for head in running_heads(page))
    return next((found[0] for found in heads if found), None)


def _text(pages: list[list[Line]], front: FrontPage) -> str:
    """The pages behind the front page as a text with the usual headings."""
    body = [line for page in pages if not _is_correction(page) for line in page]
    corrections = [line for page in pages if _is_correction(page) for line in page]
    title = front.text("54")
    paragraphs = [each for each in join_lines(body) if not _END.match(each)]
    if title and paragraphs and _same(paragraphs[0], title):
        del paragraphs[0]
    if title:
        paragraphs.insert(0, f"Title: {title}")
    if corrections:
        paragraphs += ["Description", *join_lines(corrections)]
    return "\n\n".join(paragraphs)


def _with_front(patent: Patent, front: FrontPage) -> Patent:
    granted = front.date("45")
    application = _APPLICATION.search(front.text("21"))
    claimed = [date for code in ("30", "60", "63") if (date := front.date(code))]
    return replace(
        patent,
        type=front.type if front.type is not PatentType.UTILITY else patent.type,
        abstract=front.abstract or patent.abstract,
        application_number=application[0] if application else None,
        dates=Dates(
            filing=front.date("22"),
            publication=granted or front.date("43"),
            grant=granted,
            priority=min(claimed, default=None),
        ),
        applicants=front.parties("71"),
        inventors=front.parties("72", "75", "76"),
        assignees=front.parties("73"),
        cpc=front.symbols("52"),
        ipc=front.symbols("51"),
        citations=front.citations(),
        stated=front.stated,
    )


def _is_correction(page: list[Line]) -> bool:
    return any(_CORRECTION.match(line.text.strip()) for line in page[:_HEAD_LINES])


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W", "", one).casefold() == re.sub(r"\W", "", other).casefold()
