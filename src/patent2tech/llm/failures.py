"""What a provider's failures mean for us: which are worth another try, and as which of our errors they end."""

from __future__ import annotations

from typing import Final

from patent2tech.errors import ContextTooLong, ModelRefused, ModelUnavailable, P2TError

_SHOWN_CHARACTERS: Final = 200
_TOO_LONG: Final = ("exceed_context_size", "context_length", "context length", "context window", "context size")

_LATE: Final = "{where} did not answer within {s:.0f} s: try again, or give it longer with P2T_MODEL_TIMEOUT"
_REFUSED: Final = "{where} refused the request ({said}): see what it says, or choose another model"
_MEANINGS: Final[dict[str, tuple[type[P2TError], str]]] = {
    "ModelContextWindowExceededError": (
        ContextTooLong,
        "{where} takes shorter prompts only ({said}): set P2T_CONTEXT_TOKENS to what it takes",
    ),
    "ModelAuthenticationError": (
        ModelRefused,
        "{where} refused the key ({said}): correct OPENAI_API_KEY, ANTHROPIC_API_KEY or GOOGLE_API_KEY, or do without",
    ),
    "ModelNotFoundError": (
        ModelRefused,
        "{server} knows no model {model} ({said}): correct P2T_ANALYSIS_MODEL or OPENAI_BASE_URL",
    ),
    "ModelQuotaExceededError": (
        ModelRefused,
        "the account at {server} has nothing left to spend ({said}): top it up",
    ),
    "ModelRequestRejectedError": (ModelRefused, _REFUSED),
    "ContentFilterError": (ModelRefused, _REFUSED),
    "ModelRateLimitError": (
        ModelUnavailable,
        "{where} takes no more requests for now ({said}): try again later",
    ),
    "TimeoutError": (ModelUnavailable, _LATE),
    "ModelTimeoutError": (ModelUnavailable, _LATE),
    "ModelRequestTimeout": (ModelUnavailable, _LATE),
    "ModelConnectionError": (
        ModelUnavailable,
        "{where} did not answer ({said}): start it, or correct OPENAI_BASE_URL",
    ),
    "AnswerUnusable": (
        ModelUnavailable,
        "{where} sent nothing usable ({said}): try again, or choose another model",
    ),
}
"""By the class of the error, or the nearest of the classes that it is derived from."""


class AnswerUnusable(Exception):
    """The server answered, but with nothing that fits what was asked for."""


def worth_another_try(error: Exception) -> bool:
    """Whether the same request may succeed later: a server that is busy, broken or out of reach, never a refusal."""
    from pydantic_ai.exceptions import (
        ModelConnectionError,
        ModelRateLimitError,
        ModelServerError,
        ModelTimeoutError,
        ModelUnavailableError,
    )

    if isinstance(error, ModelTimeoutError):
        return False
    return isinstance(error, ModelRateLimitError | ModelUnavailableError | ModelServerError | ModelConnectionError)


def never_arrived(error: Exception) -> bool:
    """Whether the provider certainly did no work that it could charge for."""
    from pydantic_ai.exceptions import ModelConnectionError, ModelHTTPError

    if isinstance(error, ModelHTTPError):
        return not error.in_stream
    return isinstance(error, ModelConnectionError) and error.phase in {"pool", "connect"}


def retry_after(error: Exception) -> float | None:
    """Seconds that the provider asked us to wait, if it did."""
    return getattr(error, "retry_after", None)


def is_the_servers_fault(error: Exception) -> bool:
    """Whether the server failed, and not our request."""
    from pydantic_ai.exceptions import ModelRateLimitError, ModelRequestRejectedError

    return not isinstance(error, ModelRequestRejectedError | ModelRateLimitError | P2TError)


def in_our_words(error: Exception, model: str, server: str, seconds: float) -> P2TError:
    """The error of ours that this is."""
    if isinstance(error, P2TError):
        return error
    said = _said(error)
    kind, wording = _meaning(error)
    return kind(
        wording.format(where=f"the model {model} at {server}", model=model, server=server, said=said, s=seconds)
    )


def _meaning(error: Exception) -> tuple[type[P2TError], str]:
    from pydantic_ai import exceptions as theirs

    too_long = any(each in str(error).casefold() for each in _TOO_LONG)
    if isinstance(error, theirs.ModelRequestRejectedError) and too_long:
        return _MEANINGS["ModelContextWindowExceededError"]
    for kind in type(error).__mro__:
        if kind.__name__ in _MEANINGS:
            return _MEANINGS[kind.__name__]
    return ModelUnavailable, "{where} failed ({said}): try again later, or choose another model"


def _said(error: Exception) -> str:
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        body = body.get("message") or body.get("error") or body
    text = " ".join(str(body or getattr(error, "message", "") or error or type(error).__name__).split())
    shown = "".join(letter for letter in text if letter.isprintable())
    return shown[:_SHOWN_CHARACTERS] or type(error).__name__
