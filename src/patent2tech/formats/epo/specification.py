"""The format of EP publications in full: ST.36 `ep-patent-document`, its front page in SDOBI tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, ClassVar, Final

from lxml import etree

from patent2tech.errors import TooLarge
from patent2tech.formats.epo.bibliography import UNDETERMINED
from patent2tech.formats.epo.description import paragraphs
from patent2tech.formats.epo.languages import in_language, language_of
from patent2tech.formats.epo.sdobi import FrontPage
from patent2tech.formats.epo.tree import local_name, local_tree
from patent2tech.formats.format import Document, Head
from patent2tech.formats.prose import prose
from patent2tech.formats.splitting import split_documents
from patent2tech.patents import Claim, Patent, PatentType, Sheet

_ROOT: Final = "ep-patent-document"
_STATED: Final = re.compile(r"^0*(\d{1,4})(?:\s*-\s*0*(\d{1,4}))?$")
_AT_END: Final = re.compile(r"(\d{1,4})$")
_PRINTED: Final = re.compile(r"^\d{1,4}(?:\s*[-\u2013\u2014]\s*\d{1,4})?\s*\.")


class EpSpecification:
    """`ep-patent-document`: applications and patents as the EPO publishes them, in their language of proceedings."""

    name: ClassVar[str] = "EP specification (ST.36)"

    def recognises(self, head: Head) -> bool:
        """By the root element."""
        return local_name(head.root or "") == _ROOT

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """Cut at each XML declaration."""
        return split_documents(stream)

    def parse(self, content: bytes) -> Document:
        """The patent of one root element."""
        return Document(_patent(local_tree(content)))


def _patent(root: etree._Element) -> Patent:
    front = FrontPage(root)
    language = language_of(root) or front.language
    return Patent(
        number=front.number,
        title=front.title(language),
        type=PatentType.UTILITY,
        language=language or UNDETERMINED,
        source_format=_format_name(root),
        abstract=prose(in_language(root, "abstract", language)) or None,
        application_number=front.text("B200/B210") or None,
        dates=front.dates,
        applicants=front.parties("B711"),
        inventors=front.parties("B721"),
        assignees=front.parties("B731"),
        cpc=front.cpc,
        ipc=front.ipc,
        citations=front.citations,
        related=front.related,
        claims=_claims(in_language(root, "claims", language)),
        description=paragraphs(in_language(root, "description", language), lambda each: prose(each).split("\n")),
        sheets=tuple(_sheets(root, language)),
    )


def _format_name(root: etree._Element) -> str:
    version = (root.get("dtd-version") or "").removeprefix(_ROOT).strip("- ")
    return f"{_ROOT} {version}".strip()


def _claims(claims: etree._Element | None) -> tuple[Claim, ...]:
    """The claims, each headed by its printed number, which the markup has as an attribute."""
    elements = [] if claims is None else list(claims.iter("claim"))
    ranges = [_range(element, position) for position, element in enumerate(elements, 1)]
    if len({first for first, _ in ranges}) < len(ranges):
        # A place in a patent has one name, so numbers that repeat give way to the order.
        ranges = [(position, None) for position in range(1, len(elements) + 1)]
    numbers = {element.get("id"): first for element, (first, _) in zip(elements, ranges, strict=True)}
    return tuple(
        Claim(number, _headed(element, number, through), _references(element, numbers), through)
        for element, (number, through) in zip(elements, ranges, strict=True)
    )


def _range(element: etree._Element, position: int) -> tuple[int, int | None]:
    stated = _STATED.match((element.get("num") or "").strip())
    if stated and int(stated[1]) > 0:
        return int(stated[1]), int(stated[2]) if stated[2] and int(stated[2]) > int(stated[1]) else None
    return position, None


def _headed(element: etree._Element, number: int, through: int | None) -> str:
    text = prose(element)
    return text if _PRINTED.match(text) else f"{number}{f'-{through}' if through else ''}. {text}"


def _references(element: etree._Element, numbers: dict[str | None, int]) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for reference in element.iter("claim-ref"):
        for identity in (reference.get("idref") or "").split():
            at_end = _AT_END.search(identity)
            number = numbers.get(identity) or (int(at_end[1]) if at_end else 0)
            found.update({number: None} if number else {})
    return tuple(found)


def _sheets(root: etree._Element, language: str) -> Iterator[Sheet]:
    """The image of the abstract as the front-page figure, then the drawing sheets in order."""
    abstract = in_language(root, "abstract", language)
    image = None if abstract is None else abstract.find(".//img")
    if image is not None and image.get("file"):
        yield Sheet(0, image.get("file") or "", image.get("orientation"))
    drawings = root.find("drawings")
    images = [] if drawings is None else [each for each in drawings.iter("img") if each.get("file")]
    for position, each in enumerate(images, 1):
        yield Sheet(position, each.get("file") or "", each.get("orientation"))
