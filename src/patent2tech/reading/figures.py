"""The list of figures: every label that the text uses, its caption, its view words, its sheet where that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from patent2tech.patents import Figure, Locator, Patent, Section
from patent2tech.reading._odd_captions import odd_captions
from patent2tech.reading.views import view_words

LABEL: Final = r"\d{1,3}(?:[A-Za-z]{1,2}(?![A-Za-z])|\([A-Za-z0-9]{1,3}\))?['’]?(?:-\d{1,2}(?=\s+(?:is|are|shows?)\b))?"
_JOIN: Final = r"(?:\s*(?:,\s*(?:and|or)?|and|or|to|through|thru|[-\u2013\u2014&])\s*)"
MENTION: Final = re.compile(
    rf"(?:\b(?:FIGS?|FIGURES?|Figs?|Figures?|figs?|figures?)\b\.?\s*[-\u2013]?\s*(?P<en>{LABEL}(?:{_JOIN}(?:(?:FIGS?|Figs?|figs?|FIGURE|Figure)\.?\s*)?{LABEL})*)"
    rf"|도\s?(?:면\s?)?(?P<ko>{LABEL}(?:\s*(?:,|및|내지|와|과|또는|~|-)\s*(?:도\s?)?{LABEL})*))"
)
_TOKEN: Final = re.compile(rf"{LABEL}|to|through|thru|내지|~|[-\u2013\u2014]")
_CAPTION_VERB: Final = re.compile(
    r"^\s*,?\s*(?:\([^)]{1,40}\)\s*)?(?:\(?each\)?\s+)?(?:is|are|shows?|showing|illustrates?|illustrating|depicts?|depicting|represents?|provides?|presents?|"
    r"schematically|diagrammatically|displays?|describes?|contains?|gives?|:|[-\u2013\u2014]|[은는이가]\s|\.\s+[A-Z])",
)
_TAIL: Final = " ;,"
_MAX_RANGE: Final = 60


@dataclass(frozen=True, slots=True)
class _Caption:
    labels: tuple[str, ...]
    text: str
    locator: Locator


def read_figures(patent: Patent, sections: Mapping[str, Section]) -> tuple[Figure, ...]:
    """Every figure that the description names, in the order of their labels."""
    captions: dict[str, _Caption] = {}
    for caption in _captions(patent, sections):
        for label in caption.labels:
            captions.setdefault(label, caption)
    if not captions:
        for label, text, locator in odd_captions(patent):
            captions.setdefault(label, _Caption((label,), text, locator))
    mentioned = (label for paragraph in patent.paragraphs for label in mentioned_labels(paragraph.text))
    labels = sorted(dict.fromkeys([*captions, *mentioned]), key=_label_order)
    sheets = _certain_sheets(patent, labels)
    return tuple(_figure(label, captions.get(label), sheets.get(label)) for label in labels)


def mentioned_labels(text: str) -> tuple[str, ...]:
    """The figure labels that a text names, ranges and lists spread out."""
    return tuple(label for match in MENTION.finditer(text) for label in spread_labels(match["en"] or match["ko"]))


def spread_labels(listed: str) -> Iterator[str]:
    """The labels of a list such as `1, 3A-3C and 5`."""
    tokens = _TOKEN.findall(listed)
    for index, token in enumerate(tokens):
        if not token[0].isdigit():
            continue
        yield token.replace("’", "'")
        if index + 2 < len(tokens) and not tokens[index + 1][0].isdigit():
            yield from _between(token, tokens[index + 2])


def _between(first: str, last: str) -> Iterator[str]:
    """The labels strictly between two ends: numbers (`1` to `4`) or letters (`3A` to `3D`)."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _MAX_RANGE:
        yield from (str(number) for number in range(int(first) + 1, int(last)))
    one, other = (re.fullmatch(r"(\d+)([A-Za-z])", label) for label in (first, last))
    if one and other and one[1] == other[1]:
        yield from (f"{one[1]}{chr(code)}" for code in range(ord(one[2]) + 1, ord(other[2])))


def _captions(patent: Patent, sections: Mapping[str, Section]) -> Iterator[_Caption]:
    listed = [paragraph for paragraph in patent.paragraphs if sections[paragraph.number] is Section.DRAWINGS]
    for paragraph in listed or patent.paragraphs:
        starts = [match for match in MENTION.finditer(paragraph.text) if _opens_caption(paragraph.text, match)]
        if not listed and starts and starts[0].start() > 0:
            continue
        for index, start in enumerate(starts):
            end = starts[index + 1].start() if index + 1 < len(starts) else len(paragraph.text)
            text = " ".join(paragraph.text[start.start() : end].split())
            labels = tuple(spread_labels(start["en"] or start["ko"]))
            yield _Caption(labels, _without_tail(text), paragraph.locator)


def _without_tail(text: str) -> str:
    """A caption without what leads over to the next; by stripping, since a pattern would take minutes on long tails."""
    text = text.rstrip(_TAIL)
    shorter = text.removesuffix("and")
    return text if shorter[-1:].isalnum() else shorter.rstrip(_TAIL)


def _opens_caption(text: str, mention: re.Match[str]) -> bool:
    before = text[: mention.start()].rstrip()
    begins = not before or before.endswith((";", ".", ":", "\n", "; and", ", and")) or text[mention.start() - 1] == "\n"
    return begins and bool(_CAPTION_VERB.match(text[mention.end() :]))


def _figure(label: str, caption: _Caption | None, sheet: int | None) -> Figure:
    if caption is None:
        return Figure(label, sheet=sheet)
    return Figure(label, caption.text, caption.locator, view_words(caption.text), sheet)


def _certain_sheets(patent: Patent, labels: list[str]) -> dict[str, int]:
    """Figures to sheets where the counts leave no choice: as many sheets as figures, one figure on each, in order."""
    sheets = sorted({sheet.number for sheet in patent.sheets if not sheet.representative})
    if len(sheets) != len(labels) or patent.stated.figures not in {None, len(labels)}:
        return {}
    return dict(zip(labels, sheets, strict=True))


def _label_order(label: str) -> tuple[int, int, str]:
    number = re.match(r"(\d+)(?:\.(\d+))?", label)
    return (int(number[1]), int(number[2] or 0), label) if number else (0, 0, label)
