"""Asks in the words of pydantic-ai: messages, schema, and what a response says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ValidationError

from patent2tech.llm.failures import AnswerUnusable
from patent2tech.llm.protocol import Ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse
    from pydantic_ai.models import ModelRequestParameters

_FAULTS: Final = 5
"""Faults of an answer that are told to the model; the rest mostly follows from them."""


def first_messages(ask: Ask[Any]) -> list[ModelMessage]:
    """The conversation that an ask begins with: our instructions, and the prompt."""
    from pydantic_ai.messages import ModelRequest, UserPromptPart

    return [ModelRequest(parts=[UserPromptPart(ask.prompt)], instructions=ask.instructions)]


def correction(error: ValidationError) -> ModelRequest:
    """What is said about an answer that does not fit the schema."""
    from pydantic_ai.messages import ModelRequest, UserPromptPart

    faults = "; ".join(
        f"{'.'.join(map(str, each['loc'])) or 'the answer'}: {each['msg']}" for each in error.errors()[:_FAULTS]
    )
    return ModelRequest(parts=[UserPromptPart(f"This does not fit the schema ({faults}). Answer again, in JSON only.")])


def parameters_of(output: type[BaseModel], *, enforced: bool) -> ModelRequestParameters:
    """JSON schema mode, enforced by the server, or where it cannot written into the instructions; no tools, ever."""
    from pydantic_ai.models import ModelRequestParameters
    from pydantic_ai.output import OutputObjectDefinition

    schema = OutputObjectDefinition(
        json_schema=output.model_json_schema(), name=output.__name__, description=output.__doc__
    )
    mode: Literal["native", "prompted"] = "native" if enforced else "prompted"
    return ModelRequestParameters(output_mode=mode, output_object=schema, allow_text_output=True)


def text_of(response: ModelResponse) -> str:
    """What a response says, without thoughts and without the fence that some models put around JSON."""
    from pydantic_ai.messages import TextPart

    text = "".join(part.content for part in response.parts if isinstance(part, TextPart)).strip()
    if text.startswith("```"):
        text = text.partition("\n")[2].removesuffix("```").strip()
    return text


def prompt_text(messages: Sequence[ModelMessage]) -> str:
    """Everything that a conversation sends, to be counted."""
    from pydantic_ai.messages import ModelRequest, UserPromptPart

    texts: list[str] = []
    for message in messages:
        if not isinstance(message, ModelRequest):
            texts.append(text_of(message))
            continue
        texts.append(message.instructions or "")
        texts += [
            part.content for part in message.parts if isinstance(part, UserPromptPart) and isinstance(part.content, str)
        ]
    return "\n".join(texts)


def unusable(response: ModelResponse, error: ValidationError) -> AnswerUnusable:
    """Why an answer is given up."""
    if response.finish_reason == "length":
        return AnswerUnusable("its answer was cut off at the limit of its length")
    fault = error.errors()[0]
    return AnswerUnusable(f"an answer that does not fit the schema: {'.'.join(map(str, fault['loc']))} {fault['msg']}")
