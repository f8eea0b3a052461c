"""The claims of a USPTO document, numbered, with the references that the office marked up."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from patent2tech.errors import Malformed
from patent2tech.formats.prose import marked_prose
from patent2tech.patents import Claim

_PRINTED: Final = re.compile(r"^\s*(\d{1,4})(?:\s*[-\u2013\u2014]\s*(\d{1,4}))?\s*\.?(?:\s|$)")
_NUM: Final = re.compile(r"^0*(\d{1,4})(?:-0*(\d{1,4}))?$")
_ID: Final = re.compile(r"(?<!\d)(\d{1,9})\s*$")


def parse_claims(claims: etree._Element | None) -> tuple[Claim, ...]:
    """The claims in order.

    Raises:
        Malformed: when a claim has no number.
    """
    if claims is None:
        return ()
    elements = list(claims.iter("claim"))
    texts = [marked_prose(element) for element in elements]
    ranges = [_range(element, text) for element, text in zip(elements, texts, strict=True)]
    numbers = {
        identity: first for element, (first, _) in zip(elements, ranges, strict=True) if (identity := element.get("id"))
    }
    return tuple(
        Claim(number, text, _references(element, numbers), through)
        for element, text, (number, through) in zip(elements, texts, ranges, strict=True)
    )


def _references(element: etree._Element, numbers: dict[str, int]) -> tuple[int, ...]:
    references = [_referred(reference.get("idref") or "", numbers) for reference in element.iter("claim-ref")]
    return tuple(dict.fromkeys(each for each in references if each is not None)) if references else ()


def _referred(idref: str, numbers: dict[str, int]) -> int | None:
    if idref in numbers:
        return numbers[idref]
    # A cancelled range swallows the ids of its claims; their numbers stand at the end of the reference.
    match = _ID.search(idref)
    return int(match[1]) if match else None


def _range(element: etree._Element, text: str) -> tuple[int, int | None]:
    """The number of a claim, and the last one where it stands for several."""
    for match in (_PRINTED.match(text), _NUM.match((element.get("num") or "").strip())):
        if match and (number := int(match[1])) > 0:
            through = int(match[2]) if match[2] else 0
            return number, through if through > number else None
    identity = _ID.search(element.get("id") or "")
    if identity and int(identity[1]) > 0:
        return int(identity[1]), None
    raise Malformed(f"a claim has no number: {' '.join(text.split())[:60]!r}")
