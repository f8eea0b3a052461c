"""What a pack is made from: the reading of one patent, its sheets, and where it all came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from patent2tech.patents import Patent
from patent2tech.reading.model import Reading
from patent2tech.techpack.contributions import Contribution, PartName
from patent2tech.text.notes import Lang, Note


@dataclass(frozen=True, slots=True)
class Source:
    """The document that the patent was read from: its name as given, the hash of its bytes, its format."""

    name: str
    sha256: str
    format: str


@dataclass(frozen=True, slots=True)
class PackRequest:
    """Everything that one pack needs, so that building it is a pure function.

    `reading_json` is the `read` document of the wire. `images` holds the bytes of the drawing sheets by their
    hash or by the file name that the patent gives them. `notes` are what the parser had to say beside the reading's
    warnings. `contributions` are the parts that other makers add (analysis, code, model); `makers` are the
    fingerprints of all who were asked.
    """

    reading: Reading
    reading_json: str
    source: Source
    created: dt.datetime
    program_version: str
    images: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    lang: Lang = Lang.EN
    contributions: tuple[Contribution, ...] = ()
    makers: Mapping[PartName, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.created.tzinfo is None:
            raise ValueError("a pack needs a time of creation with its time zone")

    @property
    def patent(self) -> Patent:
        """The patent that was read."""
        return self.reading.patent
