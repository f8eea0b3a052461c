"""The analysis on the pack's page in a real browser: chips lead to their quotation, and nothing asks the network."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from patent2tech.analysis import Analyst
from patent2tech.app import one_patent
from patent2tech.reading import read
from patent2tech.samples import sample_path
from patent2tech.techpack import Wishes, build_pack, write_pack
from patent2tech.techpack.analysing import AnalysisMaker
from patent2tech.techpack.makers import Order
from patent2tech.text.notes import Lang
from tests.unit.techpack.builders import a_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

if not CHROMIUM.exists() and not os.environ.get("CI"):
    pytest.skip(f"{CHROMIUM} is not installed", allow_module_level=True)


@pytest.fixture(scope="module", params=["mechanical", "korean"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    reading = read(one_patent(sample_path(request.param)).patent, dt.date(2026, 11, 26))
    question = "How wide is the open slot?" if request.param == "mechanical" else "복귀스프링은 어디에 있는가?"
    made = AnalysisMaker(Analyst).contribute(Order(reading, {}, Wishes(Lang.EN, question)))
    asked = replace(a_request(reading), contributions=(made,))
    folder = write_pack(build_pack(asked), tmp_path_factory.mktemp("packs")).folder
    address = folder.joinpath("index.html").as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1360, "height": 900})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: complaints.append(asked.url) if asked.url.split("#")[0] != address else None)
        page.goto(address)
        yield page
        assert [each for each in complaints if not each.startswith("data:")] == []
        browser.close()


def test_every_chip_leads_to_its_quotation_and_marks_it(page: Page) -> None:
    results = page.evaluate(
        """() => [...document.querySelectorAll('.analysis a.cite[data-quote]')].map((chip) => {
          chip.click();
          const marked = [...CSS.highlights.get('current')].map(String).join('').replace(/\\s+/g, '');
          const box = [...CSS.highlights.get('current')][0]?.getBoundingClientRect();
          return { wanted: chip.dataset.quote.replace(/\\s+/g, ''), marked, hash: location.hash,
                   visible: !!box && box.bottom > 0 && box.top < innerHeight,
                   count: document.querySelector('#find-count').textContent };
        })"""
    )
    assert len(results) > 15
    for result in results:
        assert result["marked"] == result["wanted"], result
        assert result["visible"], result
        assert len(result["hash"]) > 1
        assert result["count"] == "1 / 1"


def test_a_quotation_that_begins_with_the_printed_number_of_its_claim_is_marked_without_it(page: Page) -> None:
    words, marked = page.evaluate(
        """() => {
          const claim = document.querySelector('.claim');
          const words = claim.querySelector('.claim-body [data-t]').textContent.trim().slice(0, 12);
          const chip = document.querySelector('.analysis a.cite[data-quote]').cloneNode(true);
          chip.href = `#${claim.id}`;
          chip.dataset.quote = `1. ${words}`;
          document.querySelector('.analysis').append(chip);
          chip.click();
          chip.remove();
          return [words, [...CSS.highlights.get('current')].map(String).join('')];
        }"""
    )
    assert marked == words


def test_the_sections_the_question_and_what_is_missing_are_shown_in_both_languages(page: Page) -> None:
    section = page.locator("#sec-analysis")
    text = section.text_content() or ""
    for words in ("Core technical concepts", "핵심 기술 개념", "Feasibility", "사업적 활용", "Not available without"):
        assert words in text
    assert section.locator(".question").count() == 1
    assert section.locator("li.verified").count() > 10
    assert page.locator('nav.contents a[href="#sec-analysis"]').count() == 1


def test_on_a_phone_the_count_of_a_citation_does_not_cover_the_words_in_the_empty_field(page: Page) -> None:
    chip = page.locator(".analysis a.cite[data-quote]").first
    chip.click()
    expect(page.locator("#find-count")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator("#find-count")).to_be_hidden()
    page.set_viewport_size({"width": 1360, "height": 900})
