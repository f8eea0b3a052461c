"""Negation: whether a sentence denies what its quotations say, or says what they deny."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from patent2tech.analysis.clauses import clauses, likest, without_bounds
from patent2tech.analysis.dissecting import SentenceParts
from patent2tech.analysis.quantities import quantities
from patent2tech.analysis.wording import Word, is_korean, stem, words

_NEGATIONS: Final = frozenset("not no never without cannot neither nor none fails fail unable".split())
_KOREAN_NEGATION: Final = re.compile(r"(?:지\s?(?:않|아니|못|말)|없|못\s?하|아니)")
_NEGATION: Final = re.compile(r"\b(?:not|no|never|without|cannot|neither|nor|none)\b|n't\b", re.IGNORECASE)
_NEGATIVE: Final = re.compile(
    r"\b(?:not|no|never|without|cannot|neither|nor|none|fail\w*|prevent\w*|avoid\w*|free|lack\w*|absen\w*|omit\w*|"
    r"obviat\w*|dispens\w*|superfluous|redundant|with out|yet to|"
    r"exclud\w*|except\w*|eliminat\w*|instead|rather|replac\w*|substitut\w*|only|alone|less|unless|unable|imped\w*|block\w*|stop\w*|"
    r"un(?!der|it|i[fov]|til|less)[a-z]{4,}|non-?[a-z]{4,}|im(?:possib|permea|pervi|mobi)\w*|dis(?:connect|engag|abl|appear)\w*|"
    r"in(?:activ|capab|depend|solub|suffic|visib|operat|ert)\w*)\b|n't\b",
    re.IGNORECASE,
)
_KOREAN_NEGATIVE: Final = re.compile(r"않|아니|못|없|방지|불|미|무|비|차단|제외|배제|생략|뿐|만으로")
_INSTEAD: Final = re.compile(r"\b(?:rather than|instead of|as opposed to|no longer)\b", re.IGNORECASE)
_PREFIX: Final = re.compile(r"un|non-?|im|in|dis")
_DENYING: Final = frozenset("unless unable impossible incapable".split())
_DENIED_VERB: Final = re.compile(r"\b(?:not|never|cannot)\s+(?:be\s+|been\s+)?(\w{4,})")
_ALIKE: Final = 3
"""Stems and numbers that two clauses share at least, to speak of the same."""
_NEAR: Final = 2
"""The same, where the other clause is asked for a reason to deny."""
_CLAUSE_MARK: Final = re.compile(r"[,;:()]")


def plainly(text: str) -> str:
    """A text with `not` for `rather than` and `instead of`, which deny as well."""
    return _INSTEAD.sub("not", text)


def denied_otherwise(said: SentenceParts, shown: Sequence[SentenceParts]) -> str | None:
    """A word that every quotation negates and the sentence does not, or the other way round."""
    if is_korean(said.text):
        theirs = [bool(_KOREAN_NEGATION.search(each.text)) for each in shown]
        return "않/없/못" if theirs and all(theirs) and not _KOREAN_NEGATION.search(said.text) else None
    shown = _nearest(said, shown)
    for word in said.words:
        if not word.content:
            continue
        # A word that stands somewhere in a clause that denies may be meant so.
        places = [(s, w) for s in shown for w in s.words if w.stem == word.stem]
        signs = {_negated(*each) for each in places} | {True for each in places if _in_denial(*each)}
        if len(signs) == 1 and _negated(said, word) not in signs:
            return word.text
    return None


def _nearest(said: SentenceParts, shown: Sequence[SentenceParts]) -> Sequence[SentenceParts]:
    """The sentences that have most words and numbers in common with one."""
    mine = _marks(said)
    most = max((len(mine & _marks(each)) for each in shown), default=0)
    return [each for each in shown if len(mine & _marks(each)) == most]


def _marks(sentence: SentenceParts) -> set[str]:
    return {word.stem for word in words(sentence.text) if word.content} | {n.text for n in quantities(sentence.text)}


def denies_alone(said: str, quotes: Sequence[str]) -> str | None:
    """A negation of the sentence, where no quotation denies or lacks or prevents anything, in either language.

    Where the languages are the same, the clause of the quotations that is most like the one with the negation counts.
    """
    said = without_bounds(said)
    pattern = _KOREAN_NEGATION if is_korean(said) else _NEGATION
    match = pattern.search(said)
    if match is None:
        return None
    # `cannot ... only` denies, whatever else is said to be only so.
    if not any(_excuses(quote, _without(said, match)) for quote in quotes):
        return match.group()
    shown = [clause for quote in quotes for clause in clauses(quote)]
    for clause in clauses(said):
        if found := pattern.search(clause.text):
            near, rest = likest(clause, shown), _without(clause.text, found)
            if (
                near
                and near[0].likeness(clause) >= min(_NEAR, len(clause.content))
                and not any(_excuses(each.text, rest) for each in near)
            ):
                return found.group()
    return None


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + text[match.end() :]


def _excuses(quote: str, rest: str) -> bool:
    """Whether a quotation has a negative word, beyond those that the sentence has beside its negation.

    `unlock` is none, but where something is said to be not locked.
    """
    if _KOREAN_NEGATIVE.search(quote):
        return True
    stems = {word.stem for word in words(rest)}
    kept = {found.group().lower() for found in _NEGATIVE.finditer(rest)}
    for found in {match.group().lower() for match in _NEGATIVE.finditer(quote)}:
        if found in kept and not _NEGATION.fullmatch(found):
            continue
        prefix = None if _NEGATION.fullmatch(found) else _PREFIX.match(found)
        if prefix is None or stem(found[prefix.end() :]) in stems or found in _DENYING:
            return True
    return False


def turned_condition(said: str, quotes: Sequence[str]) -> str | None:
    """A word that a sentence affirms, where the clause that is most like its own denies it: `if it is (not) known`."""
    shown = [clause for quote in quotes for clause in clauses(quote)]
    for clause in clauses(said):
        if clause.denies or not clause.content:
            continue
        near = likest(clause, shown)
        if near and near[0].likeness(clause) >= _ALIKE and all(_DENIED_VERB.search(each.text) for each in near):
            denied = {stem(match[1]) for each in near for match in _DENIED_VERB.finditer(each.text)}
            if both := denied & clause.content:
                return min(both)
    return None


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


def _in_denial(sentence: SentenceParts, word: Word) -> bool:
    """Whether a negation stands anywhere before a word in its clause."""
    before = sentence.text[: word.start]
    clause = before[max((match.end() for match in _CLAUSE_MARK.finditer(before)), default=0) :]
    return bool(_NEGATION.search(clause))
