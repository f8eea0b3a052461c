"""Hand-built readings of invented patents, so that the pack is tested without a parser."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Sequence

from PIL import Image, ImageDraw

from patent2tech.patents import (
    Citation,
    Claim,
    Dates,
    Figure,
    Heading,
    Locator,
    Paragraph,
    Part,
    PartialDate,
    Party,
    Patent,
    PatentType,
    PublicationNumber,
    Sheet,
)
from patent2tech.reading.model import (
    ClaimCategory,
    KeyTerm,
    ReadClaim,
    Reading,
    Statement,
    StatementKind,
    Status,
    StatusEstimate,
)
from patent2tech.techpack import Contribution, PackRequest, Source
from patent2tech.text.notes import Lang, Note

CREATED = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC)

_DETAIL = (
    "Referring to FIGS. 1 and 2, the body 10 has an inlet 12. A spring 20 rests on the seat 16. It is 14 mm long.",
    "As shown in FIG. 3A, the closure 22 carries a stem 24. The springs 20 and 26 act in series; see paragraph [0002].",
    "When the pressure at the inlet 12 exceeds 2.5 bar, the closure 22 lifts and the liquid leaves by the outlet 14.",
)


def a_claim(
    number: int,
    text: str,
    *,
    on: Sequence[int] = (),
    preamble: str = "",
    transition: str = "",
    elements: Sequence[str] = (),
) -> ReadClaim:
    """One claim taken apart by hand."""
    return ReadClaim(
        claim=Claim(number, text, tuple(on)),
        depends_on=tuple(on),
        refers_to=(),
        category=ClaimCategory.PRODUCT,
        preamble=preamble,
        transition=transition,
        elements=tuple(elements),
    )


def some_claims(count: int = 6) -> tuple[ReadClaim, ...]:
    """An independent claim, then dependent ones, and a new independent claim at every fifth number."""
    claims = []
    for number in range(1, count + 1):
        if number % 5 == 1:
            claims.append(
                a_claim(
                    number,
                    f"{number}. A check valve, comprising:\na body (10) having an inlet (12);\n"
                    "a closure (22) movable in the body; and\na spring (20) that presses the closure (22) shut.",
                    preamble="A check valve",
                    transition="comprising:",
                    elements=(
                        "a body (10) having an inlet (12)",
                        "a closure (22) movable in the body",
                        "a spring (20) that presses the closure (22) shut",
                    ),
                )
            )
        else:
            parent = number - 1 if number % 5 == 3 else number - (number - 1) % 5
            claims.append(
                a_claim(
                    number,
                    f"{number}. The check valve of claim {parent}, wherein "
                    f"the spring (20) is a coil of {number} turns.",
                    on=(parent,),
                    preamble=f"The check valve of claim {parent}",
                    transition="wherein",
                    elements=(f"the spring (20) is a coil of {number} turns",),
                )
            )
    return tuple(claims)


def a_patent(
    *,
    title: str = "Check valve with a spring-loaded closure",
    claims: Sequence[ReadClaim] | None = None,
    paragraphs: int = 12,
    sheets: int = 2,
    language: str = "en",
) -> Patent:
    """An invented patent for a check valve."""
    claims = some_claims() if claims is None else claims
    blocks: list[Heading | Paragraph] = [
        Heading("BACKGROUND"),
        Paragraph("0001", "Known valves leak when the pressure falls, which is a problem in long pipes."),
        Heading("SUMMARY"),
        Paragraph("0002", "It is an object to close the valve tightly at any pressure. The closure is pressed shut."),
        Heading("BRIEF DESCRIPTION OF THE DRAWINGS"),
        Paragraph(
            "0003", "FIG. 1 is a perspective view of a valve; FIG. 2 a section along line II-II; FIG. 3A a stem."
        ),
        Heading("DETAILED DESCRIPTION"),
    ]
    blocks += [Paragraph(f"{number:04}", _DETAIL[number % len(_DETAIL)]) for number in range(4, paragraphs + 1)]
    return Patent(
        number=PublicationNumber("US", "11999999", "B2"),
        title=title,
        type=PatentType.UTILITY,
        language=language,
        source_format="us-grant-v45",
        abstract="A check valve has a body (10), a closure (22) and a spring (20) that presses the closure (22) shut.",
        application_number="17/123,456",
        dates=Dates(
            filing=PartialDate(2019, 5, 17),
            publication=PartialDate(2021, 3, 2),
            grant=PartialDate(2021, 3, 2),
            priority=PartialDate(2018, 5, 18),
        ),
        applicants=(Party("Hanbit Fluid Works", "Daejeon", "KR"),),
        assignees=(Party("Hanbit Fluid Works", "Daejeon", "KR"),),
        inventors=(Party("Mina Seo", "Daejeon", "KR"), Party("Jonas Albrecht", "Ulm", "DE")),
        cpc=("F16K 15/02", "F16K 27/02", "Y10T 137/7904"),
        ipc=("F16K 15/02",),
        citations=(Citation("US 1234567 A", PublicationNumber("US", "1234567", "A"), PartialDate(1917, 5, 1)),),
        claims=tuple(claim.claim for claim in claims),
        description=tuple(blocks),
        sheets=tuple(Sheet(number, f"D{number:05}.TIF") for number in range(sheets + 1)) if sheets else (),
    )


def a_reading(patent: Patent | None = None, claims: Sequence[ReadClaim] | None = None) -> Reading:
    """The reading that fits `a_patent`."""
    claims = some_claims() if claims is None else claims
    patent = a_patent(claims=claims) if patent is None else patent
    detail = tuple(paragraph.locator for paragraph in patent.paragraphs[3:])
    parts = (("10", "body"), ("12", "inlet"), ("14", "outlet"), ("16", "seat"), ("20", "spring"), ("22", "closure"))
    return Reading(
        patent=patent,
        claims=tuple(claims),
        parts=(
            *(
                Part(numeral, (name, f"valve {name}"), (Locator.claim(1), *detail), ("1", "2"))
                for numeral, name in parts
            ),
            Part("24", ("stem",), detail[1::3], ("3A",)),
            Part("26", ("second spring",), detail[1::3], ()),
        ),
        figures=(
            Figure("1", "FIG. 1 is a perspective view of a valve", Locator.paragraph("0003"), ("perspective",), 1),
            Figure("2", "a section along line II-II", Locator.paragraph("0003"), ("cross_sectional",), 1),
            Figure("3A", "a stem", Locator.paragraph("0003"), (), 2),
        ),
        sections={},
        terms=(KeyTerm("check valve", 9.5, 14), KeyTerm("spring-loaded closure", 4.2, 5)),
        statements=(
            Statement(StatementKind.PROBLEM, "Known valves leak when the pressure falls", Locator.paragraph("0001")),
            Statement(StatementKind.SOLUTION, "The closure is pressed shut.", Locator.paragraph("0002")),
            Statement(
                StatementKind.ADVANTAGE, "It is an object to close the valve tightly.", Locator.paragraph("0002")
            ),
        ),
        antecedents=(),
        status=StatusEstimate(
            Status.PROBABLY_IN_TERM, CREATED.date(), dt.date(2039, 5, 17), (Note("pack.status.unknown"),)
        ),
        warnings=(),
    )


def a_sheet(width: int = 1200, height: int = 1600, *, kind: str = "TIFF", mode: str = "1") -> bytes:
    """A drawing of a few lines; a TIFF is compressed as offices do it."""
    image = Image.new(mode, (width, height), 1 if mode == "1" else "white")
    pen = ImageDraw.Draw(image)
    for step in range(60, min(width, height) // 2, 40):
        pen.rectangle((step, step, width - step, height - step), outline=0 if mode == "1" else "black", width=3)
    buffer = io.BytesIO()
    options = {"compression": "group4"} if kind == "TIFF" and mode == "1" else {}
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def a_request(
    reading: Reading | None = None, *, lang: Lang = Lang.EN, contributions: tuple[Contribution, ...] = ()
) -> PackRequest:
    """A request for a pack of `a_patent`, with all its sheets."""
    reading = a_reading() if reading is None else reading
    return PackRequest(
        reading=reading,
        reading_json=json.dumps({"number": str(reading.patent.number)}),
        source=Source("valve.xml", "0" * 64, reading.patent.source_format),
        created=CREATED,
        program_version="0.1.0",
        images={sheet.file: a_sheet() for sheet in reading.patent.sheets},
        lang=lang,
        contributions=contributions,
    )
