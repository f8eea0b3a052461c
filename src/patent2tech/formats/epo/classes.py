"""Classification symbols in one form: `F02C7/16`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from patent2tech.formats.epo.tree import text_at

_PACKED: Final = re.compile(r"^\s*\d?\s*([A-HY])\s*(\d{2})\s*([A-Z])(?:\s*(\d{1,4})\s*/\s*(\d{2,6}))?")
_PARTS: Final = ("section", "class", "subclass", "main-group", "subgroup")


def packed_symbol(text: str) -> str:
    """The symbol at the beginning of a text that is packed with spaces, empty when there is none."""
    match = _PACKED.match(text)
    if not match:
        return ""
    group = f"{int(match[4])}/{match[5]}" if match[4] else ""
    return f"{match[1]}{match[2]}{match[3]}{group}"


def cpc_symbols(front: etree._Element) -> tuple[str, ...]:
    """CPC symbols in order, without repeats."""
    schemes = front.iterfind(".//patent-classification")
    return unique(_symbol(each) for each in schemes if _scheme(each).startswith("CPC"))


def ipc_symbols(front: etree._Element) -> tuple[str, ...]:
    """IPC symbols of the reform edition, then those of the older editions."""
    reform = (text_at(each, "text") for each in front.iterfind(".//classification-ipcr"))
    older = ("".join(map(str, each.itertext())) for each in front.iterfind("classification-ipc/*"))
    return unique(packed_symbol(text) for text in (*reform, *older))


def us_class(front: etree._Element) -> str | None:
    """The first class of the United States scheme."""
    schemes = front.iterfind(".//patent-classification")
    return next((text_at(each, "classification-symbol") for each in schemes if _scheme(each) == "UC"), "") or None


def unique(symbols: Iterable[str]) -> tuple[str, ...]:
    """The symbols without empty ones and repeats."""
    return tuple(dict.fromkeys(symbol for symbol in symbols if symbol))


def _scheme(classification: etree._Element) -> str:
    scheme = classification.find("classification-scheme")
    return "" if scheme is None else scheme.get("scheme") or ""


def _symbol(classification: etree._Element) -> str:
    packed = text_at(classification, "classification-symbol")
    if packed:
        return packed_symbol(packed)
    section, class_, subclass, group, subgroup = (text_at(classification, part) for part in _PARTS)
    return f"{section}{class_}{subclass}{group}/{subgroup}" if group else f"{section}{class_}{subclass}"
