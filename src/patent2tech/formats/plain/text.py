"""Plain text or Markdown of a patent, as a person pastes or keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, ClassVar, Final

from patent2tech.errors import NotAPatent, TooLarge
from patent2tech.formats.format import Document, Head, decoded, whole
from patent2tech.formats.kipo.body import parse_claims as parse_korean_claims
from patent2tech.formats.plain.claims import split_claims
from patent2tech.formats.plain.cleaning import clean_text, one_line
from patent2tech.formats.plain.description import Description
from patent2tech.formats.plain.language import language_of
from patent2tech.formats.plain.numbering import assigned_number, find_number, number_note
from patent2tech.formats.plain.paragraphs import paragraphs
from patent2tech.formats.plain.parts import Line, Part, Parts, bare, cut_parts, looks_like_patent
from patent2tech.patents import Claim, Patent, PatentType, PublicationNumber

_MAX_BYTES: Final = 16 * 1024 * 1024
_EMPHASIS: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_MARKDOWN: Final = re.compile(r"^#{1,6}\s|\*\*\S", re.MULTILINE)
_KOREAN_CLAIM: Final = re.compile(r"^[^\S\n]*(?:【\s*)?청구항\s*\d", re.MULTILINE)
_HEAD_LINES: Final = 40


class PlainText:
    """Text with claims under their heading, or with the usual headings of a specification.

    A text that states no publication number gets a private one, `XX` and twelve digits from the SHA-256 of its text,
    so that the same text is always the same patent; a note tells the reader.
    """

    name: ClassVar[str] = "plain text or Markdown"

    def recognises(self, head: Head) -> bool:
        """By the headings of a patent, in text that is neither markup nor JSON."""
        if head.root is not None or head.content.startswith(b"%PDF") or head.text.lstrip()[:1] in {"", "{", "<"}:
            return False
        return looks_like_patent(clean_text(head.text))

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """One patent a file."""
        return whole(stream, _MAX_BYTES)

    def parse(self, content: bytes) -> Document:
        """The patent of the text."""
        return parse_text(clean_text(decoded(content)), "plain text")


def parse_text(text: str, source_format: str, known: PublicationNumber | None = None) -> Document:
    """The patent that a clean text holds; a number that is `known` holds instead of one in the text.

    Raises:
        NotAPatent: when it has neither claims nor a description.
    """
    if _MARKDOWN.search(text):
        text = _EMPHASIS.sub(r"\2", text)
    parts = cut_parts(text)
    number, title, rest = _head(parts)
    before, claims = _claims(parts.lines[Part.CLAIMS])
    description = Description()
    for lines in (rest, parts.lines[Part.DESCRIPTION], [Line(each) for each in before], parts.lines[Part.DRAWINGS]):
        for paragraph, level in paragraphs(lines):
            if level:
                description.add_heading(paragraph, level)
            else:
                description.add_paragraph(paragraph)
    if not claims and not description.blocks():
        raise NotAPatent("the text has neither claims nor a description; give the whole text of the patent")
    number = known or number
    assigned = number is None
    number = number or assigned_number(text)
    patent = Patent(
        number=number,
        title=title,
        type=PatentType.DESIGN if number.serial.startswith("D") else PatentType.UTILITY,
        language=language_of(text),
        source_format=source_format,
        abstract="\n".join(each for each, _ in paragraphs(parts.lines[Part.ABSTRACT])) or None,
        claims=claims,
        description=description.blocks(),
    )
    return Document(patent, notes=(number_note(number),) if assigned else ())


def _head(parts: Parts) -> tuple[PublicationNumber | None, str, list[Line]]:
    """The number and the title, and the lines of the head that are neither."""
    number: PublicationNumber | None = None
    title = one_line(" ".join(line.text for line in parts.lines[Part.TITLE]))
    rest: list[Line] = []
    for place, line in enumerate(parts.lines[Part.HEAD]):
        found = find_number(line.text) if number is None and place < _HEAD_LINES else None
        if found:
            number = found[0]
        if found and found[1]:
            continue
        if not title and bare(line.text) and not found:
            title = one_line(bare(line.text))
        else:
            rest.append(line)
    return number, title, rest


def _claims(lines: list[Line]) -> tuple[tuple[str, ...], tuple[Claim, ...]]:
    text = "\n".join(line.text for line in lines)
    if first := _KOREAN_CLAIM.search(text):
        # The form allows the text of a claim on the line of its number.
        split = re.sub(
            r"^([^\S\n]*【\s*청구항\s*\d{1,4}\s*】)[ \t]*(?=\S)", r"\1\n", text[first.start() :], flags=re.MULTILINE
        )
        return tuple(each for each in text[: first.start()].split("\n") if each.strip()), parse_korean_claims(split)
    return split_claims([line.text for line in lines])
