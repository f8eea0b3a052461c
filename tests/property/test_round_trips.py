"""Generated documents of every format: what was written is read back, through recognition and all.

`P2T_ROUND_TRIPS=1000` draws more for each format than the share of continuous integration.
"""

import datetime as dt
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patent2tech.formats import Parsed, read_upload
from tests.office_documents import MARKUP, TYPED, Facts, facts_of

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ANY_LETTERS = f"{LETTERS}éüñøαβΔµ밸브장치弁①½°′"
SIGNS = ["&", "<", ">", '"', "<b>", "&amp;", "(10)", "5", "1.5", "%", "=", "FIG.", "—", "x;", "]]>", "제1항에"]


def words(letters: str) -> st.SearchStrategy[str]:
    return st.text(letters, min_size=2, max_size=9)


def sentences(word: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Four words at least, so that none is taken for a heading."""
    return st.lists(word, min_size=3, max_size=30).map(lambda found: f"A {' '.join(found)} tail.")


DAYS = st.dates(dt.date(1976, 1, 1), dt.date(2026, 1, 1)).map(lambda day: f"{day:%Y%m%d}")


def facts(word: st.SearchStrategy[str], names: str) -> st.SearchStrategy[Facts]:
    sentence = sentences(word)
    return st.builds(
        Facts,
        serial=st.integers(4_000_000, 9_999_999),
        title=st.lists(words(names), min_size=2, max_size=5).map(" ".join),
        abstract=sentence,
        claims=st.lists(sentence, min_size=1, max_size=5).map(tuple),
        paragraphs=st.lists(sentence, min_size=1, max_size=6).map(tuple),
        first_name=words(names),
        last_name=words(names),
        filed=DAYS,
        published=DAYS,
    )


ANY = facts(st.one_of(words(ANY_LETTERS), st.sampled_from(SIGNS)), ANY_LETTERS)
PLAIN = facts(words(LETTERS), LETTERS)
DRAWN = int(os.environ.get("P2T_ROUND_TRIPS", "25"))
FEW = settings(
    max_examples=DRAWN, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def read_back(content: bytes) -> dict[str, object]:
    (parsed,) = read_upload("document", content)
    assert isinstance(parsed, Parsed), parsed
    return facts_of(parsed.patent)


@pytest.mark.parametrize("name", MARKUP)
@given(drawn=ANY)
@FEW
def test_what_is_written_in_markup_is_read_back(name: str, drawn: Facts) -> None:
    content, expected = MARKUP[name](drawn)
    found = read_back(content)
    assert {each: found[each] for each in expected} == expected


@pytest.mark.parametrize("name", TYPED)
@given(drawn=PLAIN)
@FEW
def test_what_is_written_in_lines_is_read_back(name: str, drawn: Facts) -> None:
    content, expected = TYPED[name](drawn)
    found = read_back(content)
    assert {each: found[each] for each in expected} == expected
