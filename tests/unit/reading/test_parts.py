import pytest

from patent2tech.patents import Claim, Figure, Paragraph, Part, Patent, PatentType, PublicationNumber, Section
from patent2tech.reading.parts import part_warnings, read_parts

FIGURES = (Figure("1"), Figure("2"))


def parts_of(*paragraphs: str, claims: tuple[str, ...] = (), section: Section = Section.DETAILED) -> dict[str, Part]:
    texts = tuple(Paragraph(f"{number:04}", text) for number, text in enumerate(paragraphs, 1))
    patent = Patent(
        PublicationNumber("US", "1", "B2"),
        "t",
        PatentType.UTILITY,
        "en",
        "test",
        description=texts,
        claims=tuple(Claim(number, text) for number, text in enumerate(claims, 1)),
    )
    found = read_parts(patent, FIGURES, {text.number: section for text in texts})
    return {part.numeral: part for part in found}


def test_a_numeral_has_the_noun_phrase_before_it_and_every_place() -> None:
    parts = parts_of("The side wall 12 carries a pin 14.", "The pin (14) turns.", claims=("1. A pin (14).",))
    assert parts["12"].names == ("side wall",)
    assert [str(each) for each in parts["14"].locators] == ["[0001]", "[0002]", "claim 1"]


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("The legs 20, 22 and 24 fold.", {"20", "22", "24"}),
        ("The ports 12a-12d open.", {"12a", "12b", "12c", "12d"}),
        ("The inputs 206a, 206b are equal.", {"206a", "206b"}),
        ("In step S110 the controller 8a waits.", {"S110", "8a"}),
        ("The caches 410-1, 410-2, . . . 410-N are equal.", {"410-1", "410-2", "410-N"}),
        ("A battery management system (BMS) 114 reports.", {"114"}),
        ("The first 20 and second 22 legs fold.", {"20", "22"}),
        ("A stem 14' moves.", {"14'"}),
    ],
)
def test_lists_ranges_and_letters(text: str, numerals: set[str]) -> None:
    assert set(parts_of(text)) == numerals


@pytest.mark.parametrize(
    "text",
    [
        "A gap of 12 mm is left.",
        "The wall is 10 to 20 mm thick.",
        "As shown in FIG. 12 and FIGS. 14-16.",
        "The device of claim 12 works.",
        "It was filed on June 12, 1997 as U.S. Pat. No. 5,123,456.",
        "About 50% of the gas, at 120 degrees.",
        "See Table 3 and equation (12).",
        "A section along line 12-12 is shown.",
        "Under 35 U.S.C. 112 nothing follows.",
        "The 3D model has 16 bits.",
    ],
)
def test_other_numbers_are_no_parts(text: str) -> None:
    assert parts_of(text) == {}


def test_a_design_or_a_patent_without_figures_has_no_parts() -> None:
    paragraph = Paragraph("0001", "The lamp 10 shines.")
    patent = Patent(PublicationNumber("US", "D1", "S1"), "t", PatentType.DESIGN, "en", "test", description=(paragraph,))
    assert read_parts(patent, FIGURES, {"0001": Section.DETAILED}) == ()


def test_a_part_belongs_to_the_figures_that_its_sentences_name() -> None:
    parts = parts_of("FIG. 1 shows a lever 10. FIG. 2 shows a pin 12 on the lever 10. The pin 12 turns.")
    assert parts["10"].figures == ("1", "2")
    assert parts["12"].figures == ("2",)


def test_two_names_for_one_numeral_and_two_numerals_for_one_name_are_warnings() -> None:
    parts = parts_of("The lever 10 turns. The handle 10 turns. The spring 12 pushes. The spring 14 pulls.")
    notes = part_warnings(tuple(parts.values()))
    assert [(note.code, dict(note.values).get("numeral", dict(note.values).get("numerals"))) for note in notes] == [
        ("warning.numeral_with_names", "10"),
        ("warning.name_with_numerals", "12, 14"),
    ]


def test_variants_of_one_numeral_and_plurals_are_no_warnings() -> None:
    parts = parts_of("The spring 12a pushes, the spring 12b pulls. The springs 12a are equal.")
    assert part_warnings(tuple(parts.values())) == ()


def test_a_reference_sign_list_gives_names_even_for_numerals_used_once() -> None:
    parts = parts_of("10: housing\n12: drum, 14: pawl\n16 brake", section=Section.REFERENCE_SIGNS)
    assert {numeral: part.names[0] for numeral, part in parts.items()} == {"10": "housing", "12": "drum", "14": "pawl"}


def test_korean_parts_lose_particles_and_verbs_before_them() -> None:
    parts = parts_of(
        "도 1에 도시된 바와 같이 상기 하우징(10)은 회전하는 고정 드럼(12)을 지지한다.",
        "하우징에는 토양 수분 센서(14, 16)가 설치된다.",
        "차단체(20)는 밸브시트(22)에 밀착된다.",
    )
    names = {numeral: part.names[0] for numeral, part in parts.items()}
    assert names == {
        "10": "하우징",
        "12": "고정 드럼",
        "14": "토양 수분 센서",
        "16": "토양 수분 센서",
        "20": "차단체",
        "22": "밸브시트",
    }


def test_a_korean_reference_sign_list_is_read() -> None:
    parts = parts_of("10: 하우징 12: 드럼\n14, 16: 센서", section=Section.REFERENCE_SIGNS)
    assert {numeral: part.names[0] for numeral, part in parts.items()} == {
        "10": "하우징",
        "12": "드럼",
        "14": "센서",
        "16": "센서",
    }
