"""The model on the pack's page, in a real browser with and without WebGL."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from patent2tech.figures.model import Numeral
from patent2tech.shape.files import files_of
from patent2tech.shape.model import ShapeOptions
from patent2tech.shape.modelling import models_from
from patent2tech.techpack import build_pack, write_pack
from patent2tech.techpack.contributions import Contribution, PartName
from patent2tech.techpack.solid.section import section_of
from tests.unit.shape.drawing import MARGIN, SCALE, a_block_on_a_table, a_tray, with_figure
from tests.unit.techpack.builders import a_request

CHROMIUM = Path("/usr/bin/chromium")
WITH_WEBGL = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WITHOUT_WEBGL = ["--no-sandbox", "--disable-3d-apis"]

if not CHROMIUM.exists() and not os.environ.get("CI"):
    pytest.skip(f"{CHROMIUM} is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    files = files_of(models_from(a_tray(), "Tray", ShapeOptions()))
    section = section_of(json.loads(files["report.json"]), files, "model")
    part = Contribution(PartName.MODEL, {f"model/{path}": one for path, one in files.items()}, "shape", {}, section)
    pack = build_pack(replace(a_request(), contributions=(part,)))
    return write_pack(pack, tmp_path_factory.mktemp("packs")).folder.joinpath("index.html").as_uri()


@pytest.fixture(params=[WITH_WEBGL])
def page(address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=request.param)
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        page.goto(address)
        yield page
        browser.close()


def dark(page: Page) -> int:
    """How many pixels of the model's canvas are not background."""
    return page.evaluate(
        """() => { const c = document.querySelector('.solid canvas'), d = document.createElement('canvas');
        d.width = c.width; d.height = c.height; const x = d.getContext('2d'); x.drawImage(c, 0, 0);
        const p = x.getImageData(0, 0, d.width, d.height).data; let n = 0;
        for (let i = 0; i < p.length; i += 4) if (p[i] + p[i + 1] + p[i + 2] < 690) n++; return n; }"""
    )


def drawn(page: Page, last: Callable[[int], bool]) -> int:
    """The dark pixels of a model that stands still, once they are as `last` wants them."""
    count = -1
    for _ in range(300):
        page.wait_for_timeout(200)
        count, before = dark(page), count
        if count == before and last(count):
            break
    return count


def test_the_model_is_drawn_turned_and_cut_without_asking_the_network(page: Page) -> None:
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator(".solid")).to_have_attribute("data-ready", "yes")
    page.locator(".solid canvas").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.solid canvas').width > 100")
    oblique = drawn(page, lambda count: count > 5000)
    assert oblique > 5000
    page.locator(".solid [data-view=front]").click()
    front = drawn(page, lambda count: count != oblique)
    assert front != oblique
    page.locator(".solid [data-do=axis]").select_option("0")
    page.locator(".solid [data-do=cut]").evaluate("e => { e.value = -60; e.dispatchEvent(new Event('input')); }")
    assert drawn(page, lambda count: count < front) < front
    assert asked == []


@pytest.fixture(params=[WITH_WEBGL, WITHOUT_WEBGL])
def pointed_at(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on whose model the lead of numeral 10, the body, ends in the middle of the front."""
    middle = (0.6 * SCALE + MARGIN, 0.25 * SCALE + MARGIN)
    numeral = Numeral("10", (2, 2, 20, 16), middle, "body")
    seen = with_figure(
        a_block_on_a_table(), "1", numerals=(numeral, Numeral("22", (2, 40, 20, 56), (3.0, 3.0), "closure"))
    )
    files = files_of(models_from(seen, "Block", ShapeOptions()))
    section = section_of(json.loads(files["report.json"]), files, "model")
    part = Contribution(PartName.MODEL, {f"model/{path}": one for path, one in files.items()}, "shape", {}, section)
    pack = build_pack(replace(a_request(), contributions=(part,)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=request.param)
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        page.goto(write_pack(pack, tmp_path).folder.joinpath("index.html").as_uri())
        yield page
        browser.close()


@pytest.mark.parametrize("pointed_at", [WITH_WEBGL], indirect=True)
def test_a_part_lights_up_on_the_model_where_its_lead_line_ends_and_nowhere_else(pointed_at: Page) -> None:
    pins = pointed_at.locator(".solid .pin")
    expect(pins).to_have_count(1)
    expect(pins).to_have_text("10")
    expect(pins).to_have_attribute("title", "10 body")
    pointed_at.locator(".parts tbody tr#part10 .names").hover()
    expect(pins).to_have_class("pin lit")
    pointed_at.locator(".parts tbody tr#part12 .names").hover()
    expect(pins).to_have_class("pin")
    pointed_at.locator(".placed .on-model").focus()
    expect(pins).to_have_class("pin lit")
    pointed_at.locator(".solid [data-view=rear]").click()
    expect(pins).to_have_class("pin behind")
    pointed_at.locator(".placed .on-model").click()
    expect(pins).not_to_have_class("behind")
    pointed_at.wait_for_function("Math.abs(parseFloat(document.querySelector('.solid .pin').style.left) - 50) < 1")


@pytest.mark.parametrize("pointed_at", [WITH_WEBGL], indirect=True)
def test_what_broken_lines_show_can_be_hidden_and_is_named_in_both_languages(pointed_at: Page) -> None:
    around = pointed_at.locator(".solid [data-do=around]")
    pointed_at.locator(".solid canvas").scroll_into_view_if_needed()
    pointed_at.wait_for_function("document.querySelector('.solid canvas').width > 100")
    shown = drawn(pointed_at, lambda count: count > 2000)
    around.uncheck()
    assert drawn(pointed_at, lambda count: count < shown - 2000) < shown - 2000
    section = pointed_at.locator("#sec-model")
    assert "not claimed" in section.inner_html()
    assert "청구되지 않음" in section.inner_html()


@pytest.mark.parametrize("pointed_at", [WITHOUT_WEBGL], indirect=True)
def test_without_webgl_no_part_is_pointed_at(pointed_at: Page) -> None:
    expect(pointed_at.locator(".solid img.still")).to_be_visible()
    assert pointed_at.locator(".solid .pin").count() == 0


def test_each_figure_stands_beside_the_model_and_the_assumption_is_named(page: Page) -> None:
    section = page.locator("#sec-model")
    assert section.locator(".pairs img.drawn").count() == 4
    assert section.locator(".pairs img.redrawn").count() == 4
    expect(section).to_contain_text("no figure shows its depth")


@pytest.mark.parametrize("page", [WITHOUT_WEBGL], indirect=True)
def test_without_webgl_a_still_picture_stays(page: Page) -> None:
    expect(page.locator(".solid img.still")).to_be_visible()
    assert page.locator(".solid canvas").count() == 0
    expect(page.locator(".solid .tools")).to_be_hidden()
