"""The `read` document: what every entry point and the pack give out for one patent."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict

from patent2tech.patents import Party, Patent
from patent2tech.reading.model import ReadClaim, Reading, Statement, StatementKind
from patent2tech.text.notes import Lang, Note


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DatesRead(_Wire):
    """Dates in ISO 8601 at the precision of the document."""

    filing: str | None
    publication: str | None
    grant: str | None
    priority: str | None


class PartyRead(_Wire):
    """A person or company."""

    name: str
    city: str | None
    country: str | None


class CitationRead(_Wire):
    """A cited document; `number` is null for other literature and `text` is as printed."""

    number: str | None
    category: str | None
    text: str
    date: str | None


class ClaimRead(_Wire):
    """One claim taken apart."""

    number: int
    text: str
    depends_on: tuple[int, ...]
    refers_to: tuple[int, ...]
    independent: bool
    cancelled: bool
    category: str
    preamble: str
    transition: str
    elements: tuple[str, ...]


class ParagraphRead(_Wire):
    """One paragraph of the description."""

    locator: str
    section: str
    text: str


class FigureRead(_Wire):
    """One figure; `view` is the first view word of its caption, `image` the file of the sheet that shows it."""

    label: str
    caption: str | None
    view: str | None
    views: tuple[str, ...]
    sheet: int | None
    image: str | None


class PartRead(_Wire):
    """One reference numeral."""

    numeral: str
    names: tuple[str, ...]
    locators: tuple[str, ...]
    figures: tuple[str, ...]


class TermRead(_Wire):
    """One key term."""

    text: str
    c_value: float
    count: int


class QuoteRead(_Wire):
    """One sentence, verbatim, with its place."""

    text: str
    locator: str


class StatementsRead(_Wire):
    """Sentences by what they state."""

    problem: tuple[QuoteRead, ...]
    solution: tuple[QuoteRead, ...]
    advantage: tuple[QuoteRead, ...]


class NoteRead(_Wire):
    """A message: a stable code, and its wording in the language asked for."""

    code: str
    text: str


class StatusRead(_Wire):
    """An estimate with its reasons; never a legal verdict."""

    estimate: str
    on: dt.date
    expires: dt.date | None
    basis: tuple[NoteRead, ...]


class HintRead(_Wire):
    """A phrase of a claim that seems to lack an antecedent."""

    claim: int
    phrase: str


class PatentRead(_Wire):
    """The whole reading of one patent."""

    number: str
    kind: str | None
    office: str
    type: str
    title: str
    abstract: str | None
    language: str
    application_number: str | None
    dates: DatesRead
    applicants: tuple[PartyRead, ...]
    inventors: tuple[PartyRead, ...]
    assignees: tuple[PartyRead, ...]
    cpc: tuple[str, ...]
    ipc: tuple[str, ...]
    citations: tuple[CitationRead, ...]
    claims: tuple[ClaimRead, ...]
    paragraphs: tuple[ParagraphRead, ...]
    figures: tuple[FigureRead, ...]
    parts: tuple[PartRead, ...]
    terms: tuple[TermRead, ...]
    statements: StatementsRead
    antecedents: tuple[HintRead, ...]
    status: StatusRead
    warnings: tuple[NoteRead, ...]

    @classmethod
    def of(cls, reading: Reading, lang: Lang = Lang.EN) -> PatentRead:
        """The document of a reading, its messages in the given language."""
        patent = reading.patent
        return cls(
            number=str(patent.number),
            kind=patent.number.kind or None,
            office=patent.office,
            type=patent.type,
            title=patent.title,
            abstract=patent.abstract,
            language=patent.language,
            application_number=patent.application_number,
            dates=_dates(patent),
            applicants=_parties(patent.applicants),
            inventors=_parties(patent.inventors),
            assignees=_parties(patent.assignees),
            cpc=patent.cpc,
            ipc=patent.ipc,
            citations=_citations(patent),
            claims=tuple(_claim(claim) for claim in reading.claims),
            paragraphs=tuple(
                ParagraphRead(locator=str(each.locator), section=reading.sections[each.number], text=each.text)
                for each in patent.paragraphs
            ),
            figures=_figures(reading),
            parts=tuple(
                PartRead(
                    numeral=part.numeral,
                    names=part.names,
                    locators=tuple(map(str, part.locators)),
                    figures=part.figures,
                )
                for part in reading.parts
            ),
            terms=tuple(TermRead(text=term.text, c_value=term.c_value, count=term.count) for term in reading.terms),
            statements=StatementsRead(
                problem=_quotes(reading.statements, StatementKind.PROBLEM),
                solution=_quotes(reading.statements, StatementKind.SOLUTION),
                advantage=_quotes(reading.statements, StatementKind.ADVANTAGE),
            ),
            antecedents=tuple(HintRead(claim=hint.claim, phrase=hint.phrase) for hint in reading.antecedents),
            status=StatusRead(
                estimate=reading.status.estimate,
                on=reading.status.on,
                expires=reading.status.expires,
                basis=_notes(reading.status.basis, lang),
            ),
            warnings=_notes(reading.warnings, lang),
        )


def _dates(patent: Patent) -> DatesRead:
    dates = patent.dates
    return DatesRead(
        filing=str(dates.filing) if dates.filing else None,
        publication=str(dates.publication) if dates.publication else None,
        grant=str(dates.grant) if dates.grant else None,
        priority=str(dates.priority) if dates.priority else None,
    )


def _parties(parties: tuple[Party, ...]) -> tuple[PartyRead, ...]:
    return tuple(PartyRead(name=party.name, city=party.city, country=party.country) for party in parties)


def _citations(patent: Patent) -> tuple[CitationRead, ...]:
    return tuple(
        CitationRead(
            number=str(cited.number) if cited.number else None,
            category=cited.category,
            text=cited.text,
            date=str(cited.date) if cited.date else None,
        )
        for cited in patent.citations
    )


def _claim(read: ReadClaim) -> ClaimRead:
    return ClaimRead(
        number=read.number,
        text=read.claim.text,
        depends_on=read.depends_on,
        refers_to=read.refers_to,
        independent=read.independent,
        cancelled=read.cancelled,
        category=read.category,
        preamble=read.preamble,
        transition=read.transition,
        elements=read.elements,
    )


def _figures(reading: Reading) -> tuple[FigureRead, ...]:
    files = {sheet.number: sheet.file for sheet in reading.patent.sheets if sheet.sha256}
    return tuple(
        FigureRead(
            label=figure.label,
            caption=figure.caption,
            view=next(iter(figure.views), None),
            views=figure.views,
            sheet=figure.sheet,
            image=files.get(figure.sheet) if figure.sheet is not None else None,
        )
        for figure in reading.figures
    )


def _quotes(statements: tuple[Statement, ...], kind: StatementKind) -> tuple[QuoteRead, ...]:
    return tuple(QuoteRead(text=each.text, locator=str(each.locator)) for each in statements if each.kind is kind)


def _notes(notes: tuple[Note, ...], lang: Lang) -> tuple[NoteRead, ...]:
    return tuple(NoteRead(code=note.code, text=note.wording(lang)) for note in notes)
