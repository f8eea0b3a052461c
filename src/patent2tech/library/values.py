"""What the library takes and gives besides patents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from patent2tech.patents import Figure, Part, Patent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from patent2tech.patents import PartialDate, PatentType, PublicationNumber


Describe = Callable[[Patent], tuple[Sequence[Figure], Sequence[Part]]]
"""Finds the figures and parts of a patent; the room above that can read supplies it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A patent to keep: the bytes it was read from, the images of its sheets by their hash, and what reading found."""

    patent: Patent
    source: bytes
    sheets: Mapping[str, bytes] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    parts: tuple[Part, ...] = ()


class KeptStatus(StrEnum):
    """What keeping a patent did."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Kept:
    """The library's word that a patent is on the disk."""

    number: PublicationNumber
    status: KeptStatus


@dataclass(frozen=True, slots=True)
class PatentSummary:
    """One line of a list of patents."""

    number: PublicationNumber
    title: str
    type: PatentType
    language: str
    filing: PartialDate | None
    publication: PartialDate | None
    grant: PartialDate | None
    cpc: tuple[str, ...]
    created_at: dt.datetime
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, the newest first; `next_cursor` asks for the one after it, `None` on the last."""

    items: tuple[PatentSummary, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """One tech pack that is kept: whose, the hash of its ZIP, and when it was made."""

    number: PublicationNumber
    sha256: str
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Earlier:
    """What stood under a number until another document replaced it; its source is kept by its hash."""

    number: PublicationNumber
    title: str
    source_sha256: str
    replaced_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A document that could not be kept: where it stands, why, its length, and its bytes unless they were too many."""

    file: str
    source: str
    position: int
    code: str
    reason: str
    size: int
    content: bytes | None
    created_at: dt.datetime


class Fault(StrEnum):
    """What can be wrong between the database and the blobs."""

    MISSING = "missing"
    DAMAGED = "damaged"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Problem:
    """One blob that is missing, damaged, or needed by nothing, with the patents that need it."""

    fault: Fault
    sha256: str
    numbers: tuple[PublicationNumber, ...] = ()
