"""Korean sentences: bare words, what licenses them, and the roles that particles give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from typing import Final

from patent2tech.text.sentences import sentences

_Role = tuple[str, str, str]
"""A noun, its role, and the beginning of its verb."""
_WORD: Final = re.compile(r"[가-힣]+")
_BRACKETS: Final = re.compile(r"\s?[(（][^)）]*[)）]")
_UNIT: Final = re.compile(r"(?<=\d)\s?[가-힣]+")
_ENDING: Final = re.compile(
    r"(?:으로부터|로부터|으로써|으로서|에서는|에서의|에게서|까지의|에게|에서|까지|부터|보다|마다|"
    r"처럼|만큼|이라고|이라는|라는|이며|이고|이다|"
    r"입니다|이나|으로는|으로|로는|에는|와의|과의|들이|들을|들은|들의|들|은|는|이|가|을|를|에|의|와|과|로|도|만|나)$"
)
_VERBAL: Final = re.compile(
    r"(?:하|되|시키|지|받|당하|해|돼|된|될|됨|됐|한|할|함|했|하였|되었|시킨|시킬|시켜|시킴|졌|진|질|짐|져)?"
    r"(?:는|은|을|ㄴ|다|며|고|여|어|아|면|므로|도록|거나|지만|는데|기|게|지|어서|아서|여서|려|러|던|었다|았다|였다|는다|다고|"
    r"으며|으면|으므로|음|는지|기도|기만|않|못|아|야|어야|여야|해야|서|요|습니다|니다|다면|라면|이면|면서|자|며|고자|려고)*$"
)
_FREE: Final = (
    "것 수 때 등 및 또 또는 그 이 저 각 매 더 상기 해당 경우 위해 위하 따라 따른 의해 의하 통해 "
    "대해 대한 관한 관하 있 없 하 되 이루 가지 갖 같 않 아니 못 위한 즉 특히 예 예를 들 들어 그리고 "
    "그러나 하지만 따라서 이때 여기 본 발명 실시 청구항 도면 단락 단계 약 최대 최소 이상 이하 미만 초과 "
    "정도 개 쌍 번 하나 둘 셋 넷 두 세 네 다섯 여섯 일곱 여덟 아홉 열 한 첫 첫째 둘째 제 사이 동안 "
    "후 전 뒤 중 다음 모든 모두 여러 서로 다른 다시 함께 바로 매우 가장 보다 만 뿐 뿐만 아니라 된다 "
    "한다 이다 있다 없다 인 적 성 화 때문 까닭 점 바 데 채 만큼 대로"
).split()
_LEAST: Final = 2
_FINALS: Final = 28
"""Final consonants of a syllable, none among them."""
_LONGEST_STEM: Final = 5
_LEFT: Final = 1
"""Syllables of a word that may stay unexplained behind a part that the quotations have."""
_ROLES: Final = (
    ("until", re.compile(r"까지의?$")),
    ("than", re.compile(r"보다$")),
    ("agent", re.compile(r"(?:에\s?(?:의해|의하여|의한))")),
    ("source", re.compile(r"(?:으로부터|로부터|에서)$")),
    ("object", re.compile(r"(?:을|를)$")),
    ("goal", re.compile(r"(?:에게|으로|로|에)$")),
    ("subject", re.compile(r"(?:이|가)$")),
    ("topic", re.compile(r"(?:은|는)$")),
)
_STRICT: Final = frozenset({"until", "than"})
"""Roles that have no other wording."""
_BACK: Final = {"goal": "source", "source": "goal"}
_DOING: Final = frozenset({"subject", "object", "agent"})
_ADNOMINAL: Final = r"(?:하는|되는|있는|없는|지는|키는|리는|치는|받는|갖는|된|한|진|할|될|운|린|던)\s(?:[가-힣]+\s)?"
_NOT_NOUNS: Final = re.compile(
    r"(?:하|되|지|이루어지|갖|있|없)(?:는|은|을)$|(?:하는|되는|있는|없는|지는|받는|다는|라는)$|"
    r"(?:으로써|바로|서로|별로|새로|때로|대로|따로|주로|실제로|위로|아래로)$"
)


def unlicensed_korean(said: str, quotes: Sequence[str]) -> list[str]:
    """The Korean words of a statement that nothing in its Korean quotations licenses."""
    shown = "".join(_WORD.findall(" ".join(quotes)))
    starts = frozenset(row for word in _WORD.findall(" ".join(quotes)) for row in _rows(word))
    return [
        word for word in _WORD.findall(_UNIT.sub(" ", _BRACKETS.sub(" ", said))) if not _licensed(word, shown, starts)
    ]


def _licensed(word: str, shown: str, starts: frozenset[int]) -> bool:
    bare = _ENDING.sub("", word) or word
    if len(bare) < _LEAST or any(word.startswith(free) and _is_ending(word[len(free) :]) for free in _FREE):
        return True
    if _is_ending(_rest(bare, shown)) or _is_ending(_rest(word, shown)):
        return True
    return bool(_rows(word) & starts)


def begins(word: str, stem: str) -> bool:
    """Whether a word begins with a stem, whose last syllable may have taken a final consonant: `바꾼다` for `바꾸`."""
    if word.startswith(stem):
        return True
    last = len(stem) - 1
    if len(word) <= last or word[:last] != stem[:last] or last < 1:
        return False
    return "가" <= word[last] <= "힣" and chr(ord(word[last]) - (ord(word[last]) - ord("가")) % _FINALS) == stem[last]


def _is_ending(rest: str) -> bool:
    return (
        len(rest) <= _LEFT
        or bool(_VERBAL.match(rest))
        or bool(_ENDING.fullmatch(rest))
        or bool(_VERBAL.match(_ENDING.sub("", rest)))
    )


def _rest(word: str, shown: str) -> str:
    """What is left of a word behind the pieces of two syllables and more that the quotations have."""
    place = 0
    while place < len(word):
        length = next((n for n in range(len(word) - place, _LEAST - 1, -1) if word[place : place + n] in shown), 0)
        if not length:
            return word[place:] if place else word + "?"
        place += length
    return ""


@lru_cache(maxsize=16384)
def _rows(word: str) -> frozenset[int]:
    """The meanings of the list of paraphrases with which a word begins."""
    table = _paraphrases()
    found: set[int] = set()
    for length in range(1, min(len(word), _LONGEST_STEM) + 1):
        last = word[length - 1]
        bare = chr(ord(last) - (ord(last) - ord("가")) % _FINALS)
        for stem in {word[:length], word[: length - 1] + bare} if length > 1 else {word[:1]}:
            # A stem of one syllable begins many words: only a short one can be it.
            if length >= _LEAST or len(word) <= length + _LEAST + 1:
                found |= table.get(stem, frozenset())
    return frozenset(found)


@lru_cache(maxsize=1)
def _paraphrases() -> dict[str, frozenset[int]]:
    text = files("patent2tech.analysis").joinpath("data", "paraphrases_ko.txt").read_text(encoding="utf-8")
    table: dict[str, frozenset[int]] = {}
    for row, line in enumerate(line for line in text.splitlines() if line and not line.startswith("#")):
        for stem in line.split():
            table[stem] = table.get(stem, frozenset()) | {row}
    return table


def turned_particles(said: str, quotes: Sequence[str]) -> str | None:
    """A noun of a statement with a role that the quotations give to another one: `A를 B로` for `B를 A로`."""
    shown: dict[str, set[str]] = {}
    deeds: dict[tuple[str, str], set[str]] = {}
    for quote in quotes:
        for noun, role, verb in _roles(quote):
            shown.setdefault(noun, set()).add(role)
            deeds.setdefault((noun, role), set()).add(verb)
    for sentence in sentences(said):
        mine = list(_roles(sentence))
        if wrong := _no_doer(mine, shown, said, " ".join(quotes)) or _misplaced(mine, shown, " ".join(quotes)):
            return wrong
        for (one, its, verb), (other, others, its_verb) in combinations(mine, 2):
            if one == other or its == others or one not in shown or other not in shown:
                continue
            turned = others in shown[one] and its in shown[other]
            kept = its in shown[one] or others in shown[other]
            if turned and not kept and {verb, its_verb} & (deeds[one, others] | deeds[other, its]):
                return f"{one} … {other}"
    return None


def _no_doer(mine: Sequence[_Role], shown: Mapping[str, set[str]], said: str, quoted: str) -> str | None:
    """A numbered part that does something in a statement, and in its quotations nothing, where others do."""
    doers = {noun for noun, roles in shown.items() if roles & _DOING}
    topic = next((noun for noun, role, _ in mine if role == "subject"), None)
    if not topic or not doers or topic in doers or _is_head(topic, quoted):
        return None
    numbered = re.compile(rf"{topic}\s?[(（]")
    return topic if numbered.search(said) and numbered.search(quoted) else None


def _misplaced(mine: Sequence[_Role], shown: Mapping[str, set[str]], quoted: str) -> str | None:
    """A noun whose particle no quotation puts on it: one without another wording, or the one of the way back."""
    strict = {role for roles in shown.values() for role in roles} & _STRICT
    for noun, role, _ in mine:
        if role in strict and noun in quoted and role not in shown.get(noun, ()):
            return noun
        if role in _BACK and shown.get(noun) == {_BACK[role]}:
            return noun
    return None


def _is_head(noun: str, text: str) -> bool:
    """Whether a noun stands behind a clause that describes it, or at an end, where its role does not show."""
    plain = _BRACKETS.sub("", text)
    ends = re.search(rf"{noun}(?:[.,;:]|$|\s*\|)", plain)
    described = re.search(rf"{_ADNOMINAL}{noun}", plain)
    return bool(ends or described)


def _roles(text: str) -> Iterator[_Role]:
    """The nouns of a text with their roles and the beginnings of their verbs.

    A topic is the subject where its sentence has none, and else unknown.
    """
    for sentence in sentences(_BRACKETS.sub("", text)):
        found: list[_Role] = []
        tokens = sentence.replace(",", " ").split()
        for place, token in enumerate(tokens):
            word = token.strip(".;:")
            behind = tokens[place + 1] if place + 1 < len(tokens) else ""
            if not _WORD.fullmatch(word) or _NOT_NOUNS.search(word):
                continue
            if word.endswith("에") and behind.startswith(("의해", "의하", "의한")):
                found.append((word[:-1], "agent", _verb(tokens[place + 2 :])))
                continue
            for role, pattern in _ROLES:
                if (match := pattern.search(word)) and match.start() >= _LEAST:
                    found.append((word[: match.start()], role, _verb(tokens[place + 1 :])))
                    break
        subject = any(role == "subject" for _, role, _ in found)
        for noun, role, verb in found:
            if role != "topic":
                yield noun, role, verb
            elif not subject:
                yield noun, "subject", verb


def _verb(tokens: Sequence[str]) -> str:
    """The beginning of the first word that has no particle of a noun."""
    plain = [token.strip(".;:") for token in tokens]
    return next((word[:_LEAST] for word in plain if _NOT_NOUNS.search(word) or not _has_particle(word)), "")


def _has_particle(word: str) -> bool:
    return any(pattern.search(word) for _, pattern in _ROLES)
