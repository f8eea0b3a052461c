"""The client: asks a model over pydantic-ai, within money and time, and never pays for the same answer twice."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from patent2tech.errors import ContextTooLong, P2TError
from patent2tech.llm.answers import Answers, key_of
from patent2tech.llm.counting import at_least, at_most, estimate
from patent2tech.llm.embedding import Embedding
from patent2tech.llm.failures import AnswerUnusable, in_our_words
from patent2tech.llm.ledger import Ledger, Result
from patent2tech.llm.loop import Loop
from patent2tech.llm.metering import Errand, Meter, Terms
from patent2tech.llm.partial import partial_value
from patent2tech.llm.prices import Price
from patent2tech.llm.protocol import Answer, Ask, Budget, Embedded, Usage
from patent2tech.llm.providers import embedding_model_of
from patent2tech.llm.wire import correction, first_messages, parameters_of, prompt_text, text_of, unusable

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import Model, ModelRequestParameters
    from pydantic_ai.settings import ModelSettings

T = TypeVar("T", bound=BaseModel)

CORRECTIONS: Final = 1
"""Further asks when an answer does not fit the schema."""
_FRAME_TOKENS: Final = 100
"""What a server's template adds around a prompt, at most."""
_TEMPERATURE: Final = 0.0
"""Of a first attempt; a repeated one shall come out differently."""


@dataclass(frozen=True, slots=True)
class _Asking(Generic[T]):
    """One ask under way, until when it may take, and whether its parts are wanted."""

    ask: Ask[T]
    budget: Budget | None
    deadline: float
    streamed: bool

    @property
    def seconds_left(self) -> float:
        return max(self.deadline - time.monotonic(), 0.1)


class ModelClient:
    """A `LanguageModel` over any model of pydantic-ai; `last` is called when it is closed."""

    def __init__(
        self,
        model: Model[Any],
        terms: Terms,
        ledger: Ledger,
        answers: Answers,
        last: Callable[[], object] | None = None,
    ) -> None:
        self._model = model
        self._terms = terms
        self._answers = answers
        self._meter = Meter(model.model_name, terms, ledger)
        self._loop = Loop()
        self._last = last

    @property
    def name(self) -> str:
        """The model's id as the provider knows it."""
        return self._model.model_name

    @property
    def server(self) -> str:
        """The host that is asked."""
        return self._terms.server

    @property
    def context_tokens(self) -> int:
        """How many tokens of prompt and answer it takes together."""
        return self._terms.context_tokens

    @property
    def price(self) -> Price | None:
        """What it costs, if that is known."""
        return self._terms.price

    def count_tokens(self, text: str) -> int:
        """About how many tokens a text is for this model, always the same for the same text."""
        return estimate(text)

    def answer(self, ask: Ask[T], budget: Budget | None = None) -> Answer[T]:
        """The validated answer, which is kept; the same ask costs nothing from then on.

        Raises:
            ModelUnavailable: when no usable answer came in time.
            ModelRefused: when the server does not take the request.
            ContextTooLong: when the prompt is too long for the model, or was silently cut by its server.
            OverBudget: when the call could cost more than is left.
        """
        return next(each for each in self._asked(ask, budget, streamed=False) if isinstance(each, Answer))

    def stream(self, ask: Ask[T], budget: Budget | None = None) -> Iterator[T | Answer[T]]:
        """Ever longer valid parts of the answer, and at last the whole; raises what `answer` raises."""
        return self._asked(ask, budget, streamed=True)

    def embed(
        self, texts: Sequence[str], purpose: str, budget: Budget | None = None, job: str | None = None
    ) -> Embedded:
        """The vectors of some texts, which are kept; raises what `answer` raises.

        Raises:
            NotConfigured: when the provider of this model makes none.
        """
        return self._embedding.embed(texts, purpose, budget, job)

    @cached_property
    def _embedding(self) -> Embedding:
        return Embedding(embedding_model_of(self._model), self._terms, self._meter, self._answers, self._loop)

    def close(self) -> None:
        """Give the connections back; an ask that is under way ends as unanswered."""
        self._loop.close(self._last)

    def _asked(self, ask: Ask[T], budget: Budget | None, *, streamed: bool) -> Iterator[T | Answer[T]]:
        key = key_of(ask, self.name, self._terms.server)
        with self._answers.one_at_a_time(key):
            if (kept := self._kept(key, ask)) is not None:
                yield kept
                return
            self._check_length(ask)
            asking = _Asking(ask, budget, time.monotonic() + self._terms.seconds, streamed)
            try:
                output, usage = yield from self._corrected(asking)
            except P2TError:
                raise
            except Exception as error:
                raise in_our_words(error, self.name, self._terms.server, self._terms.seconds) from error
            self._answers.keep(key, ask.purpose, self.name, output)
        yield Answer(output, self.name, usage)

    def _kept(self, key: str, ask: Ask[T]) -> Answer[T] | None:
        values = self._answers.get(key)
        if values is None:
            return None
        try:
            return Answer(ask.output.model_validate(values), self.name, Usage(cached=True))
        except ValidationError:
            return None

    def _check_length(self, ask: Ask[T]) -> None:
        needed = at_least(ask.instructions + " " + ask.prompt) + ask.max_output_tokens
        if needed > self._terms.context_tokens:
            raise ContextTooLong(
                f"the model {self.name} takes {self._terms.context_tokens} tokens and this needs at least {needed}: "
                "choose a model with a longer context, or correct P2T_CONTEXT_TOKENS"
            )

    def _corrected(self, asking: _Asking[T]) -> Generator[T, None, tuple[T, Usage]]:
        """Ask until an answer fits the schema, and give it with what all tries used."""
        messages = first_messages(asking.ask)
        used = Usage()
        for tried in range(CORRECTIONS + 1):
            response, usage = yield from self._meter.retried(
                asking.deadline, partial(self._once, asking, list(messages))
            )
            used += usage
            text = text_of(response)
            try:
                return asking.ask.output.model_validate_json(text), used
            except ValidationError as error:
                if tried == CORRECTIONS or response.finish_reason == "length":
                    raise unusable(response, error) from error
                messages = [*messages, response, correction(error)]
        raise AssertionError

    def _once(
        self, asking: _Asking[T], messages: list[ModelMessage], number: int
    ) -> Generator[T, None, tuple[ModelResponse, Usage]]:
        ask, prompt = asking.ask, prompt_text(messages)
        highest = self._highest(prompt + str(ask.output.model_json_schema()), ask.max_output_tokens)
        errand = Errand(ask.purpose, ask.prompt_version, prompt, highest, ask.job, asking.budget)
        return self._meter.metered(
            errand,
            number,
            self._sent(asking, messages),
            lambda response: self._result(response, prompt),
            lambda response: self._check_cut(response, prompt),
        )

    def _sent(self, asking: _Asking[T], messages: list[ModelMessage]) -> Generator[T, None, ModelResponse]:
        """Send one request and wait for its answer, giving its parts meanwhile if they are wanted."""
        from pydantic_ai.direct import model_request

        left = asking.seconds_left
        settings = _settings(asking.ask, left)
        enforced = bool(self._model.profile.get("supports_json_schema_output", False))
        parameters = parameters_of(asking.ask.output, enforced=enforced)
        if not asking.streamed:
            request = model_request(self._model, messages, model_settings=settings, model_request_parameters=parameters)
            return self._loop.run(request, left)
        response: ModelResponse | None = None
        shown = None
        with closing(self._loop.iterate(self._events(messages, settings, parameters), left)) as events:
            for event in events:
                if not isinstance(event, str):
                    response = event
                elif (value := partial_value(asking.ask.output, event)) is not None and value != shown:
                    shown = value
                    yield value
        if response is None:
            raise AnswerUnusable("the stream ended without an answer")
        return response

    async def _events(
        self, messages: list[ModelMessage], settings: ModelSettings, parameters: ModelRequestParameters
    ) -> AsyncIterator[str | ModelResponse]:
        """The text so far, again and again, and at last the response."""
        from pydantic_ai.direct import model_request_stream

        async with model_request_stream(
            self._model, messages, model_settings=settings, model_request_parameters=parameters
        ) as stream:
            async for _ in stream:
                if text := text_of(stream.get()):
                    yield text
            response = stream.get()
        if response.finish_reason is None:
            raise AnswerUnusable("the stream broke off")
        yield response

    def _highest(self, prompt: str, output_tokens: int) -> Decimal | None:
        price = self._terms.price
        return None if price is None else price.of(at_most(prompt) + _FRAME_TOKENS, output_tokens)

    def _result(self, response: ModelResponse, prompt: str) -> Result:
        """What a response used; a server that does not say is taken to have used what we counted."""
        text = text_of(response)
        taken = response.usage.input_tokens or estimate(prompt)
        given = response.usage.output_tokens or estimate(text)
        spent = self._terms.price.of(taken, given) if self._terms.price else None
        return Result("done", taken, given, spent)

    def _check_cut(self, response: ModelResponse, prompt: str) -> None:
        read, least = response.usage.input_tokens, at_least(prompt)
        if 0 < read < least:
            raise ContextTooLong(
                f"the server {self._terms.server} read only {read} of at least {least} tokens and said nothing: it "
                "cuts prompts; raise its context (for Ollama: num_ctx), or set P2T_CONTEXT_TOKENS to what it takes"
            )


def _settings(ask: Ask[Any], seconds: float) -> ModelSettings:
    from pydantic_ai.settings import ModelSettings

    settings = ModelSettings(max_tokens=ask.max_output_tokens, timeout=seconds)
    if ask.attempt == 0:
        settings["temperature"] = _TEMPERATURE
    return settings
