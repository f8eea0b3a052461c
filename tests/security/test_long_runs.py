"""Documents with one character or word repeated many times: reading them takes linear time."""

import datetime as dt
import time

import pytest

from patent2tech.formats import Parsed, read_upload
from patent2tech.reading import PatentRead, read
from tests.office_documents import MARKUP, TYPED, Facts

FACTS = Facts(
    serial=4_000_001,
    title="soft valve seat",
    abstract="A valve has a seat tail.",
    claims=("A valve with seat tail.",) * 2,
    paragraphs=("FIG. 1 is a view of the seat.", "The valve has a seat tail.", "The seat has a tail."),
    first_name="ann",
    last_name="smith",
    filed="20200101",
    published="20210101",
)
LENGTH = 40_000
MAX_CPU_SECONDS = 5.0
"""Each took from 3 s at half the length to minutes until its pattern was bound to a line or gave way to stripping."""


@pytest.mark.parametrize(
    ("name", "run", "place"),
    [
        ("Korean gazette", "\n", "A valve with"),
        ("Korean gazette", "x\n", "A valve with"),
        ("plain text", "\n", "A valve with"),
        ("plain text", " ]", "A valve with"),
        ("USPTO XML v4", ";", "A valve with"),
        ("USPTO XML v4", "and ", "A valve with"),
        ("USPTO XML v4", ";", "FIG. 1 is a view"),
    ],
)
def test_a_long_run_is_read_in_linear_time(name: str, run: str, place: str) -> None:
    content, _ = {**MARKUP, **TYPED}[name](FACTS)
    text = content.decode().replace(place, f"{place}{run * (LENGTH // len(run))}", 1)
    start = time.process_time()
    (outcome,) = read_upload("long", text.encode())
    assert isinstance(outcome, Parsed)
    assert PatentRead.of(read(outcome.patent, dt.date(2026, 11, 26))).model_dump_json()
    assert time.process_time() - start < MAX_CPU_SECONDS
