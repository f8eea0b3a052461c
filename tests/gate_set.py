"""The hand-written statements of the gate set, with their quotations cut out of the documents."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from patent2tech.analysis import Evidence, Statement
from patent2tech.analysis.grounding import Gate
from patent2tech.analysis.normalising import visible
from patent2tech.analysis.source import Source
from patent2tech.app import one_patent
from patent2tech.formats import Parsed, read_path
from patent2tech.reading import Reading, read
from patent2tech.samples import sample_path

DATA = Path(__file__).parent / "data" / "gate"
SHARED = Path(__file__).parents[2] / "shared" / "data"


@dataclass(frozen=True)
class Case:
    """One statement, whether it is true, and in which way it is not."""

    source: str
    statement: Statement
    true: bool
    fault: str


@cache
def a_reading(source: str) -> Reading:
    """The patent of a file of the shared data (`FILE#NUMBER` where it holds several), or of a sample."""
    name, _, number = source.partition("#")
    path = SHARED / name if "/" in name else sample_path(name)
    found = (each.patent for each in read_path(path) if isinstance(each, Parsed)) if number else ()
    patent = next((each for each in found if str(each.number) == number), None) or one_patent(path).patent
    return read(patent, dt.date(2026, 11, 26))


@cache
def a_gate(source: str) -> Gate:
    return Gate([Source.of_reading(a_reading(source))])


def cases(name: str) -> list[Case]:
    groups = json.loads((DATA / name).read_text(encoding="utf-8"))
    return [_case(group["source"], each) for group in groups for each in group["statements"]]


def _case(source: str, given: dict[str, Any]) -> Case:
    places = a_gate(source).sources[0].places
    evidence = tuple(Evidence(each["at"], _quote(places, each)) for each in given["evidence"])
    return Case(source, Statement(given["text"], evidence=evidence), given["true"], given.get("fault", ""))


def _quote(places: Any, given: dict[str, str]) -> str:
    if "quote" in given:
        return given["quote"]
    text = visible(places[given.get("in", given["at"])])
    start = text.index(given["from"])
    return text[start : text.index(given["to"], start) + len(given["to"])]
