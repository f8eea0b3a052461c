"""What a claim's wording consists of, whatever its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_JOINING: Final = "".join(filter(str.isspace, map(chr, range(0x3001)))) + ";,.:"
"""White space and punctuation; stripping takes linear time, where a pattern bound to the end of a text does not."""

_CONJUNCTION: Final = re.compile(r"(?:\b(?:and|or)|및|그리고)\Z")
_LEADING: Final = re.compile(r"^[\s;,:]*(?:(?:and|or)\s+(?=(?:an?|the|said|at|one|wherein|whereby)\b))?", re.IGNORECASE)
_MAX_LISTED: Final = 2_000


@dataclass(frozen=True, slots=True)
class ClaimParts:
    """Preamble, transition and limitations, verbatim and in order; `subject` is the noun phrase that is claimed."""

    subject: str
    preamble: str
    transition: str
    elements: tuple[str, ...]


def tidy(element: str) -> str:
    """A limitation without the punctuation and conjunctions that only join it to its neighbours."""
    words = _LEADING.sub("", element).rstrip(_JOINING)
    return _CONJUNCTION.sub("", words).rstrip(_JOINING).strip()


def spread(numbers: str, live: set[int]) -> Iterator[int]:
    """The claim numbers that a list such as `1, 3 to 5 or 7` names; a range only gives claims that exist."""
    tokens = re.findall(r"\d+|to|through|[-\u2013\u2014~]|내지", numbers)
    index = 0
    while index < len(tokens) and index < _MAX_LISTED:
        if not tokens[index].isdigit():
            index += 1
            continue
        first = int(tokens[index])
        if index + 2 < len(tokens) and not tokens[index + 1].isdigit() and tokens[index + 2].isdigit():
            yield from (number for number in sorted(live) if first <= number <= int(tokens[index + 2]))
            index += 3
        else:
            yield first
            index += 1
