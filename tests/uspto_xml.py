"""Builder of USPTO documents in office layout, for tests of reading them."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

GRANT = "us-patent-grant"
APPLICATION = "us-patent-application"


def document_id(number: str, kind: str, date: str, country: str = "US") -> str:
    return (
        f"<document-id><country>{country}</country><doc-number>{number}</doc-number>"
        f"<kind>{kind}</kind><date>{date}</date></document-id>"
    )


def claim_xml(number: int, text: str, depends_on: int | None = None, lines: Sequence[str] = ()) -> str:
    reference = ""
    if depends_on:
        reference = f' of <claim-ref idref="CLM-{depends_on:05}">claim {depends_on}</claim-ref>'
    nested = "".join(f"<claim-text>{escape(line)}</claim-text>" for line in lines)
    return (
        f'<claim id="CLM-{number:05}" num="{number:05}"><claim-text><b>{number}</b>. '
        f"{escape(text)}{reference}{nested}</claim-text></claim>"
    )


def paragraph_xml(number: int, text: str) -> str:
    return f'<p id="p-{number:04}" num="{number:04}">{escape(text)}</p>'


def uspto_document(
    *,
    root: str = GRANT,
    number: str = "09900001",
    kind: str = "B2",
    title: str = "Valve",
    claims: Sequence[str] = (),
    description: str = "",
    sheets: Sequence[str] = (),
    abstract: str = "A valve.",
    front: str = "",
    stated_claims: int | None = None,
    declaration: bool = True,
) -> str:
    bibliography = "us-bibliographic-data-" + ("grant" if root == GRANT else "application")
    figures = "".join(
        f'<figure id="Fig-{position}" num="{position:05}"><img id="img-{position}" file="{escape(name)}" '
        'img-content="drawing" img-format="tif"/></figure>'
        for position, name in enumerate(sheets)
    )
    count = len(claims) if stated_claims is None else stated_claims
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' if declaration else ""
    return (
        f'{head}<!DOCTYPE {root} SYSTEM "{root}-v45-2014-04-03.dtd" [ ]>\n'
        f'<{root} lang="EN" dtd-version="v4.5 2014-04-03" country="US" date-publ="20210105">\n'
        f"<{bibliography}><publication-reference>{document_id(number, kind, '20210105')}</publication-reference>"
        f'<application-reference appl-type="utility">{document_id("16000001", "00", "20190603")}'
        f"</application-reference>{front}<invention-title>{escape(title)}</invention-title>"
        f"<number-of-claims>{count}</number-of-claims></{bibliography}>\n"
        f'<abstract id="abstract"><p id="p-a">{escape(abstract)}</p></abstract>\n'
        f'<drawings id="DRAWINGS">{figures}</drawings>\n'
        f'<description id="description">{description}</description>\n'
        f'<claims id="claims">{"".join(claims)}</claims>\n</{root}>\n'
    )
