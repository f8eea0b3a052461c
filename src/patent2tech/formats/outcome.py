"""What came of one document in a source: a patent, a refusal with its reason, or something that is no patent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from patent2tech.errors import BadInput
from patent2tech.patents import Patent
from patent2tech.text.notes import Note


@dataclass(frozen=True, slots=True)
class Parsed:
    """A patent with the bytes that it was read from and its drawing sheets by their hash."""

    source: str
    position: int
    patent: Patent
    content: bytes
    sheets: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document that should have been a patent and could not be read; `position` counts from 1 in its file."""

    source: str
    position: int
    reason: BadInput


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something between the patents that is not one, e.g. a sequence listing; nothing is wrong with it."""

    source: str
    position: int
    what: str


Outcome = Parsed | Rejected | Skipped
