"""The text of a document as lxml alone extracts it, to compare what was read with (ADR 0009)."""

import copy
import re
from collections import Counter

from lxml import etree

from patent2tech.formats.formulas import MATH, readable

_SIGNS = re.compile(r"[\s^()\[\]\ufdd0\ufdd1]+")
_ACCENTS = Counter("¯‾_^ˆ~˜→⇀.˙¨")


def letters(text: str | None) -> str:
    """Without white space, and without the signs and brackets set around what is raised or was deleted."""
    return _SIGNS.sub("", text or "")


def letters_of(element: etree._Element | None) -> str:
    """The letters of all text of an element, of none for none."""
    return "" if element is None else letters(text_of(element))


def text_of(element: etree._Element) -> str:
    """All text of an element; a formula, whose text is no sequence, stands for what it is read as."""
    found = copy.deepcopy(element)
    for formula in list(found.iter(*MATH)):
        text, tail = readable(formula), formula.tail
        formula.clear()
        formula.text, formula.tail = text, tail
    return "".join(map(str, found.itertext()))


def lost_symbols(root: etree._Element) -> Counter[str]:
    """What the formulas of a document hold and their readable text does not."""
    lost: Counter[str] = Counter()
    for formula in root.iter(*MATH):
        symbols = "".join(map(str, formula.itertext()))
        lost += Counter(re.sub(r"[\s\u2061-\u2064\u200b]", "", symbols)) - Counter(readable(formula))
    return lost - Counter(dict.fromkeys(_ACCENTS, lost.total()))
