"""Which language a reader gets."""

from __future__ import annotations

import pytest

from patent2tech.api.languages import preferred
from patent2tech.text import Lang


@pytest.mark.parametrize(
    ("chosen", "header", "expected"),
    [
        (None, None, Lang.EN),
        (None, "", Lang.EN),
        (None, "ko", Lang.KO),
        (None, "ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", Lang.KO),
        (None, "en-US,en;q=0.9,ko;q=0.8", Lang.EN),
        (None, "fr, ko;q=0.5", Lang.KO),
        (None, "en;q=0.2, ko;q=0.7", Lang.KO),
        (None, "ko;q=0", Lang.EN),
        (None, "ko;q=x", Lang.EN),
        (None, "*", Lang.EN),
        ("en", "ko", Lang.EN),
        ("ko", "en", Lang.KO),
        ("xx", "ko", Lang.KO),
    ],
)
def test_a_choice_counts_before_the_browser_and_the_browser_before_english(
    chosen: str | None, header: str | None, expected: Lang
) -> None:
    assert preferred(chosen, header) is expected
