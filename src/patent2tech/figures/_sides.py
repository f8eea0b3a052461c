"""The words for the six sides and for the ways of drawing, in English and Korean."""

from __future__ import annotations

import re
from typing import Final

from patent2tech.figures.model import Projection, Role, Side

OPPOSITE: Final = {
    Side.FRONT: Side.REAR,
    Side.REAR: Side.FRONT,
    Side.LEFT: Side.RIGHT,
    Side.RIGHT: Side.LEFT,
    Side.TOP: Side.BOTTOM,
    Side.BOTTOM: Side.TOP,
}

_SIDE_WORDS: Final = (
    (Side.FRONT, r"\bfront(?:al|al-side)?\b|\banterior\b|정면도?|전면도?"),
    (Side.REAR, r"\b(?:rear|back|backside|rearward|posterior)\b|배면도?|후면도?|뒷면"),
    (Side.LEFT, r"\bleft(?:-hand|hand)?\b|좌측면?도?|좌측|왼쪽"),
    (Side.RIGHT, r"\bright(?:-hand|hand)?\b(?!\s+angles?)|우측면?도?|우측|오른쪽"),
    (Side.BOTTOM, r"\b(?:bottom|underside|underneath|below|under-?side)\b|저면도?|밑면|하면"),
    (Side.TOP, r"\b(?:top|above|overhead)\b|(?<!bottom\s)(?<!underside\s)(?<!under\s)\bplan\b|평면도?|윗면|상면"),
)
_SIDE_PATTERNS: Final = tuple((side, re.compile(pattern, re.IGNORECASE)) for side, pattern in _SIDE_WORDS)

_PERSPECTIVE: Final = re.compile(
    r"\b(?:perspectives?|isometric|axonometric|trimetric|dimetric|oblique|three[- ]quarters?|"
    r"three[- ]dimensional|3-?d)\b|사시도",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(
    r"\b(?:cross[- ]?sections?|cross[- ]?sectional|sectional(?:ized)?|sectioned|"
    r"in\s+(?:vertical\s+|longitudinal\s+)?section|"
    r"sections?(?=\s+(?:view|taken|along|through|on|of\s+fig))|(?:vertical|longitudinal|transverse|axial)\s+section)\b|"
    r"^(?:an?|the)\s+sections?\s*$|단면",
    re.IGNORECASE,
)
_ORTHOGRAPHIC: Final = re.compile(
    r"\b(?:elevation(?:al|s)?|plan|side|end|edge|views?)\b|(?:정|배|측|평|저)면도", re.IGNORECASE
)
_EXPLODED: Final = re.compile(r"\bexploded\b|\bdisassembled\b|\bunassembled\b|분해", re.IGNORECASE)
_DETAIL: Final = re.compile(
    r"\b(?:enlarged|enlargement|magnified|close[- ]?up|blow[- ]?up|blown[- ]up|encircled|detail(?:ed)?\s+(?:view|of)|"
    r"view\s+of\s+(?:the\s+)?detail|larger\s+scale)\b|확대|요부|발췌",
    re.IGNORECASE,
)
_WHOLE_ENLARGED: Final = re.compile(r"\benlarged\b[^,;]*\bviews?\s+thereof\b(?!\s+(?:at|in|taken|of))", re.IGNORECASE)
_IN_USE: Final = re.compile(
    r"\b(?:in[- ]use|in\s+operation|in\s+situ|in\s+(?:its|an?|the)\s+(?:intended\s+)?(?:use\s+)?environments?|"
    r"environmental\s+view|being\s+(?:used|worn|held|operated)|(?:in\s+)?(?:a\s+)?(?:condition|state)\s+of\s+use|in-use|"
    r"use\s+(?:state|condition|position)|usage|as\s+used)\b|사용\s*상태|사용\s*(?:예|모습)|설치\s*상태",
    re.IGNORECASE,
)
_PARTIAL: Final = re.compile(
    r"\b(?:partial(?:ly)?|fragmentary|broken[- ]away|cut[- ]?away|broken[- ]out|fragmented|fragment)\b|부분|일부",
    re.IGNORECASE,
)
_STATE_WORD: Final = (
    r"open(?:ed)?|closed?|folded|unfolded|extended|retracted|collapsed|expanded|assembled|deployed|stowed|locked|"
    r"unlocked|raised|lowered|inflated|deflated|inserted|removed|compressed|activated|released|flattened|upright|"
    r"erected|unassembled|disassembled|separated|detached|connected|disengaged|engaged|rest|stored|storage|rotated"
)
_STATE: Final = re.compile(
    rf"\b(?:an?|the|its|in|is|are|shown|being|fully|partially|partly|half)[\s-]+(?P<word>{_STATE_WORD})"
    r"(?=[\s,-]+(?:state|position|configuration|condition|mode|arrangement|orientation|form)|\s*[,;.]?\s*$|\s*[,;])",
    re.IGNORECASE,
)
_STATE_KOREAN: Final = re.compile(r"(?P<word>열린|닫힌|접힌|펼친|펼쳐진|개방|폐쇄|결합|분리)\s*(?:된\s*)?상태")
_STATE_NAMES: Final = {
    "opened": "open",
    "close": "closed",
    "열린": "open",
    "개방": "open",
    "닫힌": "closed",
    "폐쇄": "closed",
    "접힌": "folded",
    "펼친": "unfolded",
    "펼쳐진": "unfolded",
    "결합": "assembled",
    "분리": "separated",
}


def sides_in(phrase: str) -> tuple[Side, ...]:
    """The sides that a phrase names, in its order, each once."""
    found = sorted((match.start(), side) for side, pattern in _SIDE_PATTERNS for match in pattern.finditer(phrase))
    return tuple(dict.fromkeys(side for _, side in found))


def projection_in(phrase: str, sides: tuple[Side, ...]) -> Projection:
    """How a phrase says that the thing is drawn; a bare side is a view straight at it."""
    if _SECTION.search(phrase):
        return Projection.SECTION
    if _PERSPECTIVE.search(phrase):
        return Projection.PERSPECTIVE
    if sides or re.search(r"\b(?:side|end|edge|lateral|elevation(?:al)?)\b|측면도", phrase, re.IGNORECASE):
        return Projection.ORTHOGRAPHIC
    return Projection.UNKNOWN


def role_in(caption: str) -> Role:
    """What a caption says that its figure is for."""
    if _EXPLODED.search(caption):
        return Role.EXPLODED
    if _IN_USE.search(caption):
        return Role.IN_USE
    if _DETAIL.search(caption) and not _WHOLE_ENLARGED.search(caption):
        return Role.DETAIL
    return Role.PARTIAL if _PARTIAL.search(caption) else Role.WHOLE


def state_in(caption: str) -> str | None:
    """The condition in which a caption says that the thing is shown."""
    match = _STATE.search(caption) or _STATE_KOREAN.search(caption)
    word = match["word"].lower() if match else None
    return _STATE_NAMES.get(word, word) if word else None
