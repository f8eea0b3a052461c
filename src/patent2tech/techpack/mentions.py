"""Mentions: where a text names a figure, a claim, a paragraph or a part, so that the page can link it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from patent2tech.patents import Locator, Part
from patent2tech.reading.model import Reading

_LABEL = r"\d{1,3}(?:[A-Za-z](?![A-Za-z]))?(?:\([a-z]\))?"
_NUMBER = r"\d{1,4}"
_AND = r"\s{0,2}(?:,\s?and|,\s?or|,|-|–|~|&|and|or|to|through|및|내지|또는|와|과)\s{0,2}(?:도\s?|제\s?)?"
_PATTERN = re.compile(
    rf"(?P<figure>(?<!\w)(?:FIGS?\.?|Figs?\.?|FIGURES?|Figures?|도면|도)\s{{0,2}}{_LABEL}(?:{_AND}{_LABEL}){{0,30}})"
    rf"|(?P<claim>\b[Cc]laims?\s{{1,2}}{_NUMBER}(?:{_AND}{_NUMBER}){{0,30}}(?!\w|\s+of\s))"
    rf"|(?P<claim_ko>(?:청구항\s?제?\s?{_NUMBER}(?:\s?항)?|제\s?{_NUMBER}\s?항)(?:{_AND}{_NUMBER}\s?항){{0,30}})"
    r"|(?P<paragraph>\[\d{3,5}\])"
    r"|(?P<numeral>(?<![\w.,/])[A-Za-z]{0,2}\d{1,5}[A-Za-z]{0,2}'{0,2}(?![\w/%°]|[.,]\d))"
)
_LABELS = re.compile(_LABEL)
_NUMBERS = re.compile(rf"({_NUMBER})(?:\s?항)?")
_GLUE = re.compile(r"\D*?(?=(?:[도제]\s?)?\d)")
_LAST_WORD = re.compile(r"([^\W\d_]+)[\s(（]{0,3}$")
_LAST_WORD_WINDOW = 48
_LIST_GLUE = re.compile(r"[)）]?\s{0,2}(?:,|,?\s?and|,?\s?or|,?\s?및|또는|와|과|-|–)\s{0,2}[(（]?")


class Mention(StrEnum):
    """What a run of text mentions."""

    FIGURE = "figure"
    CLAIM = "claim"
    PARAGRAPH = "paragraph"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; a mention carries the anchor that it leads to, and the name of the part if it is one."""

    text: str
    mention: Mention | None = None
    anchor: str = ""
    name: str = ""


class Mentions:
    """Finds the mentions in one patent's texts; only what that patent really has is linked.

    A reference numeral is taken for one only behind a name of its part (`the spring 14`, `스프링(14)`) or in a list
    that such a numeral opens (`springs 14 and 16`), so that `14 mm` and `step 3` stay plain.
    """

    def __init__(self, reading: Reading) -> None:
        self._figures = {figure.label.upper(): Locator.figure(figure.label).anchor for figure in reading.figures}
        self._claims = {str(claim.number): claim.claim.locator.anchor for claim in reading.claims}
        self._paragraphs = {paragraph.number: paragraph.locator.anchor for paragraph in reading.patent.paragraphs}
        self._parts = {part.numeral: part for part in reading.parts}
        self._names = {part.numeral: _last_words(part.names) for part in reading.parts}

    def runs(self, text: str, *, within: str = "") -> tuple[Run, ...]:
        """The text as runs in order, together verbatim; `within` is the anchor of its own place, never linked."""
        runs: list[Run] = []
        plain_from = 0
        for start, end, run in self._found(text):
            if run.anchor == within:
                continue
            if start > plain_from:
                runs.append(Run(text[plain_from:start]))
            runs.append(run)
            plain_from = end
        if plain_from < len(text):
            runs.append(Run(text[plain_from:]))
        return tuple(runs)

    def _found(self, text: str) -> Iterator[tuple[int, int, Run]]:
        last_part_end = -1
        for match in _PATTERN.finditer(text):
            start, end = match.span()
            match match.lastgroup:
                case "figure":
                    yield from _each(_LABELS, text, start, end, self._figures, Mention.FIGURE)
                case "claim" | "claim_ko":
                    yield from _each(_NUMBERS, text, start, end, self._claims, Mention.CLAIM)
                case "paragraph":
                    if anchor := self._paragraphs.get(match[0][1:-1]):
                        yield start, end, Run(match[0], Mention.PARAGRAPH, anchor)
                case _:
                    part = self._parts.get(match[0])
                    if part and (self._named(part, text, start) or _continues(text, last_part_end, start)):
                        last_part_end = end
                        yield start, end, Run(match[0], Mention.PART, part_anchor(part), ", ".join(part.names[:2]))

    def _named(self, part: Part, text: str, start: int) -> bool:
        word = _LAST_WORD.search(text[max(0, start - _LAST_WORD_WINDOW) : start])
        if not word:
            return False
        names = self._names[part.numeral]
        said = _singular(word[1])
        # Korean writes compounds without a space: the name closes the word.
        return said in names or any(said.endswith(name) for name in names if not name.isascii())


def part_anchor(part: Part) -> str:
    """The fragment of a part's row."""
    return f"part{part.numeral}"


def _each(
    pattern: re.Pattern[str], text: str, start: int, end: int, known: dict[str, str], mention: Mention
) -> Iterator[tuple[int, int, Run]]:
    """The members of a list such as `FIGS. 2A, 2B and 3`; the head word goes with the first of them."""
    head = start
    for found in pattern.finditer(text, start, end):
        if anchor := known.get(found[found.lastindex or 0].upper()):
            yield head, found.end(), Run(text[head : found.end()], mention, anchor)
        head = found.end() + _glue_length(text, found.end(), end)


def _glue_length(text: str, start: int, end: int) -> int:
    glue = _GLUE.match(text, start, end)
    return glue.end() - start if glue else 0


def _continues(text: str, last_end: int, start: int) -> bool:
    return 0 <= last_end < start and _LIST_GLUE.fullmatch(text, last_end, start) is not None


def _last_words(names: Sequence[str]) -> frozenset[str]:
    return frozenset(_singular(name.split()[-1]) for name in names if name.split())


def _singular(word: str) -> str:
    word = word.casefold()
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
