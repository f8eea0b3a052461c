"""Figures in a real browser: pointing or tabbing to a numeral lights its part up everywhere; print has legends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from patent2tech.techpack import build_pack, write_pack
from tests.e2e.test_pack_page import DESKTOP, PHONE, Visit, browser
from tests.unit.techpack.builders import a_reading, a_request
from tests.unit.techpack.drawn_figures import figures_contribution

__all__ = ["browser"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    reading = a_reading()
    pack = build_pack(a_request(reading, contributions=(figures_contribution(reading),)))
    return write_pack(pack, tmp_path_factory.mktemp("packs")).folder.joinpath("index.html").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP)
    visit = Visit(context, address)
    yield visit.page
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith(("file:", "data:"))] == []
    context.close()


def spots(page: Page, part: str) -> list[bool]:
    return [
        "lit" in (spot.get_attribute("class") or "") for spot in page.locator(f'a.fig-spot[data-part="{part}"]').all()
    ]


def test_pointing_at_a_numeral_lights_its_part_up_in_every_figure(page: Page) -> None:
    page.locator('#seen1 a.fig-spot[data-part="part20"] rect').hover()
    panel = page.locator(".fig-panel")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("20 spring")
    expect(panel.locator(".fig-part:visible a[href='#c1']")).to_have_count(1)
    assert spots(page, "part20") == [True, True, True]
    assert spots(page, "part10") == [False]
    page.locator("h1").hover()
    expect(panel).to_be_hidden()


def test_the_keyboard_alone_reaches_numerals_and_what_is_told_of_them(page: Page) -> None:
    page.locator("#seen1 figcaption a").focus()
    page.keyboard.press("Tab")
    expect(page.locator('#seen1 a.fig-spot[data-part="part10"]')).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator('#seen1 a.fig-spot[data-part="part20"]')).to_be_focused()
    assert spots(page, "part20") == [True, True, True]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#seen2 figcaption a")).to_be_focused()
    expect(page.locator(".fig-panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".fig-panel")).to_be_hidden()


def test_the_panel_leads_to_the_claim(page: Page) -> None:
    page.locator('#seen2 a.fig-spot[data-part="part22"] rect').click()
    page.locator(".fig-part:visible a[href='#c1']").click()
    expect(page.locator("#c1")).to_be_in_viewport()


def test_a_figure_fits_its_frame_and_grows_on_wish(page: Page) -> None:
    before = page.locator("#seen1 .fig-fit").bounding_box()
    page.locator("[data-fig-large]").click()
    after = page.locator("#seen1 .fig-fit").bounding_box()
    assert before
    assert after
    assert after["width"] > 1.5 * before["width"]
    assert after["width"] / after["height"] == pytest.approx(900 / 700, rel=0.02)


def test_numerals_lie_on_the_picture(page: Page) -> None:
    picture = page.locator("#seen1 .fig-fit img").bounding_box()
    spot = page.locator('#seen1 a.fig-spot[data-part="part20"] rect').bounding_box()
    assert picture
    assert spot
    scale = picture["width"] / 900
    assert (spot["x"] + spot["width"] / 2 - picture["x"]) / scale == pytest.approx(285, abs=8)
    assert (spot["y"] + spot["height"] / 2 - picture["y"]) / scale == pytest.approx(60, abs=8)


def test_print_shows_legends_instead_of_marks(page: Page) -> None:
    expect(page.locator("#seen1 .fig-legend")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("#seen1 .fig-legend")).to_be_visible()
    expect(page.locator("#seen1 .fig-legend")).to_contain_text("spring")


def test_the_chart_unfolds_into_steps_beside_the_claim(page: Page) -> None:
    page.locator("#seen3 .fig-chart summary").click()
    expect(page.locator("#seen3 .fig-beside")).to_contain_text("Press the closure shut")
    expect(page.locator("#seen3 .fig-beside h4 a")).to_have_attribute("href", "#c1")


def test_both_languages_name_the_kind(page: Page) -> None:
    expect(page.locator("#seen3 .badge")).to_have_text("Flow chart", use_inner_text=True)
    page.locator("#switch-ui").click()
    expect(page.locator("#seen3 .badge")).to_have_text("흐름도", use_inner_text=True)


def test_a_phone_needs_no_sideways_scrolling(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    visit = Visit(context, address)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


def test_without_script_a_numeral_is_a_link_to_its_part(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    visit = Visit(context, address)
    visit.page.locator('#seen1 a.fig-spot[data-part="part20"] rect').click()
    assert visit.page.url.endswith("#part20")
    context.close()
