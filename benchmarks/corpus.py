"""What the benchmarks run on: the shared data where it lies beside the checkout, else the samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from patent2tech.formats import Parsed, read_path
from patent2tech.samples import sample_names, sample_path

SHARED = Path(__file__).parents[2] / "shared" / "data"
_WEEKLY = "uspto_grant_fixtures_funginstitute"
_TYPICAL = SHARED / "uspto_redbook_zip" / "UTIL0204_US20250204297A1-20250626.ZIP"


def weekly_files() -> list[Path]:
    """Files of many concatenated grants; without the shared data, the samples."""
    found = sorted((SHARED / _WEEKLY).glob("*.xml"))
    return found or [sample_path(name) for name in sample_names()]


def typical() -> Path:
    """One patent with its drawing sheets, of ordinary size."""
    return _TYPICAL if _TYPICAL.exists() else sample_path("mechanical")


def documents() -> Iterator[Parsed]:
    """Every patent of the weekly files."""
    for path in weekly_files():
        yield from (outcome for outcome in read_path(path) if isinstance(outcome, Parsed))
