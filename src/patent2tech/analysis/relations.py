"""Who does what to whom: whether a sentence keeps the relations of its quotation or swaps the parts.

No understanding is claimed. What is compared are the order of parts around a shared word (in Korean, their particles),
the part that stands before a shared word or number, the dimension that stands beside a number, and negation. A
relation that the quotation does not show in any order is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from patent2tech.analysis.dissecting import SentenceParts, dissected
from patent2tech.analysis.naming import Named, Names
from patent2tech.analysis.negation import denied_otherwise
from patent2tech.analysis.quantities import NumberKind, Quantity
from patent2tech.analysis.wording import is_korean, stem

_PASSIVE: Final = re.compile(r"\w+(?:ed|en|wn|ld|nt)\b(?:\s+\w+){0,4}\s+(?:by|with)\b")
_BY: Final = re.compile(r"\b(?:is|are|was|were|be|been|being)\b(?:\s+\w+){0,3}\s+by\b")
_SYMMETRIC: Final = (
    "connect coupl attach join mesh engag contact adjac parallel perpendicul oppos between secur fasten link communic "
    "near besid togeth respect similar equal intersect touch both pair align combin bond weld"
).split()
_ROLES: Final = (
    ("object", re.compile(r"[)）\]]?(?:을|를)(?![가-힣])")),
    ("subject", re.compile(r"[)）\]]?(?:이|가|은|는)(?![가-힣])")),
    ("place", re.compile(r"[)）\]]?(?:에|에서|에게|으로|로|상에|내에|으로부터|로부터)(?![가-힣])")),
)
_ADJECTIVE: Final = re.compile(
    r"[\s-]?[A-Za-zμ°%²³]+[23]?[\s-]+(?:in\s+)?(long|wide|thick|high|deep|tall|length|width|thickness|height|depth|diameter|area|volume|weight)\b"
)
_MEASURED: Final = re.compile(
    r"([A-Za-z]{3,})\s+(?:of|is|was|are|were|=)\s+(?:(?:about|approximately|at least|at most|up to|less than|more than|"
    r"greater than|over|under|only|nearly|around|below|above|between|from)\s+)*$"
)
_KOREAN_DIMENSIONS: Final = frozenset(
    "길이 폭 너비 두께 높이 깊이 직경 외경 내경 반경 지름 각도 온도 압력 무게 속도 간격 피치".split()
)
_GENITIVE: Final = re.compile(r"[)）\]]?의\s")
_OF: Final = re.compile(r"\b([A-Za-z]{3,}) of (?:the |a |an |each |said )?$")
_SECOND_PREDICATE: Final = re.compile(
    r"\W*(?:and|but)(?:\s+(?:then|thus|thereby|also))?\s+(?:is|are|was|were|has|have|had|can|may|does|do|\w+s)\b"
)
_ADJACENT: Final = re.compile(
    r"[\s-]?[\w°%²³/]{0,14}(?:\s+(?:long|wide|thick|high|deep|diameter|the|a|an|by the|by))*\s*"
)
_NEAR: Final = 160
"""As many letters hold a noun and all words between it and what it is said of."""
_SAME_DIMENSION: Final = {
    "long": "length", "wide": "width", "thick": "thickness", "high": "height", "tall": "height", "deep": "depth",
    "너비": "폭", "지름": "직경",
}  # fmt: skip


def swapped(statement: str, quotes: Sequence[str], names: Names) -> str | None:
    """The words about which a sentence contradicts its quotations in order, owner, dimension or negation."""
    said = list(dissected([statement], names))
    shown = list(dissected(quotes, names))
    for sentence in said:
        for fault in (_order(sentence, shown), _owner(sentence, shown), _dimension(sentence, shown)):
            if fault:
                return fault
        if fault := _possession(sentence, shown) or denied_otherwise(sentence, shown):
            return fault
    return None


def _same(one: Named, other: Named) -> bool:
    if one.numeral and other.numeral:
        return one.numeral == other.numeral
    if one.stems == other.stems:
        return True
    mine = {one.numeral} if one.numeral else one.keys
    theirs = {other.numeral} if other.numeral else other.keys
    return bool(mine & theirs)


def _order(said: SentenceParts, shown: Sequence[SentenceParts]) -> str | None:
    if is_korean(said.text):
        return _korean_roles(said, shown)
    for one, other in _pairs(said.names, consecutive=True):
        gap = _gap(said, one, other)
        if not gap or any(each.startswith(symmetric) for each in gap for symmetric in _SYMMETRIC):
            continue
        agreed, contradicted = False, False
        for sentence in shown:
            for first, second in _pairs(sentence.names, consecutive=False):
                kept = _same(one, first) and _same(other, second)
                turned = _same(one, second) and _same(other, first)
                shared = gap & _gap(sentence, first, second)
                if kept is turned or not shared:
                    continue
                differ = {
                    _passive(said, one, other, word) is not _passive(sentence, first, second, word)
                    for word in (None, *shared)
                }
                agreed |= (not kept) in differ
                contradicted |= kept in differ
        if (contradicted and not agreed) or _does_anothers(said, one, other, gap, shown):
            return f"{one.text} … {other.text}"
    return None


def _does_anothers(
    said: SentenceParts, one: Named, other: Named, gap: set[str], shown: Sequence[SentenceParts]
) -> bool:
    """Whether a part does to another what every quotation says a third part does to it, which names the first too."""
    verbs = {word.stem for word in said.words if one.end <= word.start < other.start and word.content} & gap
    doers = [
        first
        for sentence in shown
        for first, second in _pairs(sentence.names, consecutive=False)
        if _same(second, other)
        and any(not _passive(sentence, first, second, verb) for verb in verbs & _gap(sentence, first, second))
    ]
    named = any(_same(one, each) for sentence in shown for each in sentence.names)
    active = not _passive(said, one, other)
    return active and named and bool(doers) and not any(_same(one, each) for each in doers)


def _pairs(names: Sequence[Named], *, consecutive: bool) -> Iterator[tuple[Named, Named]]:
    for index, one in enumerate(names):
        for other in names[index + 1 : index + 2 if consecutive else None]:
            if not _same(one, other):
                yield one, other


def _gap(sentence: SentenceParts, one: Named, other: Named) -> set[str]:
    return {
        word.stem
        for word in sentence.words
        if one.end <= word.start < other.start and (word.content or word.text.lower() in _PREPOSITIONS)
    }


_PREPOSITIONS: Final = frozenset(
    "to from into onto through within on in under over above below across toward inside".split()
)


def _passive(sentence: SentenceParts, one: Named, other: Named, word: str | None = None) -> bool:
    """Whether the first of two parts suffers something from the second: by a word between them, or by any."""
    text = sentence.text[one.end : other.start]
    if word is None:
        return bool(_PASSIVE.search(text) or _BY.search(text))
    places = [each.start - one.end for each in sentence.words if each.stem == word]
    return any(_PASSIVE.match(text, place) for place in places if 0 <= place < len(text)) or bool(_BY.search(text))


def _korean_roles(said: SentenceParts, shown: Sequence[SentenceParts]) -> str | None:
    mine = [(each, role) for each in said.names if (role := _role(said.text, each))]
    for one, its_role in mine:
        for other, other_role in mine:
            if one is other or its_role == other_role or _same(one, other):
                continue
            seen = {
                (_role(sentence.text, first), _role(sentence.text, second))
                for sentence in shown
                for first in sentence.names
                for second in sentence.names
                if _same(one, first) and _same(other, second)
            }
            if (other_role, its_role) in seen and (its_role, other_role) not in seen:
                return f"{one.text} … {other.text}"
    return None


def _role(text: str, name: Named) -> str | None:
    return next((role for role, pattern in _ROLES if pattern.match(text, name.end)), None)


def _owner(said: SentenceParts, shown: Sequence[SentenceParts]) -> str | None:
    """A word or number that the sentence gives to one part and every quotation to another one that both name."""
    quoted = [each for sentence in shown for each in sentence.names]
    for number in said.numbers:
        owner = _owner_at(said, number.start)
        if owner is None or number.loose or not any(_same(owner, each) for each in quoted):
            continue
        places = [(s, n.start, n.end) for s in shown for n in s.numbers if _equal(number, n)]
        if places and not any(_may_own(owner, *place) for place in places):
            return f"{owner.text} … {number.text}"
    return _owner_of_words(said, shown, quoted)


def _owner_of_words(said: SentenceParts, shown: Sequence[SentenceParts], quoted: Sequence[Named]) -> str | None:
    if len({each.stems for each in said.names}) != 1 or is_korean(said.text):
        return None
    owner = said.names[0]
    if not any(_same(owner, each) for each in quoted):
        return None
    faults, shared = 0, 0
    for word in said.words:
        if not word.content or word.start < owner.end:
            continue
        places = [(s, w.start, w.end) for s in shown for w in s.words if w.stem == word.stem]
        if places:
            shared += 1
            faults += not any(_may_own(owner, *place) for place in places)
    return owner.text if shared and faults == shared else None


def _owner_at(sentence: SentenceParts, place: int) -> Named | None:
    """The part before a place, or the subject where a second predicate of it begins between them."""
    before = _before(sentence.names, place)
    if before and _SECOND_PREDICATE.match(sentence.text[before.end : place]):
        return sentence.names[0]
    return before


def _may_own(owner: Named, sentence: SentenceParts, start: int, end: int) -> bool:
    """Whether a quotation can mean that this part has the word or number at a place.

    It may be the subject, which stands first; the part before the place, unless the place belongs to a second
    predicate of the subject (`A is fixed to B and is 3 mm thick`); or the part right behind it (`a 6 mm pin`).
    """
    before, behind = _before(sentence.names, start), _behind(sentence.names, end)
    if before is None:
        return True
    if _same(owner, sentence.names[0]):
        return True
    if _same(owner, before) and not _SECOND_PREDICATE.match(sentence.text[before.end : start]):
        return True
    return behind is not None and _same(owner, behind) and bool(_ADJACENT.fullmatch(sentence.text[end : behind.start]))


def _before(names: Sequence[Named], place: int) -> Named | None:
    return next((each for each in reversed(names) if each.end <= place), None)


def _behind(names: Sequence[Named], place: int) -> Named | None:
    return next((each for each in names if each.start >= place), None)


def _possession(said: SentenceParts, shown: Sequence[SentenceParts]) -> str | None:
    """A side or piece that the sentence says is of one part, and every quotation that it is of another of its parts."""
    theirs = [pair for sentence in shown for pair in _possessed(sentence)]
    for owner, word in _possessed(said):
        owners = [each for each, possessed in theirs if possessed == word]
        if owners and not any(_same(owner, each) for each in owners):
            beside = any(
                _same(owner, each) and word in {w.stem for w in sentence.words if 0 <= w.start - each.end <= 1}
                for sentence in shown
                for each in sentence.names
            )
            known = any(_same(owner, each) for sentence in shown for each in sentence.names)
            if known and not beside:
                return f"{owner.text} … {word}"
    return None


def _possessed(sentence: SentenceParts) -> Iterator[tuple[Named, str]]:
    """What parts have by the sentence: `the upper side of the housing 11`, `하우징(11)의 위쪽 면`."""
    for name in sentence.names:
        if _GENITIVE.match(sentence.text, name.end):
            behind = [word for word in sentence.words if word.start >= name.end]
            if behind:
                yield name, behind[0].stem
        if match := _OF.search(_near(sentence.text, name.start)):
            yield name, stem(match[1])


def _dimension(said: SentenceParts, shown: Sequence[SentenceParts]) -> str | None:
    """A number beside one dimension, where every quotation has another number beside that dimension."""
    for number in said.numbers:
        if number.kind is not NumberKind.AMOUNT or not number.unit:
            continue
        dimension = _dimension_of(said, number)
        if dimension is None:
            continue
        beside = [
            each
            for sentence in shown
            for each in sentence.numbers
            if each.unit == number.unit and _dimension_of(sentence, each) == dimension
        ]
        if beside and not any(_equal(number, each) for each in beside):
            return f"{dimension} … {number.text}"
    return None


def _dimension_of(sentence: SentenceParts, number: Quantity) -> str | None:
    """What a number measures: the adjective behind it (`8 mm thick`), or the noun before it (`a radius of 8 mm`)."""
    if match := _ADJECTIVE.match(sentence.text, number.end):
        return stem(_SAME_DIMENSION.get(match[1].lower(), match[1]))
    if match := _MEASURED.search(_near(sentence.text, number.start)):
        return stem(_SAME_DIMENSION.get(match[1].lower(), match[1]))
    earlier = max((other.end for other in sentence.numbers if other.end <= number.start), default=0)
    near = [word for word in sentence.words if earlier <= word.start < number.start and word.stem in _KOREAN_DIMENSIONS]
    return _SAME_DIMENSION.get(near[-1].stem, near[-1].stem) if near else None


def _near(text: str, end: int) -> str:
    """What stands right before a place: looking through all of it for each place takes quadratic time."""
    return text[max(0, end - _NEAR) : end]


def _equal(one: Quantity, other: Quantity) -> bool:
    if one.kind is not other.kind:
        return False
    return (
        one.text == other.text if one.kind is NumberKind.LABEL else (one.value, one.unit) == (other.value, other.unit)
    )
