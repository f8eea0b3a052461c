"""The wording of claims in English: references to other claims, preamble, transition, limitations.

Forms after the USPTO's Manual of Patent Examining Procedure, sections 608.01(m)-(n) and 2111.03.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from patent2tech.reading._claim_parts import ClaimParts, spread, tidy
from patent2tech.reading.model import ClaimCategory

_JOIN: Final = r"(?:\s*,?\s*(?:and\s*/\s*or|or|and|to|through|[-\u2013\u2014~&])\s*|\s*,\s*)"
_REFERENCE: Final = re.compile(
    rf"\b(?:(?:any|either|each)\s+(?:one\s+)?(?:or\s+more\s+)?of\s+|(?:at\s+least\s+)?one\s+(?:or\s+more\s+)?of\s+)?(?:the\s+)?(?:preceding\s+)?"
    rf"claims?\s+(?P<numbers>\d{{1,4}}(?:{_JOIN}(?:of\s+)?(?:claims?\s+)?\d{{1,4}})*)",
    re.IGNORECASE,
)
_ALL_EARLIER: Final = re.compile(
    r"\b(?:(?:any|either|one|each)(?:\s+one)?(?:\s+or\s+more)?\s+of\s+)?(?:any\s+)?(?:of\s+)?(?:the\s+)?"
    r"(?:preceding|foregoing|previous|above)\s+claims?\b(?!\s+\d)",
    re.IGNORECASE,
)
_STRONG: Final = (
    r"compris(?:ing|es|e|ed\s+of)|consist(?:s|ing)\s+(?:essentially\s+)?of|characteri[sz]ed\s+(?:in\s+that|by)"
)
_WEAK: Final = r"includ(?:ing|es?)|having|has|contain(?:ing|s)|composed\s+of|wherein|whereby|which|that"
_LEAD: Final = (
    r"(?:further\s+|additionally\s+|also\s+|and\s+|which\s+|"
    r"(?:the\s+)?(?:improvement|improvements|steps?|method)\s+){0,6}"
)
_TAIL: Final = (
    r"(?:\s+(?:at\s+least\s+)?(?:the\s+)?(?:following\s+)?(?:method\s+|process\s+)?"
    r"(?:steps?|acts?|operations?|elements?|components?)(?:\s+of)?)?(?:\s*[:,])?"
)
_STRONG_TRANSITION: Final = re.compile(rf"\b{_LEAD}(?:{_STRONG})\b{_TAIL}", re.IGNORECASE)
_COLON_TRANSITION: Final = re.compile(rf"\b{_LEAD}(?:{_STRONG}|{_WEAK})\b(?:\s+[\w-]+){{0,4}}?\s*:", re.IGNORECASE)
_WEAK_TRANSITION: Final = re.compile(rf"\b{_LEAD}(?:{_WEAK})\b{_TAIL}", re.IGNORECASE)
_NEW_LIMITATION: Final = re.compile(
    r",\s+(?:and\s+)?(?=(?:an?|at\s+least|one\s+or\s+more|a\s+plurality|wherein|whereby|means|further)\b)",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(r"^(?:an?|the|said|in\s+an?|in\s+the|one\s+or\s+more|at\s+least\s+one)\s+", re.IGNORECASE)
_SUBJECT_END: Final = re.compile(
    r"\s*(?:[,:;(]|(?<!-)\b(?:for|of|to|in|on|by|with|from|as|at|which|that|wherein|whereby|having|comprising|including|containing|"
    r"according|using|used|adapted|configured|operable|capable|being|where|when|suitable|stored|storing|encoded|made|"
    r"produced|obtained|obtainable|executed|performed|implemented|is|are)\b)",
    re.IGNORECASE,
)
_CONNECTING: Final = (
    r"(?:(?:as|which\s+is|being)\s+)?(?:of|to|in|by|under|per|according\s+to|in\s+accordance\s+with|"
    r"as\s+(?:claimed|recited|defined|set\s+forth|described|specified|disclosed|stated|in|per|of)(?:\s+in)?|"
    r"(?:claimed|recited|defined|set\s+forth|described|specified|disclosed|stated)\s+(?:in|by)|as\s+in)\s*$"
)
_CONNECTION: Final = re.compile(rf"^[\s,]*{_CONNECTING}", re.IGNORECASE)
_CONNECTION_END: Final = re.compile(rf"\s{_CONNECTING}", re.IGNORECASE)
_PROCESS: Final = re.compile(r"\b(?:method|process|procedure|use|technique)s?$", re.IGNORECASE)
_MEDIUM: Final = re.compile(
    r"\b(?:medium|media|program\s+product|storage\s+devices?|program|software|computer\s+program)$", re.IGNORECASE
)
_COMPOSITION: Final = re.compile(
    r"\b(?:composition|compound|formulation|mixture|alloy|polymer|copolymer|solution|emulsion|antibody|peptide|"
    r"polypeptide|protein|nucleic\s+acid|vaccine|salt|resin|catalyst|blend|powder)s?$",
    re.IGNORECASE,
)


def references(text: str, own: int, live: set[int]) -> tuple[int, ...]:
    """Every claim that the text names, in order."""
    found: list[int] = []
    for match in _REFERENCE.finditer(text):
        found.extend(spread(match["numbers"], live))
    if _ALL_EARLIER.search(text):
        found.extend(number for number in sorted(live) if number < own)
    return tuple(dict.fromkeys(found))


def direct_references(text: str, own: int, live: set[int], bases: Mapping[int, str]) -> frozenset[int]:
    """The claims that this one takes over whole; `bases` are the preambles of earlier claims.

    `The device of claim 1` does; `A method of making the device of claim 1` and `A kit comprising the device of
    claim 1` only mention it.
    """
    match = _first_reference(text)
    if match is None or _in_body(text, match):
        return frozenset()
    before = text[: match.start()]
    named = frozenset(references(match.group(), own, live))
    subject = _subject(before)
    behind = _ARTICLE.sub("", " ".join(before.split()), count=1)[len(subject) :]
    base = next((bases[number] for number in sorted(named) if number in bases), "")
    base_subject = _subject(base)
    if _CONNECTION.match(behind):
        return _of_category(named, bases, subject) if _ALL_EARLIER.match(match.group()) else named
    same_kind = base and _category(subject) is _category(base_subject)
    definite = re.match(r"^\s*the\s", before, re.IGNORECASE)
    if same_kind and (_head(subject) == _head(base_subject) or (definite and _CONNECTION_END.search(before))):
        return named
    return frozenset()


def _of_category(named: frozenset[int], bases: Mapping[int, str], subject: str) -> frozenset[int]:
    """Of all earlier claims, those to the same kind of thing."""
    own = _category(subject)
    return frozenset(number for number in named if number not in bases or _category(_subject(bases[number])) is own)


def take_apart(text: str) -> ClaimParts:
    """Preamble, transition and limitations of one claim, without its number."""
    reference = _first_reference(text)
    start = reference.end() if reference and not _in_body(text, reference) else 0
    transition = _transition(text, start) or (_transition(text, 0) if start else None)
    if transition is None:
        preamble = " ".join((text[:start] or text).split()).rstrip(" ,.")
        return ClaimParts(_subject(text), preamble, "", _elements(text[start:]) if start else ())
    preamble, rest = text[: transition.start()], text[transition.end() :]
    return ClaimParts(
        subject=_subject(preamble),
        preamble=" ".join(preamble.split()).rstrip(" ,;:"),
        transition=" ".join(transition.group().split()).rstrip(" ,:"),
        elements=_elements(rest),
    )


def category(parts: ClaimParts) -> ClaimCategory:
    """What kind of thing is claimed."""
    return _category(parts.subject)


def _first_reference(text: str) -> re.Match[str] | None:
    found = (_REFERENCE.search(text), _ALL_EARLIER.search(text))
    return min((match for match in found if match), key=lambda match: match.start(), default=None)


def _in_body(text: str, reference: re.Match[str]) -> bool:
    """Whether the reference stands among the limitations: behind a transition that has a colon or a new line."""
    strong = _STRONG_TRANSITION.search(text)
    return bool(strong and strong.start() < reference.start())


def _transition(text: str, start: int) -> re.Match[str] | None:
    first_line_end = text.find("\n", start)
    strong = _STRONG_TRANSITION.search(text, start)
    colon = _COLON_TRANSITION.search(text, start, first_line_end + 1 if first_line_end > 0 else len(text))
    weak = _WEAK_TRANSITION.search(text, start)
    if start and weak and (not strong or weak.start() < strong.start()):
        # Behind a reference the first transition counts: "The device of claim 1, wherein the lid comprises ...".
        return weak
    if colon and strong and colon.start() > strong.start() and "\n" not in text[strong.start() : colon.start()]:
        return colon if ":" not in strong.group() and _only_words(text, strong, colon) else strong
    return strong or colon or weak


def _only_words(text: str, strong: re.Match[str], colon: re.Match[str]) -> bool:
    """Whether the earlier transition belongs to a qualified preamble: `A lid comprising a rim, the lid including:`."""
    return "," in text[strong.end() : colon.start()] and ";" not in text[strong.end() : colon.start()]


def _elements(rest: str) -> tuple[str, ...]:
    pieces = [piece for line in rest.split("\n") for piece in line.split(";")]
    if len(pieces) == 1:
        pieces = _NEW_LIMITATION.split(rest)
    return tuple(element for element in (tidy(piece) for piece in pieces) if element)


def _subject(preamble: str) -> str:
    text = _ARTICLE.sub("", " ".join(preamble.split()).lstrip(), count=1)
    end = _SUBJECT_END.search(text)
    return (text[: end.start()] if end else text).strip()


def _head(subject: str) -> str:
    return subject.rsplit(" ", 1)[-1].lower().rstrip("s")


def _category(subject: str) -> ClaimCategory:
    for pattern, found in (
        (_PROCESS, ClaimCategory.PROCESS),
        (_MEDIUM, ClaimCategory.MEDIUM),
        (_COMPOSITION, ClaimCategory.COMPOSITION),
    ):
        if pattern.search(subject):
            return found
    return ClaimCategory.PRODUCT
