"""Which sentences of the description explain a claim element: ranked by the rare words that they share."""

from __future__ import annotations

import math
import re
from typing import Final

from patent2tech.codegen.specification import Evidence
from patent2tech.patents import Section
from patent2tech.reading import Reading
from patent2tech.text import sentences

_WORD: Final = re.compile(r"[a-z][a-z-]{2,}|[가-힣]{2,}|\d+(?:\.\d+)?")
_COMMON: Final = frozenset(
    "the and for with that this from are was were has have had its one two may can such said each into than which "
    "wherein comprising comprises including includes according claim method device system apparatus least plurality "
    "configured based using used between being other also when then not any all both "
    "상기 하는 있는 되는 포함 것을 특징 제항 의해 또는 그리고 위한".split()
)
_LEFT_OUT: Final = frozenset(
    {Section.CROSS_REFERENCE, Section.GOVERNMENT_INTEREST, Section.REFERENCE_SIGNS, Section.SEQUENCE_LISTING}
)
_MOST_SENTENCES: Final = 3
# Of an element's weight, a sentence must carry this share. Set by reading what it gave for the four sample patents;
# not measured on labelled data.
_LEAST_SHARE: Final = 0.3
_MOST_INDEXED: Final = 20_000
_LONGEST_QUOTE: Final = 600


class Explanations:
    """The sentences of one patent's description, found by the words of a claim element."""

    def __init__(self, reading: Reading) -> None:
        self._sentences: list[Evidence] = []
        self._posted: dict[str, list[int]] = {}
        self.numerals = frozenset(part.numeral for part in reading.parts)
        for paragraph in reading.patent.paragraphs:
            if reading.sections.get(paragraph.number) in _LEFT_OUT:
                continue
            for sentence in sentences(paragraph.text):
                if len(sentence) <= _LONGEST_QUOTE and len(self._sentences) < _MOST_INDEXED:
                    self._post(Evidence(str(paragraph.locator), sentence))

    def of(self, element: str) -> tuple[Evidence, ...]:
        """The sentences that explain an element best, in the order of the description."""
        words = _words(element)
        weights = {word: self._weight(word) for word in words}
        total = sum(weights.values())
        scores: dict[int, float] = {}
        for word, weight in weights.items():
            for index in self._posted.get(word, ()):
                scores[index] = scores.get(index, 0.0) + weight
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        best = [index for index, score in ranked[:_MOST_SENTENCES] if score >= _LEAST_SHARE * total]
        return tuple(self._sentences[index] for index in sorted(best))

    def _post(self, evidence: Evidence) -> None:
        index = len(self._sentences)
        self._sentences.append(evidence)
        for word in _words(evidence.quote):
            self._posted.setdefault(word, []).append(index)

    def _weight(self, word: str) -> float:
        return math.log(1 + len(self._sentences) / (1 + len(self._posted.get(word, ()))))


def _words(text: str) -> frozenset[str]:
    found = (word.rstrip("s") if word.isascii() else word for word in _WORD.findall(text.lower()))
    return frozenset(word for word in found if word not in _COMMON)
