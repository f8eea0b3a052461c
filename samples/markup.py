"""The light markup in which the US texts are written, and its translation to the office's XML.

`{12}` is a reference numeral, `FIG. 2` a figure reference, `[claim 4]` a claim reference, `x_(i)` a subscript.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_NUMERAL = re.compile(r"\{(\w+)\}")
_FIGURE = re.compile(r"FIGS?\. \d+(?:(?:, | and |, and | to )\d+)*")
_CLAIM = re.compile(r"\[(claims?) (\d+)\]")
_SUBSCRIPT = re.compile(r"_\(([^)]+)\)")


def _figure(found: re.Match[str]) -> str:
    return '<figref idref="DRAWINGS">' + re.sub(r"(\d+)", r"<b>\1</b>", found.group()) + "</figref>"


def _claim(found: re.Match[str]) -> str:
    return f'<claim-ref idref="CLM-{int(found[2]):05d}">{found[1]} {found[2]}</claim-ref>'


def marked(text: str) -> str:
    """One paragraph or claim line as XML content."""
    xml = _FIGURE.sub(_figure, escape(text))
    xml = _NUMERAL.sub(r"<b>\1</b>", xml)
    xml = _SUBSCRIPT.sub(r"<sub>\1</sub>", xml)
    return _CLAIM.sub(_claim, xml)
