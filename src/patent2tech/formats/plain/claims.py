"""Claims found by their printed numbers, for sources that mark them up in no other way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from patent2tech.patents import Claim

_STATEMENT: Final = re.compile(
    r"^(?:what\s+is\s+claimed(?:\s+is|\s+as\s+new[^:]*)?"
    r"|(?:i|we|the\s+inventors?)\s+claims?(?:\s+as\s+(?:my|our)\s+invention)?"
    r"|(?:what\s+)?(?:i|we)\s+claim(?:\s+is)?|the\s+(?:invention\s+)?claimed(?:\s+invention)?\s+is"
    r"|(?:having\s+(?:thus\s+)?described[^:]{0,200}(?:what\s+(?:i|we)\s+claim|what\s+is\s+claimed)[^:]{0,80})"
    r"|it\s+is\s+claimed|that\s+which\s+is\s+claimed(?:\s+is)?|the\s+embodiments\s+of\s+the\s+invention\s+in\s+which[^:]*)"
    r"\s*[:.]?\s*$",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    # A reissue opens what it deletes with `.[.` and what it adds with `.Iadd.`.
    r"^(?:\.\[\.|\.Iadd\.|\[|\*\*|\s)*(?:claim\s+)?(\d{1,4})(?:\.?\s*[-\u2013\u2014]\s*(\d{1,4}))?\s*(?:\*\*)?"
    r"(?P<mark>\s*[.):\]]+|(?=\s*\(?(?:previously\s+)?cancell?ed))(?:\*\*)?(?=\s|\.\]|[A-Z(]|$)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_OPENS_CLAIM: Final = re.compile(r"^[\s(\[*.]*(?:[A-Z]|cancell?ed|\(cancel)")
_LARGEST_GAP: Final = 100


def is_claim_statement(line: str) -> bool:
    """Whether the line only announces the claims, as `What is claimed is:` does."""
    return len(line) < _LONGEST_STATEMENT and bool(_STATEMENT.match(line.strip(" #*\t")))


_LONGEST_STATEMENT: Final = 300


def first_claim(line: str) -> bool:
    """Whether a claim 1 may begin on the line."""
    match = _NUMBERED.match(line)
    return bool(match and int(match[1]) == 1 and (match[2] or _OPENS_CLAIM.match(match["rest"])))


@dataclass(slots=True)
class _Open:
    number: int
    through: int | None
    lines: list[str] = field(default_factory=list)

    def close(self) -> Claim:
        return Claim(self.number, "\n".join(self.lines), through=self.through)


def split_claims(lines: list[str]) -> tuple[tuple[str, ...], tuple[Claim, ...]]:
    """What stands before the first claim, and the claims; claim statements are left out.

    A line opens a claim when it begins with the next number, or with a later one and a capital letter. Without any
    number, all lines are claim 1, as the single claim of a design is printed.
    """
    before: list[str] = []
    found: list[_Open] = []
    for line in (" ".join(each.split(" ")).strip() for each in lines):
        if not line or is_claim_statement(line):
            continue
        last = (found[-1].through or found[-1].number) if found else 0
        if opened := _opened(line, last, first=not found):
            found.append(opened)
        elif found:
            found[-1].lines.append(line)
        else:
            before.append(line)
    if not found and before:
        return (), (Claim(1, "\n".join(before)),)
    return tuple(before), tuple(each.close() for each in found)


def _opened(line: str, last: int, *, first: bool) -> _Open | None:
    match = _NUMBERED.match(line)
    if not match:
        return None
    number, through = int(match[1]), int(match[2]) if match[2] else None
    if number <= last or (through is not None and through <= number):
        return None
    if (number > last + 1 or first) and not _OPENS_CLAIM.match(match["rest"]):
        return None
    if number > last + _LARGEST_GAP:
        return None
    return _Open(number, through, [line])
