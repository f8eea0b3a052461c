"""What a patent document is: bibliography, abstract, description, claims and drawing sheets, as published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from patent2tech.patents.dates import PartialDate
from patent2tech.patents.locators import Locator, Place
from patent2tech.patents.numbers import PublicationNumber


class PatentType(StrEnum):
    """What is protected."""

    UTILITY = "utility"
    DESIGN = "design"
    PLANT = "plant"
    REISSUE = "reissue"
    STATUTORY_INVENTION = "sir"


class Section(StrEnum):
    """The parts of a description, in the order in which they usually stand."""

    CROSS_REFERENCE = "cross_reference"
    GOVERNMENT_INTEREST = "government_interest"
    FIELD = "field"
    BACKGROUND = "background"
    SUMMARY = "summary"
    PROBLEM = "problem"
    SOLUTION = "solution"
    ADVANTAGE = "advantage"
    DRAWINGS = "drawings"
    DETAILED = "detailed"
    EXAMPLES = "examples"
    REFERENCE_SIGNS = "reference_signs"
    SEQUENCE_LISTING = "sequence_listing"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Party:
    """An applicant, inventor or assignee, named as the document prints it."""

    name: str
    city: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited on the front page: a patent by its number as printed, or other literature by its text."""

    text: str
    number: PublicationNumber | None = None
    date: PartialDate | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A parent, child or priority document; `relation` is the office's word, e.g. `continuation`, `priority`."""

    relation: str
    country: str
    number: str
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates that the document states; `priority` is the earliest claimed priority or parent filing date."""

    filing: PartialDate | None = None
    publication: PartialDate | None = None
    grant: PartialDate | None = None
    priority: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class TermFacts:
    """What the document itself says about its term: years from grant (designs), days of extension, disclaimer."""

    years_from_grant: int | None = None
    extension_days: int | None = None
    disclaimer: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """Counts printed in the document, kept apart from what was found in it."""

    claims: int | None = None
    figures: int | None = None
    sheets: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as published.

    `text` keeps the printed number; each indented line of the office's layout starts a new line. `references` are
    the claim numbers that the office marked up, empty where it marked none. `through` is the last number of a
    cancelled range such as `1-20. (canceled)`.
    """

    number: int
    text: str
    references: tuple[int, ...] = ()
    through: int | None = None

    @property
    def locator(self) -> Locator:
        """Where this claim stands."""
        return Locator.claim(self.number)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the description."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph of the description; `section` is what the office's own markup says, if it says so."""

    number: str
    text: str
    section: Section | None = None

    @property
    def locator(self) -> Locator:
        """Where this paragraph stands."""
        return Locator.paragraph(self.number)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawing sheet: the image that the document names and, once found beside it, the hash of its bytes.

    `number` 0 is the front-page figure, a copy of another sheet. `orientation` is the office's word for how the
    sheet must be turned (`portrait`, `landscape`). `sha256` is `None` when the image file did not come along.
    """

    number: int
    file: str
    orientation: str | None = None
    sha256: str | None = None

    @property
    def representative(self) -> bool:
        """Whether this is the front-page copy."""
        return self.number == 0


@dataclass(frozen=True, slots=True)
class Patent:
    """One publication, complete as its document gives it; nothing in it is inferred."""

    number: PublicationNumber
    title: str
    type: PatentType
    language: str
    source_format: str
    abstract: str | None = None
    application_number: str | None = None
    dates: Dates = Dates()
    applicants: tuple[Party, ...] = ()
    inventors: tuple[Party, ...] = ()
    assignees: tuple[Party, ...] = ()
    cpc: tuple[str, ...] = ()
    ipc: tuple[str, ...] = ()
    locarno: str | None = None
    us_class: str | None = None
    citations: tuple[Citation, ...] = ()
    related: tuple[RelatedDocument, ...] = ()
    term: TermFacts = TermFacts()
    stated: Stated = Stated()
    claims: tuple[Claim, ...] = ()
    description: tuple[Heading | Paragraph, ...] = ()
    sheets: tuple[Sheet, ...] = ()

    @property
    def office(self) -> str:
        """The two-letter code of the publishing office."""
        return self.number.country

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the description in order."""
        return tuple(block for block in self.description if isinstance(block, Paragraph))

    def passages(self) -> Iterator[tuple[Locator, str]]:
        """Every citable text of the document with its locator: title, abstract, claims, paragraphs."""
        yield Locator(Place.TITLE), self.title
        if self.abstract:
            yield Locator(Place.ABSTRACT), self.abstract
        for claim in self.claims:
            yield claim.locator, claim.text
        for paragraph in self.paragraphs:
            yield paragraph.locator, paragraph.text
