"""The single figures join the sheets in one part, with a section whose numerals lead to the parts."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from patent2tech.figures.files import figure_names, figure_png, figure_svg
from patent2tech.figures.model import SeenFigures
from patent2tech.store.derived import Derived
from patent2tech.techpack import Contribution, build_pack
from patent2tech.techpack.contributions import PartName
from patent2tech.techpack.figures import FiguresMaker
from patent2tech.techpack.makers import Order
from patent2tech.text.notes import Lang
from tests.unit.figures.drawn import Paper
from tests.unit.techpack.builders import a_reading, a_request
from tests.unit.techpack.drawn_figures import figures_contribution, some_figures


def page_of(seen: SeenFigures | None = None) -> str:
    reading = a_reading()
    return build_pack(a_request(reading, contributions=(figures_contribution(reading, seen),))).page.decode()


def test_the_figures_join_the_sheets_in_one_part() -> None:
    reading = a_reading()
    pack = build_pack(a_request(reading, contributions=(figures_contribution(reading),)))
    paths = {entry.path for entry in pack.manifest.parts[PartName.FIGURES].files}
    assert paths == {"figures/figures.json", "figures/sheet-00.png", "figures/sheet-01.png", "figures/sheet-02.png"}
    assert len([one for one in json.loads(pack.files["provenance.json"])["produced"] if one["part"] == "figures"]) == 1


def test_a_maker_that_takes_the_path_of_a_sheet_is_a_defect() -> None:
    taken = Contribution(PartName.FIGURES, {"figures/sheet-01.png": b""})
    with pytest.raises(ValueError, match=r"figures/sheet-01\.png.*twice"):
        build_pack(a_request(contributions=(taken,)))


def test_without_the_maker_the_pack_still_has_its_sheets() -> None:
    assert build_pack(a_request()).manifest.parts[PartName.FIGURES].present


def test_a_known_numeral_is_a_link_to_its_part_and_an_unknown_one_is_not() -> None:
    page = page_of()
    assert page.count('class="fig-spot" href="#part20" data-part="part20" aria-label="20 spring"') == 3
    assert 'data-numeral="99"' in page
    assert 'href="#part99"' not in page


def test_the_panel_names_the_claims_and_the_figures_of_a_part() -> None:
    row = re.search(r'<div class="fig-part" data-part="part22".*?</div>', page_of(), re.DOTALL)
    assert row
    assert 'href="#seen2"' in row[0]
    assert 'href="#seen1"' not in row[0]
    assert 'href="#c1"' in row[0]
    assert 'href="#c2"' not in row[0]


def test_print_has_a_legend_with_every_numeral_once() -> None:
    legends = re.findall(r'<dl class="fig-legend">(.*?)</dl>', page_of())
    assert [re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", one) for one in legends] == [
        [("10", "body"), ("20", "spring"), ("99", "–")],
        [("20", "spring"), ("22", "closure")],
        [("20", "spring")],
    ]


def test_a_flow_chart_stands_beside_the_claim_that_says_the_same() -> None:
    page = page_of()
    chart = re.search(r'<details class="fig-chart">.*?</details>', page, re.DOTALL)
    assert chart
    assert "Press the closure shut" in chart[0]
    assert "<i>No</i>" in chart[0]
    assert 'href="#c1"' in chart[0]


def test_what_a_drawing_says_can_not_become_markup() -> None:
    seen = some_figures()
    evil = '"><script>alert(1)</script>'
    figures = tuple(
        replace(
            figure,
            label=evil,
            caption=evil,
            numerals=tuple(replace(each, text=evil, part=evil) for each in figure.numerals),
        )
        for figure in seen.figures
    )
    seen = replace(seen, figures=figures)
    assert "<script>alert(1)" not in page_of(seen)
    for figure, name in zip(figures, figure_names(figures), strict=True):
        assert re.fullmatch(r"[a-z0-9-]+", name)
        assert b"<script>" not in figure_svg(figure, name)


def test_overlay_and_picture_lie_on_each_other() -> None:
    figure = some_figures().figures[0]
    with Image.open(io.BytesIO(figure_png(figure))) as picture:
        assert picture.size == (900, 700)
        assert picture.mode == "1"
    svg = ET.fromstring(figure_svg(figure, "fig-1"))
    assert svg.get("viewBox") == "0 0 900 700"
    titles = [title.text for title in svg.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == ["FIG. 1", "10 body", "20 spring", "99"]


@pytest.mark.parametrize("lang", list(Lang))
def test_the_report_lists_the_numerals_of_each_figure(lang: Lang) -> None:
    reading = a_reading()
    request = a_request(reading, lang=lang, contributions=(figures_contribution(reading, lang=lang),))
    report = build_pack(request).report.decode()
    assert "| 22 | closure |" in report
    assert "![" in report


def test_the_maker_reads_a_sheet_from_its_bytes(tmp_path_factory: pytest.TempPathFactory) -> None:
    paper = Paper(1200, 900)
    paper.box((400, 200, 800, 600))
    paper.write("20", 900, 150)
    paper.line([(892, 180), (700, 300)])
    paper.write("FIG. 1", 520, 720)
    stream = io.BytesIO()
    Image.fromarray(paper.pixels).convert("1").save(stream, "TIFF", compression="group4")
    reading = a_reading()
    maker = FiguresMaker(Derived(tmp_path_factory.mktemp("derived")))
    made = maker.contribute(Order(reading, {"D00001.TIF": stream.getvalue()}))
    assert made
    document = json.loads(made.files["figures/figures.json"])
    [figure] = document["figures"]
    assert figure["label"] == "1"
    assert [(each["text"], each["part"]) for each in figure["numerals"]] == [("20", "spring")]
    assert np.hypot(figure["numerals"][0]["tip"][0] - 700, figure["numerals"][0]["tip"][1] - 300) < 12
    assert figure["image"] == "fig-1.png"
    assert "figures/fig-1.svg" in made.files


def test_a_patent_without_readable_sheets_has_no_figures_of_its_own() -> None:
    assert FiguresMaker().contribute(Order(a_reading(), {})) is None
