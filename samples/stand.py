"""The solid of the design sample: a desk stand with a cup, an inclined back rest and a ledge."""

from __future__ import annotations

from samples.solids import Part, box, cylinder, extruded, polygon, rounded

CUP_CENTRE = (-44.0, -8.0)
REST_X = (2.0, 74.0)


def stand() -> list[Part]:
    """The stand as one body."""
    base = extruded(rounded((-84, 84), (-45, 45), 14), (0, 14), "y")
    base -= extruded(rounded((-72, -14), (-40, -28), 5), (9, 20), "y")
    for x in (-66, 66):
        for z in (-30, 30):
            base += cylinder("y", 6, (x, z), (-4, 1))
    cup = cylinder("y", 30, CUP_CENTRE, (14, 104)) - cylinder("y", 26, CUP_CENTRE, (20, 110))
    cup -= cylinder("z", 12, (CUP_CENTRE[0], 104), (CUP_CENTRE[1], 60))
    rest = extruded(polygon([(-10, 14), (4, 14), (34, 96), (24, 100)]), REST_X, "x")
    rest -= cylinder("z", 11, (38, 66), (-60, 40))
    ledge = box(REST_X, (13, 21), (4, 36)) + box(REST_X, (21, 29), (31, 36))
    ledge -= box((30, 46), (15, 40), (22, 50))
    return [Part("stand", base + cup + rest + ledge)]
