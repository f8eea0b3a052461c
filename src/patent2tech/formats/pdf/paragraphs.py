"""Paragraphs from printed lines: wrapped lines joined, words that were divided at a line end made whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from patent2tech.formats.pdf.layout import Line
from patent2tech.formats.plain.claims import is_claim_statement
from patent2tech.formats.plain.description import starts_numbered
from patent2tech.formats.plain.headings import is_heading, is_usual_heading

_INDENTED: Final = (0.6, 6.0)
_WIDE_GAP: Final = 2.1
_DIVIDED: Final = re.compile(r"(\w+)-$")
_FIRST_WORD: Final = re.compile(r"^(\w+)")
_COMPOUND: Final = re.compile(r"\w+(?:-\w+)+")
_CLAIM: Final = re.compile(r"^(\d{1,3})\s?\.\s+[A-Z(]")
_CLAIMS: Final = re.compile(r"^\s*claims\s*:?$", re.IGNORECASE)
_FULL: Final = 0.85
_STOP: Final = re.compile(r"[:;.]$|[;,]\s(?:and|or)$")


def join_lines(lines: list[Line]) -> list[str]:
    """The paragraphs and headings that the lines print."""
    compounds = frozenset(
        word.lower() for line in lines for word in _COMPOUND.findall(line.text) if not line.text.endswith(word + "-")
    )
    numbered = any(starts_numbered(line.text) for line in lines)
    open_lines: list[Line] = []
    joined: list[str] = []
    claim = 0
    for line in lines:
        claimed = _CLAIM.match(line.text) if claim else None
        opens_claim = claimed is not None and int(claimed[1]) == claim
        if open_lines and (opens_claim or _parts(line, open_lines[-1], numbered=numbered and not claim)):
            joined.append(unwrap((each.text for each in open_lines), compounds))
            open_lines = []
        open_lines.append(line)
        if opens_claim:
            claim += 1
        elif is_claim_statement(" ".join(each.text for each in open_lines[-2:])) or _CLAIMS.match(line.text):
            claim = 1
    if open_lines:
        joined.append(unwrap((each.text for each in open_lines), compounds))
    return joined


def _parts(line: Line, above: Line, *, numbered: bool) -> bool:
    """Whether a line begins a paragraph of its own."""
    if starts_numbered(line.text) or is_claim_statement(above.text) or is_claim_statement(line.text):
        return True
    heading, under_heading = is_heading(line.text), is_heading(above.text)
    if heading and under_heading:
        # A long heading goes on in the next line, unless both are headings that stand alone.
        return is_usual_heading(line.text) or is_usual_heading(above.text)
    if heading or under_heading or line.gap > _WIDE_GAP:
        return True
    return not numbered and _is_indented(line) and (not _is_indented(above) or _is_ended(above))


def _is_indented(line: Line) -> bool:
    return _INDENTED[0] < line.indent < _INDENTED[1]


def _is_ended(line: Line) -> bool:
    """Whether the line is the last of its paragraph; among indented lines only its end tells."""
    return not line.text.endswith("-") and (line.filled < _FULL or bool(_STOP.search(line.text)))


def unwrap(lines: Iterable[str], compounds: frozenset[str] = frozenset()) -> str:
    """One text of wrapped lines; a word divided at a line end keeps its hyphen if it stands among the `compounds`."""
    joined = ""
    for line in lines:
        divided, first = _DIVIDED.search(joined), _FIRST_WORD.match(line)
        if not joined:
            joined = line
        elif divided and first and first[1][0].islower():
            compound = f"{divided[1]}-{first[1]}".lower() in compounds
            joined = (joined if compound else joined[:-1]) + line
        elif joined.endswith("-") and divided and first:
            joined += line
        else:
            joined += f" {line}"
    return joined
