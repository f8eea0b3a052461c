"""The model on the pack's page, in a real browser with and without WebGL."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from patent2tech.shape.files import files_of
from patent2tech.shape.model import ShapeOptions
from patent2tech.shape.modelling import models_from
from patent2tech.techpack import build_pack, write_pack
from patent2tech.techpack.contributions import Contribution, PartName
from patent2tech.techpack.solid.section import section_of
from tests.unit.shape.drawing import a_tray
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


def test_the_model_is_drawn_turned_and_cut_without_asking_the_network(page: Page) -> None:
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator(".solid")).to_have_attribute("data-ready", "yes")
    page.locator(".solid canvas").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.solid canvas').width > 100")
    page.wait_for_timeout(300)
    oblique = dark(page)
    assert oblique > 5000
    page.locator(".solid [data-view=front]").click()
    page.wait_for_timeout(300)
    front = dark(page)
    assert front != oblique
    page.locator(".solid [data-do=axis]").select_option("0")
    page.locator(".solid [data-do=cut]").evaluate("e => { e.value = -60; e.dispatchEvent(new Event('input')); }")
    page.wait_for_timeout(300)
    assert dark(page) < front
    assert asked == []


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
