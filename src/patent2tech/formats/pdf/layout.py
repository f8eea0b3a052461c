"""The lines of a page in reading order: columns one after the other, without what is printed around the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from patent2tech.formats.pdf.gutter import without_count
from patent2tech.formats.pdf.page import Page, Word

_GUTTER_BAND: Final = (0.40, 0.60)
_GUTTER_STEPS: Final = 80
_CROSSED: Final = 0.12
_SIDE_SHARE: Final = 0.12
_FEWEST_ROWS: Final = 4
_WIDE_GAP: Final = 0.8
_HEADER: Final = 0.13
_FOOTER: Final = 0.925
_RUNNING: Final = re.compile(
    r"^(?:\d{1,4}|[\d,]{7,11}|(?:U\.?S\.?|EP|WO|KR|JP|CN)\s?[\d,/ ]{5,16}\s?[A-Z]\d?"
    r"|[A-Z][a-z]{2,8}\.?\s\d{1,2},\s\d{4}"
    r"|sheet\s\d+\sof\s\d+|(?:u\.?s\.?\s|united\sstates\s)?patent(?:\sapplication\spublication)?"
    r"|(?:등록|공개)(?:특허|실용신안)(?:공보)?\s?[\d-]+(?:\s?\([A-Z]\d\))?|page\s\d+|\W+)$",
    re.IGNORECASE,
)
_FOOT: Final = re.compile(r"^\W*(?:\d{1,4}\W*(?:(?:/|of)\s*\d{1,4}\W*)?)$")
_SHEET: Final = re.compile(r"\bsheet\s+\d+\s+of\s+\d+\b", re.IGNORECASE)
_LINE_NUMBER: Final = re.compile(r"^\d{1,2}$")
_EVERY: Final = 5
_IN_GUTTER: Final = 0.03
_ALIGNED: Final = 5.0
_FEWEST_NUMBERS: Final = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `indent` is how far it begins from the margin of its column, `gap` how far below the line above.

    Both are in line heights; `gap` is 0 for the first line of a column.
    """

    text: str
    indent: float
    gap: float
    filled: float


def reading_order(page: Page) -> list[Line]:
    """The lines of the page as they are read."""
    words = list(page.words)
    gutter = _gutter(page, words)
    words = _without_furniture(page, words, gutter)
    if gutter is None:
        return list(_column(words))
    if page.scanned:
        words = [word for word in without_count(words, gutter) if word.text]
    lines: list[Line] = []
    for band, wide in _bands(words, gutter, scanned=page.scanned):
        if wide:
            lines += _column(band)
        else:
            lines += _column([word for word in band if _center(word) < gutter])
            lines += _column([word for word in band if _center(word) >= gutter])
    return lines


def is_numbered_sheet(page: Page) -> bool:
    """Whether the head of the page calls it a drawing sheet."""
    head = [word for word in page.words if word.middle < page.height * _HEADER]
    return any(_SHEET.search(_text(row)) for row in _rows(head))


def running_heads(page: Page) -> list[str]:
    """What is printed at the head of the page, part by part."""
    head = [word for word in page.words if word.middle < page.height * _HEADER]
    return [_text(part) for row in _rows(head) for part in _apart(row)]


def _gutter(page: Page, words: Sequence[Word]) -> float | None:
    """Where the space between two columns lies, `None` when there is one column."""
    body = [word for word in words if page.height * _HEADER < word.middle < page.height * _FOOTER]
    rows = len(_rows(body))
    if rows < _FEWEST_ROWS:
        return None
    first, last = (page.width * share for share in _GUTTER_BAND)
    places = [first + (last - first) * step / _GUTTER_STEPS for step in range(_GUTTER_STEPS + 1)]
    near = [word for word in body if word.right > first and word.left < last and not _LINE_NUMBER.match(word.text)]
    crossed = [sum(word.left < place < word.right for word in near) for place in places]
    fewest = min(crossed)
    if fewest > rows * _CROSSED:
        return None
    free = [place for place, count in zip(places, crossed, strict=True) if count == fewest]
    gutter = free[len(free) // 2]
    sides = [sum(_center(word) < gutter for word in body), sum(_center(word) >= gutter for word in body)]
    return gutter if min(sides) > len(body) * _SIDE_SHARE else None


def _bands(words: list[Word], gutter: float, *, scanned: bool) -> Iterator[tuple[list[Word], bool]]:
    """The page cut from top to bottom into stretches of two columns, and rows that run across both, which are told."""
    open_band: list[Word] = []
    for row in _rows(words):
        if _crosses(row, gutter, scanned=scanned):
            if open_band:
                yield open_band, False
            yield row, True
            open_band = []
        else:
            open_band += row
    if open_band:
        yield open_band, False


def _crosses(row: Sequence[Word], gutter: float, *, scanned: bool) -> bool:
    """Whether the text of a row runs over the gutter without a stop."""
    if any(word.left < gutter - word.height and word.right > gutter + word.height for word in row):
        return True
    left = max((word for word in row if _center(word) < gutter), key=lambda word: word.right, default=None)
    right = min((word for word in row if _center(word) >= gutter), key=lambda word: word.left, default=None)
    # OCR gives the lines of two columns as two boxes, which may touch.
    if scanned or left is None or right is None or abs(left.middle - right.middle) > left.height / 2:
        return False
    return right.left - left.right < left.height * _WIDE_GAP and left.right > gutter - left.height * 2


def _without_furniture(page: Page, words: list[Word], gutter: float | None) -> list[Word]:
    """The words without running heads, page and column numbers, and the count of lines."""
    dropped: set[int] = set()
    for row in _rows([word for word in words if word.middle < page.height * _HEADER]):
        if all(_RUNNING.match(_text(part)) for part in _apart(row)):
            dropped |= {id(word) for word in row}
        else:
            break
    for row in _rows([word for word in words if word.middle > page.height * _FOOTER]):
        if _FOOT.match(_text(row)):
            dropped |= {id(word) for word in row}
    dropped |= {id(word) for word in _line_numbers(page, words, gutter)}
    return [word for word in words if id(word) not in dropped]


def _line_numbers(page: Page, words: list[Word], gutter: float | None) -> list[Word]:
    """The numbers 5, 10, 15 that count lines in the gutter, or at the left margin of a single column."""
    counting = [word for word in words if _LINE_NUMBER.match(word.text) and int(word.text) % _EVERY == 0]
    if gutter is not None:
        inside = [word for word in counting if abs(_center(word) - gutter) < page.width * _IN_GUTTER]
        if page.scanned:
            return inside
        return _aligned(inside) or [word for word in inside if _stands_alone(word, words)]
    if len(words) == len(counting):
        return []
    margin = _margin([word for word in words if word not in counting])
    outside = [word for word in counting if word.right < margin]
    return outside if len(outside) > 1 else []


def _aligned(numbers: list[Word]) -> list[Word]:
    """The numbers that stand below each other and grow, as the count of lines does; none when they are too few."""
    center = median(_center(word) for word in numbers) if numbers else 0.0
    column = sorted((word for word in numbers if abs(_center(word) - center) < _ALIGNED), key=lambda word: word.middle)
    values = [int(word.text) for word in column]
    return column if len(column) >= _FEWEST_NUMBERS and all(a < b for a, b in pairwise(values)) else []


def _stands_alone(number: Word, words: list[Word]) -> bool:
    """Whether no word stands as near to the number as words of a line stand to each other."""
    beside = (word for word in words if word is not number and abs(word.middle - number.middle) < number.height / 2)
    return all(max(number.left - word.right, word.left - number.right) > number.height * 0.3 for word in beside)


def _column(words: Sequence[Word]) -> Iterator[Line]:
    rows = _rows(words)
    if not rows:
        return
    margin = _margin([row[0] for row in rows])
    edge = max(row[-1].right for row in rows)
    above: float | None = None
    for row in rows:
        height = median(word.height for word in row)
        middle = median(word.middle for word in row)
        yield Line(
            text=_text(row),
            indent=(row[0].left - margin) / height,
            gap=0.0 if above is None else (middle - above) / height,
            filled=(row[-1].right - margin) / max(edge - margin, 1.0),
        )
        above = middle


def _margin(firsts: Sequence[Word]) -> float:
    """Where most lines begin, at the left of the others where several places are as frequent."""
    places = Counter(round(word.left / 2) for word in firsts)
    most = max(places.values())
    return min(place for place, count in places.items() if count * 2 >= most) * 2.0


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """The words gathered into rows from top to bottom, each from left to right."""
    rows: list[list[Word]] = []
    level = height = 0.0
    for word in sorted(words, key=lambda word: word.middle):
        if rows and abs(word.middle - level) < min(height, word.height) * 0.5:
            rows[-1].append(word)
        else:
            rows.append([word])
            level, height = word.middle, word.height
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _apart(row: Sequence[Word]) -> Iterator[list[Word]]:
    """The row cut where it leaves wide spaces."""
    part = [row[0]]
    for word in row[1:]:
        if word.left - part[-1].right > word.height:
            yield part
            part = []
        part.append(word)
    yield part


def _text(row: Sequence[Word]) -> str:
    return " ".join(word.text for word in row)


def _center(word: Word) -> float:
    return (word.left + word.right) / 2
