"""The views of all figures of a patent together: mirror images, embodiments, and what broken lines mean."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from patent2tech.figures._sides import OPPOSITE
from patent2tech.figures.captions import view_of
from patent2tech.figures.model import Projection, View
from patent2tech.patents import PatentType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from patent2tech.patents import Figure, Patent

_BROKEN_LINES: Final = re.compile(
    r"\b(?:broken|dashed|dotted|phantom|dash[- ]dot(?:-dash)?|dot[- ]dash|stippled)[\s-]+"
    r"(?:\w+\s+){0,3}lines?\b|파선|점선|쇄선",
    re.IGNORECASE,
)
_NOT_CLAIMED: Final = re.compile(
    r"\bno\s+part\b|\bnot\s+(?:\w+\s+)?(?:a\s+|any\s+)?part\b|\benvironment\w*|\bunclaimed\b|\bnot\s+claimed\b|\bdisclaim\w*|"
    r"\bforms?\s+none\b|\bnone\s+of\b|\billustrative\s+purposes\b|권리|아니",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"(?<=[.;])(?<!FIG\.)(?<!FIGS\.)\s+", re.IGNORECASE)
_ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_EMBODIMENT: Final = re.compile(
    rf"\b(?P<which>{'|'.join(_ORDINALS)}|another|alternat(?:e|ive)|further|additional|other|modified)\s+"
    r"(?:\w+\s+){0,3}?(?:embodiments?|variations?|variants?|designs?)\b|제\s*(?P<korean>\d+)\s*실시",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(
    r"(?:FIGS?|FIGURES?)\b\.?\s*[-\u2013]?\s*(?P<figure>\d{1,3}(?:[A-Za-z](?![A-Za-z]))?)", re.IGNORECASE
)
_HAGUE: Final = re.compile(r"(\d+)\.\d+")


def read_views(patent: Patent, figures: Sequence[Figure]) -> Mapping[str, View]:
    """The view of every figure that the text describes, by label."""
    views = {figure.label: view_of(figure.caption or "", figure.label) for figure in figures}
    views = {label: _mirrored(view, views) for label, view in views.items()}
    embodiments = _embodiments(figures)
    broken = patent.type is PatentType.DESIGN and _broken_lines_are_environment(patent)
    return {
        label: replace(view, embodiment=embodiments[label], broken_lines_are_environment=broken)
        for label, view in views.items()
    }


def _mirrored(view: View, views: Mapping[str, View]) -> View:
    """A mirror image looks from the other side, in the way of the figure that it mirrors."""
    model = views.get(view.mirror_of) if view.mirror_of else None
    if model is None or view.direction or len(model.direction) != 1 or model.projection is not Projection.ORTHOGRAPHIC:
        return view
    return replace(view, projection=model.projection, direction=(OPPOSITE[model.direction[0]],))


def _broken_lines_are_environment(patent: Patent) -> bool:
    sentences = (sentence for paragraph in patent.paragraphs for sentence in _SENTENCE_END.split(paragraph.text))
    return any(_BROKEN_LINES.search(one) and _NOT_CLAIMED.search(one) for one in sentences)


def _embodiments(figures: Sequence[Figure]) -> dict[str, int]:
    """The number of the embodiment that each figure shows.

    A caption names it (`a second embodiment`), refers to a figure of it (`of FIG. 9`), or goes on with the one before
    (`thereof`). A design that later captions refer to by its own first figure is one of its own as well.
    """
    numbers: dict[str, int] = {}
    current = 1
    heads = _heads(figures)
    for index, figure in enumerate(figures):
        caption = figure.caption or ""
        if hague := _HAGUE.fullmatch(figure.label):
            current = int(hague[1])
        elif match := _EMBODIMENT.search(caption):
            current = _named(match, max(numbers.values(), default=0))
        elif (target := _target(figure)) in numbers:
            current = numbers[target]
        elif index and figure.label in heads:
            current = max(numbers.values()) + 1
        numbers[figure.label] = current
    return numbers


def _named(match: re.Match[str], highest: int) -> int:
    if match["korean"]:
        return int(match["korean"])
    which = match["which"].lower()
    return _ORDINALS.index(which) + 1 if which in _ORDINALS else highest + 1


def _target(figure: Figure) -> str | None:
    """The figure that a caption refers to, itself excepted."""
    found = [match["figure"] for match in _REFERENCE.finditer(figure.caption or "")]
    return next((label for label in found if label != figure.label), None)


def _heads(figures: Sequence[Figure]) -> set[str]:
    """Figures that show something new: they refer to none before, and several later ones refer to them."""
    referred = [_target(figure) for figure in figures]
    return {
        figure.label
        for figure in figures
        if referred.count(figure.label) > 1
        and "thereof" not in (figure.caption or "").lower()
        and _target(figure) is None
    }
