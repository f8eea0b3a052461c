"""JavaScript and TypeScript as text: comments and strings blanked out, and where an expression ends on what is left."""

from __future__ import annotations

from functools import lru_cache

from pygments.lexers.javascript import JavascriptLexer, TypeScriptLexer
from pygments.token import Comment, String

from patent2tech.sandbox.brackets import OPENING, closing


def masked_text(path: str, content: str) -> str:
    """The content with comments and the inside of strings as blanks, at the same length."""
    return _blanked(path, content)[0]


def without_comments(path: str, content: str) -> str:
    """The content with comments alone as blanks, at the same length."""
    return _blanked(path, content)[1]


def expression_end(masked: str, start: int) -> int:
    """Where the expression that begins at `start` ends."""
    position = start
    while position < len(masked):
        letter = masked[position]
        if letter in OPENING:
            position = (closing(masked, position) or len(masked) - 1) + 1
        elif letter in ";)]}," or masked.startswith("\n\n", position):
            return position
        else:
            position += 1
    return position


@lru_cache(maxsize=256)
def _blanked(path: str, content: str) -> tuple[str, str]:
    """The text with comments and the inside of strings as blanks, and with comments alone as blanks; same length."""
    lexer = (TypeScriptLexer if path.endswith((".ts", ".mts")) else JavascriptLexer)(
        ensurenl=False, stripnl=False, stripall=False
    )
    masked, plain = list(content), list(content)
    for start, kind, value in lexer.get_tokens_unprocessed(content):
        if kind in Comment:
            for target in (masked, plain):
                _blank(target, start, start + len(value))
        elif kind in String and kind is not String.Interpol:
            if kind is String.Regex:
                _blank(masked, start, start + len(value))
                continue
            if value == "`":
                continue
            whole = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            _blank(masked, start + whole, start + len(value) - whole)
    return "".join(masked), "".join(plain)


def _blank(target: list[str], start: int, end: int) -> None:
    for position in range(start, end):
        if target[position] != "\n":
            target[position] = " "
