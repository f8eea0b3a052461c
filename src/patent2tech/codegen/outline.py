"""A scaffold before it is in any language: modules, steps, components, conditions, their names and connections."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from patent2tech.codegen.specification import ClaimedThing, Kind, Requirement, Specification

_LONGEST_NAME_WORDS: Final = 5
_LONGEST_WORD: Final = 24
_NAME_WORD: Final = re.compile(r"[a-z][a-z0-9]*|[0-9]+")
_LEFT_OUT: Final = frozenset(
    "a an the said of by to for in on at with from and or one more least each that which is are being plurality "
    "wherein whereby where when further then step steps comprising having including respective".split()
)
_ASIDE: Final = re.compile(r",[^,]*,|\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Connection:
    """One component takes up a thing that another one introduces."""

    thing: str
    other: str


@dataclass(frozen=True, slots=True)
class Member:
    """One requirement with its name as lower-case words, unique in its module, and what it is connected to."""

    requirement: Requirement
    words: tuple[str, ...]
    connections: tuple[Connection, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """One independent claim with all claims that build on it; `things` are the names that its steps hand on."""

    claim: ClaimedThing
    parents: Mapping[int, int | None]
    steps: tuple[Member, ...]
    components: tuple[Member, ...]
    conditions: tuple[Member, ...]
    things: tuple[tuple[tuple[str, ...], str], ...]

    @property
    def number(self) -> int:
        """The number of the independent claim, which names the module."""
        return self.claim.number

    @property
    def process(self) -> bool:
        """Whether the module is a pipeline and not an assembly."""
        return self.claim.process

    @property
    def members(self) -> tuple[Member, ...]:
        """Everything in it, in the order of the requirements."""
        return tuple(
            sorted((*self.steps, *self.components, *self.conditions), key=lambda each: int(each.requirement.id[1:]))
        )


@dataclass(frozen=True, slots=True)
class Outline:
    """The modules of one patent's scaffold; `package` is a name that is safe in every language."""

    package: str
    specification: Specification
    modules: tuple[Module, ...]

    @property
    def members(self) -> Iterator[tuple[Module, Member]]:
        """Every member with its module."""
        return ((module, member) for module in self.modules for member in module.members)


def outline_of(specification: Specification) -> Outline:
    """Lay the requirements of a specification out as modules."""
    package = "".join(letter for letter in specification.number.lower() if letter.isascii() and letter.isalnum())
    modules = tuple(_module(family) for family in specification.families())
    return Outline(package if package[:1].isalpha() else f"p{package}", specification, modules)


def name_words(text: str) -> tuple[str, ...]:
    """Up to five ASCII words that name a text, empty where it has none."""
    plain = unicodedata.normalize("NFKD", text[:400]).encode("ascii", "ignore").decode().lower()
    words = [word[:_LONGEST_WORD] for word in _NAME_WORD.findall(_ASIDE.sub(" ", plain)) if word not in _LEFT_OUT]
    while words and words[0].isdigit():
        words.pop(0)
    return tuple(words[:_LONGEST_NAME_WORDS])


def _module(family: Sequence[ClaimedThing]) -> Module:
    root = family[0]
    requirements = [requirement for claim in family for requirement in claim.requirements]
    introducers = _introducers(requirements)
    taken: set[str] = set()
    members = [
        Member(requirement, _unique(_naming(requirement), requirement, taken), _connections(requirement, introducers))
        for requirement in requirements
    ]
    of_kind = {kind: tuple(each for each in members if each.requirement.kind is kind) for kind in Kind}
    return Module(
        claim=root,
        parents={claim.number: claim.parent for claim in family},
        steps=of_kind[Kind.STEP],
        components=of_kind[Kind.COMPONENT],
        conditions=of_kind[Kind.CONDITION],
        things=tuple(_things(introducers)) if root.process else (),
    )


def _naming(requirement: Requirement) -> tuple[str, ...]:
    if requirement.kind is Kind.COMPONENT and requirement.introduces:
        return name_words(requirement.introduces[0])
    words = name_words(requirement.text)
    return words if len(words) > 1 else (requirement.kind.value, *words)


def _unique(words: tuple[str, ...], requirement: Requirement, taken: set[str]) -> tuple[str, ...]:
    own = requirement.id.lower()
    words = words or (requirement.kind.value,)
    # Joined without spaces, so that names stay distinct in every way of writing them.
    if "".join(words) in taken or words == (requirement.kind.value,):
        words = (*words, own)
    taken.add("".join(words))
    return words


def _introducers(requirements: Iterable[Requirement]) -> dict[str, str]:
    """Each thing with the requirement that names it first."""
    found: dict[str, str] = {}
    for requirement in requirements:
        for thing in requirement.introduces:
            found.setdefault(thing, requirement.id)
    return found


def _connections(requirement: Requirement, introducers: Mapping[str, str]) -> tuple[Connection, ...]:
    found: dict[str, str] = {}
    for phrase in requirement.uses:
        thing = _resolve(phrase, introducers)
        if thing and introducers[thing] != requirement.id:
            found.setdefault(thing, introducers[thing])
    return tuple(Connection(thing, other) for thing, other in found.items())


def _resolve(phrase: str, things: Mapping[str, str]) -> str | None:
    """The thing that a phrase takes up: the same, the phrase's beginning, or the last words of a longer name."""
    if phrase in things:
        return phrase
    words = phrase.split()
    for length in range(len(words), 0, -1):
        start = " ".join(words[:length])
        if found := next((thing for thing in (start, start.rstrip("s"), f"{start}s") if thing in things), None):
            return found
    return next((thing for thing in things if thing.endswith(f" {phrase}")), None)


def _things(introducers: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], str]]:
    taken: set[str] = set()
    for position, thing in enumerate(introducers, 1):
        words = name_words(thing) or ("thing", str(position))
        if "".join(words) in taken:
            continue
        taken.add("".join(words))
        yield words, thing
