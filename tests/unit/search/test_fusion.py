"""One ranking out of two."""

from __future__ import annotations

from patent2tech.search import Mode, parse_query
from patent2tech.search.fusion import fuse
from tests.unit.search.building import a_document, a_search, an_index

WORDS = {"meant": 5.0, "worded": 7.0, "other": 1.0}
MEANING = {"meant": 0.9, "worded": 0.5, "other": 0.4}


def test_meaning_can_lift_a_document_above_one_of_better_words() -> None:
    assert [each.key for each in fuse(WORDS, MEANING)] == ["meant", "worded", "other"]


def test_meaning_weighs_less_in_the_script_of_the_question() -> None:
    assert [each.key for each in fuse(WORDS, MEANING, frozenset(WORDS))] == ["worded", "meant", "other"]


def test_a_korean_question_knows_which_documents_are_korean(tmp_path: object) -> None:
    korean = a_document("1", "관수 밸브", "토양의 수분에 따라 개폐되는 밸브를 제공한다.")
    english = a_document("2", "Irrigation valve", "A valve that opens by the moisture of soil.")
    search = a_search(an_index(tmp_path, korean, english))  # type: ignore[arg-type]
    query = parse_query("토양 수분 밸브")
    ranked = {each.key: each for each in search.ranking(query, Mode.HYBRID, 10)}
    words = {key: each.words for key, each in ranked.items() if each.words is not None}
    meaning = {key: each.meaning for key, each in ranked.items() if each.meaning is not None}
    assert set(words) == set(meaning) == {"1", "2"}
    assert ranked["1"].score == fuse(words, meaning, {"1"})[0].score
