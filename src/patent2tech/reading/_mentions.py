"""Mentions: places where the text names a part by a noun phrase and a reference numeral, in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from patent2tech.patents import Locator
from patent2tech.reading._parts_words import (
    BOUNDARIES,
    COUNTERS,
    DETERMINERS,
    GERUNDS,
    NEVER_HEADS,
    ORDINALS,
    SELDOM_HEADS,
    UNITS,
)
from patent2tech.reading.figures import MENTION as FIGURE_MENTION

NUMERAL: Final = r"S?\d{1,4}(?:[A-Za-z]{1,2}(?![A-Za-z]))?(?:-(?:\d{1,2}|[A-Zn])(?![\w-]))?['′’]{0,2}"
_TOKEN: Final = re.compile(
    rf"(?P<junk>\d[\d,]*[.,]\d[\d.,]*\w*|\d{{5,}}\w*|\d+[A-Za-z-]*[A-Za-z]{{3,}}\w*)"
    rf"|(?P<numeral>(?<![\w.])(?:{NUMERAL})(?!\w))"
    rf"|(?P<word>[A-Za-zµμ][\w'’./-]*[\w]|[A-Za-zµμ%°℃Ω])"
    rf"|(?P<mark>\S|\n)"
)
_ASCENDING: Final = re.compile(r"(\d+)-(\d+)")
_SECTION_LINE: Final = re.compile(r"\b(\d{1,3}[A-Za-z]?|[A-Z]|[IVX]+)\s*[-\u2013\u2014\u2015\u2212]{1,3}\s*\1\b['’]?")
_NOT_PARTS: Final = re.compile(
    r"\bclaims?\s+\d+(?:\s*(?:,|and|or|to|through|[-\u2013])\s*\d+)*"
    r"|\b\d+\s*U\.?\s?S\.?\s?C\.?\s*(?:§|[Ss]ec(?:tion|\.))*\s*\d+\w*(?:\([\w]+\))*"
    r"|\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|"
    r"Dec(?:ember)?)\.?\s+\d{1,2}(?:,\s*\d{4})?|(?-i:\bMay)\s+\d{1,2},\s*\d{4}"
    r"|\b(?:No|Nos|Ser|Pat|Eq|Eqs|Ref|Refs|Sect?|Vol|pp?)\.\s*(?:No\.)?\s*\(?\d+\)?(?:\s*(?:,|and|to|[-\u2013])\s*\d+)*"
    r"|\b(?:(?-i:Tables?|TABLES?)|tables?(?=\s+\(?\d{1,2}\b))\s+\(?\d+[a-z]?\)?(?:\s*(?:,|and|or|to|through|[-\u2013])\s*\(?\d+[a-z]?\)?)*"
    r"|\b(?:equations?|examples?|formulas?|formulae|schemes?|expressions?)\s+\(?\d+[a-z]?\)?(?:\s*(?:,|and|or|to|through|[-\u2013])\s*\(?\d+[a-z]?\)?)*"
    r"|\b\d+\s*(?:x|×|:|/)\s*\d+\b",
    re.IGNORECASE,
)
_POWER: Final = re.compile(r"\w*\^\(?[\w.+\-\u2013\u2212]+")
_LIST_JOINS: Final = frozenset({",", "and", "or", "&", "and/or", "plus"})
_RANGE_JOINS: Final = frozenset({"to", "through", "thru", "-", "\u2013", "\u2014"})
_JOINS: Final = _LIST_JOINS | _RANGE_JOINS | {"(", ")", ".", "…"}
_BAD_BEFORE: Final = frozenset("$ § = < > ≤ ≥ ± + × * / ^ ~ ≈ · # №".split())
_BAD_BEHIND: Final = frozenset("= × * ^ % ° ± ″ ℃ ≤ ≥ < >".split())
_NOUNS_IN_LY: Final = ("assembly", "supply", "fly", "ply", "belly", "pulley", "trolley", "anomaly")
_CLAUSE_OPENERS: Final = frozenset({"that", "which", "who", "it", "they"})
_MAX_JOINS: Final = 6
_MAX_LETTERS: Final = 6
_ABBREVIATED_TOKENS: Final = 3
"""Tokens of `(BMS)`."""

_MAX_NAME_WORDS: Final = 6
_NO_NUMERALS: Final = re.compile(r"[1-4][Dd]|[2-6]G|[48]K|\d[nkmxNKM]")
"""Dimensions, radio generations, screen sizes and terms of formulas."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A numeral with the words before it; `bounded` when a determiner or parentheses show where the name begins."""

    numeral: str
    name: tuple[str, ...]
    bounded: bool
    locator: Locator
    offset: int
    listed: bool = False
    parenthesised: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    offset: int

    @property
    def lower(self) -> str:
        return self.text.lower()


def mentions(text: str, locator: Locator) -> Iterator[Mention]:
    """Every mention in a text, in order; numbers that are measures, dates, claims or figures are passed over."""
    tokens = _tokens(_masked(text))
    named: dict[int, tuple[tuple[str, ...], bool]] = {}
    for index, token in enumerate(tokens):
        if token.kind != "numeral" or _NO_NUMERALS.fullmatch(token.text) or _is_measure(tokens, index):
            continue
        name, bounded, inherited = _name_before(tokens, index, named)
        if not name:
            continue
        named[index] = (name, bounded)
        listed = inherited or _opens_list(tokens, index)
        parenthesised = index > 0 and tokens[index - 1].text == "("
        for numeral in _spread(tokens, index, named):
            yield Mention(numeral, name, bounded, locator, token.offset, listed, parenthesised)


def _opens_list(tokens: list[_Token], index: int) -> bool:
    """Whether further numerals share the name: `steps S110 and S120`."""
    joined = index + 2 < len(tokens) and tokens[index + 1].lower in _LIST_JOINS | _RANGE_JOINS
    return joined and tokens[index + 2].kind == "numeral"


def _masked(text: str) -> str:
    """The text with figure numbers, claim numbers, dates and the like blanked out, offsets kept."""
    for pattern in (FIGURE_MENTION, _SECTION_LINE, _NOT_PARTS, *((_POWER,) if "^" in text else ())):
        text = pattern.sub(lambda match: "\x00".ljust(len(match.group()), " "), text)
    return "\n".join(" " * len(line) if "\t" in line else line for line in text.split("\n"))


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        word = match.group()
        if kind == "word" and word.endswith((".", "-")):
            word = word.rstrip(".-")
        ends = _ASCENDING.fullmatch(word) if kind == "numeral" else None
        if ends and int(ends[1]) < int(ends[2]):
            found += [
                _Token(kind, ends[1], match.start()),
                _Token("mark", "-", match.start()),
                _Token(kind, ends[2], match.start()),
            ]
            continue
        found.append(
            _Token(kind, word.replace("’", "'").replace("′", "'") if kind == "numeral" else word, match.start())
        )
    return found


def _is_measure(tokens: list[_Token], index: int) -> bool:
    before = tokens[index - 1] if index else None
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if before and (before.text in _BAD_BEFORE or before.kind == "junk"):
        return True
    if behind is None:
        return False
    if behind.text in _BAD_BEHIND or _is_unit(tokens, index + 1):
        return True
    # "10 to 20 mm": the first number takes the unit of the second.
    joined = behind.lower in _RANGE_JOINS | _LIST_JOINS and index + 3 < len(tokens)
    return bool(joined and tokens[index + 2].kind in {"numeral", "junk"} and _is_unit(tokens, index + 3))


def _is_unit(tokens: list[_Token], index: int) -> bool:
    token = tokens[index]
    if token.text == "-" and index + 1 < len(tokens):
        return tokens[index + 1].lower in UNITS or tokens[index + 1].lower == "fold"
    if token.lower not in UNITS:
        return False
    # A capital letter or "second" may also open the next phrase: "12 A spring", "10, second wall".
    following = tokens[index + 1].kind if index + 1 < len(tokens) else "mark"
    return token.lower not in {"a", "second", "c", "f", "parts", "times"} or (token.text != "a" and following != "word")


def _name_before(
    tokens: list[_Token], index: int, named: dict[int, tuple[tuple[str, ...], bool]]
) -> tuple[tuple[str, ...], bool, bool]:
    """The name of the numeral at `index`, whether it is bounded, and whether it comes from an earlier list member."""
    start = index - 1
    parenthesised = start >= 0 and tokens[start].text == "("
    if parenthesised:
        start -= 1
    words: list[str] = []
    start = _before_abbreviation(tokens, start)
    while start >= 0 and len(words) < _MAX_NAME_WORDS and _may_be_in_name(tokens[start], words[-1] if words else ""):
        if words and tokens[start].text.endswith(("'s", "’s")):
            break
        words.append(re.sub(r"['’]s$", "", tokens[start].text))
        start -= 1
    words.reverse()
    opener = tokens[start] if start >= 0 else None
    bounded = bool(opener and (opener.lower in DETERMINERS or opener.text.endswith(("'s", "’s"))))
    if words:
        if _numbers_other_things(words, tokens[index].text):
            return (), False, False
        if all(word.lower() in ORDINALS for word in words):
            return _shared_noun(tokens, index, words), bounded, False
        enclosed = opener is not None and opener.text == "(" and tokens[min(index + 1, len(tokens) - 1)].text == ")"
        return _without_verb(words, opener), bounded or parenthesised or enclosed, False
    return (*_inherited(tokens, index, named), True) if not bounded else ((), False, False)


def _before_abbreviation(tokens: list[_Token], start: int) -> int:
    """`battery management system (BMS) 114`: the name stands before the abbreviation."""
    if start < _ABBREVIATED_TOKENS:
        return start
    name, opening, abbreviation, closing = tokens[start - 3 : start + 1]
    enclosed = opening.text == "(" and closing.text == ")" and abbreviation.kind == "word"
    return start - 3 if enclosed and abbreviation.text.isupper() and name.kind == "word" else start


def _numbers_other_things(words: list[str], numeral: str) -> bool:
    alone = words[0].lower() if len(words) == 1 else ""
    return words[-1].lower() in NEVER_HEADS or alone in SELDOM_HEADS or (alone in COUNTERS and len(numeral) == 1)


def _without_verb(words: list[str], opener: _Token | None) -> tuple[str, ...]:
    """The phrase without the verb that begins it: `to engage teeth`, `for engaging teeth`, `which covers teeth`."""
    if opener is None or len(words) == 1 or opener.lower in DETERMINERS:
        return tuple(words)
    begins_clause = opener.lower in _CLAUSE_OPENERS or words[0].lower() in GERUNDS
    return tuple(words[1:]) if begins_clause else tuple(words)


def _may_be_in_name(token: _Token, follower: str = "") -> bool:
    if token.kind != "word":
        return False
    # A word in capitals is a name, whatever it means in lower case: "OFF mode".
    if (token.lower in BOUNDARIES or token.lower in DETERMINERS) and not (token.text.isupper() and len(token.text) > 1):
        return False
    if not token.lower.endswith("ly") or token.lower.endswith(_NOUNS_IN_LY):
        return True
    # An adverb belongs to the name only with its participle: "longitudinally extending rows".
    return follower.endswith(("ing", "ed")) and token.text.islower()


def _inherited(
    tokens: list[_Token], index: int, named: dict[int, tuple[tuple[str, ...], bool]]
) -> tuple[tuple[str, ...], bool]:
    """The name of the list that the numeral continues: `walls 12, 14 and 16`."""
    position = index - 1
    joins = 0
    while position >= 0 and joins < _MAX_JOINS and tokens[position].lower in _JOINS:
        position -= 1
        joins += 1
    if not joins or position not in named or _counts_things(tokens, index):
        return (), False
    return named[position]


def _counts_things(tokens: list[_Token], index: int) -> bool:
    """Whether the number only counts what follows it: `the oscillator 100, 16 delay elements`."""
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    return tokens[index - 1].text == "," and behind is not None and _may_be_in_name(behind)


def _shared_noun(tokens: list[_Token], index: int, adjectives: list[str]) -> tuple[str, ...]:
    """`first 20 and second 22 legs`: the noun stands behind the last numeral."""
    for position in range(index + 1, min(index + 8, len(tokens))):
        token = tokens[position]
        if token.kind == "numeral" or token.lower in _LIST_JOINS or token.lower in ORDINALS:
            continue
        if tokens[position - 1].kind == "numeral" and _may_be_in_name(token):
            return (*adjectives, token.text)
        break
    return ()


def _spread(tokens: list[_Token], index: int, named: dict[int, tuple[tuple[str, ...], bool]]) -> Iterator[str]:
    """The numeral, after the ones that a letter range leaves out: `12a-12d` or `12a-d` gives 12b and 12c too."""
    own = tokens[index].text
    if index - 2 in named and tokens[index - 1].lower in _RANGE_JOINS:
        first, last = (re.fullmatch(r"(\d+)([a-z])", text) for text in (tokens[index - 2].text, own))
        if first and last and first[1] == last[1] and 0 < ord(last[2]) - ord(first[2]) <= _MAX_LETTERS:
            yield from (f"{first[1]}{chr(code)}" for code in range(ord(first[2]) + 1, ord(last[2])))
    yield own
    if index + 2 < len(tokens) and tokens[index + 1].text in {"-", "\u2013", "\u2014"}:
        first, last = re.fullmatch(r"(\d+)([a-z])", own), re.fullmatch(r"[a-z]", tokens[index + 2].text)
        if first and last and first[2] < last[0]:
            yield from (f"{first[1]}{chr(code)}" for code in range(ord(first[2]) + 1, ord(last[0]) + 1))
