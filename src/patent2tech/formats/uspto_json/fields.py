"""JSON of strangers: parsed within limits, its members read as the texts, dates and counts that they should be."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final, TypeGuard

from patent2tech.errors import Malformed, TooLarge
from patent2tech.formats.format import decoded
from patent2tech.formats.plain.cleaning import clean_text, one_line
from patent2tech.patents import PartialDate

Json = Mapping[str, Any]

_COUNT: Final = re.compile(r"^\d{1,6}$", re.ASCII)
_TIME_OF_DAY: Final = re.compile(r"[T ].*$")
_NOTHING: Final = frozenset({"", "N/A", "[]", "null", "None"})
_SYMBOL: Final = re.compile(r"^([A-HY]\d{2}[A-Z])\s*(\d{1,4})\s*/\s*(\d{2,6})", re.ASCII)


def load_json(content: bytes) -> Any:
    """The value that the bytes hold.

    Raises:
        Malformed: when they are no JSON, or nested absurdly deep.
    """
    try:
        return json.loads(decoded(content))
    except json.JSONDecodeError as error:
        raise Malformed(f"the JSON is broken at line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (ValueError, RecursionError):
        raise Malformed("the JSON holds an absurd number or is nested too deeply") from None


def cut_out(found: Json) -> bytes | TooLarge:
    """One object of a larger answer as a document of its own."""
    try:
        return json.dumps(found).encode()
    except RecursionError:
        return TooLarge("a document in the JSON is nested too deeply to be read")


def is_object(value: object) -> TypeGuard[Json]:
    """Whether the value is a JSON object."""
    return isinstance(value, dict)


def objects(value: object) -> tuple[Json, ...]:
    """The objects of a list, or the one object."""
    found = value if isinstance(value, list) else [value]
    return tuple(each for each in found if is_object(each))


def texts(source: Json, *names: str) -> tuple[str, ...]:
    """The texts of the first of the members that holds any, in their places; what says nothing is empty."""
    for name in names:
        value = source.get(name)
        found = tuple(_text(each) for each in (value if isinstance(value, list) else [value]))
        if any(found):
            return found
    return ()


def text(source: Json, *names: str) -> str:
    """The first text of these members on one line, empty when there is none."""
    return next((each for each in texts(source, *names) if each), "")


def raw_text(source: Json, name: str) -> str:
    """A member's text with its lines, the parts of a list one below the other."""
    value = source.get(name)
    parts = value if isinstance(value, list) else [value]
    return clean_text("\n".join(each for each in parts if isinstance(each, str) and each not in _NOTHING))


def date(stated: str) -> PartialDate | None:
    """The day of an ISO timestamp or of the compact form; `None` when it is no date."""
    return PartialDate.parse(_TIME_OF_DAY.sub("", stated))


def count(source: Json, name: str) -> int | None:
    """A member as a small count."""
    stated = text(source, name)
    return int(stated) if _COUNT.match(stated) else None


def symbols(stated: tuple[str, ...]) -> tuple[str, ...]:
    """Classification symbols without their padding, each once: `H01M   4/13` is `H01M4/13`."""
    found = (_SYMBOL.match(each.strip()) for each in stated)
    return tuple(dict.fromkeys(f"{match[1]}{match[2]}/{match[3]}" for match in found if match))


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    found = one_line(clean_text(str(value)))
    return "" if found in _NOTHING else found
