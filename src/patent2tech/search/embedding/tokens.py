"""Text to pieces of words as XLM-RoBERTa's tokenizer cuts it: of all ways, the one with the best sum of scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from patent2tech.search.embedding.packed import Pieces

_SPACE: Final = "\u2581"
_UNKNOWN_COSTS: Final = 10.0
_NEVER: Final = float("-inf")


class Tokenizer:
    """The pieces of one model."""

    def __init__(self, pieces: Pieces) -> None:
        self._normal = pieces.normal
        self._unknown = pieces.unknown
        self._lowest = min(pieces.scores) - _UNKNOWN_COSTS
        # Of equal texts the first counts.
        both = zip(pieces.texts, pieces.scores, strict=True)
        every = [(text, number, score) for number, (text, score) in enumerate(both) if number != self._unknown]
        self._known = {text: (number, score) for text, number, score in reversed(every)}
        self._longest = max(map(len, self._known))

    def cut(self, text: str) -> list[int]:
        """The numbers of the pieces."""
        letters = " ".join(_split(text.translate(self._normal)))
        letters = (letters if letters.startswith(" ") else f" {letters}").replace(" ", _SPACE)
        best = [_NEVER] * (len(letters) + 1)
        best[0] = 0.0
        cuts = [(0, self._unknown)] * len(best)
        for start in range(len(letters)):
            so_far = best[start]
            if so_far + self._lowest > best[start + 1]:
                best[start + 1], cuts[start + 1] = so_far + self._lowest, (start, self._unknown)
            for end in range(start + 1, min(len(letters), start + self._longest) + 1):
                found = self._known.get(letters[start:end])
                if found is not None and so_far + found[1] > best[end]:
                    best[end], cuts[end] = so_far + found[1], (start, found[0])
        pieces, place = [], len(letters)
        while place:
            place, piece = cuts[place]
            pieces.append(piece)
        return pieces[::-1]


def _split(text: str) -> list[str]:
    """Cut at blanks; several of them count as one, also at the ends."""
    first, *rest = text.split(" ")
    return [first, *(word for word in rest[:-1] if word), *rest[-1:]]
