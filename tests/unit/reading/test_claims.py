import pytest

from patent2tech.patents import Claim, Patent, PatentType, PublicationNumber
from patent2tech.reading.claims import claim_warnings, read_claims
from patent2tech.reading.model import ClaimCategory, ReadClaim


def read(*texts: str, patent_type: PatentType = PatentType.UTILITY) -> tuple[ReadClaim, ...]:
    claims = tuple(Claim(number, f"{number}. {text}") for number, text in enumerate(texts, 1))
    return read_claims(Patent(PublicationNumber("US", "1", "B2"), "t", patent_type, "en", "test", claims=claims))


DEVICE = "A winch, comprising: a housing; a drum in the housing; and a brake."
METHOD = "A method of lifting, comprising the steps of:\nwinding a rope; and\nlocking a drum."


@pytest.mark.parametrize(
    ("text", "depends_on"),
    [
        ("The winch of claim 1, wherein the drum is steel.", (1,)),
        ("A winch according to claim 1, further comprising a pawl.", (1,)),
        ("The winch as claimed in claim 1 or claim 2, wherein it is red.", (1, 2)),
        ("The winch of any one of claims 1 to 3, wherein it is red.", (1, 2, 3)),
        ("The winch as recited in any of claims 1-3, wherein it is red.", (1, 2, 3)),
        ("The winch of claims 1, 2 or 3, in which the drum is steel.", (1, 2, 3)),
        ("A winch as in any one of the preceding claims, characterized in that it is red.", (1, 2, 3)),
        ("The winch of claim 1 in which the drum is steel.", (1,)),
        ("Winch according to claim 2, provided with a hook.", (2,)),
    ],
)
def test_a_dependent_claim_takes_over_the_claims_it_names(text: str, depends_on: tuple[int, ...]) -> None:
    claims = read(DEVICE, "The winch of claim 1, wherein a.", "The winch of claim 1, wherein b.", text)
    assert claims[3].depends_on == depends_on
    assert not claims[3].independent


@pytest.mark.parametrize(
    "text",
    [
        "A method of making the winch of claim 1, comprising casting the housing.",
        "A kit comprising the winch of claim 1 and a manual.",
        "A crane having the winch according to claim 1.",
        "A non-transitory medium storing instructions to operate the winch of claim 1.",
    ],
)
def test_a_claim_to_something_else_only_refers(text: str) -> None:
    claim = read(DEVICE, text)[1]
    assert claim.depends_on == ()
    assert claim.refers_to == (1,)
    assert claim.independent


def test_preamble_transition_and_elements_come_apart() -> None:
    claim = read(DEVICE)[0]
    assert (claim.preamble, claim.transition) == ("A winch", "comprising")
    assert claim.elements == ("a housing", "a drum in the housing", "a brake")
    method = read(METHOD)[0]
    assert method.transition == "comprising the steps of"
    assert method.elements == ("winding a rope", "locking a drum")


def test_a_claim_without_marks_between_its_elements_is_split_at_new_articles() -> None:
    claim = read("A valve comprising a body, a seat in the body, and at least one spring, wherein it closes.")[0]
    assert claim.elements == ("a body", "a seat in the body", "at least one spring", "wherein it closes")


def test_the_transition_of_a_dependent_claim_stands_behind_its_reference() -> None:
    claim = read(DEVICE, "The winch of claim 1, wherein the drum comprises a flange.")[1]
    assert (claim.preamble, claim.transition) == ("The winch of claim 1", "wherein")
    assert claim.elements == ("the drum comprises a flange",)


@pytest.mark.parametrize("text", ["(canceled)", "(cancelled)", "Cancelled.", "삭제", "(Deleted)"])
def test_a_cancelled_claim_has_no_parts_and_is_not_independent(text: str) -> None:
    claim = read(text)[0]
    assert claim.cancelled
    assert not claim.independent
    assert claim.elements == ()


def test_a_reference_to_a_cancelled_or_missing_claim_is_a_warning() -> None:
    claims = read("(canceled)", "The winch of claim 1, wherein a.", "The winch of claim 9, wherein b.")
    assert [note.code for note in claim_warnings(claims)] == ["warning.claim_cancelled", "warning.claim_missing"]


def test_an_absurd_range_only_gives_claims_that_exist() -> None:
    claims = read(DEVICE, "The winch of any of claims 1 to 9999, wherein a.")
    assert set(claims[1].depends_on) | set(claims[1].refers_to) <= {1, 2}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        (DEVICE, ClaimCategory.PRODUCT),
        (METHOD, ClaimCategory.PROCESS),
        ("A computer-readable medium storing a program, comprising: code.", ClaimCategory.MEDIUM),
        ("A rubber composition comprising: carbon black.", ClaimCategory.COMPOSITION),
        ("스프링을 조립하는 단계를 포함하는 제조 방법.", ClaimCategory.PROCESS),
        ("프로그램이 기록된 컴퓨터로 판독 가능한 기록매체.", ClaimCategory.MEDIUM),
    ],
)
def test_the_category_comes_from_what_is_claimed(text: str, category: ClaimCategory) -> None:
    assert read(text)[0].category is category


def test_a_design_claim_is_a_design() -> None:
    (claim,) = read("The ornamental design for a lamp, as shown and described.", patent_type=PatentType.DESIGN)
    assert claim.category is ClaimCategory.DESIGN
    assert claim.independent


KOREAN = "하우징(10);\n상기 하우징(10)에 설치되는 스프링(12); 및\n레버(14)를 포함하는 것을 특징으로 하는 목줄 장치."


@pytest.mark.parametrize(
    ("text", "depends_on"),
    [
        ("제1항에 있어서, 상기 레버를 지지하는 핀을 더 포함하는 목줄 장치.", (1,)),
        ("청구항 1에 있어서, 상기 하우징은 플라스틱인 장치.", (1,)),
        ("제1항 또는 제2항에 있어서, 색이 빨간 목줄 장치.", (1, 2)),
        ("제1항 내지 제3항 중 어느 한 항에 있어서, 상기 레버는 금속인 목줄 장치.", (1, 2, 3)),
        ("제1항, 제2항 및 제3항 중 어느 한 항에 있어서, 상기 레버는 금속인 목줄 장치.", (1, 2, 3)),
        ("제 1 항 에 있어서, 상기 레버는 금속인 목줄 장치.", (1,)),
        ("제1항에 따른 목줄 장치.", (1,)),
    ],
)
def test_korean_dependent_claims(text: str, depends_on: tuple[int, ...]) -> None:
    claims = read(
        KOREAN, "제1항에 있어서, 갈고리를 더 포함하는 목줄 장치.", "제1항에 있어서, 띠를 더 포함하는 목줄 장치.", text
    )
    assert claims[3].depends_on == depends_on


def test_a_korean_claim_of_another_category_only_refers() -> None:
    claims = read(KOREAN, "제1항의 목줄 장치를 제조하는 방법으로서,\n하우징을 성형하는 단계를 포함하는 제조 방법.")
    assert (claims[1].depends_on, claims[1].refers_to) == ((), (1,))


def test_a_korean_claim_comes_apart_from_its_end() -> None:
    claim = read(KOREAN)[0]
    assert claim.preamble == "목줄 장치"
    assert claim.transition == "를 포함하는 것을 특징으로 하는"
    assert claim.elements == ("하우징(10)", "상기 하우징(10)에 설치되는 스프링(12)", "레버(14)")


def test_a_korean_claim_whose_subject_stands_behind_a_comma() -> None:
    text = "배터리와;히트펌프를 포함하는 유로와;제어부를 포함하고, 상기 에너지는 모델로 산출되는,열관리 시스템."
    claim = read(text)[0]
    assert (claim.preamble, claim.transition) == ("열관리 시스템", "")
    assert claim.elements[:2] == ("배터리와", "히트펌프를 포함하는 유로와")
