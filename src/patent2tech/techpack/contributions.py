"""Contributions: what each maker adds to a pack, so that a new part is one new file and no surgery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from markupsafe import Markup


class PartName(StrEnum):
    """The parts that a pack can have, in the order in which a reader meets them."""

    PATENT = "patent"
    READING = "reading"
    FIGURES = "figures"
    ANALYSIS = "analysis"
    CODE = "code"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Section:
    """A part's own section of the page and of the report.

    `html` is trusted markup: its maker SHALL have escaped every text that it did not write itself, SHALL wrap wording
    in `page.wording.both` and SHALL refer to nothing outside the page. Its heading and its anchor `sec-<part>` come
    from the page. `markdown` starts below the heading and is escaped by `report.escape_markdown`. `style` and `script`
    are static files of ours, the same for every patent; the script gets its data out of the section's own markup
    (`<script type="application/json">` is allowed there, and is escaped by `page.data`).
    """

    html: Markup
    markdown: str
    style: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One part of the pack: its files by their path in the pack, who made it, and how it is shown.

    `engine` is `rules`, `llm` or the name of the program that made it. `account` goes into the provenance as it is:
    model, prompt version, cost, seconds, assumptions.
    """

    part: PartName
    files: Mapping[str, bytes]
    engine: str = "rules"
    account: Mapping[str, object] = field(default_factory=dict)
    section: Section | None = None
