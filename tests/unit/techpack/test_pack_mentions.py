"""Mentions: what is linked in a text and what is left alone."""

from __future__ import annotations

import dataclasses

import pytest

from patent2tech.patents import Figure, Locator, Part
from patent2tech.techpack.mentions import Mentions
from tests.unit.techpack.builders import a_reading


@pytest.fixture(scope="module")
def mentions() -> Mentions:
    return Mentions(a_reading())


def links(mentions: Mentions, text: str) -> list[tuple[str, str]]:
    return [(run.text, run.anchor) for run in mentions.runs(text) if run.mention]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see FIG. 2 now", [("FIG. 2", "fig2")]),
        ("FIGS. 1 and 2", [("FIGS. 1", "fig1"), ("2", "fig2")]),
        ("FIGS. 1, 2 and 3A", [("FIGS. 1", "fig1"), ("2", "fig2"), ("3A", "fig3A")]),
        ("Figure 3a", [("Figure 3a", "fig3A")]),
        ("FIG. 9 is not here", []),
        ("the valve of claim 3", [("claim 3", "c3")]),
        ("any of claims 1 to 3", [("claims 1", "c1"), ("3", "c3")]),
        ("claim 99", []),
        ("claim 1 of US 1,234,567", []),
        ("as in [0002]", [("[0002]", "p0002")]),
        ("the spring 20", [("20", "part20")]),
        ("the spring (20)", [("20", "part20")]),
        ("the springs 20 and 26", [("20", "part20"), ("26", "part26")]),
        ("20 springs", []),
        ("a length of 14 mm", []),
        ("step 20", []),
        ("2.20 bar", []),
        ("a body 1,010", []),
    ],
)
def test_only_what_the_patent_has_is_linked(mentions: Mentions, text: str, expected: list[tuple[str, str]]) -> None:
    assert links(mentions, text) == expected


def test_a_first_embodiment_is_no_claim(mentions: Mentions) -> None:
    assert links(mentions, "제1 실시예와 제2 스프링") == []
    assert links(mentions, "제1항 또는 제2항") == [("제1항", "c1"), ("제2항", "c2")]
    assert links(mentions, "청구항 3에 있어서") == [("청구항 3", "c3")]


def test_korean_mentions_are_linked() -> None:
    reading = dataclasses.replace(
        a_reading(),
        parts=(Part("20", ("스프링",), ()), Part("22", ("밸브체",), ())),
        figures=(Figure("1"), Figure("2", None, Locator.paragraph("0003"))),
    )

    assert links(Mentions(reading), "제1항에 있어서, 도 1 및 도 2의 상기 스프링(20)과 밸브체(22)") == [
        ("제1항", "c1"),
        ("도 1", "fig1"),
        ("도 2", "fig2"),
        ("20", "part20"),
        ("22", "part22"),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "FIGS. 1-3A, the spring 20 of claim 1.", "FIGS. 9 and 2", "claims 99, 1", "도 9 내지 도 2", " a\n b 20 "],
)
def test_the_runs_together_are_the_text(mentions: Mentions, text: str) -> None:
    assert "".join(run.text for run in mentions.runs(text)) == text


def test_a_place_does_not_link_to_itself(mentions: Mentions) -> None:
    assert not [run for run in mentions.runs("claim 1", within="c1") if run.mention]
