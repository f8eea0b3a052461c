"""Headings of a description, told from its paragraphs by their wording or their capitals."""

from __future__ import annotations

import re
from typing import Final

from patent2tech.formats.kipo.body import HEADINGS as KOREAN_HEADINGS

_LONGEST: Final = 120
_FEWEST_LETTERS: Final = 4
_USUAL: Final = re.compile(
    r"^(?:\(?[\divxIVX]{1,4}[.)]\s*)?(?:(?:the|brief|detailed|technical|general|short)\s+)*(?:"
    r"field(?:\s+of\s+(?:the\s+)?(?:present\s+)?(?:invention|disclosure|use|technology|art))?"
    r"|background(?:\s+(?:art|of\s+the\s+(?:invention|disclosure|related\s+art)))?"
    r"|(?:related|prior|conventional)\s+art|description\s+of\s+(?:the\s+)?(?:related|prior)\s+art"
    r"|summary(?:\s+of\s+(?:the\s+)?(?:invention|disclosure))?|disclosure(?:\s+of\s+(?:the\s+)?invention)?"
    r"|(?:description|explanation)\s+of\s+(?:the\s+)?(?:several\s+)?(?:views\s+of\s+the\s+)?(?:accompanying\s+)?"
    r"(?:drawings?|figures?)"
    r"|description(?:\s+of\s+(?:the\s+)?(?:preferred\s+|exemplary\s+|example\s+)?(?:embodiments?|invention))?"
    r"|cross[\s-]*references?(?:\s+to\s+(?:prior\s+|related\s+)?(?:patent\s+)?applications?)?"
    r"|related\s+(?:u\.s\.\s+)?applications?|problem|solution|advantageous\s+effects?(?:\s+of\s+(?:the\s+)?invention)?"
    r"|(?:solution\s+to|technical)\s+problem|reference\s+(?:signs?|numerals?)\s+list|list\s+of\s+reference\s+\w+"
    r"|industrial\s+applicability|(?:best\s+)?modes?\s+for\s+carrying\s+out\s+the\s+invention"
    r"|description\s+of\s+reference\s+(?:numerals|signs|characters)|sequence\s+listing|examples?(?:\s+\d+)?"
    r"|statement\s+(?:of|regarding)\s+[\w\s-]{0,60}(?:research|interest|rights)[\w\s]{0,40}"
    r")\s*[:.]?$",
    re.IGNORECASE,
)


def is_usual_heading(text: str) -> bool:
    """Whether the line is a heading that specifications usually have, in English or Korean."""
    text = text.strip()
    return 0 < len(text) <= _LONGEST and bool(re.sub(r"\s+", "", text) in KOREAN_HEADINGS or _USUAL.match(text))


def is_heading(text: str) -> bool:
    """Whether the line is a heading: a usual one of a specification, or short and all in capitals."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return False
    if is_usual_heading(text):
        return True
    letters = [each for each in text if each.isalpha()]
    # A sequence or a formula is in capitals too; a heading has words, and starts with one.
    words = re.findall(r"[A-Z]{2,}", text)
    return (
        len(letters) >= _FEWEST_LETTERS
        and text.upper() == text
        and text.lower() != text
        and all(each.isascii() for each in letters)
        and not re.search(r"[.;,=+]$|\d{3}", text)
        and not text.startswith(("FIG", "SEQ ID"))
        and any(len(word) >= _FEWEST_LETTERS for word in words)
        and sum(map(len, words)) * 2 > len(text)
    )
