"""The solid of the Korean sample: an irrigation valve that wet soil closes through a swelling body."""

from __future__ import annotations

from math import cos, radians, sin

from samples.solids import Manifold, Part, Point, cone, cylinder

AXIS = (0.0, 0.0)
INLET_Y, OUTLET_Y = 10.0, -10.0
BODY_RADIUS, BORE_RADIUS = 24.0, 19.0
SEAT_RADIUS = 8.0
PORE_RADIUS = 1.3

SHAFTS = frozenset({"로드", "복귀스프링", "조절나사", "체결볼트"})
"""Rods, screws and springs that a section leaves whole."""


def _round(radius: float, low: float, high: float) -> Manifold:
    return cylinder("y", radius, AXIS, (low, high))


def _around(count: int, radius: float) -> list[tuple[float, float]]:
    turns = [radians(360 / count * number) for number in range(count)]
    return [(round(radius * cos(turn), 6), round(radius * sin(turn), 6)) for turn in turns]


def _housing() -> Part:
    body = _round(BODY_RADIUS, -34, 28) + _round(32, 23, 28)
    body += cylinder("x", 12, (INLET_Y, 0), (-64, 0)) + cylinder("x", 15, (INLET_Y, 0), (-64, -52))
    body += cylinder("x", 12, (OUTLET_Y, 0), (0, 64)) + cylinder("x", 15, (OUTLET_Y, 0), (52, 64))
    body -= _round(BORE_RADIUS, 2, 40) + _round(BORE_RADIUS, -40, -2) + _round(SEAT_RADIUS, -3, 3)
    body -= cylinder("x", 7.5, (INLET_Y, 0), (-70, -12)) + cylinder("x", 7.5, (OUTLET_Y, 0), (12, 70))
    for place in _around(4, 27.5):
        body -= cylinder("y", 2.2, place, (23, 40))
    return Part("하우징", body)


def _cup() -> Part:
    shell = _round(BORE_RADIUS, -34, -26) + _round(27, -39, -34) + cone("y", 8, 18, AXIS, (-92, -39))
    shell -= cone("y", 6, 14.5, AXIS, (-87, -25.9))
    for level in (-50.0, -60.0, -70.0):
        for turn in range(12):
            shell -= cylinder("x", PORE_RADIUS, (level, 0), (3, 30)).rotate((0, 30 * turn, 0))
    return Part("다공성 컵", shell)


def valve() -> dict[str, Part]:
    """Every part of the valve in its open state, by name."""
    cover = _round(32, 28, 33) + _round(10, 33, 42) - _round(5, 20, 50)
    bolts = Manifold()
    for place in _around(4, 27.5):
        cover -= cylinder("y", 2.2, place, (20, 40))
        bolts += cylinder("y", 2.2, place, (24, 33)) + cylinder("y", 4, place, (33, 37))
    knob = _round(17, 47, 58) - _round(5, 40, 60)
    for place in _around(12, 18.5):
        knob -= cylinder("y", 3, place, (40, 60))
    spring = Manifold()
    for turn in range(7):
        low = round(-4 + 2.6 * turn, 6)
        spring += _round(6.6, low, low + 1.4) - _round(5.2, low - 1, low + 3)
    parts = [
        _housing(),
        Part("커버", cover),
        Part("체결볼트", bolts),
        Part("조절나사", _round(5, 16, 62)),
        Part("조절노브", knob),
        Part("스프링받침", _round(7.5, 13, 16)),
        Part("복귀스프링", spring),
        Part("차단체", _round(12, -9, -4)),
        Part("로드", _round(3, -30, -9)),
        Part("격판", _round(BORE_RADIUS, -22, -18) - _round(3, -30, 0)),
        Part("씰부재", _round(8, -26, -22) - _round(3, -30, 0)),
        _cup(),
        Part("가압판", _round(12.5, -33, -30)),
        Part("수분팽창체", cone("y", 8, 12, AXIS, (-72, -33))),
    ]
    return {part.name: part for part in parts}


def exploded() -> list[Part]:
    """The valve taken apart along its axis."""
    lifts = {
        "하우징": 0, "커버": 44, "체결볼트": 60, "조절나사": 66, "조절노브": 92, "스프링받침": 46, "복귀스프링": 34,
        "차단체": -42, "로드": -50, "격판": -66, "씰부재": -76, "가압판": -84, "수분팽창체": -96, "다공성 컵": -162,
    }  # fmt: skip
    offsets: dict[str, Point] = {name: (0.0, float(lift), 0.0) for name, lift in lifts.items()}
    return [part.moved(offsets[name]) for name, part in valve().items()]
