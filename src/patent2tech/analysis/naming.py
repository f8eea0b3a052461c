"""Parts that a sentence mentions: by name and numeral (`the spring 12`, `스프링(12)`), or by name alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from patent2tech.analysis.units import unit_at
from patent2tech.analysis.wording import STOP_WORDS, WORD, stem

_NUMERAL: Final = re.compile(
    r"\s*(?P<open>[(（\[]?)\s?(?P<numeral>[A-Za-z]{0,2}\d{1,5}[A-Za-z]{0,2}'{0,2})(?![\w]|[.,]\d)"
)
_ABBREVIATION: Final = re.compile(r"(?<=[a-z])\s\([A-Z][A-Za-z/-]{0,8}\)(?=\s[A-Za-z]{0,2}\d)")
"""As in `a master oscillator (MO) 12`."""
_HANGUL_WORD: Final = re.compile(r"[가-힣]+")
_NOT_NAMES: Final = STOP_WORDS | frozenset(
    "claim claims fig figs figure figures paragraph paragraphs step table example between least approximately about "
    "over under up around nearly exactly least two three four five six".split()
)
_NOT_KOREAN_NAMES: Final = frozenset("청구항 도 도면 단락 제 표 약 최대 최소 총".split())
_LONGEST_NAME: Final = 6
_NEAR: Final = 240
"""As many letters hold the longest name before a numeral, so that many numerals take linear time."""
_COUNTED: Final = re.compile(
    r"\s?(?:to|-|–)\s?\d+\s+(?!(?:are|is|of|in|and|or|to|at|on|by|with|for|from)\b)[a-z]{3,}s\b"
)
"""As in `6 to 10 tablets`, behind the first number."""
_KEPT: Final = 2048
"""Texts whose mentions are remembered: each rule asks for those of the same few."""
_JOINS: Final = re.compile(r"\s?[)）]?\s*(?:,|and|or|,\s*and|및|와|과)\s*[(（]?\s?(?=[A-Za-z]{0,2}\d)")


@dataclass(frozen=True, slots=True)
class Named:
    """A mention: its stems, its numeral if it has one, and the numerals that parts of this name have."""

    start: int
    end: int
    stems: tuple[str, ...]
    text: str
    numeral: str | None
    keys: frozenset[str]


class Names:
    """The names of a source's parts, by which its sentences are searched."""

    def __init__(self, parts: Mapping[str, tuple[str, ...]]) -> None:
        self.parts = parts
        self._found: dict[tuple[str, frozenset[str]], tuple[Named, ...]] = {}
        self._by_stems: dict[tuple[str, ...], set[str]] = {}
        for numeral, names in parts.items():
            for name in names:
                if stems := stems_of(name):
                    self._by_stems.setdefault(stems, set()).add(numeral)
        self._longest = max(map(len, self._by_stems), default=0)
        self._hangul = sorted(
            {name for names in parts.values() for name in names if _HANGUL_WORD.search(name)}, key=len, reverse=True
        )

    def of(self, numeral: str) -> set[tuple[str, ...]]:
        """The names of one part, as stems."""
        return {stems_of(name) for name in self.parts.get(numeral, ())}

    def mentions(self, text: str, also: Collection[str] = ()) -> tuple[Named, ...]:
        """Every mention in a normalised text, in order; `also` are numerals of no known part that count as numerals."""
        key = (text, frozenset(also))
        if key not in self._found:
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[key] = self._mentions(*key)
        return self._found[key]

    def _mentions(self, text: str, also: frozenset[str]) -> tuple[Named, ...]:
        text = _ABBREVIATION.sub(lambda match: " " * len(match.group()), text)
        found = [*self._known(text), *self._hangul_names(text)]
        taken = [(each.start, each.end) for each in found]
        found += [
            each
            for each in _numbered(text, {*self.parts, *also})
            if not any(start < each.end and each.start < end for start, end in taken)
        ]
        return tuple(sorted(found, key=lambda each: each.start))

    def _known(self, text: str) -> Iterator[Named]:
        tokens = [(match.start(), match.end(), stem(match.group())) for match in WORD.finditer(text)]
        index = 0
        while index < len(tokens):
            for length in range(min(self._longest, len(tokens) - index), 0, -1):
                stems = tuple(token[2] for token in tokens[index : index + length])
                start, end = tokens[index][0], tokens[index + length - 1][1]
                if stems in self._by_stems and text[start] < "가" and not re.search(r"[,.;:()]", text[start:end]):
                    yield from _with_numerals(text, start, end, stems, frozenset(self._by_stems[stems]))
                    index += length
                    break
            else:
                index += 1

    def _hangul_names(self, text: str) -> Iterator[Named]:
        taken: list[tuple[int, int]] = []
        for name in self._hangul:
            stems = stems_of(name)
            for match in re.finditer(re.escape(name), text):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                if match.start() and "가" <= text[match.start() - 1] <= "힣":
                    continue
                taken.append(match.span())
                yield from _with_numerals(
                    text, match.start(), match.end(), stems, frozenset(self._by_stems.get(stems, ()))
                )


def stems_of(name: str) -> tuple[str, ...]:
    """A name in comparable form: stems of its English words, its Korean words whole."""
    words = (match.group() for match in WORD.finditer(name))
    return tuple(word if "가" <= word[0] <= "힣" else stem(word) for word in words if word.lower() not in STOP_WORDS)


def _with_numerals(text: str, start: int, end: int, stems: tuple[str, ...], keys: frozenset[str]) -> Iterator[Named]:
    """The mention with the numeral behind it, and one for each further numeral of a list; or with none."""
    place, first = end, True
    while (match := _NUMERAL.match(text, place)) and _is_numeral(match, text, first=first):
        yield Named(start, match.end(), stems, text[start:end], match["numeral"], keys)
        joined = _JOINS.match(text, match.end())
        if joined is None:
            return
        place, first = joined.end(), False
    if first:
        yield Named(start, end, stems, text[start:end], None, keys)


def _is_numeral(match: re.Match[str], text: str, *, first: bool) -> bool:
    if unit_at(text, match.end("numeral")) or re.match(r"\s?[%°℃]|\s?[×x/]\s?\d", text[match.end("numeral") :]):
        return False
    return bool(match["open"]) or match["numeral"][-1].isalpha() or match.start() < match.start("numeral") or not first


def _numbered(text: str, parts: Collection[str]) -> Iterator[Named]:
    """Names that the source does not know, behind which a numeral stands: in parentheses, or one that it knows."""
    for match in re.finditer(r"[A-Za-z]{0,2}\d{1,5}[A-Za-z]{0,2}'{0,2}(?![\w]|[.,]\d)", text):
        begin = max(0, match.start() - _NEAR)
        before = text[begin : match.start()]
        if before[-1:] in {".", ","} or before[-1:].isalnum() or unit_at(text, match.end()):
            continue
        opened = re.search(r"[(（\[]\s?$", before)
        name = list(WORD.finditer(before[: opened.start() if opened else None]))
        if not name or before[name[-1].end() : opened.start() if opened else None].strip():
            continue
        word = name[-1].group()
        if _COUNTED.match(text, match.end()) or (word.endswith("ly") and not word.endswith(("embly", "pply"))):
            continue
        if word.lower() in _NOT_NAMES or (_HANGUL_WORD.sub("", word) == "" and word in _NOT_KOREAN_NAMES):
            continue
        if not opened and match.group() not in parts:
            continue
        chosen = _name_words(name, before)
        stems = tuple(w if "가" <= w[0] <= "힣" else stem(w) for w in chosen)
        start = begin + before.rfind(chosen[0])
        yield Named(start, match.end(), stems, " ".join(chosen), match.group(), frozenset())
        yield from _further(text, match.end(), parts, Named(start, 0, stems, " ".join(chosen), None, frozenset()))


def _further(text: str, place: int, parts: Collection[str], first: Named) -> Iterator[Named]:
    """The other numerals of a list: `protrusions 121 and 122`."""
    while (joined := _JOINS.match(text, place)) and (match := _NUMERAL.match(text, joined.end())):
        if match["numeral"] not in parts or unit_at(text, match.end("numeral")):
            return
        yield replace(first, end=match.end(), numeral=match["numeral"])
        place = match.end()


def _name_words(found: list[re.Match[str]], before: str) -> list[str]:
    """The words of a name, back to the first that can be in none."""
    chosen: list[str] = []
    for match in reversed(found[-_LONGEST_NAME:]):
        word = match.group()
        gap = before[match.end() : match.end() + 1]
        if chosen and (word.lower() in _NOT_NAMES or gap not in {" ", "-"}):
            break
        chosen.insert(0, word)
        if "가" <= word[0] <= "힣":
            break
    return chosen
