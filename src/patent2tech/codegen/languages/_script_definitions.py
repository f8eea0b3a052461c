"""What JavaScript and TypeScript files define: functions, classes and methods with the places of their bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from patent2tech.codegen.languages._script_text import expression_end, masked_text
from patent2tech.sandbox.brackets import closing

_DEFINITION: Final = re.compile(
    r"(?:^|[\n;{}])[ \t]*+(?:export\s++)?(?:default\s++)?(?:"
    r"(?:async\s++)?function\s*+\*?\s*+(?P<function>[A-Za-z_$][\w$]*+)\s*+(?:<[^>{}()]*+>)?\s*+\("
    r"|(?:abstract\s++)?class\s++(?P<class>[A-Za-z_$][\w$]*+)[^{;]*+(?=\{)"
    r"|(?:const|let|var)\s++(?P<arrow>[A-Za-z_$][\w$]*+)\s*+(?::[^=;]++)?=\s*+(?:async\b\s*+)?(?:function\b[^({]*+)?(?:\(|[A-Za-z_$][\w$]*+\s*+=>))"
)
_METHOD: Final = re.compile(
    r"(?:^|[\n;{}])[ \t]*+(?:(?:public|private|protected|static|async|override|get|set)\s++)*(?:\*\s*+)?"
    r"(?P<name>[A-Za-z_$#][\w$]*+)\s*+(?:<[^>{}()]*+>)?\s*+\("
)
_NOT_METHODS: Final = frozenset("if for while switch catch return function constructor await super new typeof".split())


@dataclass(frozen=True, slots=True)
class Definition:
    """A function or class, by its dotted name, with the place of its body."""

    name: str
    start: int
    body: tuple[int, int]


@lru_cache(maxsize=256)
def definitions_of(path: str, content: str) -> tuple[Definition, ...]:
    """All definitions of a file, in order."""
    masked = masked_text(path, content)
    found: list[Definition] = []
    for match in _DEFINITION.finditer(masked):
        name = match["function"] or match["class"] or match["arrow"]
        start = match.start(match.lastgroup or 0)
        if match["class"]:
            close = closing(masked, match.end())
            if close is None:
                continue
            found.append(Definition(name, match.start(), (match.end(), close + 1)))
            found.extend(_methods(masked, name, match.end(), close))
        elif body := _function_body(masked, match.end(), arrow=bool(match["arrow"])):
            found.append(Definition(name, start, body))
    return tuple(found)


def _methods(masked: str, owner: str, start: int, end: int) -> Iterator[Definition]:
    position = start
    while match := _METHOD.search(masked, position, end):
        position = match.end()
        if match["name"] in _NOT_METHODS and match["name"] != "constructor":
            continue
        if body := _function_body(masked, match.end(), arrow=False):
            position = body[1] - 1
            if match["name"] != "constructor":
                yield Definition(f"{owner}.{match['name']}", match.start("name"), body)


def _function_body(masked: str, after: int, *, arrow: bool) -> tuple[int, int] | None:
    """The body behind a parameter list whose `(` ends at `after`, or behind `x =>`."""
    if masked[after - 1] == "(":
        close = closing(masked, after - 1)
        if close is None:
            return None
        after = close + 1
    if arrow and (match := re.compile(r"\s*(?::[^=]{0,200}?)?=>\s*").match(masked, after)):
        after = match.end()
    if arrow and masked[after : after + 1] != "{" and masked[after - 1] != "{":
        end = expression_end(masked, after)
        return (after, end) if masked[after:end].strip() else None
    start = _body_brace(masked, after)
    if start is None:
        return None
    close = closing(masked, start)
    return None if close is None else (start, close + 1)


def _body_brace(masked: str, after: int) -> int | None:
    """The brace of the body behind a return type, which may itself be a type in braces."""
    start = re.compile(r"\s*(?::\s*)?").match(masked, after)
    position = start.end() if start else after
    typed = ":" in masked[after:position]
    while position < len(masked):
        letter = masked[position]
        if letter == "{":
            if not typed:
                return position
            close = closing(masked, position)
            if close is None:
                return None
            position, typed = close + 1, False
        elif letter in ";=":
            return None
        elif letter in "([":
            position = (closing(masked, position) or len(masked)) + 1
            typed = False
        else:
            typed = typed and letter.isspace()
            position += 1
    return None


def is_class(content: str, definition: Definition) -> bool:
    """Whether a definition is a class."""
    return (
        "class " in content[definition.start : definition.body[0]].rsplit("\n", maxsplit=1)[-1]
        and "(" not in content[definition.start : definition.body[0]].split("extends", maxsplit=1)[0]
    )
