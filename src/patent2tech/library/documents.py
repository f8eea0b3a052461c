"""A patent as JSON and back, exactly, with what the database cannot hold refused at the door."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from patent2tech.errors import Malformed
from patent2tech.patents import Figure, Part, Patent

if TYPE_CHECKING:
    from patent2tech.library.values import Entry

_ESCAPED_NUL: Final = rb"\u0000"
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def patent(text: str) -> Patent:
    """The patent that `storable_json` wrote."""
    return _patents().validate_json(text)


def digest(source_sha256: str, document: bytes) -> str:
    """One hash over the source and what was read from it: a better reader replaces what an older one made of it."""
    return sha256(bytes.fromhex(source_sha256) + sha256(document).digest()).hexdigest()


def storable_json(entry: Entry) -> bytes:
    """The whole patent as JSON, after refusing text that PostgreSQL cannot hold: NUL, and halves of surrogate pairs.

    Neither occurs in XML. Where plain text brings them, its reader has to say what they stand for; dropping them here
    would keep a document that differs from the one that was given.

    Raises:
        Malformed: when there is such a character, saying where.
    """
    try:
        text = _patents().dump_json(entry.patent)
        derived = _figures().dump_json(entry.figures) + _parts().dump_json(entry.parts)
    except (PydanticSerializationError, UnicodeEncodeError):
        # Half a surrogate pair.
        _refuse_unstorable(entry)
        raise
    # Looked at closely only when it may be there: the same bytes may be a backslash and ordinary text.
    if _ESCAPED_NUL in text or _ESCAPED_NUL in derived:
        _refuse_unstorable(entry)
    return text


def _refuse_unstorable(entry: Entry) -> None:
    values = [
        _patents().dump_python(entry.patent, mode="json"),
        _figures().dump_python(entry.figures),
        _parts().dump_python(entry.parts),
    ]
    if (found := _first_unstorable(values)) is not None:
        text, position = found
        raise Malformed(
            f"{entry.patent.number} holds the character U+{ord(text[position]):04X}, which is no text, after "
            f"{text[max(0, position - 40) : position]!r}: remove it from the file and import that again"
        )


def _first_unstorable(value: object) -> tuple[str, int] | None:
    if isinstance(value, str):
        match = _UNSTORABLE.search(value)
        return (value, match.start()) if match else None
    children: Any = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return next((found for child in children if (found := _first_unstorable(child)) is not None), None)


@cache
def _patents() -> TypeAdapter[Patent]:
    return TypeAdapter(Patent)


@cache
def _figures() -> TypeAdapter[tuple[Figure, ...]]:
    return TypeAdapter(tuple[Figure, ...])


@cache
def _parts() -> TypeAdapter[tuple[Part, ...]]:
    return TypeAdapter(tuple[Part, ...])
