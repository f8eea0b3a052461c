"""What the page says and that nothing of a patent can act on it."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re

import pytest

from patent2tech.patents import Figure, Heading, Locator, Paragraph, Part, Party
from patent2tech.reading.model import KeyTerm, Statement, StatementKind
from patent2tech.techpack import build_pack
from patent2tech.text.notes import Lang
from tests.unit.techpack.builders import a_claim, a_patent, a_reading, a_request

ATTACK = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>"


def page_of(request: object = None) -> str:
    return build_pack(a_request() if request is None else request).page.decode()  # type: ignore[arg-type] # a request


def test_every_text_of_a_patent_is_escaped_wherever_it_stands() -> None:
    patent = dataclasses.replace(
        a_patent(title=ATTACK),
        abstract=ATTACK,
        application_number=ATTACK,
        applicants=(Party(ATTACK, ATTACK, ATTACK),),
        cpc=(ATTACK,),
        us_class=ATTACK,
        description=(Heading(ATTACK), Paragraph("0001", ATTACK), Paragraph(ATTACK, ATTACK)),
    )
    reading = dataclasses.replace(
        a_reading(patent),
        claims=(a_claim(1, f"1. {ATTACK}, comprising: {ATTACK}", preamble=ATTACK, elements=(ATTACK,)),),
        parts=(Part(ATTACK, (ATTACK,), (Locator.paragraph(ATTACK),), (ATTACK,)),),
        figures=(Figure(ATTACK, ATTACK, Locator.paragraph(ATTACK), (ATTACK,), 1),),
        terms=(KeyTerm(ATTACK, 1.0, 1),),
        statements=(Statement(StatementKind.PROBLEM, ATTACK, Locator.paragraph(ATTACK)),),
    )
    request = dataclasses.replace(a_request(reading), source=dataclasses.replace(a_request().source, name=ATTACK))
    page = page_of(request)

    assert len(re.findall(r"<script", page)) == 2
    assert "onerror=alert(2)>" not in page
    assert "<b>" not in page


def test_control_characters_and_marks_that_turn_the_line_are_dropped() -> None:
    reading = a_reading(a_patent(title="A\x00 val\x1bve \u202etrick"))

    assert "<title>US11999999B2 – A valve trick</title>" in page_of(a_request(reading))


def test_the_policy_allows_exactly_the_scripts_of_the_page() -> None:
    page = page_of()
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}

    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    said = policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in said
    assert set(re.findall(r"'sha256-([^']*)'", said)) == hashes


def test_the_page_refers_to_nothing_outside_itself() -> None:
    addresses = re.findall(r'(?:href|src)="([^"]*)"', page_of())

    assert addresses
    assert all(address.startswith(("#", "data:", "figures/")) for address in addresses)
    assert "url(" not in page_of()
    assert "@import" not in page_of()


def test_every_link_inside_the_page_leads_somewhere() -> None:
    page = page_of()
    anchors = set(re.findall(r' id="([^"]*)"', page))

    assert set(re.findall(r'href="#([^"]*)"', page)) <= anchors


def test_no_anchor_is_given_twice() -> None:
    patent = a_patent()
    twice = dataclasses.replace(patent, description=(*patent.description, Paragraph("0001", "Again.")))
    anchors = re.findall(r' id="([^"]*)"', page_of(a_request(a_reading(twice))))

    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("lang", list(Lang))
def test_both_languages_are_in_the_page_and_the_asked_one_is_shown(lang: Lang) -> None:
    page = page_of(a_request(lang=lang))

    assert f'<html lang="{lang}" data-ui="{lang}">' in page
    assert "Claims" in page
    assert "청구범위" in page


def test_dependent_claims_stand_inside_the_claim_that_they_build_on() -> None:
    page = page_of()
    first = page.index('id="c1"')

    assert first < page.index("<details", first) < page.index('id="c2"') < page.index('id="c6"')


def test_a_cancelled_range_is_marked() -> None:
    cancelled = a_claim(1, "1-20. (canceled)")
    cancelled = dataclasses.replace(cancelled, cancelled=True, claim=dataclasses.replace(cancelled.claim, through=20))
    claims = (cancelled, a_claim(21, "21. A valve."))
    page = page_of(a_request(a_reading(a_patent(claims=claims), claims)))

    assert "1–20</a>" in page
    assert "Cancelled" in page


def test_parts_not_made_yet_are_one_quiet_line() -> None:
    page = page_of()

    assert page.count("not part of this pack yet") == 1
    assert "sec-analysis" not in page
