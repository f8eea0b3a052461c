"""The code's section of the page in a real browser: linked with the claims, saved offline, readable when narrow."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from patent2tech.codegen import CodeBuilder, CodeOrder, package, package_name, zip_bytes
from patent2tech.reading import PatentRead
from patent2tech.store.derived import Derived
from patent2tech.techpack import Contribution, PackRequest, PartName, Source, build_pack
from patent2tech.techpack.code_section import code_section
from patent2tech.text.notes import Lang
from tests.scripted_code import CLAIM, a_reading
from tests.unit.techpack.builders import CREATED

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed; `make browser` says how")
HOSTILE = CLAIM.replace("rotating the list", "rotating <img src=x onerror=alert(1)></code></pre> the list")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pack")
    reading = a_reading(claims=(CLAIM, HOSTILE.replace("1. ", "2. ", 1)))
    result = CodeBuilder(lambda: None, None, Derived(made / "kept")).build(reading, CodeOrder())
    files = package(result, Lang.EN)
    name = package_name(result)
    section = code_section(result, files, name, zip_bytes(name, files), Lang.EN)
    request = PackRequest(
        reading=reading,
        reading_json=PatentRead.of(reading, Lang.EN).model_dump_json(),
        source=Source("patent.txt", "0" * 64, "test"),
        created=CREATED,
        program_version="0",
        contributions=(Contribution(PartName.CODE, {}, section=section),),
    )
    (made / "index.html").write_bytes(build_pack(request).page)
    return made


@pytest.fixture
def page(folder: Path) -> Page:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1100, "height": 800})
        said: list[str] = []
        opened.on("console", lambda message: said.append(message.text))
        opened.on("dialog", lambda dialog: said.append(dialog.message))
        opened.goto((folder / "index.html").as_uri())
        yield opened
        assert said == []
        browser.close()


def test_the_zip_is_saved_without_a_network_and_is_whole(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.click(".code-download")
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "US99911111B2-python.zip"
    with zipfile.ZipFile(saved) as archive:
        assert archive.testzip() is None
        assert "US99911111B2-python/trace.json" in archive.namelist()


def test_the_trace_leads_to_the_claim_and_to_the_code(page: Page) -> None:
    rows = page.locator(".code-trace tbody tr")
    assert rows.count() == 6
    rows.nth(0).locator("a.place").click()
    assert page.evaluate("location.hash") == "#c1"
    target = rows.nth(0).locator("td:nth-child(3) a").get_attribute("href")
    assert page.locator(str(target)).count() == 1


def test_hostile_claim_text_is_shown_and_never_run(page: Page) -> None:
    assert page.locator("#sec-code img").count() == 0
    for each in page.locator(".code-file").all():
        each.evaluate("file => { file.open = true }")
    assert "<img src=x onerror=alert(1)></code></pre>" in page.locator("#sec-code .code-trace").inner_text()


def test_the_section_fits_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
