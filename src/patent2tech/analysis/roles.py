"""Roles: who does, and to whom it is done, by the verbs that a statement shares with its quotations.

The subject's last word and the object's are looked for on the side of the verb where the quotation must have them:
before it or behind it, by the voice of the verb there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from patent2tech.analysis.naming import Names
from patent2tech.analysis.roots import meanings, roots
from patent2tech.analysis.wording import STOP_WORDS
from patent2tech.text.sentences import sentences

_TOKEN: Final = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*|\d[\w.,']*|[,;:()]")
_BE: Final = frozenset("is are was were be been being".split())
_MODAL: Final = frozenset("can may must will shall should could might would cannot".split())
_PREPOSITIONS: Final = frozenset(
    "of in on at by with from for to into onto through between within under over above below across along around about "
    "against toward towards upon via per beside behind near after before during until without as than inside "
    "outside".split()
)
_DETERMINERS: Final = frozenset(
    "a an the this that these those its their each every said one any some such no both".split()
)
_RELATIVE: Final = frozenset("which that who whom where when while if because since and or but so as".split())
_IRREGULAR: Final = frozenset(
    "held kept made sent built driven drawn bent cut set put given taken shown wound bound fed led met struck spread "
    "split worn written chosen ground sealed shut thrown torn hung fixed known seen found run".split()
)
_SYMMETRIC: Final = (
    "connect coupl attach join mesh engag contact secur fasten link communic touch combin bond weld associat intersect "
    "interact cooperat mix pair align fix mount compar correspond match separat space overlap".split()
)
"""Verbs by which each of two things does to the other what the other does to it."""
_HAVING: Final = frozenset("configured provided equipped fitted furnished supplied loaded".split())
"""What has something, before `with`."""
_MEANT: Final = frozenset("configured adapted arranged designed intended used".split())
"""What is for something, before `to`."""
_SUBJECT: Final = re.compile(r"(?:The|An?) ([a-z-]+ [a-z-]+) (?:is|are|was|were|has|have|do|does|did|can|may|\w+s)\b")
_NEAR: Final = 60
"""As many letters hold what likens one thing to another."""
_AGENT: Final = 7
"""Tokens behind `by`, or before `which`, in which the one who does it is named."""
_LIKENED: Final = re.compile(
    r"\b(?:similar(?:ly)? to|analogous(?:ly)? to|unlike|other than|different(?:ly)? from|in contrast to|comparable to|"
    r"except(?: for)?|identical to|the same as|like)(?:\s(?:the|a|an|that of|those of|said))*\s$",
    re.IGNORECASE,
)
_BACK: Final = 24
"""Tokens before or behind a verb in which its subject and its object are sought."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    low: str
    plain: bool
    """A word of content."""


@dataclass(frozen=True, slots=True)
class _Deed:
    """A verb of a statement with the last words of who does it and of what it is done to."""

    verb: str
    doer: str | None
    target: str | None


def turned_roles(said: str, quotes: Sequence[str]) -> str | None:
    """A verb of a statement whose subject or object the quotations have on the other side of it."""
    shown = [tokens for quote in quotes for tokens in _sentences(quote)]
    for sentence in _sentences(said):
        for deed in _deeds(sentence):
            if any(each in deed.verb for each in _SYMMETRIC):
                continue
            for role, word in (("target", deed.target), ("doer", deed.doer)):
                if word and _misplaced(deed.verb, role, word, shown):
                    return f"{word} … {deed.verb}"
    return None


def only_compared(said: str, quotes: Sequence[str], names: Names) -> str | None:
    """A part of a statement that its quotations only compare something with: `a motor similar to the motor 12`."""
    shown = [(quote, each) for quote in quotes for each in names.mentions(quote) if each.numeral]
    for named in names.mentions(said):
        places = [(quote, each) for quote, each in shown if each.numeral == named.numeral]
        if (
            places
            and not _LIKENED.search(said[: named.start])
            and all(_LIKENED.search(q[max(0, e.start - _NEAR) : e.start]) for q, e in places)
        ):
            return named.text
    if match := _SUBJECT.match(said):
        found = [
            q[max(0, m.start() - _NEAR) : m.start()]
            for q in quotes
            for m in re.finditer(re.escape(match[1]), q, re.IGNORECASE)
        ]
        if found and all(_LIKENED.search(before) for before in found):
            return match[1]
    return None


@lru_cache(maxsize=512)
def _sentences(text: str) -> tuple[tuple[_Token, ...], ...]:
    return tuple(
        tuple(_token(match.group()) for match in _TOKEN.finditer(piece))
        for sentence in sentences(text)
        for piece in sentence.split(";")
    )


def _token(text: str) -> _Token:
    low = text.lower()
    return _Token(text, low, low[0].isalpha() and len(low) > 1 and low not in STOP_WORDS and low not in _PREPOSITIONS)


def _deeds(tokens: Sequence[_Token]) -> Iterator[_Deed]:
    for place, token in enumerate(tokens):
        if not token.plain or place == 0:
            continue
        voice = _voice_said(tokens, place)
        if voice is None:
            continue
        subject = _subject(tokens, place)
        if voice == "passive":
            yield _Deed(token.low, _agent(tokens, place), subject)
        else:
            yield _Deed(token.low, subject, _object(tokens, place))


def _voice_said(tokens: Sequence[_Token], place: int) -> str | None:
    """Whether a word of a statement is a verb, and of which voice."""
    before = _helper(tokens, place)
    low = tokens[place].low
    if before in _BE:
        if low.endswith("ing"):
            return "active"
        having = low in _HAVING and tokens[place + 1 : place + 2] and tokens[place + 1].low == "with"
        return ("active" if having else "passive") if _participle(low) else None
    if before in _MODAL:
        return "active"
    behind = tokens[place + 1].low if place + 1 < len(tokens) else ""
    if low.endswith("s") and not low.endswith("ss") and tokens[place - 1].low not in _DETERMINERS | _PREPOSITIONS:
        return "active" if behind in _DETERMINERS else None
    return None


def _participle(low: str) -> bool:
    return low.endswith(("ed", "en", "wn", "lt")) or low in _IRREGULAR


def _helper(tokens: Sequence[_Token], place: int) -> str:
    """The auxiliary before a verb, over adverbs and `not`."""
    for back in range(place - 1, max(place - 5, -1), -1):
        low = tokens[back].low
        if low in _BE or low in _MODAL:
            return low
        if not (
            low.endswith("ly")
            or low in {"not", "also", "then", "thus", "only", "always", "further", "so", "be", "been"}
        ):
            return ""
    return ""


def _subject(tokens: Sequence[_Token], place: int) -> str | None:
    """The last word of the subject before a verb: of `the end of the strap`, `end`."""
    start = place
    while start > 0 and not (tokens[start - 1].low in _RELATIVE or tokens[start - 1].text in ",;:()"):
        start -= 1
    if start > 0 and tokens[start - 1].low in {"which", "that", "who", "and", "or", "but"}:
        return None
    words: list[str] = []
    for token in tokens[start:place]:
        if token.low in _PREPOSITIONS or token.low in _BE or token.low in _MODAL:
            break
        if token.plain and not token.low.endswith("ly"):
            words.append(token.low)
    return words[-1] if words else None


def _object(tokens: Sequence[_Token], place: int) -> str | None:
    words: list[str] = []
    for token in tokens[place + 1 :]:
        if token.plain:
            words.append(token.low)
        elif token.low not in _DETERMINERS and not (words == [] and token.low[0].isdigit()):
            break
    return words[-1] if words else None


def _agent(tokens: Sequence[_Token], place: int) -> str | None:
    for ahead in range(place + 1, min(place + 4, len(tokens))):
        if tokens[ahead].low == "by":
            return (
                _object(tokens, ahead)
                if tokens[ahead + 1 : ahead + 2] and not tokens[ahead + 1].low.endswith("ing")
                else None
            )
        if tokens[ahead].text in ",;:":
            return None
    return None


def _misplaced(verb: str, role: str, word: str, shown: Sequence[Sequence[_Token]]) -> bool:
    """Whether every quotation that has a verb and a word has the word where another role stands."""
    wrong = False
    said = any(token.plain and roots(token.low) & roots(verb) for tokens in shown for token in tokens)
    for tokens in shown:
        # Where no quotation has the verb itself, verbs that mean the same count.
        places = [
            at
            for at, token in enumerate(tokens)
            if token.plain and (roots(token.low) & roots(verb) if said else meanings(token.low) & meanings(verb))
        ]
        at_word = [at for at, token in enumerate(tokens) if token.plain and roots(token.low) & roots(word)]
        for place in places:
            if not at_word:
                continue
            voice = _voice_shown(tokens, place)
            if voice is None:
                continue
            before = any(place - _BACK <= at < place for at in at_word)
            behind = any(place < at for at in at_word)
            agents = _by(tokens, place)
            if role == "target":
                right = before if voice == "passive" else behind
            elif voice == "passive":
                if agents is None:
                    return False
                right = any(agents < at <= agents + _AGENT for at in at_word)
            else:
                start = _relative_start(tokens, place)
                right = any(start <= at < place for at in at_word)
            if right:
                return False
            wrong |= before or behind
    return wrong


def _relative_start(tokens: Sequence[_Token], place: int) -> int:
    """From where the subject of a verb is sought: behind `which` it stands right before that."""
    for back in range(place - 1, max(place - 4, -1), -1):
        if tokens[back].low in {"which", "that", "who"}:
            return back - _AGENT
        if tokens[back].plain and not tokens[back].low.endswith("ly"):
            break
    return place - _BACK


def _voice_shown(tokens: Sequence[_Token], place: int) -> str | None:
    """The voice of a verb in a quotation; `None` where it may be a noun or stand before its subject."""
    low = tokens[place].low
    before = tokens[place - 1].low if place else ""
    behind = tokens[place + 1].low if place + 1 < len(tokens) else ""
    if not place or (low in _MEANT and behind == "to"):
        return None
    if low in _HAVING and behind == "with":
        return "active"
    if _participle(low):
        suffers = _helper(tokens, place) in _BE or behind in _PREPOSITIONS or _by(tokens, place) is not None
        return "passive" if suffers else None
    noun = before in _DETERMINERS or before in {"of", "for", "in", "by", "with"}
    verb = low.endswith(("ing", "s")) or before in _MODAL or before == "to" or behind in _DETERMINERS
    return "active" if verb and not noun else None


def _by(tokens: Sequence[_Token], place: int) -> int | None:
    """Where the `by` of a passive verb stands."""
    return next((at for at in range(place + 1, min(place + 6, len(tokens))) if tokens[at].low == "by"), None)
