"""What a patent is: plain frozen values that every other room speaks in."""

from patent2tech.patents.dates import PartialDate
from patent2tech.patents.features import Figure, Part
from patent2tech.patents.locators import Locator, Place
from patent2tech.patents.numbers import NotAPublicationNumber, PublicationNumber
from patent2tech.patents.patent import (
    Citation,
    Claim,
    Dates,
    Heading,
    Paragraph,
    Party,
    Patent,
    PatentType,
    RelatedDocument,
    Section,
    Sheet,
    Stated,
    TermFacts,
)

__all__ = [
    "Citation",
    "Claim",
    "Dates",
    "Figure",
    "Heading",
    "Locator",
    "NotAPublicationNumber",
    "Paragraph",
    "Part",
    "PartialDate",
    "Party",
    "Patent",
    "PatentType",
    "Place",
    "PublicationNumber",
    "RelatedDocument",
    "Section",
    "Sheet",
    "Stated",
    "TermFacts",
]
