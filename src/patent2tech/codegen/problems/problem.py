"""A reference problem as one text file: patent, interface, hidden judge, and recorded answers.

Sections begin with `===== NAME`; those of files also name a path. `first` sections are the first, faulty answers of the
recorded model, and `file` sections those that it gives when asked again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from patent2tech.codegen.plan import Plan
from patent2tech.errors import NotFound
from patent2tech.formats import Parsed, read_upload
from patent2tech.reading import Reading, read

_SECTION: Final = re.compile(r"^===== (\w+)(?: (\S+))?\n", re.MULTILINE)
_DAY: Final = dt.date(2026, 11, 2)
JUDGE_FILE: Final = "tests/test_hidden_judge.py"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; `judge` is never shown to who writes the code."""

    name: str
    patent: str
    interface: str
    judge: str
    plan: Plan
    first: Mapping[str, str]
    files: Mapping[str, str]
    tests: Mapping[str, str]

    def reading(self) -> Reading:
        """The reading of the fictional patent."""
        outcomes = read_upload(f"{self.name}.txt", self.patent.encode())
        found = next(each for each in outcomes if isinstance(each, Parsed))
        return read(found.patent, _DAY)


def problem_names() -> tuple[str, ...]:
    """The names of all problems."""
    return tuple(sorted(each.name.removesuffix(".txt") for each in _folder().iterdir() if each.name.endswith(".txt")))


def read_problem(name: str) -> Problem:
    """The problem of this name.

    Raises:
        NotFound: when there is none; the message lists those that there are.
    """
    if name not in problem_names():
        raise NotFound(f"there is no problem {name[:40]!r}; there are {', '.join(problem_names())}")
    text = _folder().joinpath(f"{name}.txt").read_text(encoding="utf-8")
    pieces = _SECTION.split(text)[1:]
    sections: dict[str, dict[str, str]] = {}
    for kind, path, content in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        sections.setdefault(kind, {})[path or ""] = content
    return Problem(
        name=name,
        patent=sections["patent"][""],
        interface=sections["interface"][""].strip(),
        judge=sections["judge"][""],
        plan=Plan.model_validate_json(sections["plan"][""]),
        first=sections.get("first", {}),
        files=sections["file"],
        tests=sections["tests"],
    )


def _folder() -> Traversable:
    return files("patent2tech.codegen.problems")
