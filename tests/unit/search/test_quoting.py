"""What is quoted as the proof of a hit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patent2tech.search.quoting import Sought, best_quotes, rarity

LONG = (
    "The housing holds a frame and a plate. "
    + "a rod of steel and " * 40
    + "a swing bolt at its end. The latch closes."
)


@pytest.mark.parametrize(
    "text", [LONG, "latch" * 200, "A latch.\nA bolt.\nNothing.", "물의 수분을 밸브로 닫는다. latch", "   ", ""]
)
def test_a_quote_is_verbatim_short_and_marked_where_its_words_stand(text: str) -> None:
    sought = Sought(["latches with a bolt", "수분 밸브"])
    (quote,) = best_quotes([("abstract", text)], sought, rarity([text], sought))
    assert quote.text in text
    assert len(quote.text) <= 2 * 320
    for start, end in quote.marks:
        assert quote.text[start:end].lower() in {"latch", "bolt", "수분", "밸브"}


def test_the_piece_with_the_sought_words_is_quoted() -> None:
    sought = Sought(["swing bolt"])
    (quote,) = best_quotes([("abstract", LONG)], sought, rarity([LONG], sought))
    assert [quote.text[start:end] for start, end in quote.marks] == ["swing", "bolt"]
    assert quote.terms == ("swing", "bolt")


@given(
    st.lists(
        st.sampled_from(["latch", "Latches", "LATCHING", "relatch", "밸브latch", "İlatch", "bolt", "b", "-", "_latch"])
    )
)
def test_a_word_is_marked_wherever_it_begins_and_nowhere_else(pieces: list[str]) -> None:
    text = " ".join(pieces)
    marks = [text[start:end] for start, end, _ in Sought(["latch"]).marks(text)]
    assert marks == [
        piece.strip("_") for piece in pieces if piece.strip("_").lower() in {"latch", "latches", "latching"}
    ]
