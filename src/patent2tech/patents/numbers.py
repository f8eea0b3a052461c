"""Publication numbers: the name by which a published patent document is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEPARATORS = re.compile(r"[\s,./_\-]+")
_PRINTED = re.compile(
    r"^(?P<country>(?!(?:RE|PP)\d)[A-Z]{2})?(?P<prefix>RE|PP|D|H|T)?(?P<serial>\d{1,13})(?P<kind>[A-Z]\d?)?$", re.ASCII
)
_US_SERIES = {"D": "D", "RE": "RE", "PP": "PP", "H": "H", "T": "T"}
_US_APPLICATION_LENGTHS = (10, 11)


class NotAPublicationNumber(ValueError):
    """The text cannot be read as a publication number."""


@dataclass(frozen=True, slots=True, order=True)
class PublicationNumber:
    """Country, serial number and kind code of one publication, e.g. US / 8418361 / B2.

    `serial` is normalised: leading zeros of a grant dropped, the letters of a series kept (`D680087`, `RE43633`),
    applications as four-digit year and seven digits. `kind` is empty where the source does not state it.
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
        return cls.parse(f"{country}{_SEPARATORS.sub('', serial)}{kind}" if kind else f"{country}{serial}")

    @classmethod
    def parse(cls, text: str) -> PublicationNumber:
        """Read the forms `US8418361B2`, `US 8,418,361 B2`, `US-2011/0039701-A1`, `usd680087s`, `KR 10-2099-0000001`.

        Raises:
            NotAPublicationNumber: when the text is not of such a form.
        """
        match = _PRINTED.match(_SEPARATORS.sub("", text.strip().upper()))
        if not match:
            raise NotAPublicationNumber(f"{text.strip()!r} is not a publication number such as US8418361B2")
        country = match["country"] or "US"
        serial = match["serial"]
        if country == "US":
            serial = _us_serial(match["prefix"] or "", serial)
        elif match["prefix"]:
            raise NotAPublicationNumber(f"{text.strip()!r}: only US numbers have the series {match['prefix']}")
        return cls(country, serial, match["kind"] or "")

    def matches(self, other: PublicationNumber) -> bool:
        """Whether both may name one publication: same country and serial, and kinds equal where both state one."""
        same_serial = (self.country, self.serial) == (other.country, other.serial)
        return same_serial and (not self.kind or not other.kind or self.kind == other.kind)

    def __str__(self) -> str:
        return f"{self.country}{self.serial}{self.kind}"


def _us_serial(prefix: str, digits: str) -> str:
    if not prefix and len(digits) in _US_APPLICATION_LENGTHS and digits[:2] in {"19", "20"}:
        return digits[:4] + digits[4:].zfill(7)
    stripped = digits.lstrip("0")
    if not stripped:
        raise NotAPublicationNumber("a publication number of zeros only")
    return _US_SERIES.get(prefix, "") + stripped
