"""Real sheets: a seeded share of the labelled ones is read as well as the benchmark says of all."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from benchmarks.corpus import SHARED
from benchmarks.numerals import TRUTH, Score, scores
from patent2tech.app import one_patent
from patent2tech.figures import annotate, see
from patent2tech.reading import figures_and_parts

SEED = 7
SHARE = 3

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="needs the real sheets in ../shared/data"),
]


def test_numerals_and_tips_of_a_share_of_real_sheets() -> None:
    total = Score()
    pool = [
        (path, sheet["sheet"])
        for path in sorted(TRUTH.glob("US2025*.json"))
        for sheet in json.loads(path.read_text("utf-8"))["sheets"]
        if len(sheet["numerals"]) > 4
    ]
    for path, sheet in random.Random(SEED).sample(pool, SHARE):
        for score in scores(json.loads(path.read_text("utf-8")), [sheet]):
            total.add(score)
    assert total.turned_right == SHARE
    assert total.recall >= 0.9
    assert total.precision >= 0.95
    assert total.tips >= 0.8


def test_a_real_flow_chart_becomes_its_graph() -> None:
    [path] = Path(SHARED).glob("figures_redbook_apps/US20250250937A1*/*.XML")
    patent = one_patent(path).patent
    described, parts = figures_and_parts(patent)
    sheet = next(one for one in patent.sheets if one.number == 8)
    images = {sheet.file: path.with_name(sheet.file).read_bytes()}
    seen = annotate(see(patent, described, images), {part.numeral: None for part in parts})
    [figure] = seen.figures
    assert figure.chart
    nodes = [node.numeral for node in figure.chart.nodes]
    edges = {(nodes[edge.source], nodes[edge.target], edge.label) for edge in figure.chart.edges}
    assert edges == {
        ("805", "810", None),
        ("810", "815", None),
        ("815", "805", "No"),
        ("815", "820", "Yes"),
        ("820", "825", "Yes"),
        ("820", "830", "No"),
        ("825", "805", None),
        ("830", "805", None),
    }
