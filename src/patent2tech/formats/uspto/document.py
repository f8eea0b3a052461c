"""One `us-patent-grant` or `us-patent-application` document as a `Patent`.

Field map: the DTDs us-patent-grant v4.0-v4.7 and us-patent-application v4.0-v4.6 of the USPTO.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from patent2tech.errors import Malformed
from patent2tech.formats.digits import whole_number
from patent2tech.formats.prose import mark_layout, marked_prose
from patent2tech.formats.uspto.bibliography import (
    application_number,
    citations,
    cpc_symbols,
    dates,
    ipc_symbols,
    patent_type,
    publication_number,
    related_documents,
    stated_counts,
    term_facts,
)
from patent2tech.formats.uspto.claims import parse_claims
from patent2tech.formats.uspto.description import parse_description
from patent2tech.formats.uspto.fields import by_name, texts
from patent2tech.formats.uspto.parties import applicants, assignees, inventors
from patent2tech.formats.uspto.reissue import bracket_deletions
from patent2tech.patents import Patent, PatentType, Sheet

ROOTS: Final = {
    "us-patent-grant": "us-bibliographic-data-grant",
    "us-patent-application": "us-bibliographic-data-application",
}


def parse_document(root: etree._Element) -> Patent:
    """The patent that the document holds.

    Raises:
        Malformed: when the bibliography or the publication number is missing, or a claim has no number.
    """
    tag = str(root.tag)
    parts = by_name(root)
    page = parts.get(ROOTS[tag])
    if page is None:
        raise Malformed(f"the document has no {ROOTS[tag]}, so it names no patent; it may be truncated")
    front = by_name(page)
    number = publication_number(front)
    kind = patent_type(front, number)
    if kind is PatentType.REISSUE:
        bracket_deletions(root)
    mark_layout(root)
    related = related_documents(front)
    return Patent(
        number=number,
        title=marked_prose(front.get("invention-title")),
        type=kind,
        language=(root.get("lang") or "EN").lower(),
        source_format=_format_name(root),
        abstract=marked_prose(parts.get("abstract")) or None,
        application_number=application_number(front),
        dates=dates(front, related, granted=tag == "us-patent-grant"),
        applicants=applicants(front),
        inventors=inventors(front),
        assignees=assignees(front),
        cpc=cpc_symbols(front),
        ipc=ipc_symbols(front),
        locarno=_main_class(front.get("classification-locarno")),
        us_class=_main_class(front.get("classification-national")),
        citations=citations(front),
        related=related,
        term=term_facts(front),
        stated=stated_counts(front),
        claims=parse_claims(parts.get("claims")),
        description=parse_description(parts.get("description")),
        sheets=_sheets(parts.get("drawings")),
    )


def _format_name(root: etree._Element) -> str:
    version = (root.get("dtd-version") or "").split(" ")[0].removeprefix("v")
    return f"{root.tag} v{'4.0' if version == '40' else version or '4'}"


def _main_class(classification: etree._Element | None) -> str | None:
    return " ".join(texts(classification).get("main-classification", "").split()) or None


def _sheets(drawings: etree._Element | None) -> tuple[Sheet, ...]:
    if drawings is None:
        return ()
    images = [(figure, image) for figure in drawings.iter("figure") for image in figure.iter("img")]
    return tuple(
        Sheet(
            number=_first(whole_number(figure.get("num")), position),
            file=image.get("file") or "",
            orientation=image.get("orientation"),
        )
        for position, (figure, image) in enumerate(images, 1)
    )


def _first(stated: int | None, counted: int) -> int:
    return counted if stated is None else stated
