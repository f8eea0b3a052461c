"""Builder of PDF files with text at places, for tests of reading them; the patent of two columns is our own."""

import zlib
from collections.abc import Sequence

from PIL import Image, ImageDraw

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
