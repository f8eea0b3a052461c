"""The text of a Google Patents page: abstract, description and claims, none of it left out."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from patent2tech.formats.google.microdata import has_class, item
from patent2tech.formats.plain.claims import split_claims
from patent2tech.formats.plain.cleaning import one_line
from patent2tech.formats.plain.description import Description
from patent2tech.formats.plain.markup import element_lines
from patent2tech.patents import Claim, Heading, Paragraph

_HEADINGS: Final = frozenset("heading h1 h2 h3 h4 h5 h6".split())
_CONTAINERS: Final = frozenset(
    "ul ol li div section article description description-of-drawings technical-field background-art disclosure "
    "tech-problem tech-solution advantageous-effects best-mode mode-for-invention industrial-applicability "
    "summary-of-invention background description-of-embodiments invention-title".split()
)
_PARAGRAPHS: Final = ("description-paragraph", "description-line")
_NUMBER: Final = re.compile(r"^\W*(\d{1,5})\W*$", re.ASCII)
_CLAIM_NUMBER: Final = re.compile(r"(\d{1,4})\s*$", re.ASCII)
_PRINTED: Final = re.compile(r"^\s*(\d{1,4})(?:\.?\s*[-\u2013]\s*(\d{1,4}))?\s*[.)]", re.ASCII)


def parse_abstract(root: etree._Element) -> str | None:
    """The abstract, `None` when there is none."""
    content = _content(root, "abstract")
    return None if content is None else "\n".join(element_lines(content)) or None


def parse_description(root: etree._Element) -> tuple[Heading | Paragraph, ...]:
    """Headings and paragraphs in order."""
    description = Description()
    content = _content(root, "description")
    if content is not None:
        _blocks(content, description)
    return description.blocks()


def parse_claims(root: etree._Element) -> tuple[Claim, ...]:
    """The claims with the references that the page marks; without marked claims, split at their printed numbers."""
    content = _content(root, "claims")
    if content is None:
        return ()
    marked = [each for each in content.iter() if each.get("num") and has_class(each, "claim", "claim-dependent")]
    outermost = [each for each in marked if not any(above in marked for above in each.iterancestors())]
    claims = tuple(claim for each in outermost if (claim := _claim(each)))
    if not claims:
        before, claims = split_claims(element_lines(content))
        return claims if not before else (Claim(1, "\n".join(before)), *(each for each in claims if each.number > 1))
    return claims


def _content(root: etree._Element, name: str) -> etree._Element | None:
    """The part of a section below its own heading."""
    section = next((each for each in root.iter("section") if each.get("itemprop") == name), None)
    if section is None:
        return None
    content = item(section, "content")
    if content is not None:
        return content
    for heading in [each for each in section if each.tag == "h2"]:
        heading.text = None
        for child in list(heading):
            heading.remove(child)
    return section


def _blocks(root: etree._Element, description: Description) -> None:
    """Walk down to headings and paragraphs; the stack, not the call, holds what is left to do."""
    stack: list[etree._Element | str] = [root]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            description.add(one_line(each))
        elif each.tag in _HEADINGS:
            description.add_heading(" ".join(element_lines(each)))
        elif each is not root and _is_paragraph(each):
            description.add_paragraph("\n".join(element_lines(each)), _number(each))
        else:
            below: list[etree._Element | str] = [each.text or ""]
            for child in each:
                below += [child, child.tail or ""]
            stack.extend(reversed(below))


def _is_paragraph(element: etree._Element) -> bool:
    if element.tag not in _CONTAINERS:
        return True
    return has_class(element, *_PARAGRAPHS) or not any(
        child.tag in _CONTAINERS | _HEADINGS or child.tag == "p" for child in element
    )


def _number(element: etree._Element) -> str:
    marks = [element.get("num"), *(each.get("num") for each in element.iter("para-num"))]
    stated = next((match[1] for mark in marks if mark and (match := _NUMBER.match(mark))), "")
    return stated.zfill(4) if stated else ""


def _claim(element: etree._Element) -> Claim | None:
    lines = element_lines(element)
    printed = _PRINTED.match(lines[0]) if lines else None
    stated = _CLAIM_NUMBER.search(element.get("num") or "")
    number = int(printed[1]) if printed else int(stated[1]) if stated else 0
    if not lines or number == 0:
        return None
    through = int(printed[2]) if printed and printed[2] and int(printed[2]) > number else None
    references = (_CLAIM_NUMBER.search(each.get("idref") or "") for each in element.iter("claim-ref"))
    return Claim(
        number=number,
        text="\n".join(lines),
        references=tuple(dict.fromkeys(int(match[1]) for match in references if match)),
        through=through,
    )
