"""Wording of the page: every sentence of ours stands in it in both languages, and CSS shows one."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from patent2tech.patents import Locator, Place
from patent2tech.text.notes import Lang, Note, wordings


def both(code: str, **values: object) -> Markup:
    """The wording of a code in both languages, escaped."""
    return said(Note.of(code, **values))


def said(note: Note) -> Markup:
    """A note in both languages, escaped; one text where both say the same."""
    english, korean = (note.wording(lang) for lang in (Lang.EN, Lang.KO))
    if english == korean:
        return escape(english)
    return Markup('<span class="en" lang="en">{}</span><span class="ko" lang="ko">{}</span>').format(english, korean)


def place(locator: Locator) -> Markup:
    """A place as a reader of either language names it: `claim 1` and `청구항 1`, `FIG. 2` and `도 2`."""
    if locator.place is Place.PARAGRAPH:
        return escape(str(locator))
    return both(f"pack.place.{locator.place}", label=locator.label)


def count(code: str, number: int) -> Markup:
    """A number with its noun, in the singular where the language has one."""
    return both(f"{code}.{'one' if number == 1 else 'many'}", number=number)


def words(family: str, values: Iterable[str]) -> tuple[Markup, ...]:
    """The names of several values, each name once: `top` and `plan` are one 평면도."""
    return tuple(dict.fromkeys(word(family, value) for value in values))


def word(family: str, value: str) -> Markup:
    """The name of a value of an open list, such as a view; the value itself where the catalogue has none."""
    code = f"{family}.{value}"
    if code in wordings(Lang.EN):
        return both(code)
    return escape(value.replace("_", " "))
