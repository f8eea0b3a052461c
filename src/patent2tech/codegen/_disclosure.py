"""What the patent says in numbers about a claim element, and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from patent2tech.codegen.specification import Evidence, Gap, Parameter, Requirement
from patent2tech.text import Note

_UNITS: Final = (
    r"%|percent|wt\.?\s?%|ppm|°\s?[CF]|degrees?(?:\s+(?:Celsius|Fahrenheit))?|℃|K(?![A-Za-z])|[munkM]?m(?![A-Za-z])|"
    r"cm|km|inch(?:es)?|in\.|feet|ft|[muµn]?s(?![A-Za-z])|seconds?|milliseconds?|microseconds?|minutes?|min(?![A-Za-z])|"
    r"hours?|days?|[kMG]?Hz|[kmM]?V(?![A-Za-z])|volts?|[mkuµ]?A(?![A-Za-z])|[mkM]?W(?![A-Za-z])|watts?|[kMG]?Pa|bar|psi|"
    r"[kmµu]?g(?![A-Za-z])|kg|N(?![A-Za-z])|[kMG]?[bB](?:ytes?|its?)|bits?|bytes?|[kMGT]i?B|[kMGT]?bps|dB[mi]?|rpm|"
    r"pixels?|frames?|samples?|times?|퍼센트|도|초|분|시간|밀리미터|센티미터|미터"
)
_NUMBER: Final = r"[-\u2212+]?\d{1,9}(?:,\d{3})*(?:\.\d{1,9})?"
_NAMING: Final = (
    r"threshold|ratio|factor|rate|number|coefficient|length|size|window|interval|order|width|height|depth|thickness|"
    r"diameter|radius|angle|distance|pressure|temperature|frequency|period|duration|time|delay|weight|limit|level|"
    r"value|probability|count|capacity|voltage|current|power|speed|velocity|force|concentration|gain|offset|slack|"
    r"constant|parameter|index|degree|rank|spacing|pitch|volume|mass|density|wavelength|bandwidth|resolution"
)
_MEASURE: Final = re.compile(
    rf"(?<![\w.,])(?P<low>{_NUMBER})\s*(?:(?:to|and|-|–|~|through)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>{_UNITS})?(?![\w])"
)
_NAME: Final = re.compile(rf"\b(?:{_NAMING})s?\b", re.IGNORECASE)
_PLACE: Final = re.compile(
    r"\b(?:FIGS?|claims?|steps?|blocks?|paragraphs?|equations?|eqs?|tables?|examples?|nos?)\.?\s*$", re.IGNORECASE
)
_OPEN: Final = re.compile(
    rf"\b(?:(?P<set>predetermined|predefined|preset|preselected|given|desired|certain|specified|configurable|suitable)"
    rf"(?:\s+[A-Za-z-]+){{0,2}}?\s+(?:{_NAMING})s?|"
    r"(?:[A-Za-z-]+\s+)?(?:threshold|coefficient|weighting factor|time constant)s?)\b",
    re.IGNORECASE,
)
_DETERMINER: Final = re.compile(r"^(?:an?|the|said|each|its|of)\s+")
_VAGUE: Final = re.compile(
    r"\b(?:substantially|approximately|sufficient(?:ly)?|relatively|appropriate(?:ly)?|optionally|small|large|"
    r"quickly|slowly|near|close to)\b(?!\s*\d)",
    re.IGNORECASE,
)
_OPEN_KOREAN: Final = re.compile(r"(?:소정의|미리\s*(?:결정|설정|정해)된|기\s?설정된|일정한)\s*([가-힣]+)")
_LAST_WORD: Final = re.compile(r"([A-Za-z-]+)\s+$")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z-]+|[가-힣]+")
_LINKS: Final = frozenset(
    "the a an said of and or with at by in to is are was be has have having from between about approximately around "
    "least most than less more greater up over under below above preferably typically set range equal equals for that "
    "this".split()
)
# A number without a unit is only a value where a word or sign says so; reference numerals stand behind their noun.
_LINKED: Final = re.compile(
    r"(?:\b(?:of|is|are|be|was|equals?|to|at|between|from|about|least|most|than)|[=<>≤≥])\s*$", re.IGNORECASE
)
_NEAR: Final = 80
_MOST_PARAMETERS: Final = 8
_MOST_GAPS: Final = 4
_LONGEST_TEXT: Final = 4000


def parameters_in(
    element: str, locator: str, evidence: Sequence[Evidence], numerals: frozenset[str]
) -> Iterator[Parameter]:
    """The values that the claim itself and its explaining sentences state, each once; reference numerals are none."""
    seen: set[tuple[str, float, float | None, str | None]] = set()
    for source in (Evidence(locator, element), *evidence):
        for found in _measures(source, numerals):
            key = (found.name, found.low, found.high, found.unit)
            if key not in seen and len(seen) < _MOST_PARAMETERS:
                seen.add(key)
                yield found


def open_points(requirement: Requirement) -> Iterator[Gap]:
    """What an element leaves open: values that it needs and nobody states, words of degree, a lack of explanation."""
    text = requirement.text[:_LONGEST_TEXT]
    stated = {word for parameter in requirement.parameters for word in parameter.name.lower().split()}
    found: dict[str, Note] = {}
    for match in _OPEN.finditer(text):
        phrase = _DETERMINER.sub("", " ".join(match.group().split()).lower())
        if phrase.split()[-1].rstrip("s") not in {word.rstrip("s") for word in stated}:
            found.setdefault(phrase, Note.of("code.gap.no_value", what=phrase))
    for match in _OPEN_KOREAN.finditer(text):
        found.setdefault(match.group(), Note.of("code.gap.no_value", what=match.group()))
    for match in _VAGUE.finditer(text):
        found.setdefault(match.group().lower(), Note.of("code.gap.vague", what=match.group().lower()))
    yield from (Gap(requirement.id, note) for note in list(found.values())[:_MOST_GAPS])
    if not requirement.evidence:
        yield Gap(requirement.id, Note.of("code.gap.unexplained"))


def _measures(source: Evidence, numerals: frozenset[str]) -> Iterator[Parameter]:
    for match in _MEASURE.finditer(source.quote[:_LONGEST_TEXT]):
        before = source.quote[: match.start("low")]
        bare = not match["unit"] and (
            match["low"] in numerals or match["high"] in numerals or not _LINKED.search(before)
        )
        name = None if bare or _PLACE.search(before) else _name(before)
        if name is None or not (match["unit"] or _NAME.search(name)):
            continue
        unit = " ".join(match["unit"].split()) if match["unit"] else None
        yield Parameter(name, _number(match["low"]), _number(match["high"]) if match["high"] else None, unit, source)


def _name(before: str) -> str | None:
    """The noun that a value belongs to: the last one that names a quantity shortly before it, else the last noun."""
    near = before[-_NEAR:]
    nouns = list(_NAME.finditer(near))
    if nouns:
        lead = _LAST_WORD.search(near[: nouns[-1].start()])
        first = f"{lead[1]} " if lead and lead[1].lower() not in _LINKS else ""
        return f"{first}{nouns[-1].group()}".lower()
    words = [word for word in _WORD.findall(near) if word.lower() not in _LINKS]
    return words[-1].lower() if words else None


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("\u2212", "-"))
