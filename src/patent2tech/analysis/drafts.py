"""What a model is asked to return, and how that becomes statements: everything in it is untrusted text."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from patent2tech.analysis.harmless import harmless, was_harmful
from patent2tech.analysis.model import Evidence, Kind, Statement
from patent2tech.analysis.normalising import visible

DraftTopic = Literal["concepts", "feasibility", "fields", "commercial", "summary", "answer"]


class _Draft(BaseModel):
    model_config = ConfigDict(extra="ignore")


class EvidenceDraft(_Draft):
    """A quotation, word for word, and the locator that stands before its passage."""

    locator: str
    quote: str


class StatementDraft(_Draft):
    """One sentence with its proof."""

    topic: DraftTopic
    kind: Kind
    text: str
    evidence: list[EvidenceDraft]
    sought: list[str]

    def statement(self) -> Statement:
        """The statement, not yet examined."""
        return Statement(
            text=harmless(self.text),
            kind=self.kind,
            evidence=tuple(Evidence(visible(each.locator)[:40], visible(each.quote)) for each in self.evidence),
            sought=tuple(harmless(each) for each in self.sought),
        )

    @property
    def foreign(self) -> bool:
        """Whether something had to be taken out of its text."""
        return was_harmful(self.text)


class Drafts(_Draft):
    """Statements about the passages."""

    statements: list[StatementDraft]


class CorrectedDraft(StatementDraft):
    """A statement that was refused, mended; `number` is the one that it was listed under."""

    number: int


class Corrections(_Draft):
    """The refused statements that could be mended."""

    statements: list[CorrectedDraft]


class ChosenDraft(_Draft):
    """One sentence made of noted ones: it rests on the quotations of those whose numbers it names."""

    topic: DraftTopic
    kind: Kind
    text: str
    notes: list[int]
    sought: list[str]


class Choice(_Draft):
    """The statements of the whole analysis, chosen from the notes."""

    statements: list[ChosenDraft]


class RowDraft(_Draft):
    """What a text shows of one element of a claim."""

    element: int
    verdict: Literal["found", "partly", "not_found"]
    comment: str
    evidence: list[EvidenceDraft]


class Rows(_Draft):
    """What a text shows of each element."""

    rows: list[RowDraft]


class DifferenceDraft(_Draft):
    """One respect in which two patents agree or differ."""

    standing: Literal["shared", "only_first", "only_second", "different"]
    text: str
    first: list[EvidenceDraft]
    second: list[EvidenceDraft]


class Differences(_Draft):
    """How two patents relate."""

    differences: list[DifferenceDraft]
