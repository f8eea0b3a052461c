"""PDF of a patent: its text layer in reading order, its drawing pages as sheets, scans read by OCR."""

from patent2tech.formats.pdf.document import PdfDocument

__all__ = ["PdfDocument"]
