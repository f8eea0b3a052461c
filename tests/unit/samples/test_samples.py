"""The shipped sample patents are what their source makes, and are consistent in themselves."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from PIL import Image, ImageChops

from samples.catalogue import archives, contents
from samples.korean import korean_figures
from samples.korean_text import CLAIMS, NUMERALS
from samples.mechanical import mechanical_figures
from samples.software import software_charts

DATA = Path(__file__).parents[3] / "src" / "patent2tech" / "samples" / "data"
NAMES = ("mechanical", "design", "software", "korean")
AMERICAN = NAMES[:3]
MOST_BYTES = 400_000
# Another processor may round the end of a line to the neighbouring pixel.
SHARE_OF_PIXELS = 2e-4


def shipped(name: str) -> dict[str, bytes]:
    with ZipFile(DATA / f"{name}.zip") as packed:
        return {path: packed.read(path) for path in packed.namelist()}


def document(name: str) -> bytes:
    return next(data for path, data in shipped(name).items() if path.endswith((".XML", ".txt")))


def root_of(name: str) -> etree._Element:
    return etree.fromstring(document(name), etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))


def child(root: etree._Element, path: str) -> etree._Element:
    found = root.find(path)
    assert found is not None, path
    return found


def number(root: etree._Element, path: str) -> int:
    return int(root.findtext(path, "0"))


def attribute(element: etree._Element, name: str) -> str:
    return str(element.get(name))


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, bytes]]:
    return contents()


@pytest.mark.parametrize("name", NAMES)
def test_shipped_sample_is_what_its_source_makes(name: str, made: dict[str, dict[str, bytes]]) -> None:
    kept = shipped(name)
    assert list(kept) == list(made[name])
    for path, data in made[name].items():
        if not path.endswith(".TIF"):
            assert kept[path] == data, path
            continue
        old, new = Image.open(BytesIO(kept[path])), Image.open(BytesIO(data))
        assert old.size == new.size, path
        changed = ImageChops.difference(old.convert("L"), new.convert("L")).histogram()[255]
        assert changed <= SHARE_OF_PIXELS * old.width * old.height, path


def test_samples_stay_small() -> None:
    assert sum((DATA / f"{name}.zip").stat().st_size for name in NAMES) < MOST_BYTES


def test_archive_depends_on_content_only(made: dict[str, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samples.catalogue.contents", lambda: made)
    assert archives() == archives()


@pytest.mark.parametrize("name", NAMES)
def test_sheets_are_one_bit_group_4_at_300_dpi(name: str) -> None:
    for path, data in shipped(name).items():
        if path.endswith(".TIF"):
            sheet = Image.open(BytesIO(data))
            assert (sheet.mode, sheet.info["compression"], sheet.info["dpi"]) == ("1", "group4", (300, 300)), path


@pytest.mark.parametrize("name", AMERICAN)
def test_stated_counts_are_true(name: str) -> None:
    root = root_of(name)
    sheets = root.findall("drawings/figure")
    captions = "".join(map(str, child(root, ".//description-of-drawings").itertext()))
    biblio = child(root, "us-bibliographic-data-grant")
    assert number(biblio, "number-of-claims") == len(root.findall("claims/claim"))
    assert number(biblio, "figures/number-of-drawing-sheets") == len(sheets) - 1
    assert number(biblio, "figures/number-of-figures") == len(set(re.findall(r"FIG\. (\d+) is", captions)))


@pytest.mark.parametrize("name", AMERICAN)
def test_references_lead_somewhere(name: str) -> None:
    root = root_of(name)
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert {element.get("idref") for element in root.iter("claim-ref", "figref")} <= ids
    names = {path.split("/")[1] for path in shipped(name)}
    assert {element.get("file") for element in root.iter("img")} == {one for one in names if one.endswith(".TIF")}
    numbers = [int(attribute(element, "num")) for element in child(root, "description").iter("p")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_claims_refer_back_only() -> None:
    for name in ("mechanical", "software"):
        for claim in root_of(name).iter("claim"):
            assert all(attribute(element, "idref") < attribute(claim, "id") for element in claim.iter("claim-ref"))


def test_drawn_numerals_are_in_the_text() -> None:
    mechanical = {numeral for drawn in mechanical_figures() for numeral, _, _ in drawn.numerals}
    software = {numeral for chart in software_charts() for numeral in chart.numerals}
    for name, drawn in (("mechanical", mechanical), ("software", software)):
        said = {element.text for element in child(root_of(name), "description").iter("b")}
        assert drawn <= said


def test_korean_numerals_are_drawn_listed_and_in_the_text() -> None:
    drawn = {numeral for one in korean_figures() for numeral, _, _ in one.numerals}
    text = document("korean").decode()
    assert drawn == set(NUMERALS)
    for numeral, part in NUMERALS.items():
        assert f"{part}({numeral})" in text
        assert f"{numeral}: {part}\n" in text


def test_korean_counts_are_true() -> None:
    text = document("korean").decode()
    live = sum(claim is not None for claim in CLAIMS)
    assert f"전체 청구항 수 : 총 {live} 항" in text
    assert len(re.findall(r"^청구항 \d+$", text, re.MULTILINE)) == len(CLAIMS)
    numbers = [int(number) for number in re.findall(r"^\[(\d{4})\]", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    sheets = [path for path in shipped("korean") if path.endswith(".TIF")]
    assert len(re.findall(r"^도면\d+$", text, re.MULTILINE)) == len(sheets)
