"""Drawing sheets: what can be decoded is shown, what cannot is named."""

from __future__ import annotations

import base64
import dataclasses
import io
import json
import struct
import zlib

import pytest
from PIL import Image

from patent2tech.patents import Sheet
from patent2tech.techpack import build_pack
from patent2tech.techpack.sheets import PAGE_WIDTH_PX, draw_sheets
from tests.unit.techpack.builders import a_request, a_sheet


def drawn(content: bytes, number: int = 1) -> Image.Image:
    images = draw_sheets([Sheet(number, "D1.TIF")], {"D1.TIF": content}).images
    return Image.open(io.BytesIO(images[0].png))


@pytest.mark.parametrize(("kind", "mode"), [("TIFF", "1"), ("TIFF", "L"), ("PNG", "1"), ("PNG", "RGBA"), ("JPEG", "L")])
def test_a_sheet_becomes_png_in_full_size(kind: str, mode: str) -> None:
    png = drawn(a_sheet(900, 700, kind=kind, mode=mode))

    assert png.format == "PNG"
    assert png.size == (900, 700)


def test_a_line_drawing_stays_one_bit_and_the_same_to_the_pixel() -> None:
    content = a_sheet()
    png = drawn(content)

    assert png.mode == "1"
    assert png.tobytes() == Image.open(io.BytesIO(content)).tobytes()


def test_the_page_gets_a_smaller_image() -> None:
    sheet = draw_sheets([Sheet(1, "D1.TIF")], {"D1.TIF": a_sheet(2550, 3300)}).images[0]
    small = Image.open(io.BytesIO(base64.b64decode(sheet.uri.partition(",")[2])))

    assert small.size == (PAGE_WIDTH_PX, 1812)
    assert (sheet.width, sheet.height) == (2550, 3300)


@pytest.mark.parametrize("content", [b"", b"not an image", a_sheet()[:200], b"GIF89a" + bytes(40)])
def test_a_sheet_that_cannot_be_decoded_is_named_and_left_out(content: bytes) -> None:
    request = a_request()
    pack = build_pack(dataclasses.replace(request, images={**request.images, "D00001.TIF": content}))

    assert "figures/sheet-01.png" not in pack.files
    assert "figures/sheet-02.png" in pack.files
    assert "D00001.TIF was left out" in pack.page.decode()
    left_out = json.loads(pack.files["provenance.json"])["left_out"]
    assert [note["code"] for note in left_out] == ["pack.warning.sheet_undecodable"]


def test_an_image_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 8000, 8000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    result = draw_sheets([Sheet(1, "D1.TIF")], {"D1.TIF": bomb})

    assert result.left_out[0].code == "pack.warning.sheet_too_large"


def test_a_sheet_whose_bytes_were_lost_on_the_way_is_named() -> None:
    result = draw_sheets([Sheet(1, "D1.TIF", sha256="0" * 64)], {})

    assert [note.code for note in result.left_out] == ["pack.warning.sheet_missing"]


def test_two_sheets_of_one_number_keep_their_own_files() -> None:
    sheets = [Sheet(1, "a.tif"), Sheet(1, "../b.tif")]
    result = draw_sheets(sheets, {"a.tif": a_sheet(), "../b.tif": a_sheet()})

    assert [image.path for image in result.images] == ["figures/sheet-01.png", "figures/sheet-01-2.png"]
