"""Calendar dates as patent documents state them, which may lack the day or the month."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

_COMPACT = re.compile(r"^(\d{4})[-./]?(\d{2})[-./]?(\d{2})\.?$")
_FIRST_PATENT_YEAR = 1421
_COMPACT_LENGTH = len("20030517")
_YEAR_ONLY = re.compile(r"^(\d{4})$")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the day, the month or the year; an unknown part is 0, as the offices write it (`20030500`)."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.year < _FIRST_PATENT_YEAR:
            raise ValueError(f"no patent is of the year {self.year}")
        dt.date(self.year, self.month or 1, self.day or 1)
        if self.day and not self.month:
            raise ValueError("a date with a day needs a month")

    @classmethod
    @lru_cache(maxsize=16_384)  # more days than a century of Tuesdays, on which the offices publish
    def parse(cls, text: str) -> PartialDate | None:
        """Read `20030517`, `20030500`, `2003-05-17`, `2003.05.17` or `2003`; `None` when the text is no date."""
        text = text.strip()
        if not text:
            return None
        if len(text) == _COMPACT_LENGTH and text.isascii() and text.isdigit():
            parts = (int(text[:4]), int(text[4:6]), int(text[6:]))
        elif year_only := _YEAR_ONLY.match(text):
            parts = (int(year_only[1]), 0, 0)
        elif compact := _COMPACT.match(text):
            parts = (int(compact[1]), int(compact[2]), int(compact[3]))
        else:
            return None
        try:
            return cls(*parts)
        except ValueError:
            return None

    @property
    def exact(self) -> dt.date | None:
        """The calendar day, or `None` when the document does not state one."""
        return dt.date(self.year, self.month, self.day) if self.day else None

    def __str__(self) -> str:
        """ISO 8601 at the precision that is known: `2003-05-17`, `2003-05` or `2003`."""
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"
