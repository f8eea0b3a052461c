"""What is raised in running text: `10<sup>5</sup>` is read as `10^5`, since it is not 105."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

RAISED: Final = "sup"
_NO_EXPONENTS: Final = frozenset("st nd rd th tm sm".split())
_VARIABLES: Final = frozenset("kmnpxyKMN")
_EXPONENT: Final = re.compile(r"[\w+\-−–]")
_SIMPLE: Final = re.compile(r"[+\-−–]?[\w.]+[+\-−–]?|[+\-−–]")


def write_power(element: etree._Element) -> None:
    """Set the sign before an exponent, in the tree, so that it is read with all other text."""
    exponent = "".join(map(str, element.itertext()))
    if not _is_exponent(_text_before(element)[-1:], exponent.strip()):
        return
    if _SIMPLE.fullmatch(exponent.strip()):
        element.text = f"^{element.text or ''}"
    elif len(element):
        element.text = f"^({element.text or ''}"
        element[-1].tail = f"{element[-1].tail or ''})"
    else:
        element.text = f"^({exponent.rstrip()}){exponent[len(exponent.rstrip()) :]}"


def _is_exponent(base: str, raised: str) -> bool:
    """Whether what is raised behind this character is one: not so in `1st`, in the numeral `12a`, at isotopes."""
    if not (base.isalnum() or base in {")", "]", "}"}) or not _EXPONENT.match(raised):
        return False
    is_letter = len(raised) == 1 and raised.isalpha()
    return raised.lower() not in _NO_EXPONENTS and not (base.isdigit() and is_letter and raised not in _VARIABLES)


def _text_before(element: etree._Element) -> str:
    previous = element.getprevious()
    if previous is None:
        parent = element.getparent()
        return (parent.text or "") if parent is not None else ""
    if previous.tail or not isinstance(previous.tag, str):
        return previous.tail or ""
    return "".join(map(str, previous.itertext()))
