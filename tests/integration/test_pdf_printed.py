"""PDFs as programs and offices make them: printed by a browser, and the recorded ones of the shared data."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from patent2tech.formats.pdf import PdfDocument
from patent2tech.patents import Patent

SHARED = Path(__file__).parents[3] / "shared" / "data"
FORMAT = PdfDocument()
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
SENTENCES = (
    "The valve body 20 carries a compressible seat 12 that closes the bore 14 when the stem 16 is turned by hand.",
    "A spring 18 presses the stem 16 against the seat 12, so that leakage is prevented during normal operation.",
    "In a further embodiment the seat 12 is made of an elastomer, and the characteristic pressure is lower.",
)
STYLE = """@page { size: 8.5in 11in; margin: 0.9in } body { font: 10pt/1.15 'Liberation Serif', serif; margin: 0 }
.text { columns: 2; column-gap: 0.3in; text-align: justify; hyphens: auto } p { margin: 0; text-indent: 1em }
h2 { font-size: 10pt; font-weight: normal; text-align: center; margin: 0.5em 0 }"""


@pytest.fixture
def printed(tmp_path: Path) -> Callable[[str], bytes]:
    if BROWSER is None:
        pytest.skip("no Chromium here")

    def print_page(html: str) -> bytes:
        page, target = tmp_path / "page.html", tmp_path / "page.pdf"
        page.write_text(html, encoding="utf-8")
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}")
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        subprocess.run([str(BROWSER), *options, profile, page.as_uri()], check=True, capture_output=True, timeout=120)
        return target.read_bytes()

    return print_page


def without_space(text: str) -> str:
    return "".join(text.split())


def texts(patent: Patent) -> list[str]:
    return [without_space(paragraph.text) for paragraph in patent.paragraphs]


def test_two_justified_and_hyphenated_columns_over_pages_are_read(printed: Callable[[str], bytes]) -> None:
    written = [" ".join(SENTENCES[(number + shift) % 3] for shift in range(3)) for number in range(40)]
    claims = ["1. A valve comprising:", "a body with a bore; and", "a seat.", "2. The valve of claim 1, being soft."]
    html = (
        f"<html lang='en'><style>{STYLE}</style><body><h2>US 9,900,001 B2</h2><h2>VALVE WITH A SOFT SEAT</h2>"
        f"<div class=text><h2>BACKGROUND OF THE INVENTION</h2>{''.join(f'<p>{each}' for each in written[:20])}"
        f"<h2>DETAILED DESCRIPTION</h2>{''.join(f'<p>{each}' for each in written[20:])}"
        f"<p>What is claimed is:{''.join(f'<p>{each}' for each in claims)}</div></body></html>"
    )
    patent = FORMAT.parse(printed(html)).patent
    assert (str(patent.number), patent.title) == ("US9900001B2", "VALVE WITH A SOFT SEAT")
    assert texts(patent) == [without_space(each) for each in written]
    assert [claim.text for claim in patent.claims] == ["\n".join(claims[:3]), claims[3]]


def test_a_korean_gazette_goes_to_its_own_reader(printed: Callable[[str], bytes]) -> None:
    front = [
        "(19) 대한민국특허청(KR)",
        "(12) 등록특허공보(B1)",
        "(11) 등록번호 10-2960906",
        "(24) 등록일자 2026년05월01일",
    ]
    front += [
        "(45) 공고일자 2026년05월06일",
        "(54) 발명의 명칭 연질 시트를 갖는 밸브",
        "(57) 요 약",
        "밸브가 개시된다.",
    ]
    body = ["명 세 서", "청구범위", "청구항 1", "시트를 포함하는 밸브.", "청구항 2", "제1항에 있어서, 연질인 밸브."]
    body += ["발명의 설명", "기 술 분 야", "[0001] 본 발명은 밸브에 관한 것이다.", "[0002] 밸브는 시트를 갖는다."]
    html = (
        "<html lang='ko'><meta charset=utf-8><style>body { font: 11pt 'Noto Serif CJK KR', serif } p { margin: 4pt }"
        f"</style><body>{''.join(f'<p>{each}' for each in (*front, *body))}</body></html>"
    )
    patent = FORMAT.parse(printed(html)).patent
    assert (str(patent.number), patent.language) == ("KR102960906B1", "ko")
    assert [claim.number for claim in patent.claims] == [1, 2]
    assert [paragraph.number for paragraph in patent.paragraphs] == ["0001", "0002"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here; only the project's machines have it")
@pytest.mark.filterwarnings("ignore")
def test_a_recorded_scan_is_read_by_ocr() -> None:
    (scan,) = SHARED.rglob("*document_downloading_6_*.pdf")
    patent = FORMAT.parse(scan.read_bytes()).patent
    assert (str(patent.number), patent.source_format) == ("WO2010050748", "pdf scan")
    assert len(patent.paragraphs) > 5
