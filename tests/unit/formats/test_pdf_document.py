import io
import random
import time
from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw, ImageFont

from patent2tech.errors import BadInput, Malformed, NotAPatent, TooLarge
from patent2tech.formats.format import Document, Head
from patent2tech.formats.pdf import PdfDocument, pages
from patent2tech.formats.pdf.layout import reading_order
from patent2tech.formats.pdf.page import Page, Word
from patent2tech.patents import Heading, PartialDate, Party
from tests.pdf_files import (
    BODY,
    FILLER,
    FRONT,
    LEFT,
    LINE,
    RIGHT,
    WIDTH,
    Placed,
    column,
    drawing,
    pdf,
)

FORMAT = PdfDocument()


def parsed(content: bytes) -> Document:
    return FORMAT.parse(content)


def test_the_front_page_is_read_by_its_codes() -> None:
    document = parsed(pdf(FRONT, drawing(), BODY))
    patent = document.patent
    assert (str(patent.number), patent.title, patent.source_format) == ("US9900001B2", "VALVE WITH A SOFT SEAT", "pdf")
    assert patent.inventors == (Party("Jane Doe", "Oslo", "NO"), Party("Max Roe Jr.", "Bergen", "NO"))
    assert patent.applicants == patent.assignees == (Party("Seat Co.", "Oslo", "NO"),)
    assert patent.application_number == "15/000,001"
    assert patent.dates.filing == PartialDate(2016, 1, 4)
    assert patent.dates.grant == patent.dates.publication == PartialDate(2018, 2, 20)
    assert (patent.ipc, patent.cpc) == (("F16K1/22",), ("F16K1/226", "F16K1/22"))
    assert [str(each.number) for each in patent.citations] == ["US5826261A", "US20050248334A1", "EP1234567B1"]
    assert patent.abstract == "A valve (10) with a seat that is compressible and therefore tight."
    assert (patent.stated.claims, patent.stated.sheets) == (2, 1)
    assert document.notes == ()


def test_columns_are_read_one_after_the_other_without_line_numbers() -> None:
    patent = parsed(pdf(FRONT, drawing(), BODY)).patent
    assert [block.text for block in patent.description if isinstance(block, Heading)] == [
        "FIELD OF THE INVENTION",
        "BACKGROUND",
        "DETAILED DESCRIPTION OF THE PREFERRED EMBODIMENTS",
    ]
    assert patent.paragraphs[0].text == (
        "The invention relates to valves, in particular to valves whose seats are compressible and whose "
        "self-sealing stems turn self-sealing after use."
    )
    assert patent.paragraphs[1].text == "Valves leak."
    filler = " ".join(line.strip() for line in FILLER)
    assert [each.text for each in patent.paragraphs[2:]] == [filler] * 28


def test_claims_keep_their_lines_and_wrapped_words_are_whole() -> None:
    patent = parsed(pdf(FRONT, drawing(), BODY)).patent
    assert [each.text for each in patent.claims] == [
        "1. A valve comprising:\na seat which is compressible; and\na stem.",
        "2. The valve of claim 1, wherein the seat is soft.",
    ]


def test_a_drawing_page_becomes_a_black_and_white_sheet() -> None:
    document = parsed(pdf(FRONT, drawing(), BODY))
    (sheet,) = document.patent.sheets
    with Image.open(io.BytesIO(document.images[sheet.file])) as image:
        assert (image.format, image.mode) == ("PNG", "1")
        assert image.width == WIDTH * 300 // 72


def test_a_text_page_that_calls_itself_a_sheet_is_a_drawing() -> None:
    flow: list[Placed] = [
        (60, 40, "U.S. Patent"),
        (250, 40, "Feb. 20, 2018"),
        (400, 40, "Sheet 1 of 1"),
        (90, 300, "START"),
    ]
    document = parsed(pdf(FRONT, flow, BODY))
    assert len(document.images) == 1
    assert "START" not in str(document.patent)


def test_a_certificate_of_correction_is_no_part_of_the_claims() -> None:
    certificate = column(60, ["CERTIFICATE OF CORRECTION", "In claim 1 the word soft reads hard."])
    patent = parsed(pdf(FRONT, BODY, certificate)).patent
    assert patent.claims[-1].text.endswith("is soft.")
    assert patent.paragraphs[-1].text == "In claim 1 the word soft reads hard."


def test_a_table_across_both_columns_stays_in_rows() -> None:
    wide = " ".join(["wide"] * 24)
    page = [*column(LEFT, FILLER * 8), *column(RIGHT, FILLER * 8), (LEFT, 400.0, wide), (LEFT, 411.0, wide)]
    page += [*column(LEFT, FILLER * 6, 450), *column(RIGHT, FILLER * 6, 450)]
    text = " ".join(each.text for each in parsed(pdf(FRONT, [*page], BODY)).patent.paragraphs)
    assert f"{wide} {wide}" in text


def test_a_single_column_with_line_numbers_at_its_margin_is_read() -> None:
    lines = [line + " and so it goes on to the end of a wide line" for line in FILLER * 10]
    page = column(
        100, [" DESCRIPTION OF THE INVENTION", *lines, " CLAIMS", " 1. A valve.", " 2. The valve of claim 1."]
    )
    page += [(70.0, 100.0 + LINE * place, str(place + 1)) for place in range(4, 33, 5)]
    document = parsed(pdf(page))
    assert [each.text for each in document.patent.claims] == ["1. A valve.", "2. The valve of claim 1."]
    assert not any(" 10 " in each.text or " 25 " in each.text for each in document.patent.paragraphs)
    assert [each.code for each in document.notes] == ["warning.number_assigned"]


def test_an_application_keeps_its_printed_paragraph_numbers() -> None:
    front: list[Placed] = [
        (60, 50, "(19) United States"),
        (330, 50, "(10) Pub. No.: US 2020/0000001 A1"),
        (60, 64, "(12) Patent Application Publication"),
        (330, 64, "(43) Pub. Date: Jan. 2, 2020"),
        *column(60, ["(54) VALVE", "(21) Appl. No.: 16/000,001", "(22) Filed: Jun. 3, 2019"]),
        *column(330, ["(57) ABSTRACT", "A valve."]),
    ]
    left = [" BACKGROUND", " [0001] Valves leak when", "they are old.", " [0002] Seats wear.", *FILLER * 9]
    right = ["[0003] The end.", *FILLER * 9, " What is claimed is:", " 1. A valve.", "2. The valve of claim 1."]
    patent = parsed(pdf(front, [*column(LEFT, left), *column(RIGHT, right)])).patent
    assert str(patent.number) == "US20200000001A1"
    assert [each.number for each in patent.paragraphs] == ["0001", "0002", "0003"]
    assert (patent.dates.publication, patent.dates.grant) == (PartialDate(2020, 1, 2), None)
    assert [each.number for each in patent.claims] == [1, 2]


def test_line_numbers_that_ocr_joined_to_a_line_are_left_out() -> None:
    left = [Word(f"left {n}", 70, 100 + 12 * n, 283, 110 + 12 * n) for n in range(20)]
    right = [Word(f"right {n}", 298, 100 + 12 * n, 510, 110 + 12 * n) for n in range(20)]
    left[4] = Word("left 4 5", 70, 148, 299, 158)
    right[9] = Word("10 right 9", 286, 208, 510, 218)
    left[14:15], right[14:15] = [Word("fourteen is a long line 15 right fourteen as well", 70, 268, 510, 278)], []
    number = Word("20", 285, 328, 296, 338)
    lines = reading_order(Page(612, 792, (*left, *right, number), pictures=True, scanned=True))
    expected = [f"left {n}" for n in range(20)] + [f"right {n}" for n in range(20)]
    expected[14], expected[34] = "fourteen is a long line", "right fourteen as well"
    assert [line.text for line in lines] == expected


def scan(lines: Sequence[str]) -> Image.Image:
    image = Image.new("L", (1275, 1650), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(26)
    for place, line in enumerate(lines):
        pen.text((120, 120 + 44 * place), line, font=font, fill=0)
    return image


SCANNED = scan(
    [
        "BACKGROUND OF THE INVENTION",
        "Valves leak when their seats are hard and old.",
        "What is claimed is:",
        "1. A valve comprising a seat and a stem.",
        "2. The valve of claim 1, wherein the seat is soft.",
    ]
)


@pytest.mark.filterwarnings("ignore")
def test_a_scan_is_read_by_ocr() -> None:
    patent = parsed(pdf(SCANNED, drawing())).patent
    assert patent.source_format == "pdf scan"
    assert [each.number for each in patent.claims] == [1, 2]
    assert "".join(patent.claims[0].text.split()) == "1.Avalvecomprisingaseatandastem."
    assert len(patent.sheets) == 1


def test_long_documents_and_long_scans_are_refused() -> None:
    with pytest.raises(TooLarge, match="301 pages"):
        parsed(pdf(*[[(60.0, 60.0, "x")]] * 301))
    with pytest.raises(TooLarge, match="41 scanned pages"):
        parsed(pdf(*[Image.new("L", (10, 10))] * 41))


def test_a_huge_page_is_rendered_within_the_limit() -> None:
    (image,) = parsed(pdf(FRONT, drawing(), BODY, size=(14_000, 14_000))).images.values() or [b""]
    with Image.open(io.BytesIO(image)) as sheet:
        assert sheet.width * sheet.height <= 12_100_000


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-", b"%PDF-1.4\n" + b"\x00" * 5000, pdf()])
def test_what_only_begins_like_a_pdf_is_refused(content: bytes) -> None:
    assert FORMAT.recognises(Head(content))
    with pytest.raises((Malformed, TooLarge)):
        parsed(content)


def test_a_pdf_of_something_else_is_refused() -> None:
    with pytest.raises(NotAPatent):
        parsed(pdf([(60.0, 60.0, "")]))


def test_cut_and_noisy_pdfs_raise_bad_input_only_and_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "read_scan", lambda *_: ())
    content, chance = pdf(FRONT, drawing(), BODY), random.Random(5)
    for _ in range(40):
        broken = bytearray(content[: chance.randrange(len(content))] if chance.random() < 0.4 else content)
        for _ in range(chance.randrange(30)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        started = time.process_time()
        try:
            parsed(bytes(broken))
        except BadInput:
            continue
        finally:
            assert time.process_time() - started < 5
