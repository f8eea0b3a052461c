"""The query language: what each form means, and what a wrong one is answered with."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patent2tech.errors import BadQuery
from patent2tech.search import Query, Span, Term, parse_query
from patent2tech.search.narrowing import narrowed
from patent2tech.search.refusing import QueryRefused
from patent2tech.text.notes import Lang


def test_words_phrases_and_words_to_leave_out() -> None:
    query = parse_query('cam lever "swing bolt" -gateway -"data record"')
    assert query.text == "cam lever swing bolt"
    assert query.phrases == ("swing bolt",)
    assert query.without == ("gateway", "data record")


def test_fields_become_filters() -> None:
    query = parse_query(
        'latch title:"Quick release" claim:bolt cpc:"b25j 9/16" applicant:Samsung inventor:kim office:kr kind:b1 '
        "lang:KO filed:2015..2020 published:2021-03 status:expired"
    )
    filters = query.filters
    assert (query.text, query.claims) == ("latch", ("bolt",))
    assert (filters.titles, filters.cpc, filters.applicants) == (("quick release",), ("B25J9/16",), ("samsung",))
    assert (filters.inventors, filters.offices, filters.kinds, filters.languages) == (
        ("kim",),
        ("KR",),
        ("B1",),
        ("ko",),
    )
    assert filters.filed == Span(dt.date(2015, 1, 1), dt.date(2020, 12, 31))
    assert filters.published == Span(dt.date(2021, 3, 1), dt.date(2021, 3, 31))
    assert filters.status == (Term.EXPIRED,)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("..2020", None, dt.date(2020, 12, 31)),
        ("2020-02..", dt.date(2020, 2, 1), None),
        ("20200229", dt.date(2020, 2, 29), dt.date(2020, 2, 29)),
    ],
)
def test_an_end_of_a_time_may_be_open(typed: str, first: dt.date | None, last: dt.date | None) -> None:
    assert parse_query(f"filed:{typed}").filters.filed == Span(first, last)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("US8418361B2", "US8418361B2"),
        ("8,418,361", "US8418361"),
        ("US 2011/0039701 A1", "US20110039701A1"),
        ("EP.1000000.A1", "EP1000000A1"),
        ("10-2023-0147601", "KR1020230147601"),
        ("WO 99/12345", "WO1999012345"),
        ("D907,292", "USD907292"),
        ("U.S. Pat. No. 8,418,361", "US8418361"),
        ("US patent application publication No. 2011/0039701", "US20110039701"),
        ("등록특허 제10-1234567호", "KR101234567"),
        ("대한민국 공개특허공보 제10-2023-0147601호", "KR1020230147601"),
    ],
)
def test_any_form_of_a_number_is_a_number(typed: str, number: str) -> None:
    assert str(parse_query(typed).number) == number


@pytest.mark.parametrize(
    "typed",
    ["12 volt", "spring 12", "patent no. 12", "특허 번호", "A1", "1917", "5 degrees", "ratio 1:2", "note: a latch"],
)
def test_words_with_digits_and_colons_are_no_numbers_and_no_fields(typed: str) -> None:
    query = parse_query(typed)
    assert query.number is None
    assert query.text == " ".join(typed.split())


@pytest.mark.parametrize(
    ("typed", "reason", "place"),
    [
        ('a "latch', "a quotation mark has no partner", 3),
        ("a ”latch", "a quotation mark has no partner", 3),
        ("latch foo:bar", "there is no field 'foo'", 7),
        ("filed:2020-13", "there is no day 2020-13", 1),
        ("filed:2021..2020", "ends before it begins", 1),
        ("filed:soon", "is no date", 1),
        ("cpc:Q99", "no CPC symbol begins", 1),
        ("office:USA", "is no office", 1),
        ("status:dead", "there is no status", 1),
        ("a\x01b", "control character U\\+0001", 2),
        ("-cpc:B25J", "a field cannot be left out", 1),
        ('title:""', "has no value", 1),
        ("latch cpc: E05C", "the field 'cpc' has no value", 7),
        ("number:latch", "is not a publication number", 1),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(typed: str, reason: str, place: int) -> None:
    with pytest.raises(BadQuery, match=rf"{reason}.*\(character {place} of the query\)"):
        parse_query(typed)


def test_a_refusal_can_be_told_in_korean() -> None:
    with pytest.raises(QueryRefused) as refused:
        parse_query("latch cpc: E05C")
    assert refused.value.wording(Lang.KO).endswith("적으세요 (검색어의 7번째 글자)")


def test_a_text_of_100_kilobytes_is_refused_with_the_limit() -> None:
    with pytest.raises(BadQuery, match="has 100000 characters and at most 20000 are read"):
        parse_query("a" * 100_000)


def test_filters_beside_the_query_are_read_like_its_own_and_add_to_them() -> None:
    query = narrowed(parse_query("latch office:US"), {"office": ["KR"], "filed": ["2015.."]})
    assert query.filters.offices == ("US", "KR")
    assert query.filters.filed.first == dt.date(2015, 1, 1)
    with pytest.raises(BadQuery, match="cpc: no CPC symbol"):
        narrowed(query, {"cpc": ["robots"]})


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_refused_in_words(typed: str) -> None:
    try:
        assert isinstance(parse_query(typed), Query)
    except BadQuery:
        return
