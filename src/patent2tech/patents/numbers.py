"""Publication numbers: the name by which a published patent document is known, in every common form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from patent2tech.patents._korean_numbers import korean_serial

_SEPARATORS = re.compile(r"[\s,./_()\-]+")
_PRINTED = re.compile(
    r"^(?P<country>(?!(?:RE|PP|AI)\d)[A-Z]{2})?(?P<prefix>RE|PP|AI|D|H|T|X)?(?P<serial>\d{1,13})(?P<kind>[A-Z]\d?)?$",
    re.ASCII,
)
_KOREAN = re.compile(
    r"^(?:10|20|30)[-\s]?(?:\d{4}-\d{7}|\d{7}(?:-?\d{2,4}){0,2})(?:\s*[A-Z]\d?)?$|^(?:10|20|30)\d{11}$", re.ASCII
)
_KIND = re.compile(r"[A-Z]\d?")
_LONGEST_GRANT = 8
_US_APPLICATION_LENGTHS = (10, 11)
_KR_REGISTERED_LENGTH = 9
_KR_OPEN_LENGTH = 13
_WO_SHORT_LENGTH = 7
_WO_LENGTH = 10
_WO_FIRST_YEAR = 78
_EP_LENGTH = 7
_ICE_LENGTH = 8


class NotAPublicationNumber(ValueError):
    """The text cannot be read as a publication number."""


@dataclass(frozen=True, slots=True, order=True)
class PublicationNumber:
    """Country, serial number and kind code of one publication, e.g. US / 8418361 / B2.

    `serial` is normalised: leading zeros of a US grant dropped, the letters of a series kept (`D680087`, `RE43633`),
    US applications as four-digit year and seven digits, WO as four-digit year and six digits, EP with seven digits,
    KR with the two digits of its right (10 patent, 20 utility model, 30 design). `kind` is empty where the source does
    not state it.
    """

    country: str
    serial: str
    kind: str = ""

    @classmethod
    def of(cls, country: str, serial: str, kind: str = "") -> PublicationNumber:
        """Build from the three fields of an office document, normalising them.

        Raises:
            NotAPublicationNumber: when the fields do not make a number.
        """
        country, kind = country.strip().upper(), kind.strip().upper()
        if country == "US" and serial.isascii() and serial.isdigit() and (not kind or _KIND.fullmatch(kind)):
            # By far the most common case, which a patent with many citations meets a thousand times.
            significant = serial.lstrip("0")
            if 0 < len(significant) <= _LONGEST_GRANT:
                return cls(country, significant, kind)
        printed = f"{country}{serial}{kind}"
        return cls._of_compact(printed.upper(), printed) if country and printed.isalnum() else cls.parse(printed)

    @classmethod
    def parse(cls, text: str) -> PublicationNumber:
        """Read any common form, without regard to case, spaces, commas and slashes; without a country it is US.

        `US8418361B2`, `US 8,418,361 (B2)`, `US-2011/0039701-A1`, `08418361`, `D0680087`, `EP.1000000.A1`, `EP0227762`,
        `WO 99/12345`, `WO2009085664A2`, `KR 10-2960906`, `10-2023-0147601`, `1029609060000`.

        Raises:
            NotAPublicationNumber: when the text is not of such a form.
        """
        stated = text.strip().upper()
        if _KOREAN.match(stated):
            stated = f"KR{stated}"
        return cls._of_compact(_SEPARATORS.sub("", stated), text.strip())

    @classmethod
    def _of_compact(cls, compact: str, text: str) -> PublicationNumber:
        match = _PRINTED.match(compact)
        if not match:
            raise NotAPublicationNumber(f"{text!r} is not a publication number such as US8418361B2")
        country, prefix, serial, kind = match.groups("")
        country = country or "US"
        if prefix and country != "US":
            raise NotAPublicationNumber(f"{text!r}: only US numbers have the series {prefix}")
        return cls(country, _normal_serial(country, prefix + serial), kind)

    def matches(self, other: PublicationNumber) -> bool:
        """Whether both may name one publication: same country and serial, and kinds equal where both state one."""
        same_serial = (self.country, self.serial) == (other.country, other.serial)
        return same_serial and (not self.kind or not other.kind or self.kind == other.kind)

    @property
    def docdb(self) -> str:
        """The form of EPO's DOCDB: `EP.1000000.A1`."""
        return ".".join(part for part in (self.country, self.serial, self.kind) if part)

    @property
    def epodoc(self) -> str:
        """The form of EPO's EPODOC, which has no kind: `EP1000000`."""
        return f"{self.country}{self.serial}"

    @property
    def ice(self) -> str:
        """The serial as USPTO XML writes it: eight characters, zeros behind the letters of a series."""
        letters = self.serial.rstrip("0123456789")
        return letters + self.serial[len(letters) :].zfill(_ICE_LENGTH - len(letters))

    @property
    def kipris(self) -> str:
        """The digits of a Korean number as KIPRIS answers them: a registration has thirteen too, `1029609060000`."""
        return (
            f"{self.serial}0000" if self.country == "KR" and len(self.serial) == _KR_REGISTERED_LENGTH else self.serial
        )

    @property
    def bigquery(self) -> str:
        """The form of Google's public table: `US-8418361-B2`, `US-2011039701-A1`."""
        serial = f"{self.serial[:4]}{int(self.serial[4:]):06}" if self._is_us_application else self.serial
        return "-".join(part for part in (self.country, serial, self.kind) if part)

    @property
    def printed(self) -> str:
        """The form of the front page: `US 8,418,361 B2`, `US 2011/0039701 A1`, `WO 2009/085664 A2`, `KR 10-2960906`."""
        match self.country:
            case "US" if self._is_us_application:
                serial = f"{self.serial[:4]}/{self.serial[4:]}"
            case "US":
                letters = self.serial.rstrip("0123456789")
                serial = f"{letters}{int(self.serial[len(letters) :]):,}"
            case "WO" if len(self.serial) == _WO_LENGTH:
                serial = f"{self.serial[:4]}/{self.serial[4:]}"
            case "KR" if len(self.serial) == _KR_REGISTERED_LENGTH:
                serial = f"{self.serial[:2]}-{self.serial[2:]}"
            case "KR" if len(self.serial) == _KR_OPEN_LENGTH:
                serial = f"{self.serial[:2]}-{self.serial[2:6]}-{self.serial[6:]}"
            case _:
                serial = self.serial
        return " ".join(part for part in (self.country, serial, self.kind) if part)

    @property
    def _is_us_application(self) -> bool:
        return self.country == "US" and len(self.serial) == _US_APPLICATION_LENGTHS[-1] and self.serial.isdigit()

    def __str__(self) -> str:
        """The form of Google Patents, which this program prints everywhere: `US8418361B2`."""
        return f"{self.country}{self.serial}{self.kind}"


def _normal_serial(country: str, serial: str) -> str:
    match country:
        case "US":
            return _us_serial(serial)
        case "KR":
            return korean_serial(serial)
        case "WO":
            return _wo_serial(serial)
        case "EP":
            return serial.lstrip("0").zfill(_EP_LENGTH)
        case _:
            return serial


def _us_serial(serial: str) -> str:
    letters = serial.rstrip("0123456789")
    digits = serial[len(letters) :]
    if not letters and len(digits) in _US_APPLICATION_LENGTHS and digits[:2] in {"19", "20"}:
        return digits[:4] + digits[4:].zfill(7)
    stripped = digits.lstrip("0")
    if not stripped:
        raise NotAPublicationNumber("a publication number of zeros only")
    return letters + stripped


def _wo_serial(serial: str) -> str:
    """`99/12345` of the years up to 2003 becomes `1999012345`; later ones are written so already."""
    if len(serial) != _WO_SHORT_LENGTH:
        return serial
    century = "19" if int(serial[:2]) >= _WO_FIRST_YEAR else "20"
    return f"{century}{serial[:2]}{serial[2:].zfill(6)}"
