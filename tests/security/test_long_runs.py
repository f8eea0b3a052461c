"""Documents with one character or word repeated many times: reading them takes linear time."""

import datetime as dt
import time

import pytest

from patent2tech.analysis.grounding import Gate
from patent2tech.analysis.model import Evidence, Statement
from patent2tech.analysis.source import Source
from patent2tech.codegen.languages import Symbol, language_of
from patent2tech.codegen.specifying import specify
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
        ("plain text", "가", "The valve has"),
        ("Korean gazette", "가·", "A valve with"),
    ],
)
def test_a_long_run_is_read_in_linear_time(name: str, run: str, place: str) -> None:
    content, _ = {**MARKUP, **TYPED}[name](FACTS)
    text = content.decode().replace(place, f"{place}{run * (LENGTH // len(run))}", 1)
    start = time.process_time()
    (outcome,) = read_upload("long", text.encode())
    assert isinstance(outcome, Parsed)
    reading = read(outcome.patent, dt.date(2026, 11, 26))
    assert PatentRead.of(reading).model_dump_json()
    assert specify(reading)
    assert time.process_time() - start < MAX_CPU_SECONDS


@pytest.mark.parametrize("run", ["상기", "상기 가(1", "가 "])
def test_a_claim_of_one_long_run_is_specified_in_linear_time(run: str) -> None:
    content, _ = TYPED["plain text"](FACTS)
    text = content.decode().replace("A valve with", f"A valve with{run * (LENGTH // len(run))}", 1)
    start = time.process_time()
    (outcome,) = read_upload("long", text.encode())
    assert isinstance(outcome, Parsed)
    assert specify(read(outcome.patent, dt.date(2026, 11, 26)))
    assert time.process_time() - start < MAX_CPU_SECONDS


@pytest.mark.parametrize("run", ["1 ", "5 mm, ", "12a and "])
def test_a_quotation_of_many_numbers_is_judged_in_linear_time(run: str) -> None:
    quote = f"The seat 12 is 5 mm wide, {run * (LENGTH // len(run) // 4)}"
    gate = Gate([Source("one", {"[0001]": quote}, {"12": ("seat",)})])
    start = time.process_time()
    judged = gate.ground(Statement("The seat 12 is 5 mm wide.", evidence=(Evidence("[0001]", quote),)))
    assert judged.evidence
    assert time.process_time() - start < MAX_CPU_SECONDS


@pytest.mark.parametrize("path", ["a.mjs", "a.ts", "a.cpp", "a.py"])
@pytest.mark.parametrize("run", ["\n", "\t ", "a", "$a", "a ", "// a", "* # ", "return  "])
def test_written_code_of_one_long_run_is_judged_in_linear_time(path: str, run: str) -> None:
    content = f"class A {{\n{run * (LENGTH // len(run))}\n}}\n"
    language = language_of({"mjs": "javascript", "ts": "typescript", "cpp": "cpp", "py": "python"}[path.split(".")[1]])
    start = time.process_time()
    language.faults({path: content}, [Symbol(path, "A", 1)], "none")
    language.symbols({path: content})
    language.calls({path: content})
    assert time.process_time() - start < MAX_CPU_SECONDS
