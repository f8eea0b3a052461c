from __future__ import annotations

import pytest

from patent2tech.figures.labels import Known, Label, find_labels, once
from patent2tech.figures.ocr import TextLine
from patent2tech.patents import Figure

NUMBERED = Known(("1", "2", "3A", "3B", "7", "12"))
HAGUE = Known(("1.1", "1.2", "1.10"))
KOREAN = Known(("1", "2"), korean=True)


def a_line(text: str, box: tuple[int, int, int, int] = (100, 900, 300, 960), turn: int = 0) -> TextLine:
    return TextLine(text, box, 0.95, turn)


@pytest.mark.parametrize(
    ("text", "known", "label"),
    [
        ("FIG. 1", NUMBERED, "1"),
        ("FIG - 2", NUMBERED, "2"),
        ("FIG.7", NUMBERED, "7"),
        ("Fig. 3A", NUMBERED, "3A"),
        ("FIG. 3a", NUMBERED, "3A"),
        ("Figure 7", NUMBERED, "7"),
        ("FIGURE 12", NUMBERED, "12"),
        ("FlG. l2", NUMBERED, "12"),
        ("FIIG.7", NUMBERED, "7"),
        ("FIG. 2 (PRIOR ART)", NUMBERED, "2"),
        ("FIG. 19", NUMBERED, "19"),
        ("1.2", HAGUE, "1.2"),
        ("1.10", HAGUE, "1.10"),
        ("1.l", HAGUE, "1.1"),
        ("丘1", KOREAN, "1"),
        ("[도 2]", KOREAN, "2"),
        ("도면 2", KOREAN, "2"),
    ],
)
def test_label_is_read_in_every_printed_form(text: str, known: Known, label: str) -> None:
    assert [found.text for found in find_labels([a_line(text)], known)] == [label]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("12", NUMBERED),
        ("1.2", NUMBERED),
        ("9.9", HAGUE),
        ("FIND OR CREATE", NUMBERED),
        ("SEE FIG. 2 BELOW", NUMBERED),
        ("Figure 2 shows the result", NUMBERED),
        ("区5", NUMBERED),
        ("丘9", KOREAN),
    ],
)
def test_other_text_is_no_label(text: str, known: Known) -> None:
    assert find_labels([a_line(text)], known) == ()


def test_word_and_number_that_were_read_apart_are_one_label() -> None:
    lines = [a_line("FIG.", (100, 900, 200, 960)), a_line("2", (220, 902, 250, 958)), a_line("7", (900, 100, 930, 150))]
    (label,) = find_labels(lines, NUMBERED)
    assert (label.text, label.box) == ("2", (100, 900, 250, 960))


def test_word_and_number_of_a_turned_sheet_are_joined_in_its_reading_direction() -> None:
    lines = [a_line("FIG.", (900, 220, 960, 320), 270), a_line("2", (902, 170, 958, 200), 270)]
    assert [label.text for label in find_labels(lines, NUMBERED)] == ["2"]


def test_reference_in_brackets_does_not_take_the_label_from_its_sheet() -> None:
    chart = find_labels([a_line("(FIG.2)", (500, 300, 620, 340)), a_line("FIG. 1")], NUMBERED)
    own = find_labels([a_line("FIG. 2")], NUMBERED)
    assert [[label.text for label in labels] for labels in once([chart, own])] == [["1"], ["2"]]


def test_label_that_the_text_does_not_name_is_less_sure() -> None:
    known, unknown = find_labels([a_line("FIG. 7"), a_line("FIG. 9", (600, 900, 800, 960))], NUMBERED)
    assert known.confidence > unknown.confidence


def test_labels_are_apart() -> None:
    lines = [a_line("FIG. 7"), TextLine("FIG. 1", (150, 905, 310, 965), 0.6)]
    assert find_labels(lines, NUMBERED) == (Label("7", (100, 900, 300, 960), 0.95),)


def test_captions_tell_the_language_of_the_labels() -> None:
    assert Known.of([Figure("1", "도 1은 사시도이다")]).korean
    assert not Known.of([Figure("1", "FIG. 1 is a view")]).korean
