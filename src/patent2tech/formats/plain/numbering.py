"""The publication number in the head of a text, or one of our own for a text that states none."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from patent2tech.patents import NotAPublicationNumber, PublicationNumber
from patent2tech.text.notes import Note

_DIGITS: Final = r"(?:RE|PP|D|H|T)?\s?\d[\d,/.\- ]{2,16}\d"
_KIND: Final = r"(?:\s?-?(?P<kind>[ABCEHPSTUY]\d?))(?![\w.])"
_WITH_COUNTRY: Final = re.compile(
    rf"\b(?P<country>US|KR|EP|WO|JP|CN|DE|GB|FR|CA|AU|TW)[ -]?(?P<serial>{_DIGITS})(?:{_KIND})?(?!\w)"
)
_LABELLED: Final = re.compile(
    rf"(?P<label>(?:patent|publication|pub\.|grant|registration)\s*(?:publication\s*)?(?:no\.?|number|#)"
    rf"|공개번호|등록번호|공고번호)\s*[:.]?\s*(?P<serial>{_DIGITS})(?:{_KIND})?(?!\w)",
    re.IGNORECASE,
)
_ANOTHER: Final = re.compile(r"appl|serial|provisional|prior|출원|우선권|see\s|filed", re.IGNORECASE)
_ONLY_A_NUMBER: Final = re.compile(
    r"^\W*(?:(?:united\s+states|u\.?\s?s\.?|korean?)?\s*(?:patent|publication|pub\.?|grant|공개번호|등록번호)?\s*"
    r"(?:application\s+)?(?:publication\s*)?(?:no\.?|number)?)?\W*$",
    re.IGNORECASE,
)
_PRIVATE_COUNTRY: Final = "XX"
_PRIVATE_DIGITS: Final = 12


def find_number(line: str) -> tuple[PublicationNumber, bool] | None:
    """The publication number on a line of the head, and whether the line says nothing else."""
    for pattern in (_WITH_COUNTRY, _LABELLED):
        for match in pattern.finditer(line):
            rest = line[: match.start()] + line[match.end() :]
            alone = bool(_ONLY_A_NUMBER.match(rest))
            if _ANOTHER.search(line[: match.start()]):
                continue
            if not (alone or match["kind"] or "label" in match.groupdict()):
                continue
            if number := _number(match):
                return number, alone
    return None


def assigned_number(text: str) -> PublicationNumber:
    """A stable private number for a text that states none: `XX` and twelve digits from the hash of the text."""
    digest = int.from_bytes(sha256(text.encode()).digest(), "big")
    return PublicationNumber(_PRIVATE_COUNTRY, f"{digest % 10**_PRIVATE_DIGITS:0{_PRIVATE_DIGITS}}")


def number_note(number: PublicationNumber) -> Note:
    """What the reader is told of a number of our own."""
    return Note.of("warning.number_assigned", number=number)


def _number(match: re.Match[str]) -> PublicationNumber | None:
    fields = match.groupdict()
    label = fields.get("label") or ""
    country = fields.get("country") or ("KR" if re.search("[가-힣]", label) else "US")
    try:
        return PublicationNumber.of(country, fields["serial"], fields["kind"] or "")
    except NotAPublicationNumber:
        return None
