"""What code must do, claim element by claim element: the specification that everything else here is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from patent2tech.text import Note


class Kind(StrEnum):
    """What a claim element asks for: something to do, something to have, or something that must hold."""

    STEP = "step"
    COMPONENT = "component"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of the patent, verbatim, with the place where it stands."""

    locator: str
    quote: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the patent discloses: its name, one value or a range (`high`), its unit if it has one."""

    name: str
    low: float
    high: float | None
    unit: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Requirement:
    """One element of one claim; `element` counts from 1, and is 0 for a claim that could not be divided.

    `introduces` and `uses` are the things that the element names for the first time (`a spring`) and takes up again
    (`the spring`). `evidence` are the sentences of the description that explain it best.
    """

    id: str
    claim: int
    element: int
    kind: Kind
    text: str
    introduces: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimedThing:
    """One claim: a process is made of steps, anything else of components; `parent` is the first claim it builds on."""

    number: int
    parent: int | None
    process: bool
    preamble: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the patent leaves open; the note's `what`, where it has one, is the claim's own word."""

    requirement: str
    note: Note


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that the code takes for granted and the patent does not say; `requirement` is empty where all do."""

    id: str
    note: Note
    requirement: str = ""


@dataclass(frozen=True, slots=True)
class Specification:
    """All live claims of one patent as requirements, with what is disclosed, what is not, and what is assumed."""

    number: str
    title: str
    language: str
    claims: tuple[ClaimedThing, ...]
    not_disclosed: tuple[Gap, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """Every requirement in the order of the claims."""
        return tuple(requirement for claim in self.claims for requirement in claim.requirements)

    @property
    def digest(self) -> str:
        """Changes when anything in the specification does."""
        return hashlib.sha256(_SPECIFICATION.dump_json(self)).hexdigest()

    def claim(self, number: int) -> ClaimedThing | None:
        """The claim with this number, if it is live."""
        return next((claim for claim in self.claims if claim.number == number), None)

    def families(self) -> Iterator[tuple[ClaimedThing, ...]]:
        """Each independent claim with the claims that build on it, directly or through others."""
        roots: dict[int, int] = {}
        for claim in self.claims:
            roots[claim.number] = roots.get(claim.parent or 0, claim.number)
        for root in dict.fromkeys(roots.values()):
            yield tuple(claim for claim in self.claims if roots[claim.number] == root)

    def only(self, numbers: frozenset[int]) -> Specification:
        """The same with these claims alone, for code that shall implement no more."""
        claims = tuple(claim for claim in self.claims if claim.number in numbers)
        kept = {requirement.id for claim in claims for requirement in claim.requirements}
        gaps = tuple(gap for gap in self.not_disclosed if gap.requirement in kept)
        return Specification(self.number, self.title, self.language, claims, gaps, self.assumptions)


_SPECIFICATION = TypeAdapter(Specification)
