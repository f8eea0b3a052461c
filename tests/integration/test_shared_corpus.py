"""Every USPTO v4.x document of the shared data, against lxml's own text extraction."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import patpubrender
import pytest
from lxml import etree

from patent2tech.formats import Parsed, Rejected, read_path
from patent2tech.formats.splitting import split_documents
from patent2tech.formats.xml import root_name
from patent2tech.patents import Heading
from patent2tech.reading import read
from tests.document_text import letters, letters_of, lost_symbols

SHARED = Path(__file__).parents[3] / "shared" / "data"
FOLDERS = (*sorted(SHARED.glob("uspto_*")), SHARED / "design_patents_impact", SHARED / "figures_redbook_apps")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\?[^<>]*\?>")
"""The second reader leaves tags of inner elements in its text."""

V4_ROOTS = {"us-patent-grant", "us-patent-application"}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here; only the project's machines have it"),
]


def has_v4(path: Path) -> bool:
    if path.suffix.lower() == ".zip":
        return "XML4IP" not in path.name
    with path.open("rb") as stream:
        head = stream.read(64 * 1024)
    return root_name(head) in V4_ROOTS


def sources() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in {".xml", ".zip"} and has_v4(path):
                yield path


@pytest.fixture(scope="module")
def parsed() -> list[Parsed]:
    found = []
    for path in sources():
        for outcome in read_path(path):
            assert not isinstance(outcome, Rejected), f"{path.name}: {outcome}"
            if isinstance(outcome, Parsed):
                found.append(outcome)
    return found


def root_of(outcome: Parsed) -> etree._Element:
    return etree.fromstring(outcome.content.strip(), etree.XMLParser(resolve_entities=False, load_dtd=False))


def test_every_document_of_the_folders_is_parsed(parsed: list[Parsed]) -> None:
    in_files = 0
    for path in sources():
        if path.suffix.lower() == ".xml":
            with path.open("rb") as stream:
                in_files += sum(
                    root_name(each) in V4_ROOTS for each in split_documents(stream) if isinstance(each, bytes)
                )
    outside_archives = [each for each in parsed if len(each.patent.claims) or each.patent.description]
    assert len(parsed) >= in_files
    assert len(outside_archives) >= in_files


def test_claims_found_are_those_that_the_grant_states(parsed: list[Parsed]) -> None:
    for outcome in parsed:
        patent = outcome.patent
        if patent.stated.claims is not None and root_of(outcome).find("claims") is not None:
            assert len(patent.claims) == patent.stated.claims, patent.number


def test_every_claim_reference_resolves(parsed: list[Parsed]) -> None:
    for outcome in parsed:
        numbers = {
            number
            for claim in outcome.patent.claims
            for number in range(claim.number, (claim.through or claim.number) + 1)
        }
        for claim in outcome.patent.claims:
            assert set(claim.references) <= numbers, (outcome.patent.number, claim.number)


def test_the_text_is_what_lxml_extracts(parsed: list[Parsed]) -> None:
    for outcome in parsed:
        root, patent = root_of(outcome), outcome.patent
        assert letters(patent.abstract or "") == letters_of(root.find("abstract"))
        assert letters(patent.title) == letters_of(root.find(".//invention-title"))
        assert [letters(claim.text) for claim in patent.claims] == [letters_of(each) for each in root.iter("claim")]
        blocks = "".join(block.text for block in patent.description)
        assert letters(blocks) == letters_of(root.find("description")), patent.number
        assert all(isinstance(block, Heading) or block.number for block in patent.description)


def test_no_symbol_of_a_formula_is_lost(parsed: list[Parsed]) -> None:
    roots = [root_of(outcome) for outcome in parsed if b"<math" in outcome.content]
    assert sum(1 for root in roots for _ in root.iter("math")) >= 30
    for root in roots:
        assert not lost_symbols(root)


DIFFERS = {
    "US20150075015A2": {"numbers": "the second reader counts 1 to 24; printed are 1-18 (canceled) and 19 to 41"},
    "US6839175B2": {"claim 4": "the claim holds a formula, whose symbols the second reader gives in their order"},
    "US7644137B2": {f"claim {number}": "as before" for number in (1, 10, 22)},
}
"""Where the second reader reads otherwise, and why ours stands."""


def test_title_claims_and_abstract_agree_with_a_second_reader_or_differ_for_a_known_reason(
    parsed: list[Parsed],
) -> None:
    differs: dict[str, set[str]] = {}
    for outcome in parsed:
        patent, other = outcome.patent, patpubrender.parse(outcome.content.decode())
        pairs = [("title", patent.title, other.title), ("abstract", patent.abstract, other.abstract_text)]
        assert len(patent.claims) == len(other.claims)
        pairs += [
            (f"claim {mine.number}", mine.text, its.text) for mine, its in zip(patent.claims, other.claims, strict=True)
        ]
        found = {name for name, mine, its in pairs if letters(mine) != letters(TAG.sub("", its or ""))}
        if [claim.number for claim in patent.claims] != [claim.number for claim in other.claims]:
            found.add("numbers")
        if found:
            differs[str(patent.number)] = found
    assert differs == {number: set(reasons) for number, reasons in DIFFERS.items()}


def test_figures_with_image_files_are_linked_to_their_sheets(parsed: list[Parsed]) -> None:
    linked = 0
    for outcome in parsed:
        names = {sheet.file for sheet in outcome.patent.sheets if sheet.sha256}
        linked += len(names)
        assert len(outcome.sheets) <= len(names)
    images = sum(path.suffix.lower() == ".tif" for folder in FOLDERS for path in folder.rglob("*"))
    assert linked >= images > 0


def test_reading_every_document_works_and_gives_each_paragraph_a_section(parsed: list[Parsed]) -> None:
    for outcome in parsed[::7]:
        reading = read(outcome.patent, dt.date(2026, 11, 23))
        assert set(reading.sections) == {paragraph.number for paragraph in outcome.patent.paragraphs}
