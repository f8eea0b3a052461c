"""Reading one patent by rules: every part of the room, put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from patent2tech.patents import Figure, Part, Patent
from patent2tech.reading.antecedents import antecedent_hints
from patent2tech.reading.claims import claim_warnings, read_claims
from patent2tech.reading.figures import read_figures
from patent2tech.reading.model import ReadClaim, Reading
from patent2tech.reading.parts import part_warnings, read_parts
from patent2tech.reading.sections import read_sections
from patent2tech.reading.statements import read_statements
from patent2tech.reading.status import estimate_status
from patent2tech.reading.terms import read_terms
from patent2tech.text.notes import Note


def read(patent: Patent, today: dt.date) -> Reading:
    """Take the patent apart; `today` is the day for which its status is estimated."""
    claims = read_claims(patent)
    sections = read_sections(patent)
    figures = read_figures(patent, sections)
    parts = read_parts(patent, figures, sections)
    return Reading(
        patent=patent,
        claims=claims,
        parts=parts,
        figures=figures,
        sections=sections,
        terms=read_terms(patent),
        statements=read_statements(patent, sections),
        antecedents=antecedent_hints(claims),
        status=estimate_status(patent, today),
        warnings=(*_document_warnings(patent, claims), *claim_warnings(claims), *part_warnings(parts)),
    )


def figures_and_parts(patent: Patent) -> tuple[tuple[Figure, ...], tuple[Part, ...]]:
    """Only the figures and parts, which the library keeps with the patent."""
    sections = read_sections(patent)
    figures = read_figures(patent, sections)
    return figures, read_parts(patent, figures, sections)


def _document_warnings(patent: Patent, claims: tuple[ReadClaim, ...]) -> Iterator[Note]:
    """Where the document contradicts or lacks what it announces."""
    if not patent.claims and not patent.description:
        yield Note.of("warning.front_page_only")
    # KIPO does not count deleted claims, other offices do.
    elif patent.stated.claims not in {None, len(claims), sum(not claim.cancelled for claim in claims)}:
        yield Note.of("warning.claim_count", stated=patent.stated.claims, found=len(claims))
    missing = [sheet.file for sheet in patent.sheets if sheet.sha256 is None]
    if missing:
        yield Note.of("warning.sheets_missing", count=len(missing), total=len(patent.sheets))
