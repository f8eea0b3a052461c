"""The design sample: a US design grant that shows one desk stand in the seven customary views."""

from __future__ import annotations

from functools import cache

from samples.figure import Figure, figure
from samples.grant import Cited, Company, Description, Grant, Person
from samples.sheet import sheet
from samples.stand import stand
from samples.views import BOTTOM, FRONT, LEFT, PERSPECTIVE, REAR, RIGHT, TOP, View

TITLE = "Desk stand"
SCALE = 10.5

VIEWS: tuple[tuple[View, str], ...] = (
    (
        PERSPECTIVE,
        "is a perspective view of a desk stand, taken from the front, the right and above, showing my new design",
    ),
    (FRONT, "is a front elevational view thereof"),
    (REAR, "is a rear elevational view thereof"),
    (LEFT, "is a left side elevational view thereof"),
    (RIGHT, "is a right side elevational view thereof"),
    (TOP, "is a top plan view thereof"),
    (BOTTOM, "is a bottom plan view thereof"),
)


@cache
def design_figures() -> tuple[Figure, ...]:
    """The seven figures in order, all at one scale."""
    parts = stand()
    return tuple(figure(f"FIG. {number}", parts, view, SCALE) for number, (view, _) in enumerate(VIEWS, 1))


def captions() -> str:
    """The brief description of the drawings."""
    ends = [*[";"] * (len(VIEWS) - 2), "; and", "."]
    return "\n\n".join(f"FIG. {n} {words}{end}" for n, ((_, words), end) in enumerate(zip(VIEWS, ends, strict=True), 1))


def design() -> Grant:
    """The complete grant."""
    drawn = design_figures()
    sheets = tuple(sheet([one]) for one in drawn)
    return Grant(
        number="D9990001",
        kind="S1",
        type="design",
        dtd="v4.5 2014-04-03",
        published="20230411",
        produced="20230329",
        application="99500001",
        filed="20211118",
        title=TITLE,
        claims=("The ornamental design for a desk stand, as shown and described.",),
        description=Description(drawings=captions()),
        sheets=sheets,
        front=sheets[0],
        figure_count=len(drawn),
        years=15,
        locarno="1902",
        national="D19 75",
        statement="CLAIM",
        cited=(
            Cited("Castellane", "D9980021", "S", "19990600", by="examiner"),
            Cited("Wickersham et al.", "D9980022", "S", "20110200"),
            Cited("Ibarra", "98000023", "B2", "20160900", by="examiner", cpc="A47B 23/04"),
        ),
        inventors=(Person("Lindqvist-Moreau", "Annika", "Harrowgate", "VT"),),
        company=Company("Pale Birch Studio LLC", "Harrowgate", "VT"),
        agent="Marlowe Design Law PLLC",
        examiner=Person("Tremblay", "Odette"),
        department="2914",
    )
