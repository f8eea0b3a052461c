"""Normal form of texts, so that a quotation is found whatever spaces, dashes and quotation marks it was typed with.

Superscripts stay what they are: `10²` is not `102`. Upper and lower case stay too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("·∙⋅•‧", "·"),
        **{chr(0x2080 + digit): str(digit) for digit in range(10)},
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        "\u00b5": "\u03bc",
        "\u2126": "\u03a9",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬀ": "ff",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "…": "...",
    }
)
_SPACES: Final = re.compile(r"\s+")
_GONE: Final = {"Cf", "Cc", "Cn", "Co", "Cs"}
"""Categories that no reader sees: formats (zero width, bidirectional, tags), controls, unassigned, private use."""


@lru_cache(maxsize=65536)
def _piece(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in _GONE:
        return ""
    return character.translate(_SAME)


def visible(text: str) -> str:
    """The text without characters that no reader sees; line breaks and tabs stay."""
    return "".join(
        character
        for character in text
        if character in "\n\t " or (unicodedata.category(character) not in _GONE and not _is_variation(character))
    )


def _is_variation(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def normal(text: str) -> str:
    """The normal form."""
    composed = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", "".join(map(_piece, composed))).strip()


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text with its normal form, in which a place leads back to the text itself."""

    text: str
    form: str
    places: tuple[int, ...]
    """For each character of the normal form, where the text has it."""

    @classmethod
    def of(cls, text: str) -> NormalText:
        """Normalise a text and remember where each character came from."""
        composed = unicodedata.normalize("NFC", text)
        letters: list[str] = []
        places: list[int] = []
        for place, character in enumerate(composed):
            for piece in _piece(character):
                if piece == " " and (not letters or letters[-1] == " "):
                    continue
                letters.append(piece)
                places.append(place)
        if letters and letters[-1] == " ":
            letters.pop()
            places.pop()
        return cls(composed, "".join(letters), tuple(places))

    def find(self, quote: str) -> str | None:
        """The words of the text that a quotation gives, as the text writes them, or `None` when it has no such words.

        A quotation begins and ends with whole words.
        """
        wanted = normal(quote)
        if not wanted:
            return None
        start = self.form.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if _at_edge(self.form, start) and _at_edge(self.form, end):
                return self.text[self.places[start] : self.places[end - 1] + 1]
            start = self.form.find(wanted, start + 1)
        return None


def _at_edge(text: str, place: int) -> bool:
    """Whether no word of Latin letters or digits is cut here; Korean puts its particles on without a space."""
    if place in {0, len(text)}:
        return True
    before, behind = text[place - 1], text[place]
    if before.isdigit() and behind in ".," and place + 1 < len(text) and text[place + 1].isdigit():
        return False
    if before in ".," and behind.isdigit() and place > 1 and text[place - 2].isdigit():
        return False
    return not (_closed(before) and _closed(behind))


def _closed(character: str) -> bool:
    return character.isascii() and character.isalnum()
