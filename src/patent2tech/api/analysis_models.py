"""Wire models of analyses and questions: what is ordered, and the documents with the ids by which they are kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from patent2tech.analysis import AnalysisRead, ClaimChartRead, ComparisonRead
from patent2tech.analysis.answering import LONGEST_QUESTION
from patent2tech.text import Lang

_LONGEST_TEXT = 400_000


class _Order(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AnalysisOrder(_Order):
    """Which patent of the library to analyse, in which language, and perhaps a question to be answered beside it."""

    number: str
    lang: Lang = Lang.EN
    question: str | None = Field(None, max_length=LONGEST_QUESTION)


class QuestionOrder(_Order):
    """A question about a patent; `conversation` continues an earlier one."""

    number: str
    question: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    lang: Lang = Lang.EN
    conversation: uuid.UUID | None = None


class ChartOrder(_Order):
    """A claim to be compared with another patent of the library, or with a text."""

    number: str
    claim: int = Field(ge=1)
    against: str | None = Field(None, description="The number of the other patent.")
    text: str | None = Field(None, max_length=_LONGEST_TEXT, description="A product description, or any text.")
    lang: Lang = Lang.EN

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.against is None) == (self.text is None):
            raise ValueError("give either `against` or `text`")
        return self


class ComparisonOrder(_Order):
    """Two patents of the library."""

    first: str
    second: str
    lang: Lang = Lang.EN


class AnalysisMade(AnalysisRead):
    """An analysis with its id."""

    id: uuid.UUID

    @classmethod
    def kept_as(cls, id_: uuid.UUID, document: Mapping[str, Any]) -> Self:
        """The document as it was kept."""
        return cls.model_validate({"id": id_, **document})


class QuestionAnswered(AnalysisMade):
    """An answer with its id and that of its conversation; its sections are empty."""

    conversation: uuid.UUID


class ChartMade(ClaimChartRead):
    """A claim chart with its id."""

    id: uuid.UUID


class ComparisonMade(ComparisonRead):
    """A comparison with its id."""

    id: uuid.UUID
