"""Negation: whether a sentence denies what its quotations say, or says what they deny."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from patent2tech.analysis.dissecting import SentenceParts
from patent2tech.analysis.wording import Word, is_korean

_NEGATIONS: Final = frozenset("not no never without cannot neither nor none fails fail unable".split())
_KOREAN_NEGATION: Final = re.compile(r"(?:지\s?(?:않|아니|못|말)|없|못\s?하|아니)")
_NEGATION: Final = re.compile(r"\b(?:not|no|never|without|cannot|neither|nor|none)\b|n't\b", re.IGNORECASE)
_NEGATIVE: Final = re.compile(
    r"\b(?:not|no|never|without|cannot|neither|nor|none|fail\w*|prevent\w*|avoid\w*|free|lack\w*|absen\w*|omit\w*|"
    r"exclud\w*|except\w*|eliminat\w*|instead|rather|only|alone|less|unless|unable|imped\w*|block\w*|stop\w*|"
    r"un(?!der|it|i[fov]|til|less)[a-z]{4,}|non-?[a-z]{4,}|im(?:possib|permea|pervi|mobi)\w*|dis(?:connect|engag|abl|appear)\w*|"
    r"in(?:activ|capab|depend|solub|suffic|visib|operat|ert)\w*)\b|n't\b",
    re.IGNORECASE,
)
_KOREAN_NEGATIVE: Final = re.compile(r"않|아니|못|없|방지|불|미|무|비|차단|제외|배제|생략|뿐|만으로")
_CLAUSE_MARK: Final = re.compile(r"[,;:()]")


def denied_otherwise(said: SentenceParts, shown: Sequence[SentenceParts]) -> str | None:
    """A word that every quotation negates and the sentence does not, or the other way round."""
    if is_korean(said.text):
        theirs = [bool(_KOREAN_NEGATION.search(each.text)) for each in shown]
        return "않/없/못" if theirs and all(theirs) and not _KOREAN_NEGATION.search(said.text) else None
    for word in said.words:
        if not word.content:
            continue
        signs = {_negated(s, w) for s in shown for w in s.words if w.stem == word.stem}
        if len(signs) == 1 and _negated(said, word) not in signs:
            return word.text
    return None


def denies_alone(said: str, quotes: Sequence[str]) -> str | None:
    """A negation of the sentence, where no quotation denies or lacks or prevents anything, in either language."""
    pattern = _KOREAN_NEGATION if is_korean(said) else _NEGATION
    match = pattern.search(said)
    if match is None or any(_KOREAN_NEGATIVE.search(quote) for quote in quotes):
        return None
    rest = said[: match.start()] + said[match.end() :]
    # `cannot ... only` denies, whatever else is said to be only so.
    excuses = {found.group().lower() for quote in quotes for found in _NEGATIVE.finditer(quote)}
    kept = {found.group().lower() for found in _NEGATIVE.finditer(rest)}
    return None if excuses - kept else match.group()


def _negated(sentence: SentenceParts, word: Word) -> bool:
    """Whether a negation stands before a word in its clause, with nothing but units of measure between them."""
    start = word.start
    for before in reversed([each for each in sentence.words if each.start < word.start]):
        if _CLAUSE_MARK.search(sentence.text[before.end : start]):
            return False
        if before.text.lower() in _NEGATIONS or before.text.lower().endswith("n't"):
            return True
        if before.content and not sentence.text[: before.start].rstrip()[-1:].isdigit():
            return False
        start = before.start
    return False
