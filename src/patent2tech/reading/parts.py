"""The parts list: every reference numeral with its names, every place that mentions it, and its figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from patent2tech.patents import Claim, Figure, Locator, Paragraph, Part, Patent, PatentType, Section
from patent2tech.reading._mentions import Mention, mentions
from patent2tech.reading._parts_ko import korean_mentions
from patent2tech.reading._parts_names import PartNames, head, named_parts
from patent2tech.reading._reference_signs import reference_signs
from patent2tech.reading.figures import MENTION, spread_labels
from patent2tech.text.notes import Note

_HANGUL: Final = re.compile(r"[가-힣]")
_BASE: Final = re.compile(r"^S?\d+")
_IN_CLAIM: Final = re.compile(r"\((S?\d{1,4}[A-Za-z]{0,2}'?)\)")
_SENTENCE_END: Final = re.compile(r"[.;]\s")


@dataclass(frozen=True, slots=True)
class _Passage:
    locator: Locator
    text: str
    mentions: tuple[Mention, ...]


def read_parts(patent: Patent, figures: Sequence[Figure], sections: Mapping[str, Section]) -> tuple[Part, ...]:
    """The parts in the order of their numerals; a patent without figures, or a design, has none."""
    if not figures or patent.type in {PatentType.DESIGN, PatentType.PLANT}:
        return ()
    passages = [_Passage(each.locator, each.text, tuple(_mentions(each))) for each in patent.paragraphs]
    found = [mention for passage in passages for mention in passage.mentions]
    parts = named_parts(found, reference_signs(patent, sections))
    shown = _figures_of(passages, parts)
    places = _places(patent.claims, parts, found)
    numerals = sorted(parts, key=_numeral_order)
    return tuple(Part(each, parts[each].names, places[each], shown.get(each, ())) for each in numerals)


def part_warnings(parts: Sequence[Part]) -> tuple[Note, ...]:
    """One numeral with two names, and one name with two numerals: slips, or variants that a reader should know of."""
    notes = [
        Note.of("warning.numeral_with_names", numeral=part.numeral, names=", ".join(part.names))
        for part in parts
        if len({head(name.rsplit(" ", 1)[-1]) for name in part.names}) > 1
    ]
    by_name: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        if part.names:
            by_name[part.names[0].lower()].append(part.numeral)
    for name, numerals in by_name.items():
        if len({_base(numeral) for numeral in numerals}) > 1:
            notes.append(Note.of("warning.name_with_numerals", name=name, numerals=", ".join(numerals)))
    return tuple(notes)


def _mentions(paragraph: Paragraph) -> Iterable[Mention]:
    find = korean_mentions if _HANGUL.search(paragraph.text) else mentions
    return find(paragraph.text, paragraph.locator)


def _places(
    claims: Iterable[Claim], parts: Mapping[str, PartNames], found: Iterable[Mention]
) -> dict[str, tuple[Locator, ...]]:
    """Where each part is named; a reference sign list, which has the name behind the numeral, stands last."""
    places: dict[str, dict[Locator, None]] = {numeral: {} for numeral in parts}
    for mention in found:
        if mention.numeral in places:
            places[mention.numeral][mention.locator] = None
    for claim in claims:
        for numeral in _IN_CLAIM.findall(claim.text):
            if numeral in places:
                places[numeral][claim.locator] = None
    for numeral, names in parts.items():
        if names.listed_in:
            places[numeral][names.listed_in] = None
    return {numeral: tuple(locators) for numeral, locators in places.items()}


def _figures_of(passages: Iterable[_Passage], parts: Mapping[str, PartNames]) -> dict[str, tuple[str, ...]]:
    """Figures per numeral: a sentence that names a figure speaks of it until the next figure is named."""
    shown: dict[str, dict[str, None]] = defaultdict(dict)
    current: tuple[str, ...] = ()
    for passage in passages:
        labelled = MENTION.finditer(passage.text)
        events = [(match.start(), tuple(spread_labels(match["en"] or match["ko"])), "") for match in labelled]
        events += [(each.offset, (), each.numeral) for each in passage.mentions if each.numeral in parts]
        ends = [match.end() for match in _SENTENCE_END.finditer(passage.text)]
        for offset, labels, numeral in sorted(events, key=lambda event: (event[0], event[2])):
            if labels:
                current = _joined(current, labels, offset, events, ends)
            else:
                shown[numeral].update(dict.fromkeys(current))
    return {numeral: tuple(labels) for numeral, labels in shown.items()}


def _joined(
    current: tuple[str, ...],
    labels: tuple[str, ...],
    offset: int,
    events: Sequence[tuple[int, tuple[str, ...], str]],
    ends: Sequence[int],
) -> tuple[str, ...]:
    """Two figures named side by side in one sentence are spoken of together."""
    sentence_start = max((end for end in ends if end <= offset), default=0)
    beside = [event for event in events if sentence_start <= event[0] < offset]
    return (*current, *labels) if beside and all(event[1] for event in beside) else labels


def _base(numeral: str) -> str:
    match = _BASE.match(numeral)
    return match[0] if match else numeral


def _numeral_order(numeral: str) -> tuple[int, int, str]:
    digits = re.search(r"\d+", numeral)
    return (1 if numeral.startswith("S") else 0, int(digits[0]) if digits else 0, numeral)
