import re
from string import Formatter

import pytest

from patent2tech.text import Lang, Note, sentences, wordings


def test_both_languages_have_every_message_with_the_same_values() -> None:
    english, korean = wordings(Lang.EN), wordings(Lang.KO)
    assert english.keys() == korean.keys()
    for code in english:
        named = [{name for _, name, _, _ in Formatter().parse(text[code]) if name} for text in (english, korean)]
        assert named[0] == named[1], code


def test_korean_messages_are_korean() -> None:
    english, korean = wordings(Lang.EN), wordings(Lang.KO)
    same = [code for code in english if english[code] == korean[code] and re.search(r"[a-z]{4}", english[code])]
    assert len(same) <= 12, same


def test_a_note_is_worded_with_its_values() -> None:
    note = Note.of("warning.claim_self", claim=3)
    assert note.wording() == "Claim 3 refers to itself."
    assert "3" in note.wording(Lang.KO)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("As shown in FIG. 1 the cap turns. It stops.", ["As shown in FIG. 1 the cap turns.", "It stops."]),
        ("See U.S. Pat. No. 5,123,456. It is old.", ["See U.S. Pat. No. 5,123,456.", "It is old."]),
        ("A gap (e.g. 5 mm) of approx. 2.5 mm.", ["A gap (e.g. 5 mm) of approx. 2.5 mm."]),
        ("밸브가 열린다. 물이 흐른다.", ["밸브가 열린다.", "물이 흐른다."]),
        ("Smith et al. Found it.", ["Smith et al. Found it."]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected
