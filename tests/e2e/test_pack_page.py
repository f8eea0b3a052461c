"""The pack's page in a real browser: it reads, finds, turns, prints, and never asks the network for anything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from patent2tech.techpack import build_pack, write_pack
from tests.unit.techpack.builders import a_request

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1360, "height": 900}

if not CHROMIUM.exists() and not os.environ.get("CI"):
    pytest.skip(f"{CHROMIUM} is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_pack(build_pack(a_request()), tmp_path_factory.mktemp("packs")).folder.joinpath("index.html").as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


class Visit:
    """One page with everything that it complained about or asked for."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(viewport=DESKTOP)
    visit = Visit(context, address)
    yield visit
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith("data:") and url.split("#")[0] != address] == []
    context.close()


def found(page: Page) -> int:
    return int(page.evaluate("CSS.highlights.get('found')?.size ?? 0"))


def test_search_finds_counts_and_walks(visit: Visit) -> None:
    page = visit.page
    total = page.evaluate(
        "[...document.querySelectorAll('[data-t]')].map(e => e.textContent.match(/check valve/gi)?.length ?? 0)"
        ".reduce((a, b) => a + b)"
    )
    page.keyboard.press("/")
    page.keyboard.type("check valve")
    expect(page.locator("#find-count")).to_have_text(f"1 / {total}")

    assert found(page) == total
    page.keyboard.press("Enter")
    assert page.text_content("#find-count") == f"2 / {total}"
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    assert page.text_content("#find-count") == f"{total} / {total}"
    page.keyboard.press("Escape")
    assert found(page) == 0
    assert page.input_value("#find") == ""


def test_search_reaches_across_inline_links(visit: Visit) -> None:
    visit.page.fill("#find", "spring 20 rests on the seat 16")
    expect(visit.page.locator("#find-count")).to_have_text("1 / 3")

    text = visit.page.evaluate("[...CSS.highlights.get('current')][0].toString()")
    assert text == "spring 20 rests on the seat 16"


def test_a_syllable_being_composed_starts_no_search_and_enter_belongs_to_it(visit: Visit) -> None:
    page = visit.page
    page.evaluate(
        """() => {
          const input = document.querySelector('#find');
          input.value = '밸';
          input.dispatchEvent(new InputEvent('input', { isComposing: true, bubbles: true }));
          const enter = new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, cancelable: true });
          window.swallowed = !input.dispatchEvent(enter);
        }"""
    )
    page.wait_for_timeout(250)
    assert page.evaluate("window.swallowed") is False
    assert page.text_content("#find-count") == ""
    page.evaluate("document.querySelector('#find').dispatchEvent(new CompositionEvent('compositionend'))")
    expect(page.locator("#find-count")).to_have_text("0 / 0")


def test_a_match_in_a_folded_part_is_unfolded(visit: Visit) -> None:
    page = visit.page
    page.click("[data-open='false']")
    assert not page.is_visible("#c5 .claim-body")
    page.fill("#find", "coil of 5 turns")
    expect(page.locator("#find-count")).to_have_text("1 / 1")

    assert page.is_visible("#c5 .claim-body")


def test_language_and_theme_are_switched_and_kept(visit: Visit) -> None:
    page = visit.page
    assert page.is_visible("text=At a glance >> nth=1")
    page.click("#switch-ui")
    assert page.get_attribute("html", "lang") == "ko"
    assert page.is_visible("h2 >> text=청구범위")
    assert not page.is_visible("h2 >> text=Claims")

    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#switch-theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.reload()
    assert page.get_attribute("html", "lang") == "ko"
    assert page.get_attribute("html", "data-theme") == "dark"


@pytest.mark.parametrize("anchor", ["p0010", "c3", "fig3A", "sheet2", "part26"])
def test_a_deep_link_scrolls_to_its_place_and_marks_it(browser: Browser, address: str, anchor: str) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = Visit(context, f"{address}#{anchor}").page

    assert page.evaluate("document.querySelector(':target').id") == anchor
    # Pictures that are decoded later may still move the place.
    page.wait_for_function(
        """() => { const top = document.querySelector(':target').getBoundingClientRect().top;
        return 0 <= top && top < innerHeight; }"""
    )
    context.close()


def test_a_part_shows_all_its_mentions(visit: Visit) -> None:
    page = visit.page
    page.click("#part20 button")

    assert found(page) == page.locator(".num[data-part='part20']").count() > 0
    page.click("#part20 button")
    assert found(page) == 0


def test_a_numeral_tells_the_name_of_its_part_to_mouse_and_keyboard(visit: Visit) -> None:
    mention = visit.page.locator("#p0006 .num").first
    mention.evaluate("(link) => link.focus({ focusVisible: true })")
    assert visit.page.text_content("#tip") == "body, valve body"
    visit.page.keyboard.press("Escape")
    assert not visit.page.is_visible("#tip")
    mention.hover()
    expect(visit.page.locator("#tip")).to_be_visible()


def test_a_mention_of_a_figure_shows_its_sheet_and_the_pointer_may_move_onto_it(visit: Visit) -> None:
    visit.page.goto(visit.page.url + "#p0006")
    visit.page.wait_for_timeout(200)
    visit.page.locator("#p0006 .ref").first.hover()
    drawing = visit.page.locator("#tip.drawing img")
    expect(drawing).to_be_visible()
    drawing.hover()
    visit.page.wait_for_timeout(400)
    assert drawing.is_visible()
    visit.page.locator("#sec-description-title").hover()
    expect(drawing).not_to_be_visible()


def test_parts_are_filtered_and_sorted(visit: Visit) -> None:
    page = visit.page
    page.fill("#filter-parts", "spring")
    assert page.locator(".parts tbody tr:visible").count() == 2
    page.fill("#filter-parts", "")
    page.click("th[data-column='name'] button")
    assert page.get_attribute("th[data-column='name']", "aria-sort") == "ascending"
    assert page.locator(".parts tbody tr").first.get_attribute("id") == "part10"


def test_a_sheet_is_enlarged_and_turned(visit: Visit) -> None:
    page = visit.page
    page.click("#sheet1 [data-zoom]")
    assert page.is_visible("#zoom")
    page.click("#zoom [data-turn]")
    assert page.get_attribute("#sheet1 [data-zoom]", "data-turn") == "90"
    page.keyboard.press("ArrowRight")
    assert "Sheet 2" in page.inner_text("#zoom-title")
    page.keyboard.press("Escape")
    assert not page.is_visible("#zoom")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=DESKTOP, color_scheme="dark" if scheme == "dark" else "light")
    page = Visit(context, address).page
    weakest = page.evaluate(
        """() => {
          const parse = (text) => text.match(/[\\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
            .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = (element) => {
            for (let at = element; at; at = at.parentElement) {
              const colour = parse(getComputedStyle(at).backgroundColor);
              if (colour.length === 3 || colour[3] > 0) return colour;
            }
            return [255, 255, 255];
          };
          let worst = [99, ''];
          for (const element of document.querySelectorAll('body *')) {
            const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
            if (!own || !element.checkVisibility() || element.closest('script, :disabled, .dot')) continue;
            const [one, two] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
            const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
            if (ratio < worst[0]) worst = [ratio, element.outerHTML.slice(0, 80)];
          }
          return worst;
        }"""
    )

    assert weakest[0] >= 4.5, weakest
    context.close()


def test_a_phone_needs_no_sideways_scrolling(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = Visit(context, address).page
    page.fill("#find", "closure")
    expect(page.locator("#find-next")).to_be_enabled()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.keyboard.press("Escape")
    for language in ("en", "ko"):
        assert page.get_attribute("html", "lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        page.click("#switch-ui")
    context.close()


def test_everything_can_be_read_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page = Visit(context, address).page

    for anchor in ("c3", "p0010", "fig2", "sheet1", "part26"):
        assert page.locator(f"#{anchor}").is_visible()
    assert not page.locator("#find").is_visible()
    context.close()


def test_the_page_prints(visit: Visit) -> None:
    pdf = visit.page.pdf(format="A4")

    assert pdf.startswith(b"%PDF")
    visit.page.emulate_media(media="print")
    assert not visit.page.is_visible(".bar")
    assert not visit.page.is_visible(".contents")
    assert visit.page.is_visible("#c3")
