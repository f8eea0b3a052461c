"""What a generated document says, and what a reader must give back of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patent2tech.patents import Patent


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says: texts on one line each; `serial` has seven digits, days are `YYYYMMDD`."""

    serial: int
    title: str
    abstract: str
    claims: tuple[str, ...]
    paragraphs: tuple[str, ...]
    first_name: str
    last_name: str
    filed: str
    published: str

    @property
    def numbered(self) -> list[str]:
        """The claims as they are printed."""
        return [f"{number}. {text}" for number, text in enumerate(self.claims, 1)]


def facts_of(patent: Patent) -> dict[str, object]:
    """The same facts of a patent that was read."""
    return {
        "number": str(patent.number),
        "title": patent.title,
        "abstract": patent.abstract,
        "claims": [claim.text for claim in patent.claims],
        "claim numbers": [claim.number for claim in patent.claims],
        "paragraphs": [paragraph.text for paragraph in patent.paragraphs],
        "inventors": [party.name for party in patent.inventors],
        "filed": str(patent.dates.filing).replace("-", ""),
        "published": str(patent.dates.publication).replace("-", ""),
    }


Document = tuple[bytes, Mapping[str, object]]


def back(facts: Facts, number: str, without: tuple[str, ...] = (), **other: object) -> dict[str, object]:
    """What must be read: the facts, but for those that the format does not carry or carries otherwise."""
    back: dict[str, object] = {
        "number": number,
        "title": facts.title,
        "abstract": facts.abstract,
        "claims": facts.numbered,
        "claim numbers": list(range(1, len(facts.claims) + 1)),
        "paragraphs": list(facts.paragraphs),
        "inventors": [f"{facts.first_name} {facts.last_name}"],
        "filed": facts.filed,
        "published": facts.published,
        **other,
    }
    if not back["claims"]:
        back["claim numbers"] = []
    return {name: value for name, value in back.items() if name not in without}


def iso(day: str) -> str:
    """A day as `YYYY-MM-DD`."""
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"
