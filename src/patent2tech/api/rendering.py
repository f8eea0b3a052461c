"""Rendering of the program's own pages: everything from a patent is escaped by the templates."""

from __future__ import annotations

from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from patent2tech.api.assets import asset_address
from patent2tech.techpack.page.render import without_unshowable
from patent2tech.text import Lang, Note, wordings


def render(template: str, lang: Lang, **values: object) -> str:
    """A page in one language."""
    other = Lang.KO if lang is Lang.EN else Lang.EN
    page = (
        _environment()
        .get_template(template)
        .render(t=partial(_worded, lang), named=partial(_named, lang), lang=lang, other=other, **values)
    )
    return without_unshowable(page)


def _worded(lang: Lang, code: str, **values: object) -> str:
    return Note.of(code, **values).wording(lang)


def _named(lang: Lang, family: str, value: str) -> str:
    """The name of a value of an open list; the value itself where the catalogue has none."""
    return wordings(lang).get(f"{family}.{value}", value)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("patent2tech.api"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=asset_address)
    return environment
