"""Every USPTO document of the shared data from before 2005, against its own text and against a second reader."""

import re
from pathlib import Path

import patpubrender
import pytest
from lxml import etree

from patent2tech.formats.format import Format, Head
from patent2tech.formats.uspto.aps import UsptoAps
from patent2tech.formats.uspto.aps_records import readable
from patent2tech.formats.uspto.entities import with_characters
from patent2tech.formats.uspto.pap import UsptoPap
from patent2tech.formats.uspto.patdoc import UsptoPatdoc
from patent2tech.patents import Patent
from tests.document_text import letters, letters_of

SHARED = Path(__file__).parents[3] / "shared" / "data"
FORMATS: tuple[Format, ...] = (UsptoPap(), UsptoPatdoc(), UsptoAps())
SUFFIXES = {".xml", ".txt", ".greenbook"}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here; only the project's machines have it"),
]

RAISED = re.compile(
    r"</?(?:PDAT|PTEXT|F|HIL|ITALIC|BOLD|SB|SP|sub|sup|in-line-formula|superscript|subscript|italic|bold|highlight)>"
)
FOREIGN_TYPE = {"pap_US20010000044A1.xml": "its document type says XHTML, which the second reader does not take"}


def found() -> list[tuple[Path, Patent]]:
    patents = []
    for folder in sorted(SHARED.glob("uspto_*")):
        for path in sorted(each for each in folder.iterdir() if each.suffix in SUFFIXES):
            with path.open("rb") as stream:
                head = Head(stream.read(64 * 1024))
                known = next((each for each in FORMATS if each.recognises(head)), None)
                stream.seek(0)
                for content in known.documents(stream) if known else ():
                    assert isinstance(content, bytes)
                    patents.append((path, known.parse(content).patent))
    return patents


@pytest.fixture(scope="module")
def parsed() -> list[tuple[Path, Patent]]:
    return found()


def xml_of(path: Path) -> etree._Element:
    return etree.fromstring(with_characters(path.read_bytes()), etree.XMLParser(resolve_entities=False, load_dtd=False))


def second(path: Path) -> patpubrender.Document:
    """The second reader's view; it drops or keeps the names of characters, so it gets the characters themselves."""
    content = path.read_bytes()
    return patpubrender.parse((with_characters(content) if path.suffix == ".xml" else content).decode())


def bare(text: str | None) -> str:
    """Without white space and without the tags that the second reader leaves around raised and lowered text."""
    return letters(RAISED.sub("", text or ""))


def test_every_document_of_the_folders_is_parsed(parsed: list[tuple[Path, Patent]]) -> None:
    marks = ("<PATDOC", "<patent-application-publication", "PATN\n")
    expected = {
        path
        for folder in SHARED.glob("uspto_*")
        if "dtd" not in folder.name
        for path in folder.iterdir()
        if path.suffix in SUFFIXES and any(mark in path.read_text(errors="replace") for mark in marks)
    }
    assert {path for path, _ in parsed} == expected
    assert len(parsed) >= len(expected) > 0


def test_claims_found_are_those_that_the_grant_states(parsed: list[tuple[Path, Patent]]) -> None:
    for path, patent in parsed:
        if patent.stated.claims is not None:
            assert len(patent.claims) == patent.stated.claims, path.name


def test_sheets_found_are_those_that_the_grant_states(parsed: list[tuple[Path, Patent]]) -> None:
    for path, patent in parsed:
        if patent.sheets and patent.stated.sheets is not None:
            assert sum(not sheet.representative for sheet in patent.sheets) == patent.stated.sheets, path.name


def test_every_claim_reference_resolves(parsed: list[tuple[Path, Patent]]) -> None:
    for path, patent in parsed:
        numbers = {claim.number for claim in patent.claims}
        assert all(set(claim.references) <= numbers for claim in patent.claims), path.name


def test_the_text_of_xml_is_what_lxml_extracts(parsed: list[tuple[Path, Patent]]) -> None:
    for path, patent in parsed:
        if path.suffix != ".xml":
            continue
        root = xml_of(path)
        claims = root.iter("CLM", "claim")
        assert [letters(claim.text) for claim in patent.claims] == [letters_of(each) for each in claims], path.name
        assert letters(patent.title) == letters_of(root.find(".//B540")) + letters_of(
            root.find(".//title-of-invention")
        )
        blocks = "".join(block.text for block in patent.description)
        if root.tag == "PATDOC":
            assert letters(blocks) == letters_of(root.find("SDODE")), path.name
            assert letters(patent.abstract) == letters_of(root.find("SDOAB"))
            continue
        # The printed paragraph numbers are fields, not text.
        for number in root.findall("subdoc-description//paragraph/number"):
            number.text = ""
            for each in list(number):
                number.remove(each)
        assert letters(blocks) == letters_of(root.find("subdoc-description")), path.name


def test_the_text_of_the_green_book_is_on_its_lines(parsed: list[tuple[Path, Patent]]) -> None:
    for path, patent in parsed:
        if path.suffix == ".xml":
            continue
        text = path.read_text(encoding="utf-8")
        start = min(text.index(f"\n{code}") for code in ("PARN", "GOVT", "BSUM", "DRWD", "DETD") if f"\n{code}" in text)
        body, claims = text[start : text.index("\nCLMS")], text[text.index("\nCLMS") :]
        codes = r"^(?:PARN|GOVT|BSUM|DRWD|DETD|CLMS|STM .*|NUM .*|P[A-Z0-9]{2}|TBL\d?)"
        for own, lines in (
            ("".join(block.text for block in patent.description), body),
            ("".join(claim.text for claim in patent.claims), claims),
        ):
            assert letters(own) == letters(readable(re.sub(codes, "", lines, flags=re.MULTILINE))), path.name


def test_title_claims_and_abstract_agree_with_a_second_reader(parsed: list[tuple[Path, Patent]]) -> None:
    for path, patent in parsed:
        if path.name in FOREIGN_TYPE:
            continue
        other = second(path)
        assert bare(patent.title) == bare(other.title), path.name
        assert [claim.number for claim in patent.claims] == [claim.number for claim in other.claims], path.name
        ours = [bare(claim.text) for claim in patent.claims]
        theirs = [bare(readable(claim.text)) for claim in other.claims]
        assert ours == theirs, path.name
        assert bare(patent.abstract) == bare(readable(other.abstract_text or "")), path.name
