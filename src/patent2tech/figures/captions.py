"""Captions read as views: from which side a figure looks, how it is drawn, what it is for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from patent2tech.figures._sides import OPPOSITE, projection_in, role_in, sides_in, state_in
from patent2tech.figures.model import Projection, SectionPlane, Side, View

_LABEL: Final = r"\d{1,3}(?:\.\d{1,2})?(?:[A-Za-z]{1,2}(?![A-Za-z])|\([A-Za-z0-9]{1,3}\))?['’]?"
_FIG: Final = rf"(?:FIGS?|FIGURES?)\b\.?\s*[-\u2013]?\s*(?P<figure>{_LABEL})"
_HEAD: Final = re.compile(
    rf"^\s*(?:(?:the\s+)?(?:FIGS?|FIGURES?)\b\.?\s*[-\u2013]?\s*|\[?\s*도\s*면?\s*)?(?P<labels>{_LABEL}(?:(?:\s*(?:,|and|or|to|through|&|및|와|과|내지|~|[-\u2013])\s*)+(?:FIGS?\.?\s*)?{_LABEL})*)?\]?\s*"
    r"(?:[,:.\-\u2013\u2014]|은|는|이|가)?\s*(?:,?\s*\([^)]{1,40}\)\s*)?(?:(?:each\s+)?(?:is|are|shows?|illustrates?|depicts?|represents?|"
    r"provides?|presents?|displays?|discloses?)\b)?\s*",
    re.IGNORECASE,
)
_FROM: Final = re.compile(
    r"\bthereof,?\s+(?=(?:as\s+)?(?:(?:taken|seen|viewed|looking)\s+)?(?:generally\s+)?from\b)", re.IGNORECASE
)
_WAYS: Final = re.compile(
    r"^(?:an?|the)\s+(?:\w+\s+)?(?:illustration|representation|diagram|drawing|depiction)\s+(?:of|showing)\s+"
    r"(?=(?:an?|the)\s+[^.;,]*?\bviews?\b)|(?<=view)\s+in(?=\s+(?:perspective|elevation|section|plan)\b)",
    re.IGNORECASE,
)
_AND_IS: Final = re.compile(r"^[^.;]*?,\s+and\s+(?:is|shows)\s+(?=(?:an?|the)\s+[^.;,]*?\bviews?\b)", re.IGNORECASE)
_CUT: Final = re.compile(
    r"\b(?:of|thereof|showing|illustrating|depicting|according|embodying|for|when|along|with|wherein|whereby|where|"
    r"(?:taken|shown|seen|viewed)(?!\s+(?:generally\s+)?from)|in)\b|;",
    re.IGNORECASE,
)
_OF_SIDE: Final = re.compile(
    r"^of\s+(?:the\s+|an?\s+)?(?P<side>(?:front|rear|back|left|right|top|bottom|underside|upper|lower)(?:[- ]hand)?"
    r"(?:\s+(?:side|end|face|surface))?)\s+(?:of|thereof)\b",
    re.IGNORECASE,
)
_SEEN_FROM: Final = re.compile(
    r"\b(?:taken|seen|viewed|looking|shown)\s+(?:generally\s+)?from\s+(?P<side>[^;]*?)"
    r"(?=\s+(?:of|thereof|showing|with|in)\b|;|\.?$)",
    re.IGNORECASE,
)
_DRAWN: Final = re.compile(
    r"(?:cross[- ]?)?section(?:al)?s?|perspectives?|isometric|elevation(?:al|s)?|plans?|sides?|views?|사시도|단면도",
    re.IGNORECASE,
)
_SAME: Final = (
    r"(?:substantially\s+|essentially\s+)?(?:mirror[- ]?images?|mirrored|identical|(?:the\s+)?same|symmetric(?:al)?)"
)
_ALSO: Final = re.compile(
    rf"(?:[,;(]|\band|\bwith|\bwherein)\s*(?:it\s+being\s+understood\s+that\s+)?(?:the|an|its|all)\s+(?P<what>[^;()]*?)\s*"
    rf"\b(?:being|is|are|having|would\s+be|has)\s+(?:an?\s+|the\s+)?{_SAME}\b[^;]*",
    re.IGNORECASE,
)
_MIRROR: Final = re.compile(
    rf"\bmirror(?:ed)?[- ]?(?:image|view)s?(?:\s+view)?\s+(?:of|to)\s+(?:the\s+)?"
    rf"(?:[\w\s-]{{0,40}}?\b(?:of|in)\s+)?{_FIG}",
    re.IGNORECASE,
)
_MIRROR_KOREAN: Final = re.compile(rf"도\s*면?\s*(?P<figure>{_LABEL})\]?\s*(?:와|과|의)?\s*(?:좌우\s*)?대칭")
_LINE: Final = re.compile(
    r"\b(?:lines?|planes?|section)\s+(?P<line>[A-Z0-9]{1,5}['’]?\s*[-\u2013\u2014]\s*[A-Z0-9]{1,5}['’]?)|"
    r"(?P<korean>[A-Z0-9]{1,4}['’]?\s*[-\u2013\u2014~]\s*[A-Z0-9]{1,4}['’]?)\s*(?:선|lines?\b)",
)
_ON_FIGURE: Final = re.compile(rf"\b(?:of|in|from)\s+{_FIG}|도\s*면?\s*(?P<korean>{_LABEL})\]?\s*의", re.IGNORECASE)


def view_of(caption: str, label: str | None = None) -> View:
    """The view that one caption describes; what it does not say stays open."""
    listed, text = _split_head(caption)
    text, also_words = _without_also(text)
    mirror = _MIRROR.search(text) or _MIRROR_KOREAN.search(text)
    phrase = _own_part(_view_phrase(text), listed, label)
    sides = sides_in(phrase)
    projection = projection_in(phrase, sides)
    view = View(
        projection=projection,
        direction=sides,
        section=_section(text) if projection is Projection.SECTION else None,
        state=state_in(text),
        role=role_in(text),
        mirror_of=mirror["figure"] if mirror and mirror["figure"] != label else None,
    )
    return replace(view, also=_also(also_words, sides))


def _split_head(caption: str) -> tuple[tuple[str, ...], str]:
    """The labels that a caption names before its verb, and what it says."""
    text = " ".join(caption.split())
    head = _HEAD.match(text)
    if head is None or not head["labels"]:
        return (), text[head.end() :] if head else text
    return tuple(re.findall(_LABEL, head["labels"])), text[head.end() :]


def _without_also(text: str) -> tuple[str, list[str]]:
    """The caption without its clauses about sides that look the same, and those sides in its words."""
    words = [match["what"] for match in _ALSO.finditer(text)]
    return _ALSO.sub("", text), words


def _view_phrase(text: str) -> str:
    """The words that say what kind of view it is, without the thing that is shown."""
    text = _WAYS.sub("", _AND_IS.sub("", _FROM.sub("", text)))
    cut = _CUT.search(text)
    if cut is None:
        return text
    phrase, rest = text[: cut.start()], text[cut.start() :]
    side = _OF_SIDE.match(rest) or (None if sides_in(phrase) else _SEEN_FROM.search(rest))
    return f"{phrase} {side['side']}" if side else phrase


def _own_part(phrase: str, listed: tuple[str, ...], label: str | None) -> str:
    """Of `front and rear perspective views` that two figures share, the words for this one."""
    parts = re.split(r"\s*(?:,\s*and\b|,|\band\b)\s*", phrase.strip())
    if label not in listed or len(listed) < 2 or len(parts) != len(listed):  # noqa: PLR2004 - one has nothing to share
        return phrase
    own = parts[listed.index(label)]
    drawn = "" if _DRAWN.search(own) else " ".join(_DRAWN.findall(parts[-1]))
    return f"{own} {drawn}".strip()


def _section(text: str) -> SectionPlane:
    line = _LINE.search(text)
    name = re.sub(r"\s*[-\u2013\u2014~]\s*", "-", line["line"] or line["korean"]) if line else None
    figure = _ON_FIGURE.search(text)
    return SectionPlane(name, (figure["figure"] or figure["korean"]) if figure else None)


def _also(words: list[str], sides: tuple[Side, ...]) -> tuple[Side, ...]:
    """The sides that are said to look the same; `opposite` is opposite to the side of the figure."""
    found: list[Side] = []
    for phrase in words:
        named = sides_in(phrase)
        if not named and sides and re.search(r"\b(?:opposite|opposing|other)\b", phrase, re.IGNORECASE):
            named = (OPPOSITE[sides[0]],)
        found += [side for side in named if side not in sides]
    return tuple(dict.fromkeys(found))
