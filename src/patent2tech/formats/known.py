"""The formats that are known, and which of them a document is."""

from __future__ import annotations

from typing import Final

from patent2tech.formats.epo import EpoExchange, EpSpecification, OpsFullText
from patent2tech.formats.format import Format, Head
from patent2tech.formats.google import GooglePage
from patent2tech.formats.kipo import KiprisPlus, KoreanGazette
from patent2tech.formats.pdf import PdfDocument
from patent2tech.formats.plain import PlainText
from patent2tech.formats.uspto import UsptoAps, UsptoIce, UsptoPap, UsptoPatdoc
from patent2tech.formats.uspto_json import OdpJson, PpubsJson

FORMATS: Final[tuple[Format, ...]] = (
    UsptoIce(),
    UsptoPap(),
    UsptoPatdoc(),
    EpoExchange(),
    OpsFullText(),
    EpSpecification(),
    KiprisPlus(),
    PdfDocument(),
    PpubsJson(),
    OdpJson(),
    GooglePage(),
    UsptoAps(),
    KoreanGazette(),
    PlainText(),
)
"""In the order in which they are asked; the first that recognises a document reads it, and plain text comes last."""


def recognise(head: Head) -> Format | None:
    """The format of a document that begins so."""
    return next((each for each in FORMATS if each.recognises(head)), None)
