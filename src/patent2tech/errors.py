"""The errors that a user can meet, as one small tree.

P2TError                    500 / exit 1   something of ours failed
├── BadInput                422 / exit 3   what was given cannot be read
│   ├── NotAPatent                         no patent document of a known format
│   ├── Malformed                          the right format, but broken
│   ├── BadQuery                           a search query that says what cannot be, with the place
│   ├── Unsafe                             refused before it is opened: bombs, traversal, entities
│   └── TooLarge            413            over a stated limit
├── NotFound                404 / exit 3   the library holds no such patent
├── NotConfigured           409 / exit 4   names the setting and what works without it
└── OutsideFailure          503 / exit 1   a database, an office or a model did not answer

Every error says in one sentence what is wrong and what to do; `code` is stable for programs.
"""

from __future__ import annotations

from typing import ClassVar


class P2TError(Exception):
    """Base of all errors that carry a message for the user."""

    code: ClassVar[str] = "failed"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1


class BadInput(P2TError):
    """What was given cannot be read."""

    code = "bad_input"
    status = 422
    exit_code = 3


class NotAPatent(BadInput):
    """The content is no patent document of a format that is known here."""

    code = "not_a_patent"


class Malformed(BadInput):
    """The content is of a known format but broken."""

    code = "malformed"


class BadQuery(BadInput):
    """A search query says something that cannot be; the message gives the place."""

    code = "bad_query"


class Unsafe(BadInput):
    """The content was refused before it was opened, because opening it could do harm."""

    code = "unsafe_input"


class TooLarge(BadInput):
    """The content is over a stated limit."""

    code = "too_large"
    status = 413


class NotFound(P2TError):
    """The library holds no such thing."""

    code = "not_found"
    status = 404
    exit_code = 3


class NotConfigured(P2TError):
    """A setting is missing; the message names it, where to get it and what works without it."""

    code = "not_configured"
    status = 409
    exit_code = 4


class OtherModel(NotConfigured):
    """The search index was made by another embedding model than the one that is set."""

    code = "other_model"


class OutsideFailure(P2TError):
    """A database, an office or a model did not answer."""

    code = "outside_failure"
    status = 503


class OverBudget(P2TError):
    """The next call could cost more than is left of the limit."""

    code = "over_budget"
    status = 429


class ModelUnavailable(OutsideFailure):
    """A model did not answer in time, or not what was asked for."""

    code = "model_unavailable"


class ModelRefused(OutsideFailure):
    """A model's server refused the request."""

    code = "model_refused"


class ContextTooLong(OutsideFailure):
    """A request is longer than the model takes."""

    code = "context_too_long"


class SandboxUnavailable(OutsideFailure):
    """No sandbox passed its self-test, so nothing is run."""

    code = "sandbox_unavailable"


class CompilerMissing(SandboxUnavailable):
    """The sandbox works, but has no compiler for the language, so nothing is run."""

    code = "compiler_missing"
