from patent2tech.patents import Claim, Paragraph, Patent, PatentType, PublicationNumber, Section
from patent2tech.reading.antecedents import antecedent_hints
from patent2tech.reading.claims import read_claims
from patent2tech.reading.model import StatementKind
from patent2tech.reading.statements import read_statements
from patent2tech.reading.terms import read_terms


def patent_of(*paragraphs: str, claims: tuple[str, ...] = (), language: str = "en", title: str = "t") -> Patent:
    return Patent(
        PublicationNumber("US", "1", "B2"),
        title,
        PatentType.UTILITY,
        language,
        "test",
        description=tuple(Paragraph(f"{number:04}", text) for number, text in enumerate(paragraphs, 1)),
        claims=tuple(Claim(number, text) for number, text in enumerate(claims, 1)),
    )


def test_problem_solution_and_advantage_are_verbatim_sentences_with_their_place() -> None:
    patent = patent_of(
        "Known winches suffer from slipping ropes. They are red.",
        "It is an object of the invention to provide a winch that holds. FIG. 1 shows it.",
        "The pawl makes it possible to lower a load slowly.",
    )
    sections = {"0001": Section.BACKGROUND, "0002": Section.SUMMARY, "0003": Section.DETAILED}
    found = [(each.kind, each.text, str(each.locator)) for each in read_statements(patent, sections)]
    assert found == [
        (StatementKind.PROBLEM, "Known winches suffer from slipping ropes.", "[0001]"),
        (StatementKind.SOLUTION, "It is an object of the invention to provide a winch that holds.", "[0002]"),
        (StatementKind.ADVANTAGE, "The pawl makes it possible to lower a load slowly.", "[0003]"),
    ]


def test_korean_statements_follow_their_sections() -> None:
    patent = patent_of(
        "종래의 관수 장치는 전원이 필요하여 설치가 번거로운 문제점이 있었다.",
        "본 발명은 전원 없이 동작하는 관수 밸브를 제공하는 것을 목적으로 한다.",
        "본 발명에 따르면 물을 절감할 수 있는 효과가 있다.",
    )
    sections = {"0001": Section.BACKGROUND, "0002": Section.PROBLEM, "0003": Section.ADVANTAGE}
    kinds = {each.kind for each in read_statements(patent, sections)}
    assert kinds == set(StatementKind)


def test_boilerplate_about_scope_is_no_advantage() -> None:
    patent = patent_of("Improvements may be made without departing from the scope of the invention by those skilled.")
    assert read_statements(patent, {"0001": Section.DETAILED}) == ()


def test_terms_are_the_phrases_of_this_patent_and_nested_ones_count_less() -> None:
    text = "The fuel cell system heats a fuel cell stack. The fuel cell stack of the fuel cell system is hot. "
    terms = {term.text: term for term in read_terms(patent_of(text * 3, "The present invention relates to it."))}
    assert {"fuel cell system", "fuel cell stack"} <= terms.keys()
    assert "present invention" not in terms
    assert terms["fuel cell"].count == 12
    assert terms["fuel cell"].c_value < terms["fuel cell stack"].c_value * 2


def test_korean_terms_lose_their_particles() -> None:
    text = (
        "토양 수분 센서는 밸브를 연다. 토양 수분 센서가 하우징에 설치된다. 상기 토양 수분 센서(10)를 하우징이 지지한다."
    )
    terms = [term.text for term in read_terms(patent_of(text, language="ko", title="센서"))]
    assert terms[0] == "토양 수분 센서"
    assert "하우징" in terms


def hints(*claims: str) -> list[tuple[int, str]]:
    patent = patent_of(claims=claims)
    return [(hint.claim, hint.phrase) for hint in antecedent_hints(read_claims(patent))]


def test_a_noun_that_was_never_introduced_is_hinted_at() -> None:
    found = hints(
        "1. A leash, comprising: a housing; and a spool in the housing.",
        "2. The leash of claim 1, wherein the spring is in the spool.",
    )
    assert found == [(2, "the spring")]


def test_an_ordinal_without_its_first_mention_is_hinted_at() -> None:
    found = hints("1. A leash, comprising: a first pawl; and a lever moving the second pawl and the first pawl.")
    assert found == [(1, "the second pawl")]


def test_what_the_claims_depended_on_introduce_is_known_and_preambles_are_skipped() -> None:
    assert hints("1. A leash comprising a pawl.", "2. The leash of claim 1, wherein the pawl has a tip.") == []


def test_korean_hints_compare_the_noun_without_particles() -> None:
    found = hints("1. 하우징; 및 레버를 포함하는 장치.", "2. 제1항에 있어서, 상기 레버는 상기 스프링을 누르는 장치.")
    assert found == [(2, "상기 스프링을")]
