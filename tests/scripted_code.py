"""A scripted writer of code behind a real HTTP server, and the small fictional patent that it writes code for."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from typing import Any

from patent2tech.patents import Claim, Paragraph, Patent, PatentType, PublicationNumber
from patent2tech.reading import Reading, read

CLAIM = (
    "1. A method of labelling a list of numbers, the method comprising:\n"
    "rotating the list to the right by a shift;\n"
    "summing products of each item of the rotated list and a position of the item to a checksum; and\n"
    "appending the checksum modulo 97 to the rotated list."
)
DETAIL = (
    "The list is rotated to the right by a shift of 2, so that the last two items come first.",
    "Each item of the rotated list is multiplied by its position, counted from 1; the products give a checksum.",
    "The checksum modulo 97 is appended to the rotated list as its label.",
)


def a_reading(number: str = "US99911111B2", claims: tuple[str, ...] = (CLAIM,)) -> Reading:
    """The reading of the patent."""
    patent = Patent(
        number=PublicationNumber.parse(number),
        title="Labelled list",
        type=PatentType.UTILITY,
        language="en",
        source_format="test",
        claims=tuple(Claim(position, text) for position, text in enumerate(claims, 1)),
        description=tuple(Paragraph(f"{position:04}", text) for position, text in enumerate(DETAIL, 1)),
    )
    return read(patent, dt.date(2026, 11, 2))


PLAN: dict[str, Any] = {
    "files": [
        {
            "path": "rotation.py",
            "purpose": "Rotation.",
            "depends_on": [],
            "functions": [
                {
                    "name": "rotate",
                    "signature": "def rotate(items: list[int], shift: int = 2) -> list[int]",
                    "summary": "Rotates to the right.",
                    "requirements": ["R1"],
                }
            ],
        },
        {
            "path": "label.py",
            "purpose": "Checksum and label.",
            "depends_on": ["rotation.py"],
            "functions": [
                {
                    "name": "checksum",
                    "signature": "def checksum(items: list[int]) -> int",
                    "summary": "Sums the products.",
                    "requirements": ["R2"],
                },
                {
                    "name": "label",
                    "signature": "def label(items: list[int], shift: int = 2) -> list[int]",
                    "summary": "Appends the checksum modulo 97.",
                    "requirements": ["R3"],
                },
            ],
        },
    ],
    "assumptions": [{"text": "Positions count from 1.", "requirement": "R2"}],
    "example": "label([1, 2, 3]) is [2, 3, 1, 11]",
}
ROTATION = '''"""Rotation."""


def rotate(items: list[int], shift: int = 2) -> list[int]:
    """R1: rotates the list to the right."""
    at = len(items) - shift % len(items) if items else 0
    return items[at:] + items[:at]
'''
LABEL = '''"""Checksum and label."""

from rotation import rotate


def checksum(items: list[int]) -> int:
    """R2: sums the products of items and positions."""
    return sum(item * position for position, item in enumerate(items, 1))


def label(items: list[int], shift: int = 2) -> list[int]:
    """R3: appends the checksum modulo 97."""
    rotated = rotate(items, shift)
    return [*rotated, checksum(rotated) % 97]
'''
WRONG_LABEL = LABEL.replace("% 97", "% 98").replace("enumerate(items, 1)", "enumerate(items)")
TESTS = '''"""Tests of the labelled list."""

from label import checksum, label
from rotation import rotate


def test_rotates_to_the_right():
    assert rotate([1, 2, 3, 4], 1) == [4, 1, 2, 3]


def test_checksum_multiplies_by_the_position():
    assert checksum([2, 3, 1]) == 2 * 1 + 3 * 2 + 1 * 3


def test_label_is_modulo_97():
    assert label([50, 50], 0) == [50, 50, 150 - 97]


def test_example_from_list_to_label():
    assert label([1, 2, 3]) == [2, 3, 1, 11]
'''


@dataclass
class Writer:
    """What the model says to each step; `asked` are the steps in their order."""

    plan: dict[str, Any] = field(default_factory=lambda: PLAN)
    files: dict[str, str] = field(default_factory=lambda: {"rotation.py": ROTATION, "label.py": LABEL})
    tests: dict[str, str] = field(default_factory=lambda: {"tests/test_label.py": TESTS})
    repairs: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)

    def say(self, body: dict[str, Any]) -> str:
        """The answer to one request, as JSON."""
        kind = body["response_format"]["json_schema"]["name"]
        prompt = str(body["messages"][-1]["content"])
        self.prompts.append(prompt)
        self.asked.append(kind)
        if kind == "Plan":
            return json.dumps(self.plan)
        if kind == "FileAnswer":
            path = re.findall(r"Write (\S+) now\.$", prompt)[-1]
            return json.dumps({"content": self.files[path]})
        if kind == "TestsAnswer":
            return json.dumps({"files": _files(self.tests)})
        done = self.asked.count("RepairAnswer") - 1
        change = self.repairs[min(done, len(self.repairs) - 1)] if self.repairs else {}
        return json.dumps({"cause": "It was wrong.", "files": _files(change)})


def _files(files: dict[str, str]) -> list[dict[str, str]]:
    return [{"path": path, "content": content} for path, content in files.items()]
