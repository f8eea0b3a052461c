"""Places that a sentence speaks of (`claim 1`, `FIG. 2`, `[0012]`): its evidence names them, no quotation need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_MENTIONS: Final = re.compile(
    r"(?P<claim>\b[Cc]laims?\s+(?P<c>\d+(?:(?:,|\s(?:and|or|to))\s?\d+)*)|청구항\s*제?\s*(?P<ck>\d+)\s*항?|제\s?(?P<cj>\d+)\s?항)"
    r"|(?P<figure>(?<!\w)(?:FIGS?\.?|Figs?\.?|[Ff]igures?|도면|도)\s*(?P<f>\d+[A-Za-z]?)(?!\d|\s?[-–]\s?\d))"
    r"|(?P<paragraph>(?:단락\s*|[Pp]aragraph\s*)?\[(?P<p>\d{1,5})\])"
)
_NUMBER: Final = re.compile(r"\d+")


def without_places(text: str, locators: Iterable[str], quoted: Iterable[str] = ()) -> str:
    """The sentence without the places that its evidence names, and without figures that the quoted places speak of.

    Any other place stays, with its number.
    """
    figures = (match["f"] for place in quoted for match in _MENTIONS.finditer(place))
    named = {*locators, *(f"FIG. {figure}" for figure in figures if figure)}

    def blank(match: re.Match[str]) -> str:
        if claims := match["c"] or match["ck"] or match["cj"]:
            meant = {f"claim {number}" for number in _NUMBER.findall(claims)}
        else:
            meant = {f"FIG. {match['f']}" if match["f"] else f"[{match['p']}]"}
        return " " * len(match.group()) if meant <= named else match.group()

    return _MENTIONS.sub(blank, text)
