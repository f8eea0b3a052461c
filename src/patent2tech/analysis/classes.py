"""Classes of the Cooperative Patent Classification in words, in English and Korean."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from patent2tech.text.notes import Lang

_CLASS_LENGTH: Final = 3
_INDEXING: Final = ("Y10", "D10", "F05")
"""Classes that say little about the field by themselves."""


def class_title(symbol: str, lang: Lang) -> tuple[str, str] | None:
    """The class of a symbol (`B25B` is of `B25`) and its title, or `None` where there is none."""
    name = symbol.replace(" ", "")[:_CLASS_LENGTH].upper()
    titles = _titles().get(name)
    return None if titles is None else (name, titles[lang])


def classes_of(symbols: Iterable[str], lang: Lang) -> dict[str, tuple[str, str]]:
    """The classes of several symbols in their order, each with the first symbol that names it and its title."""
    found: dict[str, tuple[str, str]] = {}
    for symbol in symbols:
        if (entry := class_title(symbol, lang)) and entry[0] not in _INDEXING:
            found.setdefault(entry[0], (symbol, entry[1]))
    return found


@cache
def _titles() -> dict[str, dict[Lang, str]]:
    text = files("patent2tech.analysis").joinpath("data", "cpc.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {symbol: {Lang.EN: english, Lang.KO: korean} for symbol, english, korean in rows}
