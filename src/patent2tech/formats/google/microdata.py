"""Reading a page by its microdata: elements by `itemprop`, their text, the original where a translation stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from patent2tech.formats.plain.cleaning import one_line
from patent2tech.formats.plain.markup import element_lines
from patent2tech.patents import PartialDate

_ORIGINAL: Final = "google-src-text"


def items(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements below that carry this property, in order."""
    return (each for each in element.iter() if each.get("itemprop") == name)


def item(element: etree._Element, name: str) -> etree._Element | None:
    """The first element below that carries this property."""
    return next(items(element, name), None)


def item_text(element: etree._Element, name: str) -> str:
    """The text, or the content, of the first element that carries this property; empty when there is none."""
    found = item(element, name)
    return "" if found is None else value(found)


def value(element: etree._Element) -> str:
    """What an element of the microdata says, on one line."""
    stated = element.get("content") if element.tag == "meta" else None
    return one_line(stated if stated is not None else " ".join(element_lines(element)))


def item_date(element: etree._Element, name: str) -> PartialDate | None:
    """The date of the first element that carries this property."""
    found = item(element, name)
    return None if found is None else PartialDate.parse(one_line(found.get("datetime") or value(found)))


def named(root: etree._Element, name: str, scheme: str | None = None) -> tuple[str, ...]:
    """The contents of the `meta` elements of this name and scheme."""
    return tuple(
        one_line(each.get("content") or "")
        for each in root.iter("meta")
        if each.get("name") == name and (scheme is None or each.get("scheme") == scheme)
    )


def has_class(element: etree._Element, *names: str) -> bool:
    """Whether the element has one of these classes."""
    return not set(names).isdisjoint((element.get("class") or "").split())


def keep_originals(root: etree._Element) -> None:
    """Drop each machine translation that stands beside its original."""
    originals = [each for each in root.iter() if isinstance(each.tag, str) and has_class(each, _ORIGINAL)]
    for original in originals:
        translated = original.getparent()
        if translated is None or translated.tag in {"body", "section", "html"}:
            continue
        translated.text = None
        for sibling in list(translated):
            if has_class(sibling, _ORIGINAL):
                sibling.tail = " "
            else:
                translated.remove(sibling)
