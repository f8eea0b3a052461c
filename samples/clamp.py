"""The solid of the mechanical sample: a tube clamp that a cam lever opens and closes without a tool."""

from __future__ import annotations

from math import cos, radians, sin

from samples.solids import CrossSection, Part, Point, box, cylinder, disc, extruded, polygon, rounded

TUBE_AXIS = (0.0, 32.0)
HINGE_AXIS = (-36.0, 32.0)
BOLT_PIVOT = (38.0, 20.0)
SEAT_RADIUS = 16.0
LINER_THICKNESS = 2.0
GAP = 4.0
CAM_RADIUS = 10.0
ECCENTRICITY = 2.5
OVER_CENTRE_DEG = 10.0
WASHER_TOP = 55.0
LEVER_PIVOT = (BOLT_PIVOT[0], round(WASHER_TOP + CAM_RADIUS + ECCENTRICITY * cos(radians(OVER_CENTRE_DEG)), 4))
CAM_CENTRE = (
    round(LEVER_PIVOT[0] + ECCENTRICITY * sin(radians(OVER_CENTRE_DEG)), 4),
    round(WASHER_TOP + CAM_RADIUS, 4),
)

SHAFTS = frozenset({"swing bolt", "hinge pin", "pivot pin", "barrel nut", "retaining ring"})
"""Round parts that a section leaves whole."""


def _lug(centre: tuple[float, float], block: CrossSection, radius: float = 7.0) -> CrossSection:
    return (disc(radius, centre) + block) - disc(3.0, centre)


def _body() -> Part:
    plate = extruded(rounded((-54, 54), (-26, 26), 6), (0, 8), "y")
    for x in (-45, 45):
        for z in (-17, 17):
            plate -= cylinder("y", 3.3, (x, z), (-1, 9))
    block = box((-27, 27), (8, TUBE_AXIS[1] - GAP / 2), (-20, 20))
    ear = _lug(HINGE_AXIS, polygon([(-36, 25), (-27, 17), (-27, 30), (-36, 30)]))
    clevis = _lug(BOLT_PIVOT, polygon([(27, 10), (38, 13), (38, 27), (27, 27)]))
    body = plate + block - cylinder("z", SEAT_RADIUS, TUBE_AXIS, (-30, 30))
    for lug, inner, outer in ((ear, 8.0, 16.0), (clevis, 6.5, 13.0)):
        body += extruded(lug, (inner, outer)) + extruded(lug, (-outer, -inner))
    return Part("body", body)


def _upper_jaw() -> Part:
    arch = polygon([(-27, 34), (27, 34), (27, 50), (19, 58), (-19, 58), (-27, 50)]) - disc(SEAT_RADIUS, TUBE_AXIS)
    jaw = extruded(arch, (-20, 20))
    jaw += extruded(_lug(HINGE_AXIS, polygon([(-36, 34), (-27, 34), (-27, 46), (-36, 39)])), (-7.8, 7.8))
    jaw += box((27, 50), (42, 52), (-14, 14))
    slot = box((BOLT_PIVOT[0], 60), (40, 60), (-4.2, 4.2)) + cylinder("y", 4.2, (BOLT_PIVOT[0], 0), (40, 60))
    return Part("upper jaw", jaw - slot)


def _liner(name: str, upper: bool) -> Part:
    ring = disc(SEAT_RADIUS, TUBE_AXIS) - disc(SEAT_RADIUS - LINER_THICKNESS, TUBE_AXIS)
    x, y = TUBE_AXIS
    edge = y + GAP / 2 if upper else y - GAP / 2
    half = polygon([(x - 20, edge), (x + 20, edge), (x + 20, edge + 20), (x - 20, edge + 20)])
    if not upper:
        half = half.translate((0, -20))
    lip = disc(SEAT_RADIUS + 3, TUBE_AXIS) - disc(SEAT_RADIUS - LINER_THICKNESS, TUBE_AXIS)
    shell = extruded(ring ^ half, (-20, 20))
    for span in ((20, 22), (-22, -20)):
        shell += extruded(lip ^ half, span)
    return Part(name, shell)


def _bolt() -> Part:
    eye = extruded(disc(7.0, BOLT_PIVOT) - disc(3.0, BOLT_PIVOT), (-6, 6))
    shank = cylinder("y", 3.5, (BOLT_PIVOT[0], 0), (BOLT_PIVOT[1] + 5, LEVER_PIVOT[1] + 9))
    for turn in range(9):
        y = LEVER_PIVOT[1] - 4.6 + 1.5 * turn
        shank -= cylinder("y", 5, (BOLT_PIVOT[0], 0), (y, y + 0.5)) - cylinder("y", 3.1, (BOLT_PIVOT[0], 0), (0, 90))
    return Part("swing bolt", eye + shank)


def _lever() -> Part:
    x, y = LEVER_PIVOT
    lobe = disc(CAM_RADIUS, CAM_CENTRE)
    neck = CrossSection.batch_hull([disc(5.0, (x - 5, y + 3)), disc(4.0, (x - 26, y + 3.5))])
    grip = CrossSection.batch_hull([disc(4.0, (x - 26, y + 3.5)), disc(4.0, (x - 62, y + 8))])
    tip = CrossSection.batch_hull([disc(4.0, (x - 62, y + 8)), disc(3.0, (x - 72, y + 13))])
    lever = extruded(lobe + neck, (-11, 11)) + extruded(grip + tip, (-11, 11))
    lever -= box((x - 14, x + 20), (y - 20, y + 30), (-4.2, 4.2))
    lever -= cylinder("z", 4.5, LEVER_PIVOT, (-20, 20))
    return Part("cam lever", lever)


def clamp() -> dict[str, Part]:
    """Every part of the clamp in its clamped position, by name."""
    hinge, pivot = HINGE_AXIS, BOLT_PIVOT
    pin = cylinder("z", 3.0, hinge, (-20, 16)) + cylinder("z", 5.0, hinge, (16, 19))
    ring = cylinder("z", 5.0, hinge, (-18, -16)) - cylinder("z", 3.0, hinge, (-30, 0))
    washer = cylinder("y", 9.5, (pivot[0], 0), (52, WASHER_TOP)) - cylinder("y", 3.8, (pivot[0], 0), (40, 60))
    nut = cylinder("z", 4.5, LEVER_PIVOT, (-12.5, 12.5)) - cylinder("y", 3.5, (pivot[0], 0), (0, 99))
    parts = [
        _body(),
        _liner("lower liner", upper=False),
        _upper_jaw(),
        _liner("upper liner", upper=True),
        Part("hinge pin", pin),
        Part("retaining ring", ring),
        _bolt(),
        Part("pivot pin", cylinder("z", 3.0, pivot, (-15, 15))),
        Part("thrust washer", washer),
        Part("barrel nut", nut),
        _lever(),
    ]
    return {part.name: part for part in parts}


def released() -> list[Part]:
    """The clamp with lever raised, bolt swung out and jaw lifted."""
    parts = clamp()
    raised = -100.0
    swung = -38.0
    lifted = 48.0
    hinge: Point = (*HINGE_AXIS, 0.0)
    pivot: Point = (*BOLT_PIVOT, 0.0)
    parts["cam lever"] = parts["cam lever"].turned((*LEVER_PIVOT, 0.0), raised)
    for name in ("cam lever", "barrel nut", "swing bolt", "thrust washer"):
        parts[name] = parts[name].turned(pivot, swung)
    for name in ("upper jaw", "upper liner"):
        parts[name] = parts[name].turned(hinge, lifted)
    return list(parts.values())


def exploded() -> list[Part]:
    """The clamp taken apart along the axes of its joints."""
    offsets: dict[str, Point] = {
        "body": (0, 0, 0),
        "lower liner": (0, 26, 0),
        "upper liner": (0, 42, 0),
        "upper jaw": (0, 72, 0),
        "hinge pin": (0, 30, 44),
        "retaining ring": (0, 30, -30),
        "swing bolt": (62, 14, 0),
        "pivot pin": (30, 0, 40),
        "thrust washer": (62, 46, 0),
        "barrel nut": (62, 66, 42),
        "cam lever": (62, 70, 0),
    }
    return [part.moved(offsets[name]) for name, part in clamp().items()]
