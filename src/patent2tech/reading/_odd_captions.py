"""Captions that name no `FIG. n`: international designs that number figures 1.1, 1.2, and patents with one figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from patent2tech.patents import Locator, Patent, PatentType

_HAGUE: Final = re.compile(r"(?<![\w.])(?P<label>\d{1,2}\.\d{1,2})\s*[:.)\-\u2013]?\s*(?=[^\W\d])")
_SOLE: Final = re.compile(
    r"^\s*(?:(?:the|sole|single|only)\s+)+(?:FIG(?:URE)?|figure)\.?\s+(?:of\s+the\s+drawings?\s+)?"
    r"(?=is\b|shows?\b|illustrates?\b|depicts?\b)",
    re.IGNORECASE,
)
SOLE_LABEL: Final = "1"
"""How the only figure of a patent is called, which its text calls `the FIGURE`."""


def odd_captions(patent: Patent) -> Iterator[tuple[str, str, Locator]]:
    """Label, caption and place of each figure that is captioned in one of these ways."""
    for paragraph in patent.paragraphs:
        text = paragraph.text
        if patent.type is PatentType.DESIGN:
            starts = list(_HAGUE.finditer(text))
            for index, start in enumerate(starts):
                end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
                yield start["label"], " ".join(text[start.start() : end].split()).rstrip(" ;,"), paragraph.locator
        if _SOLE.match(text):
            yield SOLE_LABEL, " ".join(text.split()), paragraph.locator
