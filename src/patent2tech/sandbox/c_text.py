"""C and C++ source with its comments, strings and directives told apart, without a compiler."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from patent2tech.sandbox.brackets import closing, unbalanced

_TOKEN: Final = re.compile(
    r"""(?P<comment>//(?:\\\n|[^\n])*|/\*.*?(?:\*/|\Z))"""
    r"""|(?P<raw>\b(?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")"""
    r"""|(?P<text>(?:\b(?:u8|[uUL]))?"(?:\\.|[^"\\\n])*")"""
    r"""|(?P<letter>(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])*')""",
    re.DOTALL,
)
_DIRECTIVE: Final = re.compile(r"^[ \t]*(?:#|%:)(?:\\\n|[^\n])*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CText:
    """A source text and two views of the same length and the same lines.

    `masked` has blanks for comments, for the inside of strings and for directives; `plain` for comments alone.
    """

    source: str
    masked: str
    plain: str

    def closing(self, opening: int) -> int | None:
        """Where the bracket that opens at a place is closed, or `None`."""
        return closing(self.masked, opening)

    def unbalanced(self) -> str | None:
        """What is wrong with the brackets."""
        return unbalanced(self.masked)

    def line(self, position: int) -> int:
        """The number of the line that a place is in."""
        return self.source.count("\n", 0, position) + 1


@lru_cache(maxsize=256)
def c_text(source: str) -> CText:
    """The views of a source text."""
    masked, plain = list(source), list(source)
    for match in _TOKEN.finditer(source):
        if match["comment"] is not None:
            for view in (masked, plain):
                _blank(view, match.start(), match.end())
        else:
            quote = '"' if match["letter"] is None else "'"
            _blank(masked, source.index(quote, match.start()) + 1, match.end() - 1)
    for match in _DIRECTIVE.finditer("".join(masked)):
        _blank(masked, match.start(), match.end())
    return CText(source, "".join(masked), "".join(plain))


def _blank(view: list[str], start: int, end: int) -> None:
    for position in range(start, end):
        if view[position] != "\n":
            view[position] = " "
