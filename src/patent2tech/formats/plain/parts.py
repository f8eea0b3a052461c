"""The parts of a patent's text, cut at the lines that name them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from patent2tech.formats.plain.claims import first_claim, is_claim_statement
from patent2tech.formats.plain.headings import is_usual_heading


class Part(StrEnum):
    """Where a line of the text belongs."""

    HEAD = "head"
    TITLE = "title"
    ABSTRACT = "abstract"
    DESCRIPTION = "description"
    CLAIMS = "claims"
    DRAWINGS = "drawings"


_NAMES: Final = (
    (Part.TITLE, re.compile(r"^(?:title(?:\s+of\s+(?:the\s+)?invention)?|(?:발명|고안)의\s*명칭)$", re.IGNORECASE)),
    (Part.ABSTRACT, re.compile(r"^(?:abstract(?:\s+of\s+(?:the\s+)?disclosure)?|요\s*약\s*서?)$", re.IGNORECASE)),
    (
        Part.CLAIMS,
        re.compile(r"^(?:(?:the\s+|patent\s+)?claims?|(?:특허|실용신안등록)?\s*청구\s*(?:의\s*)?범위)$", re.IGNORECASE),
    ),
    (
        Part.DESCRIPTION,
        re.compile(
            r"^(?:(?:the\s+)?(?:description|specification|disclosure)|(?:발명|고안)의\s*(?:상세한\s*)?설명|명\s*세\s*서)$",
            re.IGNORECASE,
        ),
    ),
    (Part.DRAWINGS, re.compile(r"^(?:도\s*면|대\s*표\s*도)$")),
)
_WITH_CONTENT: Final = re.compile(
    r"^(?:【\s*)?(title(?:\s+of\s+(?:the\s+)?invention)?|abstract|(?:발명|고안)의\s*명칭|요약)(?:\s*】\s*|\s*[:：]\s*)(\S.*)$",
    re.IGNORECASE,
)
_KOREAN_CLAIM: Final = re.compile(r"^【\s*청구항\s*\d{1,4}\s*】")
_SHEET_NAME: Final = re.compile(r"^【?\s*(?:도|fig\.?)\s*\d{1,3}[a-z]?\s*】?$", re.IGNORECASE)
_FORM: Final = re.compile(r"^【\s*서류명\s*】")
_HASHES: Final = re.compile(r"^\s{0,3}(#{1,6})\s+(.*)$")
_SPACE: Final = "".join(filter(str.isspace, map(chr, range(0x3001))))
"""All white space of Unicode. Stripping takes linear time, where a pattern bound to the end of a line does not."""

_BEFORE: Final = f"{_SPACE}*_【["
_BEHIND: Final = f"{_SPACE}*_】]:："


@dataclass(slots=True)
class Line:
    """A line with what its layout says: the level of a marked heading, 0 for none."""

    text: str
    level: int = 0


@dataclass(slots=True)
class Parts:
    """The lines of each part in order; lines of the text that name a part are left out."""

    lines: dict[Part, list[Line]] = field(default_factory=lambda: {part: [] for part in Part})


def cut_parts(text: str) -> Parts:
    """Cut the text at the lines that name its parts."""
    parts = Parts()
    current = Part.HEAD
    for raw in text.split("\n"):
        line = _line(raw)
        named, content = _named(line, current)
        if named and named is not current and current is not Part.HEAD:
            parts.lines[named].append(Line(""))
        current = named or current
        if named is None or content:
            found = Line(content or line.text, line.level)
            if not (current is Part.DRAWINGS and _SHEET_NAME.match(found.text)) and not _FORM.match(found.text):
                parts.lines[current].append(found)
        if content and named is Part.TITLE:
            current = Part.HEAD
    return parts


def bare(text: str) -> str:
    """The words of a heading without brackets, emphasis and colon."""
    return text.lstrip(_BEFORE).rstrip(_BEHIND)


def _line(raw: str) -> Line:
    hashes = _HASHES.match(raw)
    return Line(hashes[2].rstrip().rstrip("#").rstrip(), len(hashes[1])) if hashes else Line(raw.rstrip())


def _named(line: Line, current: Part) -> tuple[Part | None, str]:
    """The part that begins on the line, and what of the part stands on the line itself."""
    words = bare(line.text)
    if part := _part(words):
        return part, ""
    if is_claim_statement(line.text):
        return Part.CLAIMS, ""
    if _KOREAN_CLAIM.match(line.text.strip()):
        return Part.CLAIMS, line.text
    if named := _WITH_CONTENT.match(line.text.strip()):
        return _part(named[1]), named[2]
    # Within the description a heading is only a heading.
    opens = bool(words) and current is not Part.DESCRIPTION and is_usual_heading(words)
    return (Part.DESCRIPTION, line.text) if opens else (None, "")


def _part(words: str) -> Part | None:
    return next((part for part, names in _NAMES if names.match(words)), None)


def looks_like_patent(text: str) -> bool:
    """Whether a text has the marks of a patent: claims under their heading, or several of the usual headings."""
    lines = [line for raw in text.split("\n") if (line := _line(raw)).text.strip()]
    named: set[str] = set()
    numbered = awaiting = False
    for line in lines:
        words = bare(line.text)
        if awaiting and (first_claim(line.text.strip()) or first_claim(words)):
            return True
        if _KOREAN_CLAIM.match(line.text.strip()) or (
            words.startswith(("발명의", "고안의")) and line.text.strip()[0] == "【"
        ):
            return True
        awaiting = is_claim_statement(line.text) or (awaiting and len(words) < _SHORT_LINE)
        if (part := _part(words)) or is_usual_heading(words):
            named.add(words.lower())
            awaiting = part is Part.CLAIMS
        numbered = numbered or bool(re.match(r"^\s*[\[【]0001[\]】]", line.text))
    telling = {each for each in named if _TELLING.search(each)}
    return (len(named) > 1 and bool(telling)) or (numbered and bool(named))


_SHORT_LINE: Final = 40
_TELLING: Final = re.compile(
    r"invention|of\s+(?:the\s+)?(?:several\s+views|(?:accompanying\s+)?drawings)|technical\s+field|cross[\s-]*ref"
    r"|background\s+art|^claims$|preferred\s+embodiments?|발명|고안|청구|과제|기술분야|배경기술",
    re.IGNORECASE,
)
