"""The library page in a real browser, served as `patent2tech serve` does, on the real database."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

from patent2tech.api import create_api
from patent2tech.samples import sample_path
from tests.unit.api.serving import an_app, document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page

    from patent2tech.library import Library

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
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
WEAKEST_CONTRAST = """() => {
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
    if (!own || !element.checkVisibility() || element.closest('script, .dot')) continue;
    const [one, two] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < worst[0]) worst = [ratio, element.outerHTML.slice(0, 80)];
  }
  return worst;
}"""

if not CHROMIUM.exists() and not os.environ.get("CI"):
    pytest.skip(f"{CHROMIUM} is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def address(library: Library, tmp_path: Path) -> Iterator[str]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    api = create_api(an_app(library, tmp_path, MAX_CONTENT_LENGTH=5_000_000))
    server = uvicorn.Server(uvicorn.Config(api, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


class Visit:
    """One page with everything that it complained about or asked for."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.places: set[str] = set()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.places.add(urlsplit(request.url).netloc))
        self.page.goto(f"{address}/")

    def upload(self, *names: str) -> None:
        self.page.set_input_files("#file", [sample_path(name) for name in names])
        for index in range(len(names)):
            expect(self.page.locator(".outcome").nth(index)).to_have_class("outcome good")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(viewport=DESKTOP, locale="en-US")
    visit = Visit(context, address)
    yield visit
    assert visit.complaints == []
    assert visit.places - {"", urlsplit(address).netloc} == set()
    context.close()


def test_a_sample_is_uploaded_listed_opened_and_downloaded(visit: Visit) -> None:
    page = visit.page
    visit.upload("mechanical")
    expect(page.locator(".patent")).to_have_count(1)
    expect(page.locator(".outcome")).to_contain_text("1 patent added")
    expect(page.locator(".patent h3")).to_have_text("Quick-release tube clamp with over-center cam lever")
    assert page.evaluate("document.querySelector('.patent img').decode().then(() => true)")

    # The pack is made now: reading its drawings takes most of the time.
    with page.expect_download(timeout=300_000) as download:
        page.click("text=Download ZIP")
    assert download.value.suggested_filename == "US99900001B2.zip"
    page.click("text=Open pack")
    expect(page.locator("h1")).to_contain_text("Quick-release tube clamp")
    assert page.url.endswith("/packs/US99900001B2/")


def test_the_pack_works_under_its_policy_and_shares_the_choices_of_the_library(visit: Visit) -> None:
    page = visit.page
    visit.upload("mechanical")
    page.click("#switch-ui")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    page.click("#switch-theme")
    page.click(".patent h3 a")
    assert page.get_attribute("html", "data-ui") == "ko"
    assert page.get_attribute("html", "data-theme") == "dark"

    page.keyboard.press("/")
    page.keyboard.type("lever")
    expect(page.locator("#find-count")).not_to_be_empty()
    page.keyboard.press("Enter")
    expect(page.locator("#find-count")).to_contain_text("2 /")
    page.click("#switch-ui")
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_language_is_switched_and_kept(visit: Visit) -> None:
    page = visit.page
    expect(page.locator("h1")).to_have_text("Library")
    page.click("#switch-ui")
    expect(page.locator("h1")).to_have_text("특허 목록")
    page.goto(page.url.partition("?")[0])
    expect(page.locator("h1")).to_have_text("특허 목록")


def test_the_samples_are_one_press_away_and_the_list_is_filtered_by_keyboard(visit: Visit) -> None:
    page = visit.page
    page.click("text=Add the samples")
    expect(page.locator(".patent")).to_have_count(4)
    page.keyboard.press("/")
    page.keyboard.type("F16B CLAMP")
    expect(page.locator("#find-count")).to_have_text("1 / 4")
    assert page.locator(".patent:visible").count() == 1
    page.fill("#find", "nothing like it")
    assert page.is_visible("#no-match")
    page.keyboard.press("Escape")
    assert page.locator(".patent:visible").count() == 4


def test_a_dropped_file_is_imported(visit: Visit) -> None:
    page = visit.page
    transfer = page.evaluate_handle(
        """(text) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], 'latch.xml', { type: 'text/xml' }));
          return transfer;
        }""",
        document("9000001", "Latch").decode(),
    )
    page.dispatch_event("body", "dragenter", {"dataTransfer": transfer})
    assert "dropping" in (page.get_attribute("#import", "class") or "")
    page.dispatch_event("body", "drop", {"dataTransfer": transfer})
    expect(page.locator(".patent h3")).to_have_text("Latch")
    assert "dropping" not in (page.get_attribute("#import", "class") or "")


def test_a_file_that_cannot_be_imported_says_why(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="en-US")
    page = Visit(context, address).page
    page.set_input_files("#file", {"name": "<b>a.xml", "mimeType": "text/xml", "buffer": b"<us-patent-grant><a"})
    expect(page.locator(".outcome.bad")).to_contain_text("The document is broken")
    expect(page.locator(".outcome.bad strong")).to_have_text("<b>a.xml")
    page.set_input_files("#file", {"name": "large.zip", "mimeType": "x", "buffer": b"x" * 5_000_001})
    expect(page.locator(".outcome.bad").nth(1)).to_contain_text("MAX_CONTENT_LENGTH")
    context.close()


def test_a_long_list_goes_on_at_a_press(visit: Visit, address: str) -> None:
    week = b"".join(document(str(9_000_000 + each), f"Latch {each}") for each in range(60))
    visit.page.set_input_files("#file", {"name": "week.xml", "mimeType": "text/xml", "buffer": week})
    expect(visit.page.locator(".patent")).to_have_count(50)
    visit.page.click("text=Show more")
    expect(visit.page.locator(".patent")).to_have_count(60)
    assert visit.page.locator("[data-more]").count() == 0
    assert visit.page.evaluate("document.activeElement.closest('.patent').dataset.number") == "US9000009B2"


def test_everything_works_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    page = Visit(context, address).page
    page.set_input_files("#file", sample_path("design"))
    page.click("form.drop button")
    expect(page.locator(".outcome.good")).to_contain_text("특허 1건 추가됨")
    page.click("#switch-ui")
    expect(page.locator("h1")).to_have_text("Library")
    page.click(".patent h3 a")
    expect(page.locator("h1")).to_have_text("Desk stand")
    context.close()


@pytest.mark.parametrize("samples", [(), ("mechanical", "korean")])
def test_a_phone_needs_no_sideways_scrolling_and_targets_are_large(
    browser: Browser, address: str, samples: tuple[str, ...]
) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="en-US")
    visit = Visit(context, address)
    visit.upload(*samples)
    expect(visit.page.locator(".patent")).to_have_count(len(samples))
    for language in ("en", "ko"):
        expect(visit.page.locator("html")).to_have_attribute("lang", language)
        assert visit.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        small = visit.page.evaluate(
            """() => [...document.querySelectorAll('.button, .tool, .brand, #find')].filter((each) => {
              const box = each.getBoundingClientRect();
              return box.width && (box.width < 24 || box.height < 24);
            }).length"""
        )
        assert small == 0
        visit.page.goto(f"{address}/?lang=ko")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=DESKTOP, color_scheme="dark" if scheme == "dark" else "light")
    visit = Visit(context, address)
    empty = visit.page.evaluate(WEAKEST_CONTRAST)
    visit.upload("mechanical", "korean")
    expect(visit.page.locator(".patent")).to_have_count(2)
    filled = visit.page.evaluate(WEAKEST_CONTRAST)

    assert min(empty[0], filled[0]) >= 4.5, (empty, filled)
    context.close()


def test_the_documentation_works_without_a_network(visit: Visit, address: str) -> None:
    visit.page.goto(f"{address}/docs")
    paths = visit.page.request.get(f"{address}/openapi.json").json()["paths"]
    operations = sum(len(methods) for methods in paths.values())
    assert operations > 8
    expect(visit.page.locator(".opblock")).to_have_count(operations)
    visit.page.locator(".opblock-summary", has_text="/healthz").click()
    visit.page.click("button.execute")
    expect(visit.page.locator(".live-responses-table .response-col_status").last).to_have_text("200")
