"""Any patent comes back from the database exactly as it was given."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patent2tech.errors import Malformed
from patent2tech.patents import (
    Citation,
    Claim,
    Dates,
    Figure,
    Heading,
    Locator,
    Paragraph,
    Part,
    PartialDate,
    Party,
    Patent,
    PatentType,
    PublicationNumber,
    RelatedDocument,
    Section,
    Stated,
    TermFacts,
)
from patent2tech.store import BlobStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from patent2tech.library import Library

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
words = st.text("abcABC0123\u3131", min_size=1, max_size=6)
counts = st.integers(0, 2**31 - 1)
days = st.one_of(
    st.dates(dt.date(1421, 1, 1)).map(lambda day: PartialDate(day.year, day.month, day.day)),
    st.builds(PartialDate, st.integers(1421, 9999), st.integers(0, 12)),
)
numbers = st.builds(
    PublicationNumber,
    st.sampled_from(["US", "KR", "EP"]),
    st.text("0123456789D", min_size=1, max_size=13),
    st.sampled_from(["", "A1", "B2"]),
)
locators = st.one_of(
    st.builds(Locator.claim, counts),
    st.builds(Locator.paragraph, st.text("0123456789", min_size=1, max_size=5)),
    st.builds(Locator.figure, st.text("123ABC'", min_size=1, max_size=4)),
)


def tuples(some: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(some, max_size=3).map(tuple)


parties = st.builds(Party, texts, st.none() | texts, st.none() | texts)
patents = st.builds(
    Patent,
    number=numbers,
    title=texts,
    type=st.sampled_from(PatentType),
    language=words,
    source_format=words,
    abstract=st.none() | texts,
    application_number=st.none() | texts,
    dates=st.builds(Dates, *[st.none() | days] * 4),
    applicants=tuples(parties),
    inventors=tuples(parties),
    assignees=tuples(parties),
    cpc=tuples(texts),
    ipc=tuples(texts),
    locarno=st.none() | texts,
    us_class=st.none() | texts,
    citations=tuples(st.builds(Citation, texts, st.none() | numbers, st.none() | days, st.none() | words)),
    related=tuples(st.builds(RelatedDocument, words, words, texts, st.none() | days)),
    term=st.builds(TermFacts, st.none() | counts, st.none() | counts, st.booleans()),
    stated=st.builds(Stated, *[st.none() | counts] * 3),
    claims=tuples(st.builds(Claim, counts, texts, st.lists(counts, max_size=3).map(tuple), st.none() | counts)),
    description=tuples(
        st.builds(Heading, texts, counts) | st.builds(Paragraph, words, texts, st.none() | st.sampled_from(Section))
    ),
)
figures = tuples(st.builds(Figure, words, st.none() | texts, st.none() | locators, tuples(words), st.none() | counts))
parts = tuples(st.builds(Part, words, tuples(texts), tuples(locators), tuples(words)))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(patent=patents, figures=figures, parts=parts, source=st.binary(max_size=64))
def test_what_is_kept_is_given_back_exactly(
    library: Library, patent: Patent, figures: tuple[Figure, ...], parts: tuple[Part, ...], source: bytes
) -> None:
    # Examples share one library, and keeping a document again without parts leaves the parts that it has.
    if library.has(patent.number):
        library.delete(library.get(patent.number).number)
    library.keep(patent, source, {}, figures, parts)
    assert library.get(patent.number) == patent
    assert library.figures(patent.number) == figures
    assert library.parts(patent.number) == parts
    assert library.source(patent.number) == source


@pytest.mark.parametrize("bad", ["\x00", chr(0xD800), chr(0xDFFF)])
@pytest.mark.parametrize("place", ["title", "claims", "figures", "parts"])
def test_what_is_no_text_is_refused_with_its_place(
    library: Library, a_patent: Callable[..., Patent], tmp_path: Path, bad: str, place: str
) -> None:
    patent = a_patent()
    text = f"the spring{bad}closes"
    if place == "title":
        patent = dataclasses.replace(patent, title=text)
    if place == "claims":
        patent = dataclasses.replace(patent, claims=(Claim(1, text),))
    found_figures = (Figure("1", text),) if place == "figures" else ()
    found_parts = (Part("12", (text,), ()),) if place == "parts" else ()
    with pytest.raises(Malformed, match=r"U\+.* after .*the spring"):
        library.keep(patent, b"<xml/>", {}, found_figures, found_parts)
    assert library.count() == 0
    assert list(BlobStore(tmp_path / "blobs")) == []


def test_a_backslash_before_zeros_is_ordinary_text(library: Library, a_patent: Callable[..., Patent]) -> None:
    patent = a_patent(title="a regular expression \\u0000 and \\ud800")
    library.keep(patent, b"<xml/>")
    assert library.get(patent.number) == patent


def test_a_count_beyond_the_columns_is_refused_in_words(library: Library, a_patent: Callable[..., Patent]) -> None:
    with pytest.raises(Malformed, match="does not fit"):
        library.keep(a_patent(), b"<xml/>", {}, [Figure("1", sheet=2**40)])
    assert library.count() == 0
