"""The count of lines between two columns, where OCR has read it together with the text beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from patent2tech.formats.pdf.page import Word

_FIRST: Final = re.compile(r"^(\d?[05])\s?(?=\D)")
_LAST: Final = re.compile(r"\s*(?<!\d)(\d?[05])$")
_AMID: Final = re.compile(r"\s(\d?[05])\s")
_NEAR: Final = 0.08
_OVER: Final = 3.0
_ACROSS: Final = 2


def without_count(lines: Sequence[Word], gutter: float) -> Iterator[Word]:
    """The lines of a scanned page without the count; a line that runs from one column into the other is cut at it."""
    lefts = Counter(round(line.left / 2) * 2.0 for line in lines if line.left > gutter)
    margin = max(lefts, key=lambda left: lefts[left], default=gutter)
    for line in lines:
        if line.left < gutter - line.height * _ACROSS and line.right > gutter + line.height * _ACROSS:
            yield from _cut(line, gutter)
        elif (line.left + line.right) / 2 < gutter < line.right - _OVER:
            yield replace(line, text=_LAST.sub("", line.text), right=gutter - 1)
        elif line.left < max(gutter, margin - _OVER) and (line.left + line.right) / 2 >= gutter:
            yield replace(line, text=_FIRST.sub("", line.text), left=max(line.left, gutter + 1))
        else:
            yield line


def _cut(line: Word, gutter: float) -> Iterator[Word]:
    share = (gutter - line.left) / (line.right - line.left)
    counts = (
        (abs((match.start(1) + match.end(1)) / 2 / len(line.text) - share), match)
        for match in _AMID.finditer(line.text)
    )
    distance, count = min(counts, key=lambda each: each[0], default=(1.0, None))
    if count is None or distance > _NEAR:
        yield line
        return
    yield replace(line, text=line.text[: count.start()], right=gutter - 1)
    yield replace(line, text=line.text[count.end() :], left=gutter + 1)
