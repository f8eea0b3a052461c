"""Wire models: what the API takes and gives, apart from the `read` document."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from patent2tech.library import KeptStatus
from patent2tech.patents import PatentType
from patent2tech.techpack.contributions import PartName
from patent2tech.text import Lang

if TYPE_CHECKING:
    from patent2tech.formats import Rejected
    from patent2tech.library import PatentSummary
    from patent2tech.library.importing import ImportReport
    from patent2tech.patents import PartialDate
    from patent2tech.techpack import Pack


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ItemDates(_Wire):
    """Dates in ISO 8601 at the precision of the document."""

    filing: str | None
    publication: str | None
    grant: str | None


class PatentItem(_Wire):
    """One line of the list of patents."""

    number: str
    office: str
    type: PatentType
    title: str
    language: str
    dates: ItemDates
    cpc: tuple[str, ...]
    created_at: dt.datetime
    updated_at: dt.datetime

    @classmethod
    def of(cls, summary: PatentSummary) -> PatentItem:
        """The line of a kept patent."""
        return cls(
            number=str(summary.number),
            office=summary.number.country,
            type=summary.type,
            title=summary.title,
            language=summary.language,
            dates=ItemDates(
                filing=_iso(summary.filing), publication=_iso(summary.publication), grant=_iso(summary.grant)
            ),
            cpc=summary.cpc,
            created_at=summary.created_at,
            updated_at=summary.updated_at,
        )


class PatentPage(_Wire):
    """One page of the list, the newest first; `next_cursor` asks for the one after it, null on the last."""

    items: tuple[PatentItem, ...]
    next_cursor: str | None


class KeptItem(_Wire):
    """One patent that the library now has, and what the import changed."""

    number: str
    status: KeptStatus


class RejectedItem(_Wire):
    """One document that could not be imported; `position` counts from 1 within its source."""

    source: str
    position: int
    code: str
    detail: str

    @classmethod
    def of(cls, rejected: Rejected) -> RejectedItem:
        """The account of one refusal."""
        return cls(
            source=rejected.source,
            position=rejected.position,
            code=rejected.reason.code,
            detail=str(rejected.reason),
        )


class SkippedItem(_Wire):
    """Something between the documents that is no patent, such as a sequence listing."""

    source: str
    position: int
    what: str


class ImportNote(_Wire):
    """An oddity of a document that was imported all the same."""

    source: str
    code: str
    text: str


class ImportResult(_Wire):
    """What came of every document of an upload."""

    kept: tuple[KeptItem, ...]
    rejected: tuple[RejectedItem, ...]
    skipped: tuple[SkippedItem, ...]
    notes: tuple[ImportNote, ...]

    @classmethod
    def of(cls, report: ImportReport, lang: Lang) -> ImportResult:
        """The result of an import, its notes in the given language."""
        return cls(
            kept=tuple(KeptItem(number=str(kept.number), status=kept.status) for kept in report.kept),
            rejected=tuple(map(RejectedItem.of, report.rejected)),
            skipped=tuple(
                SkippedItem(source=each.source, position=each.position, what=each.what) for each in report.skipped
            ),
            notes=tuple(
                ImportNote(source=source, code=note.code, text=note.wording(lang)) for source, note in report.notes
            ),
        )


class PackOrder(_Wire):
    """Which patent to pack, the language and framework of its code, the language of messages, perhaps a question."""

    number: str
    language: str = "python"
    framework: str = "none"
    lang: Lang = Lang.EN
    question: str | None = Field(None, max_length=2000, description="A question that the pack's analysis answers.")


class PackMade(_Wire):
    """A tech pack that was made: which parts it has, and where its page and its ZIP are."""

    number: str
    created_at: dt.datetime
    program_version: str
    parts: dict[PartName, bool]
    page: str
    archive: str

    @classmethod
    def of(cls, pack: Pack) -> PackMade:
        """The account of a pack."""
        manifest = pack.manifest
        return cls(
            number=manifest.number,
            created_at=manifest.created,
            program_version=manifest.program_version,
            parts={part: entry.present for part, entry in manifest.parts.items()},
            page=f"/packs/{pack.name}/",
            archive=f"/api/v1/packs/{pack.name}",
        )


class ModelOrder(_Wire):
    """Which patent to model, by its number in any printed form; `guess` makes a relief where no solid can be made."""

    number: str
    guess: bool = False
    lang: Lang = Lang.EN


class Health(_Wire):
    """One word on how the service is, and its version."""

    status: str
    version: str


class ProblemItem(_Wire):
    """One of several things that are wrong: a field of the request, or a document of an upload."""

    code: str
    detail: str
    field: str | None = Field(None, description="The field of the request, such as `query.limit`.")
    source: str | None = Field(None, description="The name of the document's file.")
    position: int | None = Field(None, description="The number of the document in its file, from 1.")


class Problem(_Wire):
    """What went wrong, by RFC 9457; `code` is stable for programs and `detail` is for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: tuple[ProblemItem, ...] = ()


def _iso(date: PartialDate | None) -> str | None:
    return None if date is None else str(date)
