"""One PDF page as words with their places, read from its text layer."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from patent2tech.formats.plain.cleaning import clean_text

if TYPE_CHECKING:
    import pypdfium2

MAX_CHARACTERS: Final = 60_000
"""The longest text of a page that is read; a dense printed page has about 8,000 characters."""

_LINE_END_HYPHEN: Final = 2
_WORD_GAP: Final = 0.45


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a line that OCR found, with its box; `top` and `bottom` grow downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height at which the word stands."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """The height of its line."""
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page and its size in points.

    `pictures` tells whether it draws much more than text, `scanned` whether OCR read it, which gives whole lines.
    """

    width: float
    height: float
    words: tuple[Word, ...]
    pictures: bool = False
    scanned: bool = False

    @property
    def characters(self) -> int:
        """How much text there is."""
        return sum(len(word.text) for word in self.words)


def words_of(page: pypdfium2.PdfPage) -> tuple[Word, ...]:
    """The words of the text layer in its own order."""
    import pypdfium2.raw as pdfium

    left, _, _, top = page.get_mediabox()
    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    found: list[Word] = []
    spelled: list[str] = []
    word = (0.0, 0.0, 0.0, 0.0)
    for index in range(min(text.count_chars(), MAX_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        letter = "-" if code == _LINE_END_HYPHEN else chr(code) if 0 < code <= sys.maxunicode else " "
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        here = (box.left - left, top - box.top, box.right - left, top - box.bottom)
        if spelled and (letter.isspace() or _apart(word, here)):
            found.append(Word("".join(spelled), *word))
            spelled = []
        if not letter.isspace():
            word = here if not spelled else _around(word, here)
            spelled.append(letter)
    if spelled:
        found.append(Word("".join(spelled), *word))
    text.close()
    cleaned = ((clean_text(each.text).strip(), each) for each in found)
    return tuple(Word(text, each.left, each.top, each.right, each.bottom) for text, each in cleaned if text)


def _apart(word: tuple[float, float, float, float], here: tuple[float, float, float, float]) -> bool:
    """Whether a character stands too far from the word before it to belong to it."""
    height = max(word[3] - word[1], 1.0)
    level = abs((here[1] + here[3]) - (word[1] + word[3])) / 2 < height * 0.7
    return not level or here[0] - word[2] > height * _WORD_GAP or here[2] < word[0]


def _around(
    word: tuple[float, float, float, float], here: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return min(word[0], here[0]), min(word[1], here[1]), max(word[2], here[2]), max(word[3], here[3])
