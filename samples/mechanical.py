"""The mechanical sample: a US utility grant whose six sheets show one clamp from all sides, cut and taken apart."""

from __future__ import annotations

from functools import cache

from samples.callouts import Callout
from samples.clamp import BOLT_PIVOT, CAM_CENTRE, LEVER_PIVOT, SHAFTS, clamp, exploded, released
from samples.figure import Figure, figure
from samples.grant import Cited, Company, Grant, Person, Symbol
from samples.mechanical_text import ABSTRACT, CLAIMS, DESCRIPTION, TITLE
from samples.sheet import sheet
from samples.views import FRONT, PERSPECTIVE, RIGHT, TOP, View

_LX, _LY = LEVER_PIVOT
_HANDLE_END = (_LX - 66, _LY + 10, 11.0)

_PERSPECTIVE = (
    Callout("10", "", "above", (20, 66, 20)),
    Callout("12", "body", "below", (-20, 4, 26)),
    Callout("14", "body", "below", (45, 8, 20.2)),
    Callout("16", "body", "left", (-18, 14, 20)),
    Callout("20", "body", "left", (-34, 25, 16)),
    Callout("22", "hinge pin", "left"),
    Callout("24", "upper jaw", "left", (-20, 44, 20)),
    Callout("32", "body", "right", (42, 16, 13)),
    Callout("34", "pivot pin", "right"),
    Callout("36", "swing bolt", "right", (BOLT_PIVOT[0] + 2, 34, 2.8)),
    Callout("42", "upper jaw", "right", (46, 45, 14)),
    Callout("46", "thrust washer", "right"),
    Callout("48", "barrel nut", "above"),
    Callout("50", "cam lever", "above", (_LX - 36, _LY + 8.8, 6)),
    Callout("56", "cam lever", "left", _HANDLE_END),
    Callout("60", "lower liner", "below"),
    Callout("62", "upper liner", "left", (-12, 44.5, 22)),
)
_FRONT = (
    Callout("12", "body", "left", (-48, 4, 26)),
    Callout("16", "body", "left", (-20, 12, 20)),
    Callout("20", "body", "left", (-31, 24, 16)),
    Callout("22", "hinge pin", "left"),
    Callout("24", "upper jaw", "left", (-22, 48, 20)),
    Callout("66", "-", "right", (23, 32, 20)),
    Callout("32", "body", "right", (41, 15, 13)),
    Callout("34", "pivot pin", "right"),
    Callout("36", "swing bolt", "right", (39, 36, 2)),
    Callout("42", "upper jaw", "right", (46, 45, 14)),
    Callout("46", "thrust washer", "right"),
    Callout("48", "barrel nut", "right", (_LX + 2, _LY - 1, 12)),
    Callout("52", "cam lever", "right", (_LX + 7, _LY + 2, 11)),
    Callout("50", "cam lever", "above", (_LX - 40, _LY + 5.5, 11)),
    Callout("56", "cam lever", "above", _HANDLE_END),
    Callout("60", "lower liner", "below", (-6, 17, 22)),
    Callout("62", "upper liner", "above", (6, 47, 22)),
    Callout("64", "lower liner", "below", (10, 18.5, 22)),
)
_SIDE = (
    Callout("12", "body", "left"),
    Callout("24", "upper jaw", "left", (27, 38, 17)),
    Callout("46", "thrust washer", "left"),
    Callout("50", "cam lever", "left"),
    Callout("36", "swing bolt", "right", (41, 36, 0)),
    Callout("32", "body", "right", (45, 20, -10)),
    Callout("34", "pivot pin", "right", (38, 20, -14)),
    Callout("42", "upper jaw", "right", (50, 46, -10)),
    Callout("44", "-", "right", (50, 46, -3.9)),
    Callout("52", "cam lever", "right", (46, 64, -8)),
    Callout("38", "swing bolt", "left", (45, 20, 3)),
)
_TOP = (
    Callout("12", "body", "below", (-10, 8, 24)),
    Callout("14", "body", "right", (48, 8, -17)),
    Callout("22", "hinge pin", "below"),
    Callout("30", "retaining ring", "above"),
    Callout("24", "upper jaw", "above", (-8, 58, -16)),
    Callout("50", "cam lever", "below", (10, 76, 6)),
    Callout("56", "cam lever", "above", (-20, 76, -4)),
    Callout("58", "-", "above", (_LX - 10, 72, -2)),
    Callout("64", "upper liner", "below", (10, 40, 21.4)),
    Callout("40", "swing bolt", "below", (BOLT_PIVOT[0], 76, 1.5)),
    Callout("42", "upper jaw", "above", (48.8, 52, -13)),
)
_SECTION = (
    Callout("12", "body", "left", (-46, 3, 0)),
    Callout("16", "body", "left", (-20, 15, 0)),
    Callout("18", "body", "below", (-7, 17.1, 0)),
    Callout("26", "upper jaw", "above", (-7, 46.9, 0)),
    Callout("60", "lower liner", "below", (8, 19.5, 0)),
    Callout("62", "upper liner", "above", (8, 44.5, 0)),
    Callout("24", "upper jaw", "left", (-21, 47, 0)),
    Callout("22", "hinge pin", "left"),
    Callout("28", "upper jaw", "left", (-33, 36.5, 0)),
    Callout("34", "pivot pin", "right"),
    Callout("38", "swing bolt", "right", (43, 18, 6)),
    Callout("36", "swing bolt", "right", (39, 34, 2)),
    Callout("42", "upper jaw", "right", (29, 46, 0)),
    Callout("44", "upper jaw", "right", (47, 49, -4.2)),
    Callout("46", "thrust washer", "right", (45, 53.5, 0)),
    Callout("54", "cam lever", "right", (CAM_CENTRE[0] + 6.8, CAM_CENTRE[1] - 6.8, -6)),
    Callout("48", "barrel nut", "right"),
    Callout("40", "swing bolt", "right", (BOLT_PIVOT[0] + 1, _LY + 8, 2)),
    Callout("50", "cam lever", "above", (_LX - 50, _LY + 6.5, 0)),
    Callout("58", "cam lever", "above", (_LX - 11, _LY + 5, -4.2)),
)
_EXPLODED = (
    Callout("16", "body", "left", (-20, 16, 20)),
    Callout("12", "body", "below"),
    Callout("20", "body", "left", (-40.5, 30, 16)),
    Callout("32", "body", "right", (44, 20, 13)),
    Callout("22", "hinge pin", "left"),
    Callout("60", "lower liner", "left"),
    Callout("62", "upper liner", "left"),
    Callout("24", "upper jaw", "above"),
    Callout("28", "upper jaw", "left", (-41, 104, 7.8)),
    Callout("42", "upper jaw", "above", (40, 124, 10)),
    Callout("44", "-", "above", (44, 124, 0)),
    Callout("50", "cam lever", "above"),
    Callout("48", "barrel nut", "right"),
    Callout("46", "thrust washer", "right"),
    Callout("40", "swing bolt", "right", (103, 60, 1)),
    Callout("36", "swing bolt", "right", (103, 50, 1)),
    Callout("38", "swing bolt", "right", (105, 34, 6)),
    Callout("34", "pivot pin", "right"),
    Callout("30", "retaining ring", "left"),
)
_RELEASED = (
    Callout("10", "", "above", (20, 30, 0)),
    Callout("16", "body", "left", (-20, 14, 20)),
    Callout("22", "hinge pin", "left"),
    Callout("24", "upper jaw", "left"),
    Callout("62", "upper liner", "above"),
    Callout("60", "lower liner", "below"),
    Callout("36", "swing bolt", "right", (52, 38, 2)),
    Callout("34", "pivot pin", "right"),
    Callout("46", "thrust washer", "right"),
    Callout("50", "cam lever", "above"),
)
_DETAIL = (
    Callout("46", "thrust washer", "right"),
    Callout("40", "swing bolt", "above", (BOLT_PIVOT[0] + 1, _LY + 8.6, 2)),
    Callout("48", "barrel nut", "above", (_LX - 3, _LY + 1.5, 12.5)),
    Callout("52", "cam lever", "right", (_LX + 8, _LY + 3, 11)),
    Callout("54", "cam lever", "right", (CAM_CENTRE[0] + 7, CAM_CENTRE[1] - 7, 11)),
    Callout("70", "barrel nut", "right", (_LX, _LY, 12.5)),
    Callout("72", "barrel nut", "right", (*CAM_CENTRE, 12.5)),
    Callout("56", "cam lever", "above", (_LX - 22, _LY + 5, 11)),
)


def _cross(x: float, y: float) -> list[tuple[tuple[float, float, float], tuple[float, float, float]]]:
    return [((x - 0.9, y, 30), (x + 0.9, y, 30)), ((x, y - 0.9, 30), (x, y + 0.9, 30))]


@cache
def mechanical_figures() -> tuple[Figure, ...]:
    """The eight figures in order."""
    closed = list(clamp().values())
    apart = exploded()
    detail = [part for part in closed if part.name in ("cam lever", "barrel nut", "thrust washer", "swing bolt")]
    detail = [part if part.name == "barrel nut" else part.above(46) for part in detail]
    assembly = [((38.0, 25.0, 0.0), (38.0, 37.0, 0.0)), ((0.0, 30.0, 0.0), (0.0, 140.0, 0.0))]
    assembly += [((-36.0, 62.0, -60.0), (-36.0, 62.0, 90.0)), ((100.0, 85.0, 0.0), (100.0, 130.0, 0.0))]
    return (
        figure("FIG. 1", closed, PERSPECTIVE, 13.5, _PERSPECTIVE),
        figure("FIG. 2", closed, FRONT, 14.5, _FRONT),
        figure("FIG. 3", closed, RIGHT, 13, _SIDE),
        figure("FIG. 4", closed, TOP, 13, _TOP, cut_mark="5"),
        figure("FIG. 5", closed, FRONT, 15, _SECTION, section=SHAFTS),
        figure("FIG. 6", apart, View(30, 22), 12, _EXPLODED, axes=assembly),
        figure("FIG. 7", released(), FRONT, 9, _RELEASED),
        figure("FIG. 8", detail, FRONT, 22, _DETAIL, axes=_cross(*LEVER_PIVOT) + _cross(*CAM_CENTRE)),
    )


def mechanical() -> Grant:
    """The complete grant."""
    f = mechanical_figures()
    sheets = (
        sheet(f[:1]),
        sheet(f[1:2]),
        sheet(f[2:4]),
        sheet(f[4:5]),
        sheet(f[5:6], landscape=True),
        sheet(f[6:8]),
    )
    return Grant(
        number="99900001",
        kind="B2",
        type="utility",
        dtd="v4.7 2022-02-17",
        published="20230606",
        produced="20230524",
        application="99200001",
        filed="20200914",
        title=TITLE,
        abstract=ABSTRACT,
        claims=CLAIMS,
        description=DESCRIPTION,
        sheets=sheets,
        front=sheets[0],
        figure_count=len(f),
        extension_days=187,
        ipc=(Symbol("F16B 2/10", "20060101"), Symbol("F16B 2/18", "20060101"), Symbol("F16M 13/02", "20060101")),
        cpc=(Symbol("F16B 2/10"), Symbol("F16B 2/185"), Symbol("F16M 13/022"), Symbol("F16B 7/0433", value="A")),
        searched=("F16B 2/10", "F16B 2/18", "F16B 2/185", "F16L 3/10"),
        cited=(
            Cited("Harrow", "98000011", "A", "19940300", by="examiner", cpc="F16B 2/10"),
            Cited("Lindqvist et al.", "98000012", "B2", "20081100"),
            Cited("Okafor", "98000013", "B1", "20150700", by="examiner", cpc="F16B 2/185"),
            Cited("Petrov et al.", "2098/0000014", "A1", "20170500"),
            Cited("", "99 00 0015", "A1", "20120400", country="EP"),
            Cited("Harrow, “Over-center mechanisms for hand clamps”, 2011, 14 pages."),
        ),
        inventors=(Person("Tamsin", "Odalys", "Bellmere", "OR"), Person("Verhoeven", "Ruud", "Bellmere", "OR")),
        company=Company("Bellmere Rigging Works, Inc.", "Bellmere", "OR"),
        agent="Quillfeather & Stroud LLP",
        examiner=Person("Abernethy", "Colm"),
        department="3677",
        assistant=Person("Nwosu", "Ifeoma"),
        provisional=("99400001", "20190916"),
        publication=("20219990001", "20210318"),
    )
