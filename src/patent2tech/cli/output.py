"""How commands speak: one JSON document for programs, or text for people with progress on a terminal only."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Final
from unicodedata import east_asian_width

import typer

from patent2tech.text.notes import Lang, Note

if TYPE_CHECKING:
    from collections.abc import Callable

JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON document on standard output and nothing else.")
]
_LANG: Final = "--lang"
_COLUMN: Final = 9
"""Places of a terminal for a label and the blanks behind it; a Korean letter takes two."""

LangOption = Annotated[Lang, typer.Option(_LANG, help="Language of messages and pages.")]
SourceArgument = Annotated[
    str,
    typer.Argument(metavar="SOURCE", help="A publication number, a file (XML, ZIP, TXT), a folder, or sample:NAME."),
]


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether the command line asks for JSON, read before it is parsed so that usage errors obey it too."""
    return "--json" in arguments


def asked_language(arguments: Sequence[str]) -> Lang:
    """The language of the command line, read before it is parsed so that errors obey it too."""
    values = [after for name, after in pairwise(arguments) if name == _LANG]
    values += [each.removeprefix(f"{_LANG}=") for each in arguments if each.startswith(f"{_LANG}=")]
    return next((lang for lang in Lang if lang in values), Lang.EN)


def labelled(label: str, lang: Lang, text: object = "") -> str:
    """A line that begins with a word of the catalogue in a column of its own."""
    word = Note(f"cli.{label}").wording(lang)
    wide = sum(1 + (east_asian_width(letter) in "WF") for letter in word)
    return f"{word}{' ' * max(1, _COLUMN - wide)}{text}"


class Console:
    """Standard output for results, standard error for everything else."""

    def __init__(self, *, json: bool) -> None:
        self._json = json

    def result(self, document: object, lines: Sequence[str]) -> None:
        """The outcome of a command: the document in JSON, or the lines."""
        if self._json:
            sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        else:
            sys.stdout.writelines(f"{_printable(line)}\n" for line in lines)
        sys.stdout.flush()

    def raw_json(self, text: str) -> None:
        """A JSON document that is already written."""
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def notice(self, line: str) -> None:
        """Something a person should know; programs find it in the document."""
        if not self._json:
            sys.stderr.write(f"{_printable(line)}\n")

    def error(self, code: str, message: str) -> None:
        """Why the command failed, in one sentence."""
        if self._json:
            self.result({"error": {"code": code, "message": message}}, ())
        else:
            sys.stderr.write(f"patent2tech: {_printable(message)}\n")

    @contextmanager
    def progress(self, title: str) -> Iterator[Callable[[str], None]]:
        """A line that changes while work goes on, on a terminal only."""
        if self._json or not sys.stderr.isatty():
            yield lambda _: None
            return
        from rich.console import Console as RichConsole

        with RichConsole(stderr=True).status(title) as status:
            yield lambda text: status.update(f"{title} {text}")


def _printable(text: str) -> str:
    """Text of strangers without the control characters that could drive a terminal."""
    return "".join(
        letter if letter.isprintable() or letter in "\t\n" else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
