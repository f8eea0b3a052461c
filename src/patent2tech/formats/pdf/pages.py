"""All pages of a PDF: the words of those with text, an image of those that are drawings."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from patent2tech.errors import Malformed, TooLarge
from patent2tech.formats.pdf.layout import is_numbered_sheet, reading_order
from patent2tech.formats.pdf.page import Page, words_of
from patent2tech.formats.pdf.scans import read_scan
from patent2tech.formats.pdf.sheets import as_png, render

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES: Final = 300
MAX_SCANS: Final = 40
"""The most pages that are read by OCR; a page takes seconds."""

_MAX_SHEETS_BYTES: Final = 256 * 1024 * 1024
_MAX_OBJECTS: Final = 400_000
_FEWEST_CHARACTERS: Final = 1200
"""Less text than this in a whole document is a stamp on a scan."""

_SCAN_DPI: Final = 200
_LOOKED_AT: Final = 2000
_MANY_PATHS: Final = 60
_LARGE: Final = 0.3
_LABEL_LENGTH: Final = 25
_LABELS: Final = 0.7
_FEW: Final = 150
_DRAWING_CHARACTERS: Final = 2500
_FIGURE: Final = re.compile(r"\bFIGS?\b|\bFigure\b|도\s*면?\s*\d|図\s*\d", re.IGNORECASE)

PDFIUM: Final = threading.Lock()
"""PDFium is not safe for threads: one caller at a time."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of text in order, and the PNG images of the drawing pages in order."""

    texts: tuple[Page, ...]
    drawings: tuple[bytes, ...]
    scanned: bool = False


def read_pages(content: bytes) -> Pages:
    """The pages of the document.

    Raises:
        Malformed: when the PDF is broken or asks for a password.
        TooLarge: when it has more pages than are read.
    """
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise Malformed(f"the PDF cannot be opened: {error}; it may be damaged or ask for a password") from None
        try:
            return _pages(document)
        except pypdfium2.PdfiumError as error:
            raise Malformed(f"a page of the PDF cannot be read: {error}") from None
        finally:
            document.close()


def _pages(document: pypdfium2.PdfDocument) -> Pages:
    if not 0 < len(document) <= MAX_PAGES:
        raise TooLarge(f"the PDF has {len(document)} pages; up to {MAX_PAGES} are read, cut out the patent itself")
    pages = [_text_page(document[index]) for index in range(len(document))]
    scanned = sum(page.characters for page in pages) < _FEWEST_CHARACTERS
    if scanned:
        pages = _scans(document, pages)
    drawings: list[bytes] = []
    for index, page in enumerate(pages):
        if _is_drawing(page):
            drawings.append(as_png(render(document[index])[0]))
            if sum(map(len, drawings)) > _MAX_SHEETS_BYTES:
                raise TooLarge("the drawing sheets of the PDF are over the limit of 256 MB together")
    return Pages(tuple(page for page in pages if not _is_drawing(page)), tuple(drawings), scanned)


def _text_page(page: pypdfium2.PdfPage) -> Page:
    import pypdfium2.raw as pdfium

    if pdfium.FPDFPage_CountObjects(page) > _MAX_OBJECTS:
        raise TooLarge("a page of the PDF draws more objects than are read; print it anew as images")
    width, height = page.get_size()
    return Page(width, height, words_of(page), _has_pictures(page, width * height))


def _has_pictures(page: pypdfium2.PdfPage, area: float) -> bool:
    """Whether a page shows a large image or many paths."""
    import pypdfium2.raw as pdfium

    paths = 0
    for looked_at, each in enumerate(page.get_objects(max_depth=2)):
        paths += each.type == pdfium.FPDF_PAGEOBJ_PATH
        if each.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = each.get_bounds()
            if (right - left) * (top - bottom) > area * _LARGE:
                return True
        if paths > _MANY_PATHS or looked_at > _LOOKED_AT:
            break
    return paths > _MANY_PATHS


def _scans(document: pypdfium2.PdfDocument, pages: list[Page]) -> list[Page]:
    scans = [index for index, page in enumerate(pages) if page.pictures]
    if not scans:
        return pages
    if len(scans) > MAX_SCANS:
        raise TooLarge(
            f"the PDF has {len(scans)} scanned pages; up to {MAX_SCANS} are read by OCR, give its text instead"
        )
    read = dict(enumerate(pages))
    for index in scans:
        image, points = render(document[index], _SCAN_DPI)
        read[index] = replace(pages[index], words=read_scan(image, points), scanned=True)
    return list(read.values())


def _is_drawing(page: Page) -> bool:
    """Whether the page is a sheet of drawings: it says so, or shows pictures with labels and hardly any text."""
    if is_numbered_sheet(page):
        return True
    if not page.pictures or page.characters > _DRAWING_CHARACTERS:
        return False
    lines = [line.text for line in reading_order(page)]
    labels = sum(len(line) <= _LABEL_LENGTH for line in lines)
    if labels < len(lines) * _LABELS:
        return False
    return page.characters < _FEW or any(_FIGURE.search(line) for line in lines)
