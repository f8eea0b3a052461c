"""A chart beside the claim: the nodes of a flow chart or block diagram as steps, with the claim steps of like words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from patent2tech.figures.model import Chart, ChartEdge, FigureKind, SeenFigure
from patent2tech.patents import Locator
from patent2tech.reading.model import ClaimCategory, ReadClaim, Reading
from patent2tech.techpack.page.anchors import fragment
from patent2tech.techpack.page.wording import both, place
from patent2tech.text.markdown import escape_markdown
from patent2tech.text.notes import Lang, Note

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_STOP: Final = frozenset(
    "the and for with from that said than into one more wherein which when its are has have by being based".split()
)
_LIKE: Final = 0.5
"""The part of a node's words that a claim step must have to be shown beside it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim and, for each of its elements, the places of the nodes that say it in like words."""

    claim: ReadClaim
    nodes: tuple[tuple[int, ...], ...]


def beside(chart: Chart, reading: Reading) -> Beside | None:
    """The independent claim whose steps share most words with a chart, method claims first; `None` when none does."""
    words = [_words(node.text) for node in chart.nodes]
    candidates = []
    for claim in reading.claims:
        if not claim.independent or not claim.elements:
            continue
        nodes = tuple(_alike(_words(element), words) for element in claim.elements)
        found = sum(bool(each) for each in nodes)
        if found:
            candidates.append((claim.category is ClaimCategory.PROCESS, found, -claim.number, Beside(claim, nodes)))
    return max(candidates, key=lambda each: each[:3])[3] if candidates else None


def chart_markup(figure: SeenFigure, reading: Reading) -> Markup:
    """The graph of a figure as two lists side by side; nothing for a figure without one."""
    if figure.chart is None:
        return Markup()
    chart = figure.chart
    claim = beside(chart, reading) if figure.kind is FigureKind.FLOW_CHART else None
    steps = Markup("").join(
        Markup("<li><p>{}{}</p>{}</li>").format(_sign(node.numeral), node.text, _ways(chart, index))
        for index, node in enumerate(chart.nodes)
    )
    left = Markup('<div><h4>{}</h4><ol class="fig-steps">{}</ol></div>').format(
        both(f"pack.chart.{'steps' if figure.kind is FigureKind.FLOW_CHART else 'blocks'}"), steps
    )
    right = _claim_markup(chart, claim) if claim else Markup()
    return Markup(
        '<details class="fig-chart"><summary>{}</summary><div class="fig-beside">{}{}</div></details>'
    ).format(both("pack.chart.summary", nodes=len(chart.nodes), edges=len(chart.edges)), left, right)


def chart_markdown(figure: SeenFigure, reading: Reading, lang: Lang) -> Iterator[str]:
    """The graph of a figure as a list, for the report."""
    if figure.chart is None:
        return
    chart = figure.chart
    for node, ways in zip(chart.nodes, (_leaving(chart, index) for index in range(len(chart.nodes))), strict=True):
        sign = f"**{escape_markdown(node.numeral)}** " if node.numeral else ""
        targets = ", ".join(_target(chart, edge) for edge in ways)
        yield f"- {sign}{escape_markdown(node.text)}" + (f" → {escape_markdown(targets)}" if targets else "")
    yield ""
    claim = beside(chart, reading) if figure.kind is FigureKind.FLOW_CHART else None
    if claim:
        yield Note.of("pack.chart.claim", number=claim.claim.number).wording(lang)
        yield ""
        for element, nodes in zip(claim.claim.elements, claim.nodes, strict=True):
            said = ", ".join(chart.nodes[node].numeral or chart.nodes[node].text for node in nodes) or "–"
            yield f"- {escape_markdown(element)} ({escape_markdown(said)})"
        yield ""


def _words(text: str) -> frozenset[str]:
    return frozenset(_stem(each) for each in _WORD.findall(text.casefold()) if each not in _STOP)


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004 - a stem keeps three letters
            return word[: -len(ending)]
    return word


def _alike(element: frozenset[str], nodes: Sequence[frozenset[str]]) -> tuple[int, ...]:
    shares = [(len(element & node) / len(node), index) for index, node in enumerate(nodes) if len(node) > 1]
    return tuple(index for share, index in sorted(shares, reverse=True)[:2] if share >= _LIKE)


def _claim_markup(chart: Chart, claim: Beside) -> Markup:
    rows = Markup("").join(
        Markup("<li><p>{}</p>{}</li>").format(element, _same(chart, nodes))
        for element, nodes in zip(claim.claim.elements, claim.nodes, strict=True)
    )
    locator: Locator = claim.claim.claim.locator
    return Markup('<div><h4><a href="{}">{}</a></h4><ol class="fig-steps">{}</ol><p class="aside">{}</p></div>').format(
        fragment(locator.anchor), place(locator), rows, both("pack.chart.by_words")
    )


def _same(chart: Chart, nodes: Sequence[int]) -> Markup:
    if not nodes:
        return Markup()
    said = Markup(", ").join(
        Markup("{}{}").format(_sign(chart.nodes[node].numeral), chart.nodes[node].text) for node in nodes
    )
    return Markup('<p class="fig-way">≈ {}</p>').format(said)


def _sign(numeral: str | None) -> Markup:
    return Markup("<b>{}</b> ").format(numeral) if numeral else Markup()


def _leaving(chart: Chart, index: int) -> list[ChartEdge]:
    return [edge for edge in chart.edges if edge.source == index or (not edge.directed and edge.target == index)]


def _ways(chart: Chart, index: int) -> Markup:
    ways = []
    for edge in _leaving(chart, index):
        other = edge.target if edge.source == index else edge.source
        target = chart.nodes[other].numeral or chart.nodes[other].text
        arrow = "→" if edge.directed else "–"
        label = Markup(" <i>{}</i>").format(edge.label) if edge.label else Markup()
        ways.append(Markup("<span>{}{} {}</span>").format(arrow, label, target))
    return Markup('<p class="fig-way">{}</p>').format(Markup(" ").join(ways)) if ways else Markup()


def _target(chart: Chart, edge: ChartEdge) -> str:
    node = chart.nodes[edge.target]
    return (f"({edge.label}) " if edge.label else "") + (node.numeral or node.text)
