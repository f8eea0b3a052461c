"""Roots of words, and what words mean beside themselves: `rotatable` and `rotates`, `digs` and `excavate`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final

_ENDINGS: Final = (
    "s es ed d ing er ers or ors est ly al ally able ably ible ibly ability ation ations ion ions ment ments ness ity "
    "ive ively ance ence ant ent ate ated ates ating ator ize ized izes izing ful less ous ously y ic ical ically age "
    "th ish ward wards wise ure ed-ly edly ingly"
).split()
_LEAST_ROOT: Final = 3
_LEAST_DERIVED: Final = 4
"""Letters of a root from which a word is derived by more than an inflection."""
_INFLECTIONS: Final = frozenset("s es ed d ing er est ly".split())
_BRITISH: Final = re.compile(r"is(e[ds]?|ing|ations?)$")
_DOUBLED: Final = re.compile(r"([bdfgklmnprtvz])\1$")


_NO_PROOF: Final = frozenset(
    "in into on onto out of off by to and or at as so from over up down it is be for with a an the that this".split()
)
"""Words that stand in every text and prove no meaning of theirs."""


@lru_cache(maxsize=16384)
def roots(word: str) -> frozenset[str]:
    """The forms that a word can go back to, without a last `e` and with `i` for a last `y`."""
    lower = re.sub(r"['’]s?$", "", word.lower())
    return frozenset({*_stripped(lower), *_stripped(_BRITISH.sub(r"iz\1", lower))})


def _stripped(word: str) -> Iterator[str]:
    yield _bare(word)
    for ending in _ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= (_LEAST_ROOT if ending in _INFLECTIONS else _LEAST_DERIVED):
            yield _bare(rest)
            if _DOUBLED.search(rest) and len(rest) > _LEAST_ROOT:
                yield _bare(rest[:-1])
            if rest.endswith("at") and len(rest) > _LEAST_DERIVED + 1:
                yield _bare(rest[:-2])


def _bare(word: str) -> str:
    if len(word) <= _LEAST_ROOT:
        return word
    word = word.removesuffix("e")
    return f"{word[:-1]}i" if word.endswith("y") else word


def akin(word: str, other: str) -> bool:
    """Whether two English words can be forms of one."""
    return bool(roots(word) & roots(other))


@lru_cache(maxsize=16384)
def meanings(word: str) -> frozenset[int]:
    """The meanings that the list of paraphrases has for a word or a phrase (`carry_out`)."""
    return _looked_up(word, _table()[0])


@lru_cache(maxsize=16384)
def generals(word: str) -> frozenset[int]:
    """The meanings that a text which has this word proves: its own, and those of more general words."""
    if word.lower() in _NO_PROOF:
        return frozenset()
    said, proved = _table()
    return _looked_up(word, said) | _looked_up(word, proved)


def _looked_up(word: str, table: dict[str, frozenset[int]]) -> frozenset[int]:
    if "_" in word:
        return table.get(word, frozenset())
    return frozenset().union(*(table.get(root, frozenset()) for root in roots(word)))


@lru_cache(maxsize=1)
def phrases() -> frozenset[str]:
    """The phrases of the list."""
    return frozenset(each for table in _table() for each in table if "_" in each)


def _key(word: str) -> str:
    """How the table has a word; of a phrase only the first word takes other forms."""
    first, sign, rest = word.partition("_")
    return _bare(first) + sign + rest


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Words with the meanings that they say, and words with those that they prove without saying them."""
    text = files("patent2tech.analysis").joinpath("data", "paraphrases.txt").read_text(encoding="utf-8")
    said: dict[str, set[int]] = defaultdict(set)
    proved: dict[str, set[int]] = defaultdict(set)
    for row, line in enumerate(line for line in text.splitlines() if line and not line.startswith("#")):
        general, _, special = line.rpartition(">")
        for word in (general or special).split():
            said[_key(word)].add(row)
        for word in special.split() if general else ():
            proved[_key(word)].add(row)
    return {w: frozenset(m) for w, m in said.items()}, {w: frozenset(m) for w, m in proved.items()}
