"""Choosing the one language that a patent is kept in, where its document has the same text in several."""

from __future__ import annotations

from lxml import etree


def language_of(element: etree._Element | None) -> str:
    """The language that the element states, in lower case, empty when it states none."""
    return "" if element is None else (element.get("lang") or "").strip().lower()


def in_language(document: etree._Element, name: str, preferred: str) -> etree._Element | None:
    """The first child of that name in the preferred language, else in English, else the first of all."""
    found = list(document.iterchildren(name))
    for wanted in (preferred, "en"):
        for each in found:
            if wanted and language_of(each) == wanted:
                return each
    return found[0] if found else None
