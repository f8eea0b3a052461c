"""Which section of the description each paragraph belongs to, by its headings and the office's own marks."""

from __future__ import annotations

import re
from typing import Final

from patent2tech.patents import Heading, Patent, PatentType, Section

_HEADINGS: Final = (
    (
        Section.CROSS_REFERENCE,
        r"cross[\s-]*references?|related\s+(?:u\.?s\.?\s+)?(?:patent\s+)?applications?|priority\s+claim|claim\s+of\s+priority|관련\s*출원",
    ),
    (Section.GOVERNMENT_INTEREST, r"federally|government|federal\s+research|정부\s*지원|국가\s*연구"),
    (Section.SEQUENCE_LISTING, r"sequence\s+listing|서열\s*목록"),
    (
        Section.DRAWINGS,
        r"(?:brief\s+)?(?:description|explanation|introduction)\s+of\s+(?:the\s+)?(?:several\s+)?(?:accompanying\s+)?(?:views?\s+of\s+(?:the\s+)?)?(?:drawings?|figures?)|^(?:the\s+)?(?:drawings?|figures)$|도면의\s*간단한\s*설명",
    ),
    (
        Section.REFERENCE_SIGNS,
        r"reference\s+(?:signs?|numerals?|numbers?|characters?|symbols?)|list\s+of\s+(?:reference|parts)|explanation\s+of\s+(?:letters|symbols|reference)|description\s+of\s+(?:symbols|reference)|부호의?\s*설명",
    ),
    (
        Section.PROBLEM,
        r"problems?\s+to\s+be\s+solved|technical\s+problem|objects?\s+(?:of|and)|해결하(?:려는|고자\s*하는)\s*과제|기술적\s*과제",
    ),
    (Section.SOLUTION, r"solution\s+to|means\s+(?:for|of)\s+solving|technical\s+solution|과제의?\s*해결\s*수단"),
    (Section.ADVANTAGE, r"advantageous\s+effects?|effects?\s+of\s+(?:the\s+)?invention|^advantages|발명의\s*효과"),
    (
        Section.SUMMARY,
        r"summary|disclosure\s+of|general\s+description|brief\s+description\s+of\s+the\s+(?:present\s+)?invention|발명의\s*(?:내용|요약)",
    ),
    (Section.EXAMPLES, r"^(?:working\s+|comparative\s+|preparation\s+|synthesis\s+)?examples?\b|실시예\s*\d*$|^제조예"),
    (
        Section.DETAILED,
        r"detailed\s+(?:description|explanation|disclosure)|description\s+of\s+(?:the\s+)?(?:\w+\s+){0,3}(?:embodiments?|invention|examples?)|(?:best\s+)?modes?\s+(?:for|of)|preferred\s+embodiments?|실시하기\s*위한|실시를\s*위한",
    ),
    (
        Section.BACKGROUND,
        r"background|(?:related|prior|conventional)\s+art|description\s+of\s+(?:the\s+)?(?:related|prior)|배경\s*기술|배경이\s*되는|종래|선행\s*기술",
    ),
    (Section.FIELD, r"\bfield\b|technical\s+area|기술\s*분야"),
)
_PATTERNS: Final = tuple((section, re.compile(pattern, re.IGNORECASE)) for section, pattern in _HEADINGS)
_MAX_HEADING_CHARACTERS: Final = 120


def section_of_heading(text: str) -> Section | None:
    """The section that a heading opens, `None` for a heading within one."""
    text = " ".join(text.split())
    spaced = text.replace(" ", "") if re.fullmatch(r"(?:\S ?)+", text) and re.search(r"[가-힣] [가-힣]", text) else text
    if len(text) > _MAX_HEADING_CHARACTERS:
        return None
    return next((section for section, pattern in _PATTERNS if pattern.search(text) or pattern.search(spaced)), None)


def read_sections(patent: Patent) -> dict[str, Section]:
    """The section of every paragraph by its number; `OTHER` where neither heading nor mark tells."""
    sections: dict[str, Section] = {}
    current = Section.OTHER
    last_mark: Section | None = None
    fresh_heading = False
    for block in patent.description:
        if isinstance(block, Heading):
            if opened := section_of_heading(block.text):
                current, fresh_heading = opened, True
            continue
        if block.section is not last_mark and not fresh_heading:
            current = block.section or (Section.OTHER if current is last_mark else current)
        last_mark, fresh_heading = block.section, False
        sections[block.number] = current
    if patent.type is PatentType.DESIGN:
        return {
            number: Section.DRAWINGS if section is Section.OTHER else section for number, section in sections.items()
        }
    return sections
