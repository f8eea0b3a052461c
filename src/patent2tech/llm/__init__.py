"""Language models: one protocol, whoever serves the model."""

from patent2tech.llm.budget import SpendingLimit
from patent2tech.llm.protocol import Answer, Ask, Budget, Embedded, LanguageModel, Usage

__all__ = ["Answer", "Ask", "Budget", "Embedded", "LanguageModel", "SpendingLimit", "Usage"]
