"""Who does what to whom: whether a sentence keeps the relations of its quotation or swaps the parts.

No understanding is claimed. What is compared are the order of parts around a shared word (in Korean, their particles),
the part that stands before a shared word or number, the dimension that stands beside a number, and negation. A
relation that the quotation does not show in any order is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from patent2tech.analysis.dimensions import another_measure
from patent2tech.analysis.dissecting import SentenceParts, dissected
from patent2tech.analysis.naming import Named, Names
from patent2tech.analysis.negation import denied_otherwise
from patent2tech.analysis.quantities import equal
from patent2tech.analysis.wording import is_korean, stem

_PASSIVE: Final = re.compile(r"\w+(?:ed|en|wn|ld|nt)\b(?:\s+\w+){0,4}\s+(?:by|with)\b")
_BY: Final = re.compile(r"\b(?:is|are|was|were|be|been|being)\b(?:\s+\w+){0,3}\s+by\b")
_SYMMETRIC: Final = (
    "connect coupl attach join mesh engag contact adjac parallel perpendicul oppos between secur fasten link communic "
    "near besid togeth respect similar equal intersect touch both pair align combin bond weld"
).split()
_GENITIVE: Final = re.compile(r"[)）\]]?의\s")
_OF: Final = re.compile(r"\b([A-Za-z]{3,}) of (?:the |a |an |each |said )?$")
_SECOND_PREDICATE: Final = re.compile(
    r"\W*(?:and|but)(?:\s+(?:then|thus|thereby|also))?\s+(?:is|are|was|were|has|have|had|can|may|does|do|\w+s)\b"
)
_OTHER_CLAUSE: Final = re.compile(
    r"[,;]\s(?:and|but|which|that|so|when|if)\b|\b(?:until|when|if|before|after|while|than)\b"
)
_RELATIVE: Final = re.compile(r"\b(?:that|which)\s\w+\s(?:the |an? )?$")
"""Before a name: a relative clause, whose object is not what the main verb is about."""
_MADE_OF: Final = re.compile(
    r"\b(?:made|formed|composed|consisting|manufactured|fabricated) (?:of|from|out of) (?:an? )?([a-z-]{3,})"
)
_ADJACENT: Final = re.compile(
    r"[\s-]?[\w°%²³/]{0,14}(?:\s+(?:long|wide|thick|high|deep|diameter|the|a|an|by the|by))*\s*"
)
_NEAR: Final = 160
"""As many letters hold a noun and all words between it and what it is said of."""


def swapped(statement: str, quotes: Sequence[str], names: Names) -> str | None:
    """The words about which a sentence contradicts its quotations in order, owner, dimension or negation."""
    said = list(dissected([statement], names))
    shown = list(dissected(quotes, names))
    for sentence in said:
        for fault in (_order(sentence, shown), _owner(sentence, shown), another_measure(sentence, shown)):
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
        return None
    for one, other in _pairs(said.names, consecutive=True):
        gap = _gap(said, one, other)
        if _OTHER_CLAUSE.search(said.text[one.end : other.start]) or _RELATIVE.search(said.text[: one.start]):
            continue
        if not gap or any(each.startswith(symmetric) for each in gap for symmetric in _SYMMETRIC):
            continue
        agreed, contradicted = False, False
        for sentence in shown:
            for first, second in _pairs(sentence.names, consecutive=False):
                kept = _same(one, first) and _same(other, second)
                turned = _same(one, second) and _same(other, first)
                shared = gap & _gap(sentence, first, second)
                if kept is turned or not shared or ";" in sentence.text[first.end : second.start]:
                    continue
                between = (each for each in sentence.names if first.end <= each.start and each.end <= second.start)
                if any(_same(each, one) or _same(each, other) for each in between):
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
    between = (word for word in said.words if one.end <= word.start < other.start and word.content)
    verbs = {word.stem for word in between if word.text.endswith(_VERBAL)} & gap
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


_VERBAL: Final = ("s", "ed", "ing")
"""How words end that may be verbs."""


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


def _owner(said: SentenceParts, shown: Sequence[SentenceParts]) -> str | None:
    """A word or number that the sentence gives to one part and every quotation to another one that both name."""
    quoted = [each for sentence in shown for each in sentence.names]
    return (
        _owner_of_number(said, shown, quoted)
        or _owner_of_material(said, shown, quoted)
        or _owner_of_words(said, shown, quoted)
    )


def anothers_number(statement: str, quotes: Sequence[str], names: Names) -> str | None:
    """A number that a sentence gives to one part and its quotations, in whatever language, to another one."""
    shown = list(dissected(quotes, names))
    quoted = [each for sentence in shown for each in sentence.names]
    found = (_owner_of_number(sentence, shown, quoted) for sentence in dissected([statement], names))
    return next(filter(None, found), None)


def _owner_of_number(said: SentenceParts, shown: Sequence[SentenceParts], quoted: Sequence[Named]) -> str | None:
    for number in said.numbers:
        owner = _owner_at(said, number.start)
        if owner is None or number.loose or not any(_same(owner, each) for each in quoted):
            continue
        places = [(s, n.start, n.end) for s in shown for n in s.numbers if equal(number, n)]
        if places and not any(_may_own(owner, *place) for place in places):
            return f"{owner.text} … {number.text}"
    return None


def _owner_of_material(said: SentenceParts, shown: Sequence[SentenceParts], quoted: Sequence[Named]) -> str | None:
    """A material that the sentence gives to one part and every quotation that has it to another."""
    for match in _MADE_OF.finditer(said.text):
        owner = _owner_at(said, match.start())
        if owner is None or not any(_same(owner, each) for each in quoted):
            continue
        places = [(s, w.start, w.end) for s in shown for w in s.words if w.stem == stem(match[1])]
        if places and not any(_may_own(owner, *place) for place in places):
            return f"{owner.text} … {match[1]}"
    return None


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


def _near(text: str, end: int) -> str:
    """What stands right before a place: looking through all of it for each place takes quadratic time."""
    return text[max(0, end - _NEAR) : end]
