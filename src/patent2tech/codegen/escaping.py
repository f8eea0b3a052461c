"""Untrusted text in source code: made harmless by type, so that a template cannot print it raw.

A template's value that is not a `Source` is refused, so a forgotten filter is an error and never an injection.
"""

from __future__ import annotations

import json
import re
import textwrap
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

_LINE: Final = 96
_CASE_BOUNDARY: Final = re.compile(r"[^A-Za-z0-9_]")


class Source(str):
    """Text that is safe where its maker puts it in source code."""

    __slots__ = ()


def plain(text: str) -> str:
    """The text in one line; controls, bidirectional marks and surrogates, which no reader sees, are replaced."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in " ".join(text.split()))


def lines(text: str, width: int = _LINE) -> list[str]:
    """The plain text broken into lines; a word that is longer than a line stays whole."""
    return textwrap.wrap(plain(text), width, break_long_words=False, break_on_hyphens=False) or [""]


def python_doc(text: str, indent: int = 4) -> Source:
    """The inside of a triple-quoted string: no backslash or quote of the text has a meaning."""
    escaped = [line.replace("\\", "\\\\").replace('"', '\\"') for line in lines(text, _LINE - indent)]
    return Source(("\n" + " " * indent).join(escaped))


def python_text(text: str) -> Source:
    """A string literal of Python."""
    return Source(json.dumps(plain(text), ensure_ascii=False))


def slash_star(text: str, indent: int = 0) -> Source:
    """The inside of a `/* */` comment, each line behind a star."""
    harmless = [
        line.replace("*/", "* /").replace("/*", "/ *").replace("??", "? ?") for line in lines(text, _LINE - indent)
    ]
    return Source(("\n" + " " * indent + " * ").join(harmless))


def script_text(text: str) -> Source:
    """A string literal of JavaScript and TypeScript."""
    return Source(json.dumps(plain(text), ensure_ascii=True))


def c_text(text: str) -> Source:
    """A string literal of C and C++: other letters as their bytes in octal, of which never more than three are read."""
    kept = (
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\?' else f"\\{byte:03o}"  # noqa: PLR2004 - printable ASCII
        for byte in plain(text).encode("utf-8", "replace")
    )
    return Source(f'"{"".join(kept)}"')


def snake(words: tuple[str, ...]) -> Source:
    """`first_image`."""
    return _name("_".join(words))


def camel(words: tuple[str, ...]) -> Source:
    """`firstImage`."""
    return _name(words[0] + "".join(word.capitalize() for word in words[1:]))


def pascal(words: tuple[str, ...]) -> Source:
    """`FirstImage`."""
    return _name("".join(word.capitalize() for word in words))


@cache
def environment(language: str) -> Environment:
    """The templates of one language; every value that they print must be a `Source` or a whole number."""
    made = Environment(  # noqa: S701 - source code, not HTML: `finalize` refuses whatever no filter has made harmless
        loader=PackageLoader("patent2tech.codegen", f"templates/{language}"),
        undefined=StrictUndefined,
        finalize=_only_source,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        doc=python_doc, text=python_text, comment=slash_star, script=script_text, c=c_text, id=requirement_id
    )
    return made


def _only_source(value: object) -> object:
    if isinstance(value, Source) or type(value) is int:
        return value
    raise TypeError(f"a template prints {type(value).__name__}, which no filter has made harmless")


def _name(text: str) -> Source:
    if not text or _CASE_BOUNDARY.search(text) or text[0].isdigit():
        raise ValueError(f"{text!r} is no name")
    return Source(text)


def requirement_id(text: str) -> Source:
    """The id of a requirement, which is ours."""
    if not re.fullmatch(r"R\d{1,6}", text):
        raise ValueError(f"{text!r} is no id of a requirement")
    return Source(text)
