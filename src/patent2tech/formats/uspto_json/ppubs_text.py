"""The text of a Public Search document: its HTML as abstract, claims and description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from patent2tech.formats.plain.claims import split_claims
from patent2tech.formats.plain.description import describe, starts_numbered
from patent2tech.formats.plain.markup import html_lines
from patent2tech.formats.uspto_json.fields import Json, raw_text
from patent2tech.patents import Claim, Heading, Paragraph

_PARTS: Final = ("backgroundTextHtml", "governmentInterest", "briefHtml", "descriptionHtml")
"""In the order of the printed document."""

_BREAK: Final = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)
_COUNTED: Final = re.compile(r"^\((\d{1,4})\)\s*")


def parse_abstract(html: str) -> str | None:
    """The abstract, `None` when there is none."""
    return "\n".join(html_lines(html)) or None


def parse_claims(html: str) -> tuple[Claim, ...]:
    """The claims, split where their printed numbers begin a line."""
    before, claims = split_claims(html_lines(html))
    if before and claims:
        first = claims[0]
        return (Claim(first.number, "\n".join((*before, first.text)), through=first.through), *claims[1:])
    return claims


def parse_description(source: Json) -> tuple[Heading | Paragraph, ...]:
    """All parts of the description; the search's own count `(1)`, `(2)` of paragraphs is left out."""
    # A background is set in lines by line feeds, the rest by markup.
    parts = [["\n".join(html_lines(fragment)) for fragment in _BREAK.split(raw_text(source, name))] for name in _PARTS]
    numbered = any(starts_numbered(text) for part in parts for text in part)
    return describe(text for part in parts for text in (part if numbered else _uncounted(part)))


def _uncounted(texts: Iterable[str]) -> Iterator[str]:
    """The texts without the count that the search puts before them; other numbers in brackets stay."""
    last = 0
    for text in texts:
        counted = _COUNTED.match(text)
        if counted and int(counted[1]) == last + 1:
            last += 1
            yield text[counted.end() :]
        else:
            yield text
