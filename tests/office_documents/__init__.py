"""Builders of one document for each format from the same facts, with what a reader must give back of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.office_documents.epo import exchange, full_text, st36
from tests.office_documents.facts import Document, Facts, facts_of
from tests.office_documents.google import google
from tests.office_documents.kipo import gazette, kipris
from tests.office_documents.plain import markdown, plain_text, printed
from tests.office_documents.uspto import aps, ice, pap, patdoc, sgml
from tests.office_documents.uspto_json import odp, ppubs

__all__ = ["MARKUP", "TYPED", "Document", "Facts", "facts_of"]

MARKUP: Mapping[str, Callable[[Facts], Document]] = {
    "USPTO XML v4": ice,
    "USPTO application XML v1": pap,
    "USPTO XML v2.5": patdoc,
    "USPTO SGML v2.4": sgml,
    "EP specification": st36,
    "OPS exchange": exchange,
    "OPS full text": full_text,
    "KIPRIS detail": kipris,
    "Google page": google,
    "PPUBS": ppubs,
    "ODP": odp,
}
"""Formats that can hold any character."""

TYPED: Mapping[str, Callable[[Facts], Document]] = {
    "green book": aps,
    "Korean gazette": gazette,
    "plain text": plain_text,
    "Markdown": markdown,
    "PDF": printed,
}
"""Formats whose layout is the text itself, so that a text must not look like a heading or a number."""
