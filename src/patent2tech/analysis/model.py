"""What an analysis says: statements with their proof, and how much of the patent stands behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from pydantic import ConfigDict

from patent2tech.errors import P2TError
from patent2tech.llm import Usage
from patent2tech.text.notes import Lang, Note

_NOTHING: Final = Usage()


class Kind(StrEnum):
    """How a statement relates to the patent: it says so, it follows from what it says, or it says nothing of it."""

    DISCLOSED = "disclosed"
    INFERRED = "inferred"
    NOT_DISCLOSED = "not_disclosed"


class Topic(StrEnum):
    """The sections of an analysis, in the order in which they are read."""

    CONCEPTS = "concepts"
    FEASIBILITY = "feasibility"
    FIELDS = "fields"
    COMMERCIAL = "commercial"


class Engine(StrEnum):
    """Who wrote the statements."""

    RULES = "rules"
    LLM = "llm"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quotation and the place where it stands, as `Locator` prints it; `source` names the text if there are two."""

    locator: str
    quote: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence about a patent with its proof.

    `verified` is the gate's verdict and nobody else's: every quotation stands where it is said to stand, and the
    numbers, numerals and names of the sentence are in them. For an inference it says so of its basis, not of the
    conclusion. `sought` are the words of which a `not_disclosed` sentence says that the patent lacks them; verified
    means that it does. `fault` is the reason when it is not verified. `role` is what a sentence is about (`problem`,
    `solution`, `advantage`, ...) where the engine knows it.
    """

    text: str
    kind: Kind = Kind.DISCLOSED
    evidence: tuple[Evidence, ...] = ()
    verified: bool = False
    sought: tuple[str, ...] = ()
    fault: Note | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the patent the engine read."""

    paragraphs_read: int
    paragraphs_total: int
    claims_read: int
    claims_total: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question; `answered` is false where the patent gives none."""

    question: str
    statements: tuple[Statement, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis of one patent. `not_available` names the sections that this engine cannot write, and `notes` why.

    `failure` is what ended it early; what had been verified until then is kept.
    """

    # An error is no value that JSON knows; whoever keeps an analysis leaves it out.
    __pydantic_config__ = ConfigDict(arbitrary_types_allowed=True)

    number: str
    engine: Engine
    lang: Lang
    coverage: Coverage
    sections: dict[Topic, tuple[Statement, ...]]
    summary: tuple[Statement, ...] = ()
    answer: Answer | None = None
    model: str | None = None
    prompt_version: str | None = None
    usage: Usage = _NOTHING
    not_available: tuple[Topic, ...] = ()
    notes: tuple[Note, ...] = ()
    failure: P2TError | None = None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order in which they are read."""
        answered = self.answer.statements if self.answer else ()
        return (*self.summary, *(each for topic in Topic for each in self.sections.get(topic, ())), *answered)


class ChartVerdict(StrEnum):
    """Whether a text shows an element of a claim: what was found in it, never what a court would say."""

    FOUND = "found"
    PARTLY = "partly"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One element of a claim against another text; `comment` says what the model made of it, to be edited."""

    element: str
    verdict: ChartVerdict
    evidence: tuple[Evidence, ...] = ()
    verified: bool = False
    comment: str = ""
    fault: Note | None = None


@dataclass(frozen=True, slots=True)
class ClaimChart:
    """A claim of one patent against another patent, a product description or any text."""

    number: str
    claim: int
    against: str
    engine: Engine
    lang: Lang
    rows: tuple[ChartRow, ...]
    model: str | None = None
    usage: Usage = _NOTHING
    notes: tuple[Note, ...] = ()


class Standing(StrEnum):
    """How two patents relate in one respect."""

    SHARED = "shared"
    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Difference:
    """One respect in which two patents are compared; its evidence names which of them it quotes."""

    standing: Standing
    statement: Statement


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two patents side by side; `coverage` is how much of the first and of the second was read."""

    first: str
    second: str
    engine: Engine
    lang: Lang
    differences: tuple[Difference, ...]
    coverage: tuple[Coverage, Coverage]
    model: str | None = None
    usage: Usage = _NOTHING
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what was answered, as far as it was verified."""

    question: str
    said: tuple[str, ...] = field(default=())
