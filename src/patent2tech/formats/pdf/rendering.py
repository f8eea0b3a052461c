"""The pages of a PDF as pictures, for sheets that offices hand out as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from patent2tech.errors import BadInput, Malformed
from patent2tech.formats.pdf.pages import MAX_PAGES, PDFIUM
from patent2tech.formats.pdf.sheets import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image


def rendered_pages(name: str, content: bytes) -> Iterator[Image.Image | BadInput]:
    """Every page in turn at 300 dpi; in place of a broken one why it is broken."""
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            yield Malformed(f"the drawing sheet {name} is no readable PDF")
            return
        try:
            for index in range(min(len(document), MAX_PAGES)):
                try:
                    yield render(document[index])[0]
                except (pypdfium2.PdfiumError, ValueError, MemoryError):
                    yield Malformed(f"page {index + 1} of the drawing sheet {name} cannot be read")
        finally:
            document.close()
