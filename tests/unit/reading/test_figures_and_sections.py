from dataclasses import replace

import pytest

from patent2tech.patents import Heading, Paragraph, Patent, PatentType, PublicationNumber, Section, Sheet, Stated
from patent2tech.reading.figures import mentioned_labels, read_figures
from patent2tech.reading.sections import read_sections, section_of_heading
from patent2tech.reading.views import view_words


def patent_of(*blocks: Heading | Paragraph, sheets: int = 0, figures: int | None = None) -> Patent:
    return Patent(
        PublicationNumber("US", "1", "B2"),
        "t",
        PatentType.UTILITY,
        "en",
        "test",
        description=blocks,
        stated=Stated(figures=figures),
        sheets=tuple(Sheet(number, f"D{number:05}.TIF") for number in range(sheets + 1)) if sheets else (),
    )


DRAWINGS = Heading("BRIEF DESCRIPTION OF THE DRAWINGS")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("FIG. 1", ("1",)),
        ("FIGS. 2 and 3A", ("2", "3A")),
        ("FIGS. 4-6", ("4", "5", "6")),
        ("Figs. 3a to 3d", ("3a", "3b", "3c", "3d")),
        ("Figure 12(b)", ("12(b)",)),
        ("FIG - 2", ("2",)),
        ("도 1 내지 도 3", ("1", "2", "3")),
        ("도 2a 및 도 2b", ("2a", "2b")),
        ("FIG. 2 is a view", ("2",)),
        ("the figure of merit 5", ()),
    ],
)
def test_labels_of_every_printed_form(text: str, labels: tuple[str, ...]) -> None:
    assert tuple(sorted(mentioned_labels(text))) == tuple(sorted(labels))


def test_captions_come_from_the_section_of_drawings_even_several_in_one_paragraph() -> None:
    patent = patent_of(
        DRAWINGS,
        Paragraph("0001", "FIG. 1 is a perspective view of a lamp; FIG. 2 is a front view thereof; and"),
        Paragraph("0002", "FIGS. 3A and 3B are sectional views taken along line 3-3 of FIG. 2."),
        Heading("DETAILED DESCRIPTION"),
        Paragraph("0003", "FIG. 4 shows more."),
    )
    figures = {figure.label: figure for figure in read_figures(patent, read_sections(patent))}
    assert figures["1"].caption == "FIG. 1 is a perspective view of a lamp"
    assert figures["2"].views == ("front",)
    assert figures["3A"].caption == figures["3B"].caption
    assert figures["4"].caption is None


def test_figures_of_an_international_design_are_numbered_with_a_point() -> None:
    patent = replace(
        patent_of(
            Paragraph("0001", "1. Bottle"),
            Paragraph("0002", "1.1 : Perspective"),
            Paragraph("0003", "1.2 : Front 1.10 : Enlarged view of a part"),
        ),
        type=PatentType.DESIGN,
    )
    figures = read_figures(patent, read_sections(patent))
    assert [(figure.label, figure.caption) for figure in figures] == [
        ("1.1", "1.1 : Perspective"),
        ("1.2", "1.2 : Front"),
        ("1.10", "1.10 : Enlarged view of a part"),
    ]


def test_numbers_with_a_point_are_no_figures_of_a_utility_patent() -> None:
    patent = patent_of(Paragraph("0001", "A gap of 1.5 millimetres and a ratio of 2.0 are kept."))
    assert read_figures(patent, read_sections(patent)) == ()


def test_the_only_figure_has_a_caption_without_a_number() -> None:
    patent = patent_of(Paragraph("0001", "The FIGURE is a front view of a display screen."))
    (figure,) = read_figures(patent, read_sections(patent))
    assert (figure.label, figure.views) == ("1", ("front",))


def test_sheets_are_linked_only_where_the_counts_leave_no_choice() -> None:
    captions = Paragraph("0001", "FIG. 1 is a front view. FIG. 2 is a rear view.")
    certain = patent_of(DRAWINGS, captions, sheets=2, figures=2)
    doubtful = patent_of(DRAWINGS, captions, sheets=1, figures=2)
    assert [figure.sheet for figure in read_figures(certain, read_sections(certain))] == [1, 2]
    assert [figure.sheet for figure in read_figures(doubtful, read_sections(doubtful))] == [None, None]


@pytest.mark.parametrize(
    ("caption", "views"),
    [
        ("FIG. 4 is a left side elevational view thereof", ("left", "side", "elevational")),
        ("FIG. 1 is a perspective view from the front, top and right", ("perspective", "front", "right")),
        ("an exploded perspective view", ("exploded", "perspective")),
        ("a cross-sectional view taken along line 3-3", ("cross_sectional",)),
        ("a block diagram of the system", ("block_diagram",)),
        ("a flow chart of the method", ("flowchart",)),
        ("도 1은 본 발명의 사시도이다", ("perspective",)),
        ("도 2는 분해사시도이다", ("exploded", "perspective")),
        ("도 3은 우측면도이다", ("right",)),
    ],
)
def test_view_words(caption: str, views: tuple[str, ...]) -> None:
    assert set(views) <= set(view_words(caption))


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("BACKGROUND OF THE INVENTION", Section.BACKGROUND),
        ("Cross-Reference to Related Applications", Section.CROSS_REFERENCE),
        ("BRIEF DESCRIPTION OF THE SEVERAL VIEWS OF THE DRAWINGS", Section.DRAWINGS),
        ("DETAILED DESCRIPTION OF THE PREFERRED EMBODIMENTS", Section.DETAILED),
        ("Technical Field", Section.FIELD),
        ("SUMMARY", Section.SUMMARY),
        ("STATEMENT REGARDING FEDERALLY SPONSORED RESEARCH", Section.GOVERNMENT_INTEREST),
        ("Solution to Problem", Section.SOLUTION),
        ("REFERENCE SIGNS LIST", Section.REFERENCE_SIGNS),
        ("기 술 분 야", Section.FIELD),
        ("해결하려는 과제", Section.PROBLEM),
        ("발명의 효과", Section.ADVANTAGE),
        ("부호의 설명", Section.REFERENCE_SIGNS),
        ("발명을 실시하기 위한 구체적인 내용", Section.DETAILED),
        ("The Housing", None),
    ],
)
def test_headings_open_their_sections(heading: str, section: Section | None) -> None:
    assert section_of_heading(heading) is section


def test_an_inner_heading_keeps_the_section_and_a_mark_changes_it() -> None:
    patent = patent_of(
        Heading("SUMMARY"),
        Paragraph("0001", "a"),
        Heading("The housing"),
        Paragraph("0002", "b"),
        Paragraph("0003", "c", Section.DRAWINGS),
        Paragraph("0004", "d", Section.DETAILED),
    )
    assert list(read_sections(patent).values()) == [
        Section.SUMMARY,
        Section.SUMMARY,
        Section.DRAWINGS,
        Section.DETAILED,
    ]
