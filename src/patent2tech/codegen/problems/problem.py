"""A reference problem as one text file: patent, interface, hidden judge, and recorded answers.

Sections begin with `===== NAME`; those of files also name a path. `first` sections are the first, faulty answers of the
recorded model, and `file` sections those that it gives when asked again. Some problems are there in other languages
too, in a folder of the language's name; the patent stands in the first file alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from patent2tech.codegen.languages import language_of
from patent2tech.codegen.plan import Plan
from patent2tech.errors import NotFound
from patent2tech.formats import Parsed, read_upload
from patent2tech.reading import Reading, read

_SECTION: Final = re.compile(r"^===== (\w+)(?: (\S+))?\n", re.MULTILINE)
_DAY: Final = dt.date(2026, 11, 2)
_JUDGE_FILE: Final = "tests/test_hidden_judge"
FIRST_LANGUAGE: Final = "python"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; `judge` is never shown to who writes the code."""

    name: str
    language: str
    patent: str
    interface: str
    judge: str
    plan: Plan
    first: Mapping[str, str]
    files: Mapping[str, str]
    tests: Mapping[str, str]

    @property
    def judge_file(self) -> str:
        """Where the judge stands among the files of a run."""
        return f"{_JUDGE_FILE}{language_of(self.language).suffixes[0]}"

    def reading(self) -> Reading:
        """The reading of the fictional patent."""
        outcomes = read_upload(f"{self.name}.txt", self.patent.encode())
        found = next(each for each in outcomes if isinstance(each, Parsed))
        return read(found.patent, _DAY)


def problem_names(language: str = FIRST_LANGUAGE) -> tuple[str, ...]:
    """The names of all problems that are there in a language."""
    folder = _folder(language)
    listed = folder.iterdir() if folder.is_dir() else ()
    return tuple(sorted(each.name.removesuffix(".txt") for each in listed if each.name.endswith(".txt")))


def read_problem(name: str, language: str = FIRST_LANGUAGE) -> Problem:
    """The problem of this name in a language.

    Raises:
        NotFound: when there is none; the message lists those that there are.
        BadInput: when code is not written in such a language.
    """
    language_of(language)
    if name not in problem_names(language):
        listed = ", ".join(problem_names(language)) or "none"
        raise NotFound(f"there is no problem {name[:40]!r} in {language}; there are {listed}")
    sections = {**_sections(name, FIRST_LANGUAGE), "first": {}, **_sections(name, language)}
    return Problem(
        name=name,
        language=language,
        patent=sections["patent"][""],
        interface=sections["interface"][""].strip(),
        judge=sections["judge"][""],
        plan=Plan.model_validate_json(sections["plan"][""]),
        first=sections["first"],
        files=sections["file"],
        tests=sections["tests"],
    )


def _sections(name: str, language: str) -> dict[str, dict[str, str]]:
    pieces = _SECTION.split(_folder(language).joinpath(f"{name}.txt").read_text(encoding="utf-8"))[1:]
    sections: dict[str, dict[str, str]] = {}
    for kind, path, content in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        sections.setdefault(kind, {})[path or ""] = content
    return sections


def _folder(language: str) -> Traversable:
    first = files("patent2tech.codegen.problems")
    return first if language == FIRST_LANGUAGE else first.joinpath(language)
