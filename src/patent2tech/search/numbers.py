"""Recognises a query that is the number of a document, in any form in which people cite one."""

from __future__ import annotations

import re
from typing import Final

from patent2tech.patents import NotAPublicationNumber, PublicationNumber

_LONG_NUMBER: Final = 7
_BEGINS_SO: Final = re.compile(r"(?:[A-Za-z]{2}|[Dd])[\s.-]*\d")
_CITED: Final = re.compile(
    r"\b(?:(?:patent|application|publication|design|number)s?|pat|appl?|publ?|nos?)\b\.?"
    r"|대한민국|한국|특허|실용신안|디자인|등록|공개|공보|번호|제(?=\s*\d)|(?<=\d)\s*호",
    re.IGNORECASE,
)
"""What stands around a number that is cited in a text: `U.S. Pat. No. 8,418,361`, `등록특허 제10-1234567호`."""


def number_of(text: str) -> PublicationNumber | None:
    """The number that a whole query is; `12` and `A1` are rather words."""
    plain = _CITED.sub(" ", re.sub(r"\bU\.\s?S\.", "US ", text)).strip(" .:#\t\n")
    if sum(map(str.isdigit, plain)) < _LONG_NUMBER and not _BEGINS_SO.match(plain):
        return None
    try:
        return PublicationNumber.parse(" ".join(plain.split()))
    except NotAPublicationNumber:
        return None
