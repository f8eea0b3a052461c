import io
import random
import time
import zlib
from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw, ImageFont

from patent2tech.errors import BadInput, Malformed, NotAPatent, TooLarge
from patent2tech.formats.format import Document, Head
from patent2tech.formats.pdf import PdfDocument, pages
from patent2tech.formats.pdf.layout import reading_order
from patent2tech.formats.pdf.page import Page, Word
from patent2tech.patents import Heading, PartialDate, Party

FORMAT = PdfDocument()
WIDTH, HEIGHT = 612, 792
LEFT, RIGHT = 60, 318
LINE = 11

Placed = tuple[float, float, str]


def stream(data: bytes, extra: str = "") -> bytes:
    return f"<< /Length {len(data)} {extra}>>\nstream\n".encode() + data + b"\nendstream"


def pdf(*sheets: Sequence[Placed] | Image.Image, size: tuple[int, int] = (WIDTH, HEIGHT)) -> bytes:
    """A PDF of pages with text at places, counted from the top left, or with one image over the whole page."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    kids: list[int] = []
    for sheet in sheets:
        resources = "/Font << /F1 3 0 R >>"
        if isinstance(sheet, Image.Image):
            grey = sheet.convert("L")
            shape = f"/Type /XObject /Subtype /Image /Width {grey.width} /Height {grey.height} /ColorSpace /DeviceGray "
            objects.append(stream(zlib.compress(grey.tobytes()), shape + "/BitsPerComponent 8 /Filter /FlateDecode "))
            resources += f" /XObject << /Im1 {len(objects)} 0 R >>"
            drawn = f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im1 Do Q"
        else:
            drawn = "\n".join(f"BT /F1 10 Tf {x} {size[1] - y} Td ({escaped(text)}) Tj ET" for x, y, text in sheet)
        objects.append(stream(drawn.encode("cp1252")))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {len(objects)} 0 R "
            f"/Resources << {resources} >> >>".encode()
        )
        kids.append(len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    start = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    written += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    written += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(written)


def escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def column(x: float, lines: Sequence[str], top: float = 100) -> list[Placed]:
    """Lines one below the other; a leading blank indents the first line of a paragraph."""
    return [
        (x + (10 if line.startswith(" ") else 0), top + LINE * place, line.strip()) for place, line in enumerate(lines)
    ]


def drawing() -> Image.Image:
    image = Image.new("L", (850, 1100), 255)
    pen = ImageDraw.Draw(image)
    pen.rectangle((200, 200, 600, 700), outline=0, width=6)
    pen.line((200, 200, 600, 700), fill=0, width=6)
    return image


FILLER = [
    " The housing 20 surrounds the seat 12 and holds the",
    "spring 14 against the stem 16 in a manner that is plain",
    "to the skilled person who looks at the figures here.",
]
FRONT: list[Placed] = [
    (60, 50, "(12) United States Patent"),
    (330, 50, "(10) Patent No.: US 9,900,001 B2"),
    (60, 64, "Doe et al."),
    (330, 64, "(45) Date of Patent: Feb. 20, 2018"),
    *column(
        60,
        [
            "(54) VALVE WITH A SOFT",
            "SEAT",
            "(71) Applicant: Seat Co., Oslo (NO)",
            "(72) Inventors: Jane Doe, Oslo (NO); Max",
            "Roe, Jr., Bergen (NO)",
            "(73) Assignee: Seat Co., Oslo (NO)",
            "(21) Appl. No.: 15/000,001",
            "(22) Filed: Jan. 4, 2016",
            "(51) Int. Cl.",
            "F16K 1/22 (2006.01)",
            "(52) U.S. Cl.",
            "CPC ..... F16K 1/226 (2013.01); F16K 1/22",
            "(2013.01)",
        ],
    ),
    *column(
        330,
        [
            "(56) References Cited",
            "U.S. PATENT DOCUMENTS",
            "5,826,261 A 10/1998 Spencer",
            "2005/0248334 A1 11/2005 Dagenais",
            "FOREIGN PATENT DOCUMENTS",
            "EP 1234567 B1 3/2004",
            "(57) ABSTRACT",
            "A valve (10) with a seat that is com-",
            "pressible and therefore tight.",
            "2 Claims, 1 Drawing Sheet",
        ],
    ),
]
COLUMN_ONE = [
    " VALVE WITH A SOFT SEAT",
    " FIELD OF THE INVENTION",
    " The invention relates to valves, in particular to valves",
    "whose seats are com-",
    "pressible and whose self-sealing stems turn self-",
    "sealing after use.",
    " BACKGROUND",
    " Valves leak.",
    *FILLER * 14,
]
COLUMN_TWO = [
    " DETAILED DESCRIPTION OF THE",
    " PREFERRED EMBODIMENTS",
    *FILLER * 14,
    " What is claimed is:",
    " 1. A valve comprising:",
    " a seat which is com-",
    "pressible; and",
    " a stem.",
    " 2. The valve of claim 1, wherein the seat",
    "is soft.",
    " * * * * *",
]
BODY: list[Placed] = [
    (250, 40, "US 9,900,001 B2"),
    (180, 55, "1"),
    (430, 55, "2"),
    *column(LEFT, COLUMN_ONE),
    *column(RIGHT, COLUMN_TWO),
    *((303.0, 100.0 + LINE * place, str(place + 1)) for place in range(4, 50, 5)),
]


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
        started = time.monotonic()
        try:
            parsed(bytes(broken))
        except BadInput:
            continue
        finally:
            assert time.monotonic() - started < 5
