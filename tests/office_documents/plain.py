"""Documents without markup: text, Markdown and PDF."""

from __future__ import annotations

from tests.office_documents.facts import Document, Facts, back
from tests.pdf_files import column, pdf


def plain_text(facts: Facts) -> Document:
    """A patent as a person pastes it."""
    paragraphs = "\n\n".join(f"[{n:04}] {text}" for n, text in enumerate(facts.paragraphs, 1))
    claims = "\n\n".join(facts.numbered)
    document = (
        f"US {facts.serial:,} B2\n\nTitle: {facts.title}\n\nABSTRACT\n\n{facts.abstract}\n\nDETAILED DESCRIPTION\n\n"
        f"{paragraphs}\n\nWhat is claimed is:\n\n{claims}\n"
    )
    return document.encode(), back(facts, f"US{facts.serial}B2", without=("inventors", "filed", "published"))


def markdown(facts: Facts) -> Document:
    """A patent as a person keeps it."""
    paragraphs = "\n\n".join(f"[{n:04}] {text}" for n, text in enumerate(facts.paragraphs, 1))
    document = (
        f"# {facts.title}\n\nPublication number: US {facts.serial} B2\n\n## Abstract\n\n{facts.abstract}\n\n"
        f"## Detailed description\n\n{paragraphs}\n\n## Claims\n\n" + "\n".join(facts.numbered) + "\n"
    )
    return document.encode(), back(facts, f"US{facts.serial}B2", without=("inventors", "filed", "published"))


def printed(facts: Facts) -> Document:
    """A PDF with a text layer, in one column, long enough to be no scan."""
    lines = [f"US {facts.serial:,} B2", "ABSTRACT", *_wrapped(facts.abstract), "DETAILED DESCRIPTION"]
    for n, text in enumerate((*facts.paragraphs, *_FILLER), 1):
        lines += _wrapped(f"[{n:04}] {text}")
    lines.append("What is claimed is:")
    for text in facts.numbered:
        lines += _wrapped(text)
    pages = [lines[start : start + _PDF_LINES] for start in range(0, len(lines), _PDF_LINES)]
    expected = back(
        facts,
        f"US{facts.serial}B2",
        without=("title", "inventors", "filed", "published"),
        paragraphs=[*facts.paragraphs, *_FILLER],
    )
    return pdf(*(column(60, page) for page in pages)), expected


def _wrapped(text: str) -> list[str]:
    """A paragraph of lines, the first of which is indented."""
    lines, line = [], " "
    for word in text.split():
        if len(line) + len(word) > _PDF_COLUMNS:
            lines.append(line)
            line = ""
        line += f"{' ' if line.strip() else ''}{word}"
    return [*lines, line]


_PDF_LINES = 55
_PDF_COLUMNS = 84
_FILLER = tuple(
    f"The housing {n} holds the seat in a manner that is plain to the skilled person." for n in range(20, 40)
)
