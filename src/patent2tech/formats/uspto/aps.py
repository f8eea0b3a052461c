"""USPTO grants of 1976 to 2001: the green book, text in coded lines of 80 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, ClassVar, Final

from patent2tech.errors import Malformed, TooLarge
from patent2tech.formats.format import Document, Head
from patent2tech.formats.uspto.aps_front import (
    application_number,
    citations,
    parties,
    related_documents,
    stated_counts,
    term_facts,
)
from patent2tech.formats.uspto.aps_records import Field, Group, groups, readable
from patent2tech.formats.uspto.cutting import cut_at_lines
from patent2tech.formats.uspto.earlier import (
    earliest_priority,
    packed_ipc,
    stated_number,
    type_of_series,
    unique,
)
from patent2tech.patents import (
    Claim,
    Dates,
    Heading,
    Paragraph,
    PartialDate,
    Patent,
    PatentType,
    PublicationNumber,
    Section,
)

_MARK: Final = re.compile(r"\ufeff?\s*(?:HHHHHT[^\n]*\n\s*)?PATN[ \t]*\r?\n\s*WKU ")
_BEGINNING: Final = re.compile(rb"PATN[ \t]*\r?\n")
_NUMBER_COLUMNS: Final = 8

_SECTIONS: Final = {
    "PARN": Section.CROSS_REFERENCE,
    "GOVT": Section.GOVERNMENT_INTEREST,
    "BSUM": None,
    "DRWD": Section.DRAWINGS,
    "DETD": Section.DETAILED,
}
"""A brief summary spans several sections, so only its headings tell."""

_CLAIM_NUMBER: Final = re.compile(r"(\d{1,4})(?:\s*-\s*(\d{1,4}))?\s*\.?$", re.ASCII)


class UsptoAps:
    """Green book text."""

    name: ClassVar[str] = "USPTO green book text (APS)"

    def recognises(self, head: Head) -> bool:
        """By the codes of its first lines, behind the header that a weekly file has."""
        return head.root is None and bool(_MARK.match(head.text[:4096]))

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """Cut at each `PATN`."""
        return cut_at_lines(stream, _BEGINNING)

    def parse(self, content: bytes) -> Document:
        """The patent of one `PATN`."""
        return Document(parse_aps(_decoded(content)))


def parse_aps(text: str) -> Patent:
    """The patent that the text holds.

    Raises:
        Malformed: when it states no number, or a claim has none.
    """
    front = list(groups(text))
    if not front:
        raise Malformed("the text has no line PATN, so it holds no patent")
    patent = front[0]
    number = _number(patent)
    kind_of_patent = type_of_series(number)
    classes = next((group for group in front if group.code == "CLAS"), Group("CLAS"))
    symbols = list(classes.packed("ICL"))
    design = kind_of_patent is PatentType.DESIGN
    related = related_documents(front)
    granted = PartialDate.parse(patent.value("ISD"))
    abstract = (each.text for group in front if group.code == "ABST" for each in group.fields)
    return Patent(
        number=number,
        title=readable(patent.value("TTL")),
        type=kind_of_patent,
        language="en",
        source_format="USPTO green book",
        abstract="\n".join(text for text in abstract if text) or None,
        application_number=application_number(patent),
        dates=Dates(
            filing=PartialDate.parse(patent.value("APD")),
            publication=granted,
            grant=granted,
            priority=earliest_priority(related),
        ),
        inventors=parties(front, "INVT"),
        assignees=parties(front, "ASSG"),
        ipc=() if design else unique(map(packed_ipc, symbols)),
        locarno=next(iter(symbols), None) if design else None,
        us_class=classes.value("OCL") or None,
        citations=citations(front),
        related=related,
        term=term_facts(patent),
        stated=stated_counts(patent),
        claims=tuple(_claims(front)),
        description=tuple(_description(front)),
    )


def _number(patent: Group) -> PublicationNumber:
    """The number without the check digit behind it; the era has no kind codes."""
    return stated_number("US", patent.value("WKU").replace(" ", "")[:_NUMBER_COLUMNS], "")


def _description(front: list[Group]) -> Iterator[Heading | Paragraph]:
    taken = 0
    for group in front:
        if group.code not in _SECTIONS:
            continue
        for each in group.fields:
            if each.code == "PAC" and each.text:
                yield Heading(each.text)
            elif each.text:
                taken += 1
                yield Paragraph(f"{taken:04}", each.text, _SECTIONS[group.code])


@dataclass(slots=True)
class _Block:
    """The fields of one claim below its number."""

    number: str
    fields: list[Field] = field(default_factory=list)


def _claims(front: list[Group]) -> Iterator[Claim]:
    blocks: list[_Block] = []
    for group in front:
        if group.code not in {"CLMS", "DCLM"}:
            continue
        for each in group.fields:
            if each.code == "NUM":
                blocks.append(_Block(each.flat))
            elif each.code != "STM" and each.text:
                # A design has one claim, and no number on it.
                blocks = blocks or [_Block("1")]
                blocks[-1].fields.append(each)
    return map(_claim, blocks)


def _claim(block: _Block) -> Claim:
    stated = _CLAIM_NUMBER.match(block.number)
    if not stated or not int(stated[1]):
        raise Malformed(f"a claim has no number: {block.number[:60]!r}")
    first, last = int(stated[1]), int(stated[2] or 0)
    return Claim(first, "\n".join(each.text for each in block.fields), through=last if last > first else None)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")
