"""Flow charts become graphs: nodes with their text and shape, edges with direction and label."""

from __future__ import annotations

from patent2tech.figures.charts import read_chart
from patent2tech.figures.kinds import tell_kind
from patent2tech.figures.model import Chart, FigureKind, NodeShape, Numeral
from patent2tech.figures.ocr import TextLine
from patent2tech.figures.outlines import find_outlines
from tests.unit.figures.drawn import Paper


def a_flow_chart(*, framed: bool = False) -> tuple[Paper, list[TextLine], list[Numeral]]:
    """Read, decide, then either write or go back; one numeral points at the first step."""
    paper = Paper(1200, 1300)
    paper.box((400, 100, 800, 220))
    paper.diamond((400, 400, 800, 640))
    paper.box((400, 850, 800, 970))
    paper.arrow([(600, 222), (600, 398)])
    paper.arrow([(600, 642), (600, 848)])
    paper.line([(802, 520), (1000, 520), (1000, 160)])
    paper.arrow([(1000, 160), (804, 160)])
    if framed:
        paper.box((200, 40, 1100, 1080))
        paper.line([(600, 972), (600, 1150)])
    lines = [
        TextLine(text, paper.write(text, *at), 0.99)
        for text, at in {
            "Read value": (480, 130),
            "High?": (535, 490),
            "Write value": (480, 880),
            "Yes": (620, 690),
            "No": (830, 460),
        }.items()
    ]
    numeral = Numeral("110", paper.write("110", 250, 60), (402, 140))
    return paper, lines, [numeral]


def chart_of(paper: Paper, lines: list[TextLine], numerals: list[Numeral]) -> Chart:
    box = (0, 0, *paper.image.size)
    chart = read_chart(paper.pixels, box, find_outlines(paper.pixels, box), lines, numerals)
    assert chart is not None
    return chart


def test_boxes_and_diamonds_are_nodes_with_their_text() -> None:
    chart = chart_of(*a_flow_chart())
    assert [(node.text, node.shape) for node in chart.nodes] == [
        ("Read value", NodeShape.BOX),
        ("High?", NodeShape.DIAMOND),
        ("Write value", NodeShape.BOX),
    ]


def test_arrows_are_edges_with_direction_and_label() -> None:
    chart = chart_of(*a_flow_chart())
    edges = {(edge.source, edge.target, edge.directed, edge.label) for edge in chart.edges}
    assert edges == {(0, 1, True, None), (1, 2, True, "Yes"), (1, 0, True, "No")}


def test_a_node_has_the_numeral_that_points_at_it() -> None:
    assert [node.numeral for node in chart_of(*a_flow_chart()).nodes] == ["110", None, None]


def test_a_frame_around_the_nodes_joins_none_of_them() -> None:
    framed, plain = chart_of(*a_flow_chart(framed=True)), chart_of(*a_flow_chart())
    assert set(framed.edges) == set(plain.edges)


def test_a_drawing_without_two_nodes_is_no_chart() -> None:
    paper = Paper()
    paper.box((100, 100, 500, 400))
    line = TextLine("Only one", paper.write("Only one", 150, 200), 0.99)
    box = (0, 0, *paper.image.size)
    assert read_chart(paper.pixels, box, find_outlines(paper.pixels, box), [line], []) is None


def test_the_pixels_tell_a_flow_chart_where_no_caption_does() -> None:
    paper, lines, _ = a_flow_chart()
    box = (0, 0, *paper.image.size)
    assert tell_kind(paper.pixels, box, None, find_outlines(paper.pixels, box), lines) is FigureKind.FLOW_CHART
