"""Fields that every KIPRIS answer has in one spelling or another: numbers, dates, names, classes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from patent2tech.errors import Malformed, NotAPatent
from patent2tech.formats.prose import plain
from patent2tech.patents import Dates, NotAPublicationNumber, PartialDate, Party, PatentType, PublicationNumber

SOURCE_FORMAT: Final = "kipris-plus xml"
LANGUAGE: Final = "ko"
_NOT_DIGITS: Final = re.compile(r"\D")
_SYMBOL: Final = re.compile(r"^([A-HY]\d{2}[A-Z])\s*(?:(\d{1,4}/\d{2,6}))?")
_RIGHT_DIGITS: Final = 2
_REGISTER_DIGITS: Final = 13
_MAIN_RIGHT: Final = "0000"
_RIGHTS: Final = {"10": PatentType.UTILITY, "20": PatentType.UTILITY, "30": PatentType.DESIGN}
"""The kinds of right by which a Korean application number begins: patent, utility model, design."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers and dates of one application, in whichever form the answer has them."""

    application: str
    register: str = ""
    opening: str = ""
    publication: str = ""
    filed: PartialDate | None = None
    registered: PartialDate | None = None
    opened: PartialDate | None = None
    published: PartialDate | None = None

    def type(self) -> PatentType:
        """What is protected.

        Raises:
            NotAPatent: when it is a trademark.
            Malformed: when the application number is missing.
        """
        right = _NOT_DIGITS.sub("", self.application)[:_RIGHT_DIGITS]
        if not right:
            raise Malformed("the KIPRIS answer states no application number; it may be truncated")
        if right not in _RIGHTS:
            raise NotAPatent(f"the application {self.application} is a trademark or another right, not a patent")
        return _RIGHTS[right]

    def number(self) -> PublicationNumber:
        """The registration number, else that of the opened application, without a kind code.

        The office states no kind code in these answers, and one cannot be told from the number: a patent is B1 or,
        after a correction, B2 or B9.

        Raises:
            NotAPatent: when nothing was published under a number of its own.
            Malformed: when the number is broken.
        """
        stated = _without_suffix(self.register) or self.opening or self.publication
        if not stated:
            raise NotAPatent(f"the application {self.application} has no publication or registration number yet")
        try:
            return PublicationNumber.of("KR", stated)
        except NotAPublicationNumber as error:
            raise Malformed(f"the KIPRIS answer states no usable number: {error}") from None

    def dates(self, priority: PartialDate | None = None) -> Dates:
        """The dates of the publication that `number` names."""
        return Dates(
            filing=self.filed,
            publication=(self.published if self.register else None) or self.opened or self.published,
            grant=self.registered if self.register else None,
            priority=priority,
        )


def text_of(element: etree._Element | None, *names: str) -> str:
    """The first of the fields that is not empty, on one line."""
    found = (element.find(name) for name in names) if element is not None else ()
    return next((text for each in found if each is not None and (text := plain(each))), "")


def date_of(element: etree._Element | None, *names: str) -> PartialDate | None:
    """The date in the first of the fields that is not empty."""
    return PartialDate.parse(text_of(element, *names))


def names_of(text: str) -> tuple[Party, ...]:
    """The names that stand in one field, set off by bars."""
    return tuple(dict.fromkeys(Party(name) for each in text.split("|") if (name := each.strip())))


def symbols_of(*texts: str) -> tuple[str, ...]:
    """Classification symbols such as `F02M61/18` from texts such as `F02M 61/18|F02M 45/08`."""
    matches = (_SYMBOL.match(each.strip()) for text in texts for each in text.split("|"))
    return tuple(dict.fromkeys(f"{match[1]}{match[2] or ''}" for match in matches if match))


def _without_suffix(register: str) -> str:
    """`1029609060000` and `10-2960906-0000` as the gazette prints them, so that none is taken for an opening number."""
    digits = _NOT_DIGITS.sub("", register)
    return digits.removesuffix(_MAIN_RIGHT) if len(digits) == _REGISTER_DIGITS else digits
