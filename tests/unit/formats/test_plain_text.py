import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patent2tech.errors import BadInput, NotAPatent
from patent2tech.formats.format import Document, Head
from patent2tech.formats.plain import PlainText
from patent2tech.patents import Heading, Paragraph, Section

FORMAT = PlainText()

ENGLISH = """\
US 9,900,001 B2
VALVE WITH A SOFT SEAT
Inventor: Jane Doe

ABSTRACT
A valve has a seat
that is soft.

BACKGROUND OF THE INVENTION
Valves leak when their
seats are hard.

A soft seat helps.

SUMMARY
- one seat
- one stem

Brief Description of the Drawings
FIG. 1 is a front view.

DETAILED DESCRIPTION
The valve 10 has a seat 12.

What is claimed is:

1. A valve comprising:
   a seat; and
   a stem.

2. The valve of claim 1,
   wherein the seat is soft.
"""

MARKDOWN = """\
# Valve with a **soft** seat

Publication number: US 2020/0000001 A1

## Technical Field

[0001] Valves
go on.

### Prior art

[0002] They leak.

## Claims

1. A **valve** with a seat.
2. The valve of claim 1.

## Abstract

A valve.
"""

KOREAN = """\
【서류명】명세서
【발명의 명칭】
연질 시트를 갖는 밸브{VALVE}
【발명의 설명】
【기술분야】
【0001】 본 발명은 밸브에 관한 것이다.
【발명의 내용】
【해결하려는 과제】
【0002】 누설을 줄이는
것이 과제이다.
【부호의 설명】
【0003】 10: 밸브
【청구범위】
【청구항 1】
시트(12)를 포함하는
밸브(10).
【청구항 2】
제1항에 있어서, 상기 시트는 연질인 밸브.
【요약서】
【요약】
밸브가 개시된다.
【대표도】
도 1
【도면】
【도 1】
【도 2】
"""


def parsed(text: str) -> Document:
    return FORMAT.parse(text.encode())


def without_space(text: str) -> str:
    return "".join(text.split())


def test_the_parts_of_an_english_text_are_found() -> None:
    document = parsed(ENGLISH)
    patent = document.patent
    assert (str(patent.number), patent.title, patent.language) == ("US9900001B2", "VALVE WITH A SOFT SEAT", "en")
    assert document.notes == ()
    assert patent.abstract == "A valve has a seat that is soft."
    assert patent.description == (
        Paragraph("0001", "Inventor: Jane Doe"),
        Heading("BACKGROUND OF THE INVENTION"),
        Paragraph("0002", "Valves leak when their seats are hard."),
        Paragraph("0003", "A soft seat helps."),
        Heading("SUMMARY"),
        Paragraph("0004", "- one seat\n- one stem"),
        Heading("Brief Description of the Drawings"),
        Paragraph("0005", "FIG. 1 is a front view."),
        Heading("DETAILED DESCRIPTION"),
        Paragraph("0006", "The valve 10 has a seat 12."),
    )
    assert [each.text for each in patent.claims] == [
        "1. A valve comprising:\na seat; and\na stem.",
        "2. The valve of claim 1,\nwherein the seat is soft.",
    ]


def test_markdown_gives_levels_and_keeps_printed_numbers() -> None:
    patent = parsed(MARKDOWN).patent
    assert (str(patent.number), patent.title) == ("US20200000001A1", "Valve with a soft seat")
    assert patent.description == (
        Heading("Technical Field"),
        Paragraph("0001", "Valves go on."),
        Heading("Prior art", 2),
        Paragraph("0002", "They leak."),
    )
    assert [each.text for each in patent.claims] == ["1. A valve with a seat.", "2. The valve of claim 1."]
    assert patent.abstract == "A valve."


def test_a_korean_filing_text_is_read_by_its_own_headings() -> None:
    document = parsed(KOREAN)
    patent = document.patent
    assert (patent.title, patent.language) == ("연질 시트를 갖는 밸브{VALVE}", "ko")
    assert [each.number for each in patent.claims] == [1, 2]
    assert patent.claims[0].text == "1. 시트(12)를 포함하는\n밸브(10)."
    assert [(each.number, each.section) for each in patent.paragraphs] == [
        ("0001", Section.FIELD),
        ("0002", Section.PROBLEM),
        ("0003", Section.REFERENCE_SIGNS),
    ]
    assert patent.abstract == "밸브가 개시된다."
    assert [each.code for each in document.notes] == ["warning.number_assigned"]


def test_a_text_without_number_gets_a_stable_private_one_and_a_note() -> None:
    text = ENGLISH.replace("US 9,900,001 B2\n", "")
    first, second, other = parsed(text), parsed(text), parsed(text + "More.")
    assert first.patent.number == second.patent.number != other.patent.number
    assert first.patent.number.country == "XX"
    assert len(first.patent.number.serial) == 12
    (note,) = first.notes
    assert (note.code, dict(note.values)["number"]) == ("warning.number_assigned", str(first.patent.number))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("US 2011/0039701 A1", "US20110039701A1"),
        ("United States Patent US 8,418,361 B2", "US8418361B2"),
        ("Patent No.: 8,418,361", "US8418361"),
        ("KR 10-2099-0000001 B1", "KR1020990000001B1"),
        ("공개번호 10-2099-0000001", "KR1020990000001"),
        ("EP 1000000 B1", "EP1000000B1"),
        ("USD680087S", "USD680087S"),
    ],
)
def test_numbers_of_the_head_are_understood(line: str, expected: str) -> None:
    assert str(parsed(ENGLISH.replace("US 9,900,001 B2", line)).patent.number) == expected


@pytest.mark.parametrize(
    "line", ["Application No. 16/000,001", "Filed Jan. 4, 2016", "Related to US provisional 62/141,441", "Room US 101"]
)
def test_other_numbers_of_the_head_are_not_taken_and_not_lost(line: str) -> None:
    patent = parsed(ENGLISH.replace("US 9,900,001 B2\n", "").replace("Inventor", f"{line}\nInventor")).patent
    assert patent.number.country == "XX"
    assert line in patent.paragraphs[0].text


@pytest.mark.parametrize("text", [ENGLISH, MARKDOWN, KOREAN])
def test_a_patent_is_recognised_by_its_headings(text: str) -> None:
    for encoded in (text.encode(), text.encode("utf-8-sig"), text.encode("cp949"), text.encode("utf-16")):
        assert FORMAT.recognises(Head(encoded))
        assert list(FORMAT.documents(io.BytesIO(encoded))) == [encoded]
        assert FORMAT.parse(encoded).patent.claims


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "not a patent",
        "# Readme\n\n## Background\n\nSome words.\n\n## Examples\n\n1. Install it.\n",
        "ABSTRACT\n\nWe study bees.\n\nBACKGROUND\n\nBees fly.\n",
        '{"claims": "1. A valve"}',
        "<html>\nCLAIMS\n1. A valve</html>",
        "Release notes\n\n1. A change\n2. Another change\n",
        "PATN\nWKU  057006474\nTTL  Dye\nABST\nPAL  A dye.\nCLMS\nNUM  1.\nPAR  1. A dye.\n",
    ],
)
def test_what_is_no_patent_is_not_recognised(text: str) -> None:
    assert not FORMAT.recognises(Head(text.encode()))


def test_a_text_of_headings_only_is_refused() -> None:
    with pytest.raises(NotAPatent, match="neither claims nor a description"):
        parsed("Claims\n\nAbstract\n")


def test_wrapped_and_unwrapped_lines_are_told_apart() -> None:
    unwrapped = "Title\nBACKGROUND OF THE INVENTION\nValves leak.\nSeats wear out.\nStems bend.\nCLAIMS\n1. A valve.\n"
    assert [each.text for each in parsed(unwrapped).patent.paragraphs] == [
        "Valves leak.",
        "Seats wear out.",
        "Stems bend.",
    ]


def test_control_characters_never_reach_the_patent() -> None:
    text = ENGLISH.replace("soft.", "so\x00ft\x1b.").replace("\n", "\r\n")
    patent = parsed(text).patent
    assert patent.abstract == "A valve has a seat that is soft."
    assert "\x00" not in str(patent)


@pytest.mark.parametrize("text", [ENGLISH, MARKDOWN, KOREAN])
def test_nothing_but_part_names_numbers_and_marks_is_lost(text: str) -> None:
    patent = parsed(text).patent
    kept = without_space(
        patent.title
        + (patent.abstract or "")
        + "".join(each.text for each in patent.description)
        + "".join(each.text for each in patent.claims)
    )
    for line in text.splitlines():
        bare = without_space(line.strip("#【】 ").replace("**", ""))
        if len(bare) > 12 and not bare.startswith(("USP", "US9", "What", "Publication", "[0", "서류명")):
            words = bare.split("】")[-1]
            assert words in kept or words == "TechnicalField", line


@given(st.lists(st.sampled_from([*ENGLISH.splitlines(), *KOREAN.splitlines(), *MARKDOWN.splitlines()]), max_size=60))
@settings(max_examples=80)
def test_shuffled_lines_give_a_patent_or_a_refusal(lines: list[str]) -> None:
    content = "\n".join(lines).encode()
    FORMAT.recognises(Head(content))
    try:
        patent = FORMAT.parse(content).patent
    except BadInput:
        return
    numbers = [each.number for each in patent.paragraphs]
    assert len(numbers) == len(set(numbers))


@given(st.binary(max_size=300), st.integers(0, len(ENGLISH)))
@settings(max_examples=80)
def test_bytes_of_any_kind_raise_bad_input_only(noise: bytes, place: int) -> None:
    content = ENGLISH.encode()[:place] + noise + KOREAN.encode("cp949")[place:]
    try:
        FORMAT.parse(content)
    except BadInput:
        return
