"""Lists of reference signs, which some patents print: `10: housing`, `10 housing`, `housing 10`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from patent2tech.patents import Paragraph, Patent, Section
from patent2tech.reading._parts_names import PartNames

_ENTRY: Final = re.compile(
    r"(?:^|[\n;,]|\s{2,}|(?<=\s))\(?(?P<numerals>S?\d{1,4}[A-Za-z]{0,2}'?(?:\s*[,~]\s*S?\d{1,4}[A-Za-z]{0,2}'?)*)\)?\s*[:：=.\-\u2013\u2014…]+\s*"
    r"(?P<name>[^\n;,:：=0-9][^\n;:：=]*?)(?=\s*(?:[\n;]|$|[,\s]\s*\(?S?\d{1,4}[A-Za-z]{0,2}'?(?:\s*[,~]\s*S?\d{1,4}[A-Za-z]{0,2}'?)*\)?\s*[:：=.\-\u2013\u2014…]))"
)
_BARE_LINE: Final = re.compile(
    r"^\s*(?P<numerals>S?\d{1,4}[A-Za-z]{0,2}'?(?:\s*,\s*S?\d{1,4}[A-Za-z]{0,2}'?)*)\s+(?P<name>[A-Za-z가-힣][^\n\d]{1,80})$",
    re.MULTILINE,
)
_MIN_ENTRIES: Final = 3


def reference_signs(patent: Patent, sections: Mapping[str, Section]) -> dict[str, PartNames]:
    """The entries of the patent's own list, if it has one under such a heading."""
    found: dict[str, PartNames] = {}
    for paragraph in patent.paragraphs:
        if sections[paragraph.number] is Section.REFERENCE_SIGNS:
            for numeral, name in _entries(paragraph):
                found.setdefault(numeral, PartNames((name,), paragraph.locator))
    return found if len(found) >= _MIN_ENTRIES else {}


def _entries(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    for pattern in (_ENTRY, _BARE_LINE):
        matches = list(pattern.finditer(paragraph.text))
        for match in matches:
            name = " ".join(match["name"].split()).strip(" .,")
            for numeral in re.split(r"\s*[,~]\s*", match["numerals"]):
                if name:
                    yield numeral, name
        if matches:
            return
