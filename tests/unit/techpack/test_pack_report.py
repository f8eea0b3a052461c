"""The Markdown report: complete, readable, and inert."""

from __future__ import annotations

import dataclasses

import pytest

from patent2tech.patents import Heading, Paragraph
from patent2tech.techpack import build_pack
from patent2tech.techpack.report import escape_markdown
from patent2tech.text.notes import Lang
from tests.unit.techpack.builders import a_patent, a_reading, a_request


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("![x](javascript:alert(1))", r"!\[x\](javascript:alert(1))"),
        ("[go](http://a.b)", r"\[go\](http<!-- -->://a.b)"),
        ("www.example.com", "www<!-- -->.example.com"),
        ("a@b.example", "a<!-- -->@b.example"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("- no list", r"\- no list"),
        ("a | b", r"a \| b"),
        ("*a* _b_ `c` ~d~", r"\*a\* \_b\_ \`c\` \~d\~"),
        ("two\nlines", "two lines"),
        ("FIG. 2 shows 2.5 bar", "FIG. 2 shows 2.5 bar"),
    ],
)
def test_a_text_shows_literally(text: str, expected: str) -> None:
    assert escape_markdown(text) == expected


def test_no_text_of_a_patent_becomes_markup() -> None:
    attack = "<img src=x> ![a](http://evil.example/x.png) [b](http://evil.example)\n# c"
    patent = dataclasses.replace(
        a_patent(title=attack), abstract=attack, description=(Heading(attack), Paragraph("0001", attack))
    )
    report = build_pack(a_request(a_reading(patent))).report.decode()

    assert "<img" not in report
    assert "](http" not in report.replace("\\](http", "")
    assert "\n# c" not in report


def test_figures_are_relative_links() -> None:
    report = build_pack(a_request()).report.decode()

    assert "](figures/sheet-01.png)" in report


def test_the_report_speaks_the_asked_language() -> None:
    report = build_pack(a_request(lang=Lang.KO)).report.decode()

    assert "## 청구범위" in report
    assert "법률 자문이 아닙니다" in report


def test_every_claim_and_paragraph_is_in_the_report() -> None:
    report = build_pack(a_request()).report.decode()

    assert all(f"**{number}.**" in report for number in range(1, 7))
    assert all(f"\\[{number:04}\\]" in report for number in range(1, 13))
