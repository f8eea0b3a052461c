"""Korean numbers: two digits of the right, then a year and seven digits (open), or seven digits (registered)."""

from __future__ import annotations

_RIGHT = 2
_REGISTERED = 7
_WITH_YEAR = 13
_BASE_SUFFIX = "0000"
_MOST_IN_A_YEAR = 600_000
"""KIPO has never published so many in one year, so a higher number is a registration with its suffix `0000`."""


def korean_serial(digits: str) -> str:
    """The digits without the suffix `0000` that a registration number carries in KIPRIS (`1029609060000`).

    Another suffix tells similar designs of one registration apart and stays.
    """
    if len(digits) != _WITH_YEAR or not digits.endswith(_BASE_SUFFIX):
        return digits
    year, running = digits[_RIGHT : _RIGHT + 4], int(digits[_RIGHT + 4 :])
    is_open = year[:2] in {"19", "20"} and running <= _MOST_IN_A_YEAR
    return digits if is_open else digits[: _RIGHT + _REGISTERED]
