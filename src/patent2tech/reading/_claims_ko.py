"""The wording of claims in Korean: references to other claims, preamble, transition, limitations.

Forms after KIPO's examination guidelines (특허·실용신안 심사기준), part 2 chapter 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from patent2tech.reading._claim_parts import ClaimParts, spread, tidy
from patent2tech.reading.model import ClaimCategory

_ONE: Final = r"(?:제\s*\d{1,4}\s*항|청구항\s*(?:제\s*)?\d{1,4}(?:\s*항)?|(?<=[,및는지~-])\s*\d{1,4}\s*항?)"
_JOIN: Final = r"\s*(?:,|및|또는|내지|와|과|이나|~|-|부터)\s*"
_GROUP: Final = re.compile(
    rf"(?P<numbers>{_ONE}(?:{_JOIN}{_ONE})*)(?:까지)?(?:\s*(?:중|의)\s*(?:적어도\s*)?(?:어느|하나)\s*(?:한|하나의?)?\s*(?:의\s*)?(?:항|청구항)?)?"
)
_ALL_EARLIER: Final = re.compile(r"(?:전술한|앞선|선행하는|이전)\s*(?:청구)?항(?:들)?\s*중")
_IN: Final = re.compile(r"^\s*에\s*있어서\s*[,:]?")
_BY: Final = re.compile(r"^\s*(?:에\s*(?:따른|의한|의해|기재된|기재의|청구된|정의된)|의|에서\s*정의된)\s*")
_TRANSITION: Final = re.compile(
    r"(?:을|를|으로|로|이|가)?\s*(?:더\s*|추가로\s*)?"
    r"(?:(?:포함|구비|구성|함유)(?:하여|되어)?\s*(?:하는|한|되는|된|하고)?\s*(?:이루어진|구성되는|구성된)?"
    r"|갖는|가지는|이루어지는|이루어진|구성되는|구성된)?\s*"
    r"(?:것을?\s*특징으로\s*하는|것을?\s*특징으로\s*한|포함하는|포함한|구비하는|구비한|함유하는|갖는|가지는|이루어지는|이루어진|구성되는|구성된)"
    r"(?=[\s,])"
)
_MARKS: Final = re.compile(r"[,;\n]")
_AFTER_COMMA: Final = re.compile(r"(?<=[는한된인])(?P<comma>\s*,)\s*(?P<subject>[^,;\n]{2,80})$")
"""`..., 밸브를 개방시키는, 열관리 시스템`: the claimed thing behind the last comma, whose verb modifies it."""

_LED_BY_NOUN: Final = re.compile(r"^(?P<preamble>[^,;\n]{1,200}?에\s*있어서)\s*[,:]\s*")
_PROCESS: Final = re.compile(r"(?:방법|공정|용도)\s*$")
_MEDIUM: Final = re.compile(r"(?:매체|프로그램(?:\s*제품)?|소프트웨어)\s*$")
_COMPOSITION: Final = re.compile(
    r"(?:조성물|화합물|합금|혼합물|중합체|공중합체|항체|펩타이드|단백질|백신|촉매|수지)\s*$"
)


def references(text: str, own: int, live: set[int]) -> tuple[int, ...]:
    """Every claim that the text names, in order."""
    found: list[int] = []
    for match in _GROUP.finditer(text):
        found.extend(spread(match["numbers"], live))
    if _ALL_EARLIER.search(text):
        found.extend(number for number in sorted(live) if number < own)
    return tuple(dict.fromkeys(found))


def direct_references(text: str, own: int, live: set[int], bases: Mapping[int, str]) -> frozenset[int]:
    """The claims taken over whole: `제1항에 있어서`, or `제1항에 따른 장치` that ends in the same noun."""
    if _ALL_EARLIER.match(text.lstrip()):
        return frozenset(references(text, own, live))
    match = _GROUP.match(text.lstrip())
    if match is None:
        return frozenset()
    behind = text.lstrip()[match.end() :]
    named = frozenset(references(match.group(), own, live))
    if _IN.match(behind):
        return named
    if _BY.match(behind):
        base = next((bases[number] for number in sorted(named) if number in bases), "")
        own_subject, base_subject = _subject(text), _subject(base)
        if not base or own_subject.split(" ")[-1:] == base_subject.split(" ")[-1:]:
            return named
    return frozenset()


def take_apart(text: str) -> ClaimParts:
    """Preamble, transition and limitations; in Korean the claimed thing stands at the end."""
    text = text.rstrip(" .\n")
    lead = _LED_BY_NOUN.match(text)
    start = lead.end() if lead else _reference_end(text, _GROUP.match(text.lstrip()))
    end, transition, subject = _ending(text, start)
    leading = " ".join(text[:start].split()).rstrip(" ,")
    if end == start and not leading:
        return ClaimParts(subject, subject, "", ())
    return ClaimParts(
        subject=subject,
        preamble=", ".join(part for part in (leading, subject) if part),
        transition=transition,
        elements=_elements(text[start:end]),
    )


def _ending(text: str, start: int) -> tuple[int, str, str]:
    """Where the limitations end, the transition behind them, and the claimed thing."""
    for transition in reversed(list(_TRANSITION.finditer(text, start))):
        subject = text[transition.end() :].lstrip(" ,\n")
        if not _MARKS.search(subject):
            return transition.start(), " ".join(transition.group().split()), " ".join(subject.split())
    last = _AFTER_COMMA.search(text, start)
    if last:
        return last.start("comma"), "", " ".join(last["subject"].split())
    if start:
        return len(text), "", ""
    return start, "", " ".join(text.split())


def category(parts: ClaimParts) -> ClaimCategory:
    """What kind of thing is claimed, by the last words."""
    for pattern, found in (
        (_PROCESS, ClaimCategory.PROCESS),
        (_MEDIUM, ClaimCategory.MEDIUM),
        (_COMPOSITION, ClaimCategory.COMPOSITION),
    ):
        if pattern.search(parts.subject):
            return found
    return ClaimCategory.PRODUCT


def _reference_end(text: str, reference: re.Match[str] | None) -> int:
    if reference is None:
        return 0
    behind = text[reference.end() :]
    connection = _IN.match(behind)
    return reference.end() + connection.end() if connection else 0


def _elements(body: str) -> tuple[str, ...]:
    pieces = [piece for line in body.split("\n") for piece in line.split(";")]
    return tuple(element for element in (tidy(piece) for piece in pieces) if element)


def _subject(text: str) -> str:
    """The claimed thing: what stands behind the last transition, else the last words."""
    return _ending(text.rstrip(" .\n"), 0)[2]
