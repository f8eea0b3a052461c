"""The specification of a Korean gazette publication: claims, description and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from patent2tech.patents import Claim, Heading, Paragraph, Section, Sheet

HEADINGS: Final = {
    "기술분야": Section.FIELD,
    "배경기술": Section.BACKGROUND,
    "발명의배경이되는기술": Section.BACKGROUND,
    "선행기술문헌": Section.BACKGROUND,
    "특허문헌": Section.BACKGROUND,
    "비특허문헌": Section.BACKGROUND,
    "발명의내용": Section.SUMMARY,
    "해결하려는과제": Section.PROBLEM,
    "해결하고자하는과제": Section.PROBLEM,
    "과제의해결수단": Section.SOLUTION,
    "과제해결수단": Section.SOLUTION,
    "발명의효과": Section.ADVANTAGE,
    "효과": Section.ADVANTAGE,
    "도면의간단한설명": Section.DRAWINGS,
    "발명을실시하기위한구체적인내용": Section.DETAILED,
    "발명의실시를위한구체적인내용": Section.DETAILED,
    "발명을실시하기위한최선의형태": Section.DETAILED,
    "실시예": Section.EXAMPLES,
    "산업상이용가능성": Section.OTHER,
    "부호의설명": Section.REFERENCE_SIGNS,
    "서열목록": Section.SEQUENCE_LISTING,
}
"""Headings of the Korean specification form (특허법 시행규칙 별지), without spaces."""

_CLAIM: Final = re.compile(r"^\s*(?:【\s*)?청구항\s*(\d{1,4})(?:\s*】)?\s*$", re.MULTILINE)
_CLAIMS_END: Final = re.compile(r"^\s*(?:발명|고안)의\s*(?:상세한\s*)?설명\s*$", re.MULTILINE)
_DRAWINGS: Final = re.compile(r"^\s*도\s*면\s*$", re.MULTILINE)
_SHEET: Final = re.compile(r"^\s*도\s*면\s*(\d{1,3})(\S*)\s*$", re.MULTILINE)
_NUMBERED: Final = re.compile(r"^\s*\[(\d{4,5})\]\s*")


def parse_claims(body: str) -> tuple[Claim, ...]:
    """The claims; a deleted one keeps its text `삭제`."""
    end = _CLAIMS_END.search(body)
    pieces = _CLAIM.split(body[: end.start()] if end else body)
    pairs = zip(pieces[1::2], pieces[2::2], strict=True)
    return tuple(Claim(int(number), _lines(f"{number}. {text.strip()}")) for number, text in pairs)


def parse_description(body: str) -> tuple[Heading | Paragraph, ...]:
    """Headings and `[0001]` paragraphs; lines without a number belong to the paragraph above them."""
    start, end = _CLAIMS_END.search(body), _drawings_start(body)
    blocks: list[Heading | Paragraph] = []
    section: Section | None = None
    for line in body[start.end() if start else 0 : end].split("\n"):
        bare = re.sub(r"\s+", "", line)
        if bare in HEADINGS:
            section = HEADINGS[bare]
            blocks.append(Heading(" ".join(line.split()) if " " in line.strip() and not _spaced(line) else bare))
        elif bare:
            _append(blocks, line, section)
    return tuple(blocks)


def parse_sheets(body: str) -> tuple[Sheet, ...]:
    """The drawing sheets that are named behind the heading 도면."""
    names = _SHEET.finditer(body[_drawings_start(body) :])
    return tuple(Sheet(number=position, file=f"D{position:05}") for position, _ in enumerate(names, 1))


def _drawings_start(body: str) -> int:
    starts = [match.start() for match in _DRAWINGS.finditer(body)]
    return starts[-1] if starts else len(body)


def _spaced(line: str) -> bool:
    """Whether the heading is printed letter by letter, as in `기 술 분 야`."""
    return all(len(word) == 1 for word in line.split())


def _append(blocks: list[Heading | Paragraph], line: str, section: Section | None) -> None:
    numbered = _NUMBERED.match(line)
    if numbered:
        blocks.append(Paragraph(numbered[1], _lines(line[numbered.end() :]), section))
    elif blocks and isinstance(blocks[-1], Paragraph):
        above = blocks[-1]
        blocks[-1] = Paragraph(above.number, _lines(f"{above.text}\n{line}"), above.section)
    else:
        taken = sum(isinstance(block, Paragraph) for block in blocks)
        blocks.append(Paragraph(f"{taken + 1:04}", _lines(line), section))


def _lines(text: str) -> str:
    return "\n".join(line for line in _each_line(text) if line)


def _each_line(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield " ".join(line.split())
