"""Mentions of parts in Korean, where the numeral stands in parentheses: `상기 하우징(10)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from patent2tech.patents import Locator
from patent2tech.reading._mentions import Mention

# It begins with a word, or behind the digits of the word before the numeral; to try every letter takes quadratic time.
_MENTION: Final = re.compile(
    r"(?P<words>(?:(?<![가-힣A-Za-z0-9·-])(?:[가-힣A-Za-z0-9·-]++[ ]++){0,4}|(?<=\d))[가-힣A-Za-z·-]*[가-힣A-Za-z])\s?"
    r"\((?P<numerals>S?\d{1,4}[A-Za-z]{0,2}['’]?(?:\s*[,~-]\s*S?\d{1,4}[A-Za-z]{0,2}['’]?)*)\)"
)
_DROPPED: Final = frozenset(
    "상기 해당 각 각각의 본 그 이 이러한 복수의 다수의 한 쌍의 하나의 두 다른 후 전 뒤 다음 시 때 경우 중 "
    "거쳐 걸쳐 및 또는 또한 그리고 즉 예컨대 이때".split()
)
_ENDINGS: Final = (
    "하는 되는 하여 되어 하고 되고 하며 되며 하도록 되도록 시키는 있는 없는 갖는 가지는 이루는 받는 주는 오는 "
    "나는 들어가는 된 한 진 낸 친 킨 인 에 에서 에게 에는 의 을 를 은 는 과 와 로 으로 로서 으로서 까지 부터 "
    "보다 마다 및 또는 이며 이고 따라 위해 위한 하면 되면 시키면 지면 으면 리면 가면 하는데 하므로 되므로 "
    "하자 이때 통해 통하여 의해 의하여 대한 대해 관한 따른 향해 향하여 있어 맞물려 걸쳐 놓여 달린 박힌 덮인 "
    "끼운 열린 닫힌 대응하는 도록 면서 거나"
).split()
_AMBIGUOUS: Final = ("이", "가", "도", "의", "인", "한", "진", "로", "과", "와", "은", "는", "에")
_NOT_HEADS: Final = ("도", "도면", "청구항", "항", "실시예", "식", "수학식", "표", "화학식", "단락", "번호")
_MIN_STEM: Final = 2


def korean_mentions(text: str, locator: Locator) -> Iterator[Mention]:
    """Every mention in a Korean text, in order."""
    for match in _MENTION.finditer(text):
        words = match["words"].split()
        # What follows another numeral without a space is only its particle: "차단체(30)는 하우징(10)".
        glued = match.start() > 0 and text[match.start() - 1] == ")"
        name = _name(words[1:] if glued else words)
        if not name or name[-1] in _NOT_HEADS:
            continue
        numerals = re.split(r"\s*[,~-]\s*", match["numerals"])
        for numeral in numerals:
            yield Mention(
                numeral.replace("’", "'"),
                name,
                True,
                locator,
                match.start("numerals"),
                len(numerals) > 1,
                parenthesised=True,
            )


def _name(words: list[str]) -> tuple[str, ...]:
    """The noun phrase at the end of the words: back to the last word that is a verb or carries a particle."""
    kept: list[str] = []
    for word in reversed(words):
        if word in _DROPPED or (kept and _is_boundary(word)):
            break
        kept.insert(0, word)
    return tuple(kept)


def _is_boundary(word: str) -> bool:
    """Whether a word before the noun ends the noun phrase; short words with a doubtful last syllable are nouns."""
    if word.isascii():
        return False
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if word.endswith(ending):
            doubtful = (
                ending in _AMBIGUOUS
                and len(word) - len(ending) < _MIN_STEM
                and ending not in {"의", "을", "를", "은", "는"}
            )
            return not doubtful
    return word.endswith(("이", "가")) and len(word) > _MIN_STEM
