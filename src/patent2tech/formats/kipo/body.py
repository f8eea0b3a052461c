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

_CLAIM: Final = re.compile(r"^[^\S\n]*(?:【\s*)?청구항\s*(\d{1,4})(?:\s*】)?[^\S\n]*$", re.MULTILINE)
_CLAIMS_END: Final = re.compile(r"^[^\S\n]*(?:발명|고안)의\s*(?:상세한\s*)?설명[^\S\n]*$", re.MULTILINE)
_DRAWINGS: Final = re.compile(r"^[^\S\n]*도\s*면[^\S\n]*$", re.MULTILINE)
_SHEET: Final = re.compile(r"^[^\S\n]*도\s*면\s*(\d{1,3})(\S*)[^\S\n]*$", re.MULTILINE)
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
    blocks = _Blocks()
    section: Section | None = None
    for line in body[start.end() if start else 0 : end].split("\n"):
        bare = re.sub(r"\s+", "", line)
        if bare in HEADINGS:
            section = HEADINGS[bare]
            blocks.add_heading(" ".join(line.split()) if " " in line.strip() and not _spaced(line) else bare)
        elif bare:
            blocks.add_line(line, section)
    return blocks.close()


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


class _Blocks:
    """Gathers headings and paragraphs; a paragraph takes in lines until the next one begins."""

    def __init__(self) -> None:
        self._found: list[Heading | Paragraph] = []
        self._paragraphs = 0
        self._number = ""
        self._section: Section | None = None
        self._open: list[str] = []

    def add_heading(self, text: str) -> None:
        """A heading, which ends the paragraph before it."""
        self.close()
        self._found.append(Heading(text))

    def add_line(self, line: str, section: Section | None) -> None:
        """A line that begins a paragraph by its number, or goes on with the one before it."""
        numbered = _NUMBERED.match(line)
        if numbered or not self._open:
            self.close()
            self._paragraphs += 1
            self._number = numbered[1] if numbered else f"{self._paragraphs:04}"
            self._section = section
            line = line[numbered.end() :] if numbered else line
        self._open.append(line)

    def close(self) -> tuple[Heading | Paragraph, ...]:
        """All blocks, the open paragraph among them."""
        if self._open:
            self._found.append(Paragraph(self._number, _lines("\n".join(self._open)), self._section))
            self._open = []
        return tuple(self._found)


def _lines(text: str) -> str:
    return "\n".join(line for line in _each_line(text) if line)


def _each_line(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield " ".join(line.split())
