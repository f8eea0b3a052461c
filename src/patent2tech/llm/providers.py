"""Providers: which server a model's name means, and the client for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from patent2tech.errors import NotConfigured
from patent2tech.llm.prices import Price, Prices, context_window

if TYPE_CHECKING:
    from httpx2 import AsyncClient
    from pydantic_ai.embeddings import EmbeddingModel
    from pydantic_ai.models import Model

Provider = Literal["openai", "anthropic", "google"]

_HOSTS: Final[dict[str, str]] = {
    "openai": "api.openai.com",
    "anthropic": "api.anthropic.com",
    "google": "generativelanguage.googleapis.com",
}
_UNKNOWN_CONTEXT: Final = 16_384
"""Tokens; what a server of one's own is taken to hold when nobody says more."""
_NEW_LIMIT_NAME: Final = ("o1", "o3", "o4", "gpt-5")
"""Models of OpenAI that refuse `max_tokens` and want `max_completion_tokens`, also behind a proxy of one's own."""
_CONNECT_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One model of one provider, and the key for it; `base_url` names another server that speaks the same."""

    provider: Provider
    model: str
    key: str | None = None
    base_url: str | None = None
    context_tokens: int | None = None

    @property
    def server(self) -> str:
        """The host that is asked, as it is shown and written down: never with a user's name or password."""
        if self.base_url is None:
            return _HOSTS[self.provider]
        parts = urlsplit(self.base_url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    @property
    def context(self) -> int:
        """How many tokens of prompt and answer it takes together."""
        known = self.context_tokens or context_window(self.model, self.provider, self.base_url)
        return known or _UNKNOWN_CONTEXT

    def price(self, prices: Prices) -> Price | None:
        """What it costs, if that is known."""
        return prices.price(self.model, self.provider, self.base_url)


def client_of(choice: Choice) -> tuple[Model[Any], AsyncClient]:
    """The client of the chosen model, and its connections; it sends nothing yet and repeats no request by itself.

    Raises:
        NotConfigured: when the packages of that provider are not installed.
    """
    make = {"openai": _openai, "anthropic": _anthropic, "google": _google}[choice.provider]
    connections = _connections()
    try:
        return make(choice, connections), connections
    except ImportError:
        raise NotConfigured(
            f"models of {choice.provider} need more packages: install patent2tech[{choice.provider}], or name a model "
            "of OpenAI or of an OpenAI-compatible server"
        ) from None


def _openai(choice: Choice, connections: AsyncClient) -> Model[Any]:
    from openai import AsyncOpenAI
    from openai.resources import AsyncEmbeddings
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.profiles.openai import OpenAIModelProfile
    from pydantic_ai.providers.openai import OpenAIProvider

    class InOrder(AsyncEmbeddings):
        """Vectors in the order of their texts, which servers may answer in any."""

        async def create(self, **asked: Any) -> Any:
            answer = await super().create(**asked)
            answer.data.sort(key=lambda each: each.index)
            return answer

    class Client(AsyncOpenAI):
        """The library's client, but for the order of vectors."""

        @cached_property
        def embeddings(self) -> AsyncEmbeddings:
            return InOrder(self)

    client = Client(
        # Servers of one's own often want none, but the library does.
        api_key=choice.key or "none",
        base_url=choice.base_url,
        max_retries=0,
        http_client=connections,
    )
    new_name = choice.base_url is None or choice.model.rpartition("/")[2].startswith(_NEW_LIMIT_NAME)
    return OpenAIChatModel(
        choice.model,
        provider=OpenAIProvider(openai_client=client),
        profile=OpenAIModelProfile(openai_chat_supports_max_completion_tokens=new_name),
    )


def embedding_model_of(model: Model[Any]) -> EmbeddingModel:
    """The model of the same name at the same server, to be asked for vectors.

    Raises:
        NotConfigured: when the provider makes none.
    """
    from pydantic_ai.embeddings.openai import OpenAIEmbeddingModel
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    if not isinstance(model, OpenAIChatModel):
        raise NotConfigured(
            f"{model.model_name} is no model that makes vectors: set P2T_EMBEDDING_MODEL to openai:MODEL, a model of "
            "OpenAI or of the server at OPENAI_BASE_URL, or leave it unset for the built-in one"
        )
    return OpenAIEmbeddingModel(model.model_name, provider=OpenAIProvider(openai_client=model.client))


def _anthropic(choice: Choice, connections: AsyncClient) -> Model[Any]:
    from anthropic import AsyncAnthropic
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    # An address of its own here means that the library looks for none in the environment.
    address = choice.base_url or f"https://{choice.server}"
    client = AsyncAnthropic(api_key=choice.key, base_url=address, max_retries=0, http_client=connections)
    return AnthropicModel(choice.model, provider=AnthropicProvider(anthropic_client=client))


def _google(choice: Choice, connections: AsyncClient) -> Model[Any]:
    from pydantic_ai.models.google import GoogleModel
    from pydantic_ai.providers.google import GoogleProvider

    address = choice.base_url or f"https://{choice.server}"
    provider = GoogleProvider(api_key=choice.key or "", base_url=address, http_client=connections)
    return GoogleModel(choice.model, provider=provider)


def _connections() -> AsyncClient:
    """Connections that follow no redirect: one could carry the key and the patent to a host that nobody named."""
    import httpx2

    timeout = httpx2.Timeout(None, connect=_CONNECT_SECONDS)
    return httpx2.AsyncClient(follow_redirects=False, timeout=timeout, trust_env=True)
