"""What an unfinished JSON text already says: the longest valid value that it begins with."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

T = TypeVar("T", bound=BaseModel)
_CUTS: Final = 24
"""Elements that are taken off the end until the rest is valid; more would mean another shape, not an unfinished one."""


def partial_value(output: type[T], text: str) -> T | None:
    """The value of an answer that is still being written, without what is not valid yet; `None` before there is any."""
    try:
        value = from_json(text, allow_partial=True)
    except ValueError:
        return None
    for _ in range(_CUTS):
        try:
            return output.model_validate(value)
        except ValidationError:
            if not _cut_last(value):
                return None
    return None


def _cut_last(value: Any) -> bool:
    """Take the last leaf off, and tell whether there was one."""
    if isinstance(value, dict) and value:
        name = next(reversed(value))
        if not _cut_last(value[name]):
            del value[name]
        return True
    if isinstance(value, list) and value:
        if not _cut_last(value[-1]):
            value.pop()
        return True
    return False
