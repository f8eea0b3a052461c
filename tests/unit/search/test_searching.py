"""From a question to hits with their proof, on a real index with the real embedder."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from patent2tech.errors import BadInput, BadQuery, NotFound
from patent2tech.patents import PublicationNumber
from patent2tech.search import Ask, Mode, Results, Search, parse_query
from tests.unit.search.building import a_document, a_search, an_index, put

if TYPE_CHECKING:
    from patent2tech.search.lance import LanceIndex

LATCH = a_document(
    "1000001",
    "Door latch",
    "A latch with a spring that closes a bolt. The spring is wound around a pin.",
    "1. A latch comprising a swing bolt and a compression spring.",
    "2. The latch of claim 1, wherein the swing bolt is hinged to a bracket.",
    filed=20150331,
    published=20170101,
    granted=True,
    expires=20350331,
    cpc=("E05C3/12", "E05B15/04"),
    applicants=("Acme Locks, Inc.",),
)
BATTERY = a_document(
    "1000002",
    "Battery management",
    "A controller measures the voltage of cells of a battery pack and balances them.",
    "1. A battery controller comprising a voltage sensor.",
    filed=20180501,
    published=20200202,
    cpc=("H01M10/42",),
    applicants=("Samsung SDI",),
)
VALVE = a_document(
    "1000003",
    "토양 수분 관수 밸브",
    "토양의 수분에 따라 자동으로 개폐되는 관수 밸브를 제공한다. 다공성 컵이 수분을 흡수한다.",
    "1. 하우징과 다공성 컵을 포함하는 관수 밸브.",
    office="KR",
    kind="B1",
    language="ko",
    filed=19950101,
    published=19970101,
    granted=True,
    expires=20150101,
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LanceIndex:
    return an_index(tmp_path_factory.mktemp("index"), LATCH, BATTERY, VALVE)


@pytest.fixture(scope="module")
def search(index: LanceIndex) -> Search:
    return a_search(index)


def ask(search: Search, typed: str, **values: object) -> Results:
    return search.search(parse_query(typed), Ask(**values), typed)  # type: ignore[arg-type]


def numbers(found: Results) -> list[str]:
    return [hit.card.number for hit in found.hits]


@pytest.mark.parametrize("mode", list(Mode))
def test_every_mode_puts_the_fitting_document_first(search: Search, mode: Mode) -> None:
    assert numbers(ask(search, "spring that closes the bolt of a latch", mode=mode))[0] == LATCH.number
    assert numbers(ask(search, "관수 밸브", mode=mode))[0] == VALVE.number


def test_a_question_in_korean_finds_a_document_in_english_and_the_other_way_round(search: Search) -> None:
    assert numbers(ask(search, "배터리 팩의 셀 전압을 측정하는 제어기", mode=Mode.SEMANTIC))[0] == BATTERY.number
    assert numbers(ask(search, "irrigation valve opened by soil moisture", mode=Mode.SEMANTIC))[0] == VALVE.number


def test_a_hit_says_why_and_shows_two_passages_verbatim_with_marks(search: Search) -> None:
    hit = ask(search, "swing bolt hinged to a bracket").hits[0]
    assert hit.ranked.words_rank == 1
    assert hit.ranked.meaning is not None
    assert {"swing", "bolt", "hinged", "bracket"} <= set(hit.terms)
    best, second = hit.passages
    assert best.locator == "claim 2"
    assert best.text in LATCH.passages[1].text
    assert second.locator != best.locator
    assert [best.text[start:end] for start, end in best.marks][-1] == "bracket"


def test_a_word_of_a_claim_alone_finds_the_document(search: Search) -> None:
    assert numbers(ask(search, "compression", mode=Mode.KEYWORD)) == [LATCH.number]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cpc:E05C", ["US1000001B2"]),
        ("cpc:E05C3/12 latch", ["US1000001B2"]),
        ("applicant:samsung", ["US1000002B2"]),
        ("title:battery", ["US1000002B2"]),
        ("office:KR", ["US1000003B2"]),
        ("lang:ko", ["US1000003B2"]),
        ("filed:2014..2016", ["US1000001B2"]),
        ("published:2020..", ["US1000002B2"]),
        ("status:expired", ["US1000003B2"]),
        ("status:in_force", ["US1000001B2"]),
        ("status:pending", ["US1000002B2"]),
        ('"swing bolt"', ["US1000001B2"]),
        ('"bolt swing"', []),
        ("claim:voltage", ["US1000002B2"]),
        ("claim:pin", []),
        ("office:KR cpc:E05C", []),
    ],
)
def test_fields_and_phrases_narrow(search: Search, typed: str, found: list[str]) -> None:
    assert numbers(ask(search, typed)) == found


@pytest.mark.parametrize("mode", list(Mode))
def test_a_word_left_out_is_in_no_hit(search: Search, mode: Mode) -> None:
    assert LATCH.number not in numbers(ask(search, "spring voltage valve -bolt", mode=mode))
    assert BATTERY.number in numbers(ask(search, "spring voltage valve -bolt", mode=mode))


@pytest.mark.parametrize("typed", ["US1000001B2", "1,000,001", "us 1000001", "number:US1000001"])
def test_a_number_leads_to_its_document(search: Search, typed: str) -> None:
    assert numbers(ask(search, typed)) == [LATCH.number]


def test_what_is_like_a_document_leaves_the_document_out(search: Search) -> None:
    found = search.like(PublicationNumber.parse("US1000001"), Ask())
    assert found.hits
    assert LATCH.number not in numbers(found)
    with pytest.raises(NotFound, match="import it with"):
        search.like(PublicationNumber.parse("US7"), Ask())


def test_facets_count_what_was_found(search: Search) -> None:
    facets = ask(search, "latch battery 밸브", facets=True).facets
    assert {(each.value, each.count) for each in facets["office"]} == {("US", 2), ("KR", 1)}
    assert {each.value for each in facets["cpc"]} == {"E05C", "E05B", "H01M"}
    assert {each.value for each in facets["status"]} == {"in_force", "pending", "expired"}


def test_a_misspelled_word_is_suggested_as_documents_spell_it(search: Search) -> None:
    assert ask(search, "bracket", mode=Mode.KEYWORD).suggestion is None
    assert ask(search, "comprission sprng", mode=Mode.KEYWORD).suggestion == "compression spring"
    # One word that every document has hides the other one no more.
    assert ask(search, "comprission spring").suggestion == "compression spring"
    assert ask(search, "other spring that closes between them a bolt").suggestion is None


def test_hits_by_meaning_alone_are_told_from_hits_that_hold_the_words(search: Search) -> None:
    assert [note.code for note in ask(search, "xyzzyq").advice] == ["search.advice.meaning_alone"]
    assert ask(search, "spring").advice == ()


def test_an_empty_list_says_what_to_do(search: Search) -> None:
    found = ask(search, "office:EP latch")
    assert found.hits == ()
    assert [note.code for note in found.advice] == ["search.advice.filters"]


def test_pages_hold_every_hit_once_while_documents_arrive_and_go(tmp_path: object) -> None:
    documents = [a_document(f"{2000000 + each}", f"Latch {each}", "A latch with a spring.") for each in range(9)]
    index = an_index(tmp_path, *documents)  # type: ignore[arg-type]
    search = a_search(index)
    whole = numbers(ask(search, "latch spring", limit=100))
    page = ask(search, "latch spring", limit=2)
    seen = numbers(page)
    place = 0
    while page.next_cursor:
        put(index, a_document(f"{3000000 + place}", "Latch latch", "A latch spring latch."))
        index.remove([documents[place].key])
        place += 1
        page = ask(search, "latch spring", limit=2, cursor=page.next_cursor)
        seen += numbers(page)
    assert seen == whole


def test_a_cursor_of_another_question_or_of_nobody_is_refused(search: Search) -> None:
    cursor = ask(search, "latch battery", limit=1).next_cursor
    with pytest.raises(BadInput, match="another question"):
        ask(search, "valve", cursor=cursor)
    with pytest.raises(BadInput, match="no cursor of a search"):
        ask(search, "latch battery", cursor="WzEsMl0=")


@pytest.mark.parametrize(
    ("typed", "reason"), [("", "is empty"), ("   ", "is empty"), ("-bolt", "only words to leave out")]
)
def test_nothing_asked_is_refused(search: Search, typed: str, reason: str) -> None:
    with pytest.raises(BadQuery, match=reason):
        ask(search, typed)


@pytest.mark.parametrize("limit", [0, 101, -1])
def test_a_page_has_a_size_in_its_limits(search: Search, limit: int) -> None:
    with pytest.raises(BadInput, match="from 1 to 100"):
        ask(search, "latch", limit=limit)


@pytest.mark.parametrize("typed", ["' OR 1=1 --", '% _ \\ \' " "', "applicant:o'brien", "title:%", "((((", "*", "한"])
def test_letters_of_other_languages_of_machines_are_letters(search: Search, typed: str) -> None:
    assert isinstance(ask(search, typed), Results)


def test_the_day_decides_what_is_expired(index: LanceIndex) -> None:
    later = a_search(index)
    later._today = lambda: dt.date(2040, 1, 1)
    assert set(numbers(ask(later, "status:expired"))) == {LATCH.number, VALVE.number}
