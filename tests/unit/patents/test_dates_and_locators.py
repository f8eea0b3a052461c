import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patent2tech.patents import Locator, PartialDate, Place


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("20030517", "2003-05-17"),
        ("20030500", "2003-05"),
        ("20030000", "2003"),
        ("2003", "2003"),
        ("2003.05.17", "2003-05-17"),
        ("2003-05-17", "2003-05-17"),
    ],
)
def test_a_date_keeps_the_precision_of_the_document(text: str, printed: str) -> None:
    assert str(PartialDate.parse(text)) == printed


@pytest.mark.parametrize("text", ["", "0517", "20031317", "20030230", "20030017", "May 17, 2003"])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert PartialDate.parse(text) is None


def test_only_a_full_date_is_exact() -> None:
    assert PartialDate(2003, 5, 17).exact == dt.date(2003, 5, 17)
    assert PartialDate(2003, 5).exact is None


@given(
    st.one_of(
        st.integers(1, 9999).map(Locator.claim),
        st.from_regex(r"[0-9]{4,5}(-[0-9])?", fullmatch=True).map(Locator.paragraph),
        st.from_regex(r"[1-9][0-9]?[A-Z]?", fullmatch=True).map(Locator.figure),
        st.sampled_from([Locator(Place.TITLE), Locator(Place.ABSTRACT)]),
    )
)
def test_a_printed_locator_reads_back(locator: Locator) -> None:
    assert Locator.parse(str(locator)) == locator


def test_anchors_are_those_of_the_page() -> None:
    assert Locator.claim(1).anchor == "c1"
    assert Locator.paragraph("0023").anchor == "p0023"
    assert Locator.figure("2").anchor == "fig2"


def test_a_text_that_names_no_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        Locator.parse("claims")
