"""View words of figure captions, in the field's own terms (37 CFR 1.84(h), KIPO drawing rules)."""

from __future__ import annotations

import re
from typing import Final

_VIEWS: Final = (
    ("perspective", r"\b(?:perspective|isometric|axonometric|oblique|three[- ]dimensional)\b|사시도"),
    ("exploded", r"\bexploded\b|분해"),
    (
        "cross_sectional",
        r"\b(?:cross[- ]?sections?|cross[- ]?sectional|sectional|in\s+section|section\s+(?:view|taken|along))\b|단면도",
    ),
    ("front", r"\bfront(?:al)?\b|정면도"),
    ("rear", r"\b(?:rear|back)\b(?=[\w\s-]*\b(?:view|elevation))|배면도"),
    ("left", r"\bleft\b|좌측면도"),
    ("right", r"\bright\b|우측면도"),
    ("side", r"\bside\b|(?<![좌우])측면도"),
    ("top", r"\b(?:top|plan)\b(?=[\w\s-]*\bview)|평면도"),
    ("bottom", r"\b(?:bottom|underside)\b(?=[\w\s-]*\bview)|저면도"),
    ("elevational", r"\belevation(?:al)?\b"),
    ("plan", r"\bplan\s+view\b|평면도"),
    ("enlarged", r"\b(?:enlarged|magnified|detail(?:ed)?\s+view|close[- ]?up)\b|확대도?"),
    ("partial", r"\b(?:partial(?:ly)?|fragmentary|cut[- ]?away|broken\s+away)\b|부분"),
    ("schematic", r"\b(?:schematic(?:ally)?|diagrammatic(?:ally)?)\b|개략도?|모식도"),
    ("block_diagram", r"\bblock\s+diagrams?\b|블록도|구성도"),
    ("flowchart", r"\bflow[- ]?(?:charts?|diagrams?)\b|흐름도|순서도"),
    ("circuit", r"\bcircuit\s+diagrams?\b|회로도"),
    ("timing", r"\b(?:timing|sequence)\s+(?:charts?|diagrams?)\b|타이밍도"),
    ("graph", r"\b(?:graph|plot|chart\s+showing|histogram)s?\b|그래프"),
    ("photograph", r"\b(?:photograph|micrograph|photomicrograph)s?\b|사진"),
)
_PATTERNS: Final = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _VIEWS)


def view_words(caption: str) -> tuple[str, ...]:
    """The kinds of view that a caption names, in the order in which they stand there."""
    found = [(match.start(), name) for name, pattern in _PATTERNS if (match := pattern.search(caption))]
    return tuple(name for _, name in sorted(found))
