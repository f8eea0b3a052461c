"""The files of the pages: nothing from elsewhere, and of one family with the page of a pack."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from patent2tech import errors
from patent2tech.api.assets import asset_address, assets
from patent2tech.errors import P2TError
from patent2tech.text import Lang, wordings

OWN = [name for name in assets() if not name.startswith("swagger")]


def colours(css: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"(--[a-z-]+):\s*([^;]+);", css):
        found.setdefault(name, []).append(" ".join(value.split()))
    return found


def test_the_library_has_the_colours_and_letters_of_the_packs() -> None:
    pack = colours(files("patent2tech.techpack.page").joinpath("assets", "page.css").read_text(encoding="utf-8"))
    library = colours(assets()["library.css"].content.decode())

    assert library
    for name, values in library.items():
        assert values[:3] == pack[name][: len(values)][:3], name


@pytest.mark.parametrize("name", OWN)
def test_no_file_of_ours_names_another_place(name: str) -> None:
    text = assets()[name].content.decode().replace("http://www.w3.org/2000/svg", "")

    assert not re.search(r"(https?:)?//[a-z0-9]", re.sub(r"(^|\s)// .*", "", text))
    assert "innerHTML" not in text


def test_an_address_changes_with_the_content() -> None:
    assert asset_address("library.css") == f"/static/library.css?v={assets()['library.css'].sha256[:16]}"


@pytest.mark.parametrize("lang", list(Lang))
def test_every_error_of_the_program_has_a_headline(lang: Lang) -> None:
    kinds = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, P2TError)]

    assert len(kinds) > 5
    for kind in kinds:
        assert f"web.problem.{kind.code}" in wordings(lang)
