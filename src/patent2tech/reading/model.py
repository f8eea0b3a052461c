"""What reading by rules finds in a patent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from patent2tech.patents import Claim, Figure, Locator, Part, Patent, Section
from patent2tech.text.notes import Note


class ClaimCategory(StrEnum):
    """What kind of thing a claim protects, by its preamble."""

    PRODUCT = "product"
    PROCESS = "process"
    COMPOSITION = "composition"
    MEDIUM = "medium"
    DESIGN = "design"
    PLANT = "plant"


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """One claim taken apart.

    `depends_on` are the claims whose features it takes over; `refers_to` those that it only mentions (a method of
    making the device of claim 1). `elements` are its limitations in order, without the preamble. A cancelled claim
    has neither.
    """

    claim: Claim
    depends_on: tuple[int, ...]
    refers_to: tuple[int, ...]
    category: ClaimCategory
    preamble: str
    transition: str
    elements: tuple[str, ...]
    cancelled: bool = False

    @property
    def number(self) -> int:
        """The number of the claim."""
        return self.claim.number

    @property
    def independent(self) -> bool:
        """Whether it stands alone."""
        return not self.depends_on and not self.cancelled


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """A multi-word term that the patent uses often, with its C-value and its number of occurrences."""

    text: str
    c_value: float
    count: int


class StatementKind(StrEnum):
    """What a sentence of the description is about."""

    PROBLEM = "problem"
    SOLUTION = "solution"
    ADVANTAGE = "advantage"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the description, quoted verbatim, that a cue phrase marks as problem, solution or advantage."""

    kind: StatementKind
    text: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class AntecedentHint:
    """A claim says `the X` where no `a X` was found before it; often a false alarm, so only a hint."""

    claim: int
    phrase: str


class Status(StrEnum):
    """An estimate from the document's own facts, never a legal verdict."""

    PENDING_OR_UNKNOWN = "pending_or_unknown"
    PROBABLY_IN_TERM = "probably_in_term"
    PROBABLY_EXPIRED = "probably_expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StatusEstimate:
    """The estimated status on a day, the computed end of term if there is one, and the reasons."""

    estimate: Status
    on: dt.date
    expires: dt.date | None
    basis: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that the rules found in one patent; `sections` gives each paragraph's section by its number."""

    patent: Patent
    claims: tuple[ReadClaim, ...]
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...]
    sections: dict[str, Section]
    terms: tuple[KeyTerm, ...]
    statements: tuple[Statement, ...]
    antecedents: tuple[AntecedentHint, ...]
    status: StatusEstimate
    warnings: tuple[Note, ...]
