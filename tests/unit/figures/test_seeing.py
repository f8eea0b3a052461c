from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from patent2tech.figures import see
from patent2tech.figures.model import Side
from patent2tech.formats import Parsed, read_path
from patent2tech.patents import Figure
from patent2tech.reading import figures_and_parts
from patent2tech.samples import sample_path
from patent2tech.store.derived import Derived
from tests.unit.figures.drawings import a_drawn_patent, a_sheet, image, tiff

if TYPE_CHECKING:
    from pathlib import Path

    from patent2tech.figures.model import SeenFigures

CAPTIONS = (
    "FIG. 1 is a front view of a crate;",
    "FIG. 2 is a left side view thereof;",
    "FIG. 3 is a top view thereof.",
)
UPPER, LOWER = (300, 200, 1300, 800), (500, 1200, 1100, 1800)
GOOD = tiff(a_sheet(("FIG. 1", UPPER), ("FIG. 2", LOWER)))


def seen(*sheets: bytes, captions: tuple[str, ...] = CAPTIONS, cache: Derived | None = None) -> SeenFigures:
    patent, files = a_drawn_patent(*sheets, captions=captions)
    return see(patent, figures_and_parts(patent)[0], files, cache=cache)


def codes(found: SeenFigures) -> list[str]:
    return [note.code for note in found.warnings]


def test_figures_are_cut_out_named_and_matched_with_their_captions() -> None:
    turned = np.ascontiguousarray(np.rot90(a_sheet(("FIG. 3", UPPER)), 1))
    found = seen(GOOD, tiff(turned))
    assert [figure.label for figure in found.figures] == ["1", "2", "3"]
    assert [figure.view.direction for figure in found.figures] == [(Side.FRONT,), (Side.LEFT,), (Side.TOP,)]
    assert [figure.sheet.rotation for figure in found.figures] == [0, 0, 270]
    third = found.figures[2]
    assert third.caption == "FIG. 3 is a top view thereof."
    assert third.pixels.shape == (third.box[3] - third.box[1], third.box[2] - third.box[0])
    assert third.box == pytest.approx(UPPER, abs=6)
    assert found.warnings == ()


def test_a_label_that_cannot_be_read_is_inferred_only_where_one_caption_is_left() -> None:
    found = seen(GOOD, tiff(a_sheet(("", UPPER))))
    assert [figure.label for figure in found.figures] == ["1", "2", "3"]
    assert found.figures[2].confidence < 0.5 < found.figures[0].confidence
    assert codes(found) == ["figures.warning.inferred"]
    doubtful = seen(tiff(a_sheet(("", UPPER))), tiff(a_sheet(("", UPPER))))
    assert {figure.label for figure in doubtful.figures} == {None}
    assert codes(doubtful) == ["figures.warning.not_found"]


def test_sheets_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Derived(tmp_path)
    first = seen(GOOD, cache=cache)
    for step in ("turning.turn_of", "turning.skew_of", "ocr.recognise", "lettering.recognise"):
        monkeypatch.setattr(f"patent2tech.figures.{step}", lambda *_: pytest.fail("read again"))
    again = seen(GOOD, cache=cache)
    assert [(figure.label, figure.box) for figure in again.figures] == [
        (figure.label, figure.box) for figure in first.figures
    ]


def a_bomb() -> bytes:
    """A PNG of a few hundred bytes that claims 20,000 x 20,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 500)) + chunk(b"IEND", b"")
    )


def blank(value: int) -> bytes:
    return tiff(np.full((2200, 1700), value, np.uint8))


def a_huge_sheet() -> bytes:
    """A sheet that is what it claims: 20,000 x 20,000 pixels in one bit."""
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000), 1).save(stream, "TIFF", compression="group4")
    return stream.getvalue()


def noise() -> bytes:
    return image(np.random.default_rng(1).integers(0, 255, (900, 1200), dtype=np.uint8), "JPEG")


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (blank(255), "figures.warning.sheet_blank"),
        (blank(0), "figures.warning.sheet_black"),
        (a_bomb(), "pack.warning.sheet_too_large"),
        (a_huge_sheet(), "pack.warning.sheet_too_large"),
        (GOOD[: len(GOOD) // 3], "pack.warning.sheet_undecodable"),
        (b"", "pack.warning.sheet_undecodable"),
        (b"no image at all", "pack.warning.sheet_undecodable"),
        (b"%PDF-1.4 broken", "pack.warning.sheet_undecodable"),
    ],
    ids=["blank", "black", "bomb", "20,000 x 20,000", "truncated", "empty", "text", "broken PDF"],
)
def test_bad_sheet_is_named_and_the_others_still_come_out(sheet: bytes, code: str) -> None:
    found = seen(sheet, GOOD)
    assert code in codes(found)
    assert [figure.label for figure in found.figures] == ["1", "2"]


def test_photograph_is_seen_without_a_crash() -> None:
    assert {"1", "2"} <= {figure.label for figure in seen(noise(), GOOD).figures}


def test_missing_sheet_is_named() -> None:
    patent, files = a_drawn_patent(GOOD, GOOD, captions=CAPTIONS)
    del files["D00002.TIF"]
    found = see(patent, figures_and_parts(patent)[0], files)
    assert "pack.warning.sheet_missing" in codes(found)
    assert len(found.figures) == 2


def test_every_page_of_a_file_is_a_sheet() -> None:
    stream = io.BytesIO()
    pages = [Image.fromarray(a_sheet((label, UPPER))).convert("1") for label in ("FIG. 1", "FIG. 2", "FIG. 3")]
    pages[0].save(stream, "TIFF", compression="group4", save_all=True, append_images=pages[1:])
    assert [figure.label for figure in seen(stream.getvalue()).figures] == ["1", "2", "3"]


def test_pdf_page_is_a_sheet() -> None:
    pdf = image(a_sheet(("FIG. 1", UPPER), ("FIG. 2", LOWER)), "PDF", resolution=200)
    assert [figure.label for figure in seen(pdf).figures] == ["1", "2"]


@pytest.mark.parametrize(
    "sheet",
    [
        image(a_sheet(("FIG. 1", UPPER)), "TIFF", "CMYK"),
        image(a_sheet(("FIG. 1", UPPER)), "PNG", "LA"),
        image(a_sheet(("FIG. 1", UPPER)), "JPEG", "RGB", quality=40),
        image(a_sheet(("FIG. 1", UPPER)), "PNG", "P"),
        tiff(a_sheet(("FIG. 1", UPPER)), tiffinfo={274: 6}),
        tiff(a_sheet(("FIG. 1", UPPER)), tiffinfo={274: 2}),
        tiff(255 - a_sheet(("FIG. 1", UPPER))),
    ],
    ids=["CMYK", "with alpha", "JPEG", "palette", "wrong rotation tag", "wrong mirror tag", "inverted"],
)
def test_unusual_image_is_seen_like_any_other(sheet: bytes) -> None:
    (figure,) = seen(sheet, captions=CAPTIONS[:1]).figures
    assert figure.label == "1"
    assert figure.box == pytest.approx(UPPER, abs=8)


def test_fine_scan_is_made_coarser() -> None:
    fine = np.repeat(np.repeat(a_sheet(("FIG. 1", UPPER)), 3, axis=0), 3, axis=1)
    found = seen(tiff(fine), captions=CAPTIONS[:1])
    assert max(found.sheets[0].pixels.shape) <= 4700
    assert found.figures[0].label == "1"


def test_patent_without_sheets_has_no_figures() -> None:
    found = seen()
    assert (found.sheets, found.figures, found.warnings) == ((), (), ())


@pytest.mark.parametrize(("name", "count"), [("design", 7), ("korean", 5)])
def test_samples_are_seen_whole(name: str, count: int) -> None:
    (parsed,) = (one for one in read_path(sample_path(name)) if isinstance(one, Parsed))
    described: tuple[Figure, ...] = figures_and_parts(parsed.patent)[0]
    found = see(parsed.patent, described, parsed.sheets)
    assert [figure.label for figure in found.figures] == [str(number) for number in range(1, count + 1)]
    assert found.warnings == ()
