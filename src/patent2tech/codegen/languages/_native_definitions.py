"""What C and C++ files define: functions, types and tests with the places of their bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from patent2tech.sandbox.c_text import CText, c_text

_HEAD: Final = re.compile(
    r"(?<!\w)(?P<name>(?:[A-Za-z_]\w*+\s*+(?:<[^<>;{}]*+>)?\s*+::\s*+)*(?:operator\s*+[^\s\w(]{1,3}|~?[A-Za-z_]\w*+))\s*+\("
)
_TYPE: Final = re.compile(
    r"(?<!enum )\b(?:class|struct)\s+(?:alignas\s*\([^)]*\)\s*)?(?P<name>[A-Za-z_]\w*)"
    r"(?:\s+final)?\s*(?::(?!:)[^;{}]*)?$"
)
# A brace behind a name in a list of initialisers opens no body: `Queue(int n) : n_{n}, v_(n) { }`.
_INITIALISED: Final = re.compile(r"\)[^;{}]*?(?<!:):(?!:).*[\w>]\s*$", re.DOTALL)
_SCOPE: Final = re.compile(r'\b(?:namespace(?:\s+[\w:]+)?|extern\s+"\s*+C?\s*+")\s*+$')
_NOT_FUNCTIONS: Final = frozenset(
    "if for while switch catch return sizeof alignas decltype noexcept static_assert".split()
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A function with its body, or a type with its members; `head` is all that stands before the name."""

    name: str
    start: int
    body: tuple[int, int]
    is_type: bool = False
    head: str = ""


@lru_cache(maxsize=256)
def definitions_of(content: str) -> tuple[Definition, ...]:
    """All definitions of a file, in order; a test is named `TEST name`."""
    return tuple(_within(c_text(content), 0, len(content), ""))


def _within(text: CText, start: int, end: int, owner: str) -> Iterator[Definition]:
    """What is defined between two places: every block is a function, a type, a scope, or of no interest."""
    position = before = start
    masked = text.masked
    while position < end:
        letter = masked[position]
        if letter in "([":
            position = text.closing(position) or position
        elif letter == ";":
            before = position + 1
        elif letter == "{":
            close = text.closing(position)
            if close is None:
                return
            head = re.sub(r"^\s*(?:public|private|protected)\s*:", " ", masked[before:position])
            if _SCOPE.search(head):
                yield from _within(text, position + 1, close, owner)
                before = close + 1
            elif match := _TYPE.search(head):
                name = f"{owner}{match['name']}"
                at = before + len(masked[before:position]) - len(masked[before:position].lstrip())
                yield Definition(name, at, (position, close + 1), is_type=True)
                yield from _within(text, position + 1, close, f"{name}.")
            elif not _INITIALISED.search(head) and (found := _function(text, before, position, close, owner)):
                yield found
                before = close + 1
            position = close
        position += 1


def _function(text: CText, before: int, opening: int, close: int, owner: str) -> Definition | None:
    head = re.sub(
        r"^(\s*)(public|private|protected)(\s*:)", lambda m: " " * len(m.group()), text.masked[before:opening]
    )
    for match in _HEAD.finditer(head):
        if match["name"] in _NOT_FUNCTIONS:
            continue
        if re.search(r"(?<![=!<>])=(?!=)", head[: match.start()]):
            return None
        inside = text.closing(before + match.end() - 1)
        if inside is None or inside > opening:
            return None
        start = before + len(head) - len(head.lstrip())
        if match["name"] == "TEST":
            return Definition(f"TEST {head[match.end() :].split(')')[0].strip()}", start, (opening, close + 1))
        name = ".".join(part for part in re.sub(r"<[^<>]*>|\s", "", match["name"]).split("::") if part)
        trailing = re.search(r"->\s*+(.+)$", text.masked[inside + 1 : opening].strip())
        kind = trailing[1] if trailing else head[: match.start()]
        return Definition(f"{owner}{name}", start, (opening, close + 1), head=kind.strip())
    return None
