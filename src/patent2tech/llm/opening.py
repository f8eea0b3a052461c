"""A model put together from what an operator set: name, keys, prices, limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast, get_args

from patent2tech.llm.answers import Answers
from patent2tech.llm.client import ModelClient
from patent2tech.llm.ledger import Ledger
from patent2tech.llm.metering import Terms
from patent2tech.llm.prices import Price, Prices
from patent2tech.llm.providers import Choice, Provider, client_of

if TYPE_CHECKING:
    from patent2tech.settings import Settings
    from patent2tech.store import Database

_DEFAULT_MODEL: Final = "gpt-4.1-mini"
"""Where a key of OpenAI is set and no model is named: cheap, reads a million tokens, keeps to a schema."""


def choose(settings: Settings, name: str | None) -> Choice | None:
    """The model that the settings name and can reach, or `None` when reading by rules is all there is.

    `anthropic:NAME` and `google:NAME` name models of those providers; everything else is a model of OpenAI, or of the
    server at OPENAI_BASE_URL.
    """
    provider, colon, rest = (name or "").partition(":")
    if colon and provider in get_args(Provider):
        name = rest
    else:
        provider = "openai"
    base_url = settings.openai_base_url if provider == "openai" else None
    secret = {
        "openai": settings.openai_api_key,
        "anthropic": settings.anthropic_api_key,
        "google": settings.google_api_key,
    }[provider]
    if secret is None and base_url is None:
        return None
    if not name:
        if base_url or secret is None:
            return None
        name = _DEFAULT_MODEL
    key = secret.get_secret_value() if secret else None
    return Choice(cast("Provider", provider), name, key, base_url, settings.context_tokens)


def open_model(settings: Settings, choice: Choice, database: Database, now: Callable[[], dt.datetime]) -> ModelClient:
    """The client of a chosen model, with its ledger and its kept answers in the database.

    Raises:
        NotConfigured: when the packages of its provider are not installed.
    """
    prices = Prices({model: Price(*each) for model, each in settings.model_prices.items()})
    terms = Terms(choice.server, choice.context, choice.price(prices), settings.model_timeout)
    model, connections = client_of(choice)
    ledger = ledger_of(settings, database, now)
    return ModelClient(model, terms, ledger, Answers(database), connections.aclose)


def open_embedding_model(
    settings: Settings, name: str, database: Database, now: Callable[[], dt.datetime]
) -> ModelClient:
    """The client of a model that makes vectors, of OpenAI or of the server at OPENAI_BASE_URL."""
    secret = settings.openai_api_key
    key = secret.get_secret_value() if secret else None
    return open_model(settings, Choice("openai", name, key, settings.openai_base_url), database, now)


def ledger_of(settings: Settings, database: Database, now: Callable[[], dt.datetime]) -> Ledger:
    """The ledger with the operator's limit."""
    limit = settings.budget_usd
    return Ledger(database, None if limit is None else Decimal(limit), now)
