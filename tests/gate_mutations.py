"""True statements made false, in ways that a model gets wrong: each mutation is false by its construction."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from patent2tech.analysis import Evidence, Statement
from patent2tech.analysis.naming import Names
from patent2tech.analysis.quantities import NumberKind, quantities
from patent2tech.analysis.roots import meanings
from patent2tech.analysis.source import Source
from patent2tech.analysis.wording import is_korean, stem
from tests.gate_set import Case, a_gate

Mutation = Callable[[Statement, Source, random.Random], Iterator[Statement]]

_SPELLED = {"two": "three", "three": "four", "네 개": "세 개", "두 개": "다섯 개", "several": "eleven"}
_UNITS = {
    "mm": "cm",
    "cm": "mm",
    "hours": "minutes",
    "degrees": "percent",
    "kN": "MN",
    "microns": "inches",
    "Hz": "kHz",
}
_NEGATED = {
    " is ": " is not ", " are ": " are not ", " can ": " cannot ", " has ": " has no ", "이다.": "이 아니다.",
    "된다.": "되지 않는다.", "한다.": "하지 않는다.",
}  # fmt: skip
_NEGATIONS = re.compile(r"\b(?:not|no|cannot|without)\b|않|없")


def other_numeral(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    for named in Names(source.parts).mentions(statement.text):
        if named.numeral and named.numeral in source.parts:
            others = [numeral for numeral in source.parts if numeral != named.numeral]
            alike = {n for n in others if set(source.parts[n]) & set(source.parts[named.numeral])}
            numeral = chance.choice([each for each in others if each not in alike])
            head, tail = statement.text[: named.end], statement.text[named.end :]
            yield replace(statement, text=re.sub(rf"{named.numeral}(\)?)$", rf"{numeral}\1", head) + tail)


def other_number(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    taken = [(each.start, each.end) for each in Names(source.parts).mentions(statement.text) if each.numeral]
    for number in quantities(statement.text):
        plain = number.kind is NumberKind.AMOUNT and re.fullmatch(r"[\d,.]+", number.text)
        behind = statement.text[: number.start].endswith(("FIG. ", "claim ", "청구항 "))
        if plain and not behind and not any(start <= number.start < end for start, end in taken):
            digits = list(number.text)
            place = chance.choice([at for at, digit in enumerate(digits) if digit.isdigit()])
            digits[place] = str((int(digits[place]) + chance.randint(1, 8)) % 9 + 1)
            shown = {each.text for proof in statement.evidence for each in quantities(proof.quote)}
            if "".join(digits) not in {number.text, *shown}:
                yield replace(statement, text=_spliced(statement.text, number.start, number.end, "".join(digits)))


def other_count(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    for word, wrong in _SPELLED.items():
        if re.search(rf"(?<!\w){word}", statement.text):
            yield replace(statement, text=statement.text.replace(word, wrong, 1))


def other_unit(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    for unit, wrong in _UNITS.items():
        if re.search(rf"\d\s?{unit}(?![A-Za-z])", statement.text):
            yield replace(statement, text=re.sub(rf"(\d\s?){unit}(?![A-Za-z])", rf"\g<1>{wrong}", statement.text))


def moved_quote(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    proof = statement.evidence[0]
    others = [place for place in source.places if (text := source.at(place)) and not text.find(proof.quote)]
    yield replace(statement, evidence=(replace(proof, locator=chance.choice(others)), *statement.evidence[1:]))


def invented_place(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    place = chance.choice([f"[{chance.randint(5000, 9999)}]", f"claim {chance.randint(200, 400)}", "FIG. 99", "page 3"])
    yield replace(statement, evidence=(replace(statement.evidence[0], locator=place), *statement.evidence[1:]))


def altered_quote(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    proof = statement.evidence[0]
    words = proof.quote.split()
    if len(words) > 4:
        place = chance.randint(1, len(words) - 2)
        changed = [*words[:place], *words[place + 1 :]]
        if changed != words[:-1]:
            yield replace(statement, evidence=(Evidence(proof.locator, " ".join(changed)),))
        yield replace(statement, evidence=(Evidence(proof.locator, " ".join([*words[:2], "...", *words[-2:]])),))


def swapped_numerals(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    named = [each for each in Names(source.parts).mentions(statement.text) if each.numeral]
    for one, other in pairwise(named):
        if one.stems != other.stems and one.numeral != other.numeral:
            marked = re.sub(rf"(?<!\d){one.numeral}(?!\d)", "\0", statement.text, count=1)
            turned = re.sub(rf"(?<!\d){other.numeral}(?!\d)", str(one.numeral), marked, count=1)
            yield replace(statement, text=turned.replace("\0", str(other.numeral)))


def negated(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    if _NEGATIONS.search(statement.text) or is_korean(statement.text) is not source.korean:
        return
    for said, denied in _NEGATED.items():
        if said in statement.text and not any(_NEGATIONS.search(each.quote) for each in statement.evidence):
            yield replace(statement, text=statement.text.replace(said, denied, 1))
            return


def cut_quote(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    proof = statement.evidence[0]
    yield replace(statement, evidence=(Evidence(proof.locator, " ".join(proof.quote.split()[:2])),))


def padded(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    extra = (" 또한 50 m까지 방수된다.", " 지금 사는 것이 좋다.") if is_korean(statement.text) else (
        " It is also waterproof to 50 m.", " Investors will love that."
    )  # fmt: skip
    for each in extra[: 1 if is_korean(statement.text) is not source.korean else 2]:
        yield replace(statement, text=statement.text + each)


def opposite_word(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    """A word for its opposite, where neither stands in the quotations in that sense."""
    quoted = " ".join(proof.quote for proof in statement.evidence).lower()
    for one, other in _OPPOSITES:
        for said, turned in ((one, other), (other, one)):
            place = re.search(rf"(?<![\w-]){said}(?![\w-])", statement.text)
            if place and said in quoted and turned not in quoted:
                yield replace(statement, text=_spliced(statement.text, *place.span(), turned))


def turned_bound(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    for one, other in _BOUNDS:
        for said, turned in ((one, other), (other, one)):
            if said in statement.text:
                yield replace(statement, text=statement.text.replace(said, turned, 1))


def overstated(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    """`may` becomes `must`, and something is said to be always or only so."""
    quoted = " ".join(proof.quote for proof in statement.evidence)
    if is_korean(statement.text) or is_korean(quoted) or _ABSOLUTE.search(quoted) or _ABSOLUTE.search(statement.text):
        return
    for said, strong in (
        (" may ", " must "),
        (" can ", " must "),
        (" is ", " is always "),
        (" are ", " are only "),
        ("Some ", "All "),
    ):
        if said in statement.text:
            yield replace(statement, text=statement.text.replace(said, strong, 1))


def foreign_word(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    """A noun behind an article becomes another one of the patent, which no quotation has."""
    quoted = " ".join(proof.quote for proof in statement.evidence).lower()
    if is_korean(statement.text) or is_korean(quoted):
        return
    others = [
        word
        for word in _nouns(" ".join(source.places.values()))
        if word[:5] not in quoted
        and word not in _EVERYWHERE
        and not meanings(word)
        and stem(word) not in source.subject
    ]
    for noun in _nouns(statement.text):
        if others and noun in quoted:
            yield replace(statement, text=re.sub(rf"\b{noun}\b", chance.choice(others), statement.text, count=1))


def swapped_order(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    """`before` and `after`, `from ... to`, `than`: what stands on both sides changes places."""
    for one, other in ((" before ", " after "), (" after ", " before ")):
        if one in statement.text and one in " ".join(proof.quote for proof in statement.evidence):
            yield replace(statement, text=statement.text.replace(one, other, 1))
    if match := re.search(r"\bfrom (the [a-z ]+?\d*) to (the [a-z ]+?\d*)(?=[,.])", statement.text):
        yield replace(statement, text=_spliced(statement.text, *match.span(), f"from {match[2]} to {match[1]}"))


def swapped_nouns(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    """Subject and object of a verb that works one way change places, with their numerals."""
    match = _ONE_WAY.search(statement.text)
    if match and match[1].lower() != match[3].lower():
        one, other = match[1], match[3]
        first = other[0].upper() + other[1:] if one[0].isupper() else other
        second = one[0].lower() + one[1:] if one[0].isupper() else one
        yield replace(statement, text=_spliced(statement.text, *match.span(), f"{first} {match[2]} {second}"))


def swapped_particles(statement: Statement, source: Source, chance: random.Random) -> Iterator[Statement]:
    """In Korean, the object and the place of a verb change places."""
    if not (is_korean(statement.text) and source.korean):
        return
    match = re.search(r"([가-힣]{2,}\(\w+\))(을|를) ([가-힣]{2,}\(\w+\))(으로|로|에) ", statement.text)
    if match:
        yield replace(
            statement, text=_spliced(statement.text, *match.span(), f"{match[3]}{match[2]} {match[1]}{match[4]} ")
        )


_OPPOSITES = [
    tuple(pair.split("/"))
    for pair in (
        "upper/lower above/below increase/decrease increases/decreases increased/reduced longer/shorter "
        "larger/smaller greater/smaller higher/lower inside/outside inner/outer front/rear open/closed "
        "opens/closes vertical/horizontal parallel/perpendicular first/second left/right forward/backward "
        "thick/thin wide/narrow high/low hot/cold positive/negative maximum/minimum upstream/downstream "
        "proximal/distal inlet/outlet input/output transmit/receive transmits/receives insert/remove "
        "inserted/removed lock/unlock locked/unlocked fixed/movable rigid/flexible internal/external top/bottom "
        "inward/outward upward/downward clockwise/counterclockwise start/stop soluble/insoluble anode/cathode "
        "상부/하부 내부/외부 전방/후방 증가/감소 위쪽/아래쪽 개방/폐쇄 가열/냉각 최대/최소 "
        "좌측/우측 입구/출구 송신/수신 "
    ).split()
]
_BOUNDS = (
    ("at least", "at most"), ("more than", "less than"), ("or more", "or less"), ("이상", "이하"), ("초과", "미만"),
    ("greater than", "less than"), ("above", "below"), ("up to", "at least"),
)  # fmt: skip
_EVERYWHERE = frozenset(
    "invention embodiment embodiments example figure claim claims effect manner thing things".split()
)
_ABSOLUTE = re.compile(
    r"\b(?:all|every|each|always|only|must|shall|continuous\w*|require\w*|need\w*|necess\w*|never|no|not|both|any|"
    r"entire\w*)\b"
)
_ONE_WAY = re.compile(
    r"\b([Tt]he (?:[a-z-]+ ){0,2}[a-z-]+(?: \d+)?|[Aa]n? (?:[a-z-]+ ){0,2}[a-z-]+(?: \d+)?)"
    r" (drives|carries|surrounds|supports|contains|includes|controls|presses|pushes|holds|receives|emits|covers|"
    r"limits|moves|closes|opens|engages with|projects from|is driven by|is held by|is controlled by|is covered by|"
    r"is supported by) "
    r"(the (?:[a-z-]+ ){0,2}[a-z-]+(?: \d+)?|an? (?:[a-z-]+ ){0,2}[a-z-]+(?: \d+)?)"
)


def _nouns(text: str) -> list[str]:
    """Words behind an article and before something that can follow a noun."""
    found = re.findall(
        r"\b(?:the|a|an) ([a-z]{5,})(?= (?:\d|is|are|of|in|and|or|to|for|with|on|has|which|that)\b|[,.;])", text
    )
    return list(dict.fromkeys(found))


MUTATIONS: tuple[Mutation, ...] = (
    other_numeral, other_number, other_count, other_unit, moved_quote, invented_place, altered_quote, swapped_numerals,
    negated, cut_quote, padded, opposite_word, turned_bound, overstated, foreign_word, swapped_order, swapped_nouns,
    swapped_particles,
)  # fmt: skip


def mutated(cases: list[Case], seed: int) -> list[tuple[str, Case]]:
    """Every mutation of every true statement, with its name."""
    chance = random.Random(seed)
    found = []
    for case in cases:
        if case.true:
            source = a_gate(case.source).sources[0]
            for mutation in MUTATIONS:
                for statement in mutation(case.statement, source, chance):
                    made = Case(case.source, statement, true=False, fault=mutation.__name__)
                    found.append((mutation.__name__, made))
    return found


def _spliced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]
