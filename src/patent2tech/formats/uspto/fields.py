"""Looking up children by their names in one pass: a search of its own for each field costs most of the reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

Front = Mapping[str, etree._Element]  # noqa: SLF001 - evaluated here, unlike in annotations; lxml has no public name
"""The front page by the names of its elements, the first of each name."""


def by_name(element: etree._Element) -> dict[str, etree._Element]:
    """The children by name, the first of each."""
    return {each.tag: each for each in reversed(element)}


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of this name, and the first of the next name in it, and so on."""
    for name in path:
        if element is None:
            return None
        for each in element:
            if each.tag == name:
                element = each
                break
        else:
            return None
    return element


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of this name, in order."""
    return element.iterchildren(name) if element is not None else iter(())


def texts(element: etree._Element | None) -> dict[str, str]:
    """The texts of the children by name, without those that have none."""
    return {} if element is None else {each.tag: text.strip() for each in element if (text := each.text)}
