"""The text of a Korean gazette publication as a `Patent`.

Layout: front page by INID codes (WIPO ST.9), then 청구범위, 발명의 설명 with `[0001]` paragraphs, 도면.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, ClassVar, Final

from patent2tech.errors import Malformed, TooLarge
from patent2tech.formats.format import Document, Head, decoded, whole
from patent2tech.formats.kipo.body import parse_claims, parse_description, parse_sheets
from patent2tech.formats.kipo.front import FrontPage
from patent2tech.patents import (
    Citation,
    Dates,
    NotAPublicationNumber,
    Party,
    Patent,
    PatentType,
    PublicationNumber,
    RelatedDocument,
    Stated,
)

_MARK: Final = re.compile(r"\(19\)\s*대한민국\s*특허청")
_CODES: Final = re.compile(r"\b([A-H]\d{2}[A-Z])\s+(\d{1,4}/\d{2,6})")
_CLAIM_COUNT: Final = re.compile(r"전체\s*청구항\s*수\s*:?\s*총?\s*(\d+)\s*항")
_CITED: Final = re.compile(r"^([A-Z]{2})\s?([\d-]+)\s*([A-Z]\d?)?\s*\*?$")
_BODY: Final = re.compile(r"^[^\S\n]*명\s*세\s*서[^\S\n]*$", re.MULTILINE)


_MAX_BYTES: Final = 16 * 1024 * 1024


class KoreanGazette:
    """Text with the front page codes of the Korean gazette."""

    name: ClassVar[str] = "KIPO gazette text"

    def recognises(self, head: Head) -> bool:
        """By code (19) with the name of the office."""
        return head.root is None and bool(_MARK.search(head.text[:2000]))

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """One publication a file."""
        return whole(stream, _MAX_BYTES)

    def parse(self, content: bytes) -> Document:
        """The patent of the text."""
        return Document(parse_gazette(decoded(content)))


def parse_gazette(text: str) -> Patent:
    """The patent that the text holds.

    Raises:
        Malformed: when it states no number or has no specification.
    """
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    body_start = _BODY.search(text)
    if not body_start:
        raise Malformed("the gazette text has no line 명세서, so its claims and description are missing")
    front = FrontPage.parse(text[: body_start.start()])
    body = text[body_start.end() :]
    published, granted = front.date("45") or front.date("43"), front.date("24")
    return Patent(
        number=_number(front),
        title=front.text("54", "발명의 명칭", "고안의 명칭"),
        type=PatentType.UTILITY,
        language="ko",
        source_format="kipo-gazette text",
        abstract=front.abstract() or None,
        application_number=front.first_line("21", "출원번호") or None,
        dates=Dates(
            filing=front.date("22"),
            publication=published,
            grant=granted,
            priority=min((each.date for each in _priorities(front) if each.date), default=None),
        ),
        applicants=_parties(front.lines("71", "출원인")),
        inventors=_parties(front.lines("72", "발명자", "고안자")),
        assignees=_parties(front.lines("73", "특허권자", "실용신안권자")),
        cpc=_symbols(front.text("52", "CPC특허분류")),
        ipc=_symbols(front.text("51", "국제특허분류(Int. Cl.)")),
        citations=_citations(front.lines("56", "선행기술조사문헌")),
        related=_priorities(front),
        stated=Stated(claims=int(count[1]) if (count := _CLAIM_COUNT.search(front.source)) else None),
        claims=parse_claims(body),
        description=parse_description(body),
        sheets=parse_sheets(body),
    )


def _number(front: FrontPage) -> PublicationNumber:
    kind = re.search(r"\(12\)[^\n]*\(([A-Z]\d?)\)", front.source)
    stated = front.first_line("11", "등록번호", "공개번호", "공고번호")
    try:
        return PublicationNumber.of("KR", stated, kind[1] if kind else "")
    except NotAPublicationNumber as error:
        raise Malformed(f"the gazette text states no usable number behind (11): {error}") from None


def _priorities(front: FrontPage) -> tuple[RelatedDocument, ...]:
    claims = (re.match(r"^(\S+)\s+(\S+)", line) for line in front.lines("30", "우선권주장"))
    date = front.date("32")
    return tuple(RelatedDocument("priority", claim[2][:2], claim[1], date) for claim in claims if claim)


def _parties(lines: tuple[str, ...]) -> tuple[Party, ...]:
    """Names stand on lines of their own, each followed by an address, which holds a city, a street or digits."""
    return tuple(Party(name=line) for line in lines if not _ADDRESS.search(line))


_ADDRESS: Final = re.compile(r"\d|(특별시|광역시|특별자치시|도|시|군|구)\s+\S|\(뒷면에 계속\)")


def _symbols(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{match[1]}{match[2]}" for match in _CODES.finditer(text)))


def _citations(lines: tuple[str, ...]) -> tuple[Citation, ...]:
    return tuple(Citation(text=line, number=_cited(line)) for line in lines if "심사관" not in line)


def _cited(line: str) -> PublicationNumber | None:
    match = _CITED.match(line)
    if not match:
        return None
    try:
        return PublicationNumber.of(match[1], match[2], match[3] or "")
    except NotAPublicationNumber:
        return None
