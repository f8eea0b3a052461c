"""Every EPO and KIPRIS answer of the shared data: patents are read, everything else is refused by what it is."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from patent2tech.errors import BadInput, NotAPatent
from patent2tech.formats.epo import EpoExchange, EpSpecification, OpsFullText
from patent2tech.formats.format import Format, Head
from patent2tech.formats.kipo.kipris import KiprisPlus
from patent2tech.patents import Paragraph, Patent, PatentType

SHARED = Path(__file__).parents[3] / "shared" / "data"
FORMATS: tuple[Format, ...] = (OpsFullText(), EpoExchange(), EpSpecification(), KiprisPlus())
UNITS = "exchange-document fulltext-document ep-patent-document PatentUtilityInfo DesignInfo biblioSummaryInfo".split()

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here; only the project's machines have it"),
]


def paths() -> Iterator[Path]:
    for pattern in ("epo_ops_*/*.xml", "kipris_*/*.xml"):
        yield from sorted(SHARED.glob(pattern))


def units(content: bytes) -> list[etree._Element]:
    """The elements that are patents, found without the code under test; a file may be no XML at all."""
    try:
        root = etree.fromstring(content.lstrip())
    except etree.XMLSyntaxError:
        return []
    return [each for each in root.iter("{*}*") if etree.QName(each).localname in UNITS and len(each)]


def read(path: Path) -> tuple[list[Patent], list[BadInput]]:
    head = Head(path.read_bytes())
    known = next((each for each in FORMATS if each.recognises(head)), None)
    patents: list[Patent] = []
    refusals: list[BadInput] = []
    if known is None:
        return [], [NotAPatent("of no known format")]
    with path.open("rb") as stream:
        for document in known.documents(stream):
            assert isinstance(document, bytes)
            assert known.recognises(Head(document))
            try:
                patents.append(known.parse(document).patent)
            except BadInput as refusal:
                refusals.append(refusal)
    return patents, refusals


@pytest.fixture(scope="module")
def files() -> dict[Path, tuple[list[Patent], list[BadInput]]]:
    return {path: read(path) for path in paths()}


def without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_of(element: etree._Element | None) -> str:
    return "" if element is None else without_space("".join(map(str, element.itertext())))


def test_every_patent_is_read_and_every_other_answer_refused(
    files: dict[Path, tuple[list[Patent], list[BadInput]]],
) -> None:
    read_files = 0
    for path, (patents, refusals) in files.items():
        held = units(path.read_bytes())
        assert len(patents) == len(held), path.name
        assert bool(refusals) is not bool(held), path.name
        assert all(str(refusal) for refusal in refusals)
        read_files += bool(held)
    assert read_files > 0


def test_the_text_is_what_lxml_extracts(files: dict[Path, tuple[list[Patent], list[BadInput]]]) -> None:
    seen: Counter[str] = Counter()
    for path, (patents, _) in files.items():
        for patent, element in zip(patents, units(path.read_bytes()), strict=True):
            if element.tag == "biblioSummaryInfo":
                element = element.getparent().getparent()  # noqa: PLW2901 - the unit is the item around it
            for part in ("abstract", "astrtCont", "Abstract"):
                texts = [text_of(each) for each in element.iter(f"{{*}}{part}")]
                assert without_space(patent.abstract or "") in texts or not any(texts)
                seen[part] += any(texts)
            titles = {text_of(each) for name in TITLES for each in element.iter(f"{{*}}{name}")}
            assert without_space(patent.title) in titles or not any(titles), patent.number
            for claims in element.iter("{*}claims", "claimInfoArray"):
                # A heading in front of the first claim belongs to none.
                assert text_of(claims).removeprefix("Claims") == without_space("".join(c.text for c in patent.claims))
                seen["claims"] += 1
            for description in element.iter("{*}description"):
                printed = (without_space(f"[{each.number}]") for each in patent.paragraphs)
                expected = text_of(description)
                for number in printed:
                    expected = expected.replace(number, "", 1)
                assert without_space("".join(block.text for block in patent.description)) == expected
                seen["description"] += 1
    assert all(seen[part] for part in ("abstract", "claims", "description", "Abstract"))


TITLES = ("invention-title", "inventionTitle", "InventionName", "articleName")


def test_numbers_dates_and_classes_are_filled(files: dict[Path, tuple[list[Patent], list[BadInput]]]) -> None:
    for patents, _ in files.values():
        for patent in patents:
            assert re.fullmatch(r"[A-Z]{2}\d+([A-Z]\d?)?", str(patent.number))
            assert all(re.fullmatch(r"[A-HY]\d{2}[A-Z]\d+/\d+", symbol) for symbol in (*patent.cpc, *patent.ipc))
            assert all("[" not in party.name for party in (*patent.applicants, *patent.inventors))
            if patent.office == "KR":
                assert (patent.language, patent.number.kind) == ("ko", "")
                assert patent.dates.filing
                assert patent.dates.publication
                assert patent.applicants
                assert patent.title
                assert patent.type in {PatentType.UTILITY, PatentType.DESIGN}


def test_claims_and_paragraphs_are_numbered_in_order(files: dict[Path, tuple[list[Patent], list[BadInput]]]) -> None:
    for patents, _ in files.values():
        for patent in patents:
            assert [claim.number for claim in patent.claims] == list(range(1, len(patent.claims) + 1))
            numbers = [block.number for block in patent.description if isinstance(block, Paragraph)]
            assert len(numbers) == len(set(numbers))
