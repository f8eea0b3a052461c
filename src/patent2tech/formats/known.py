"""The formats that are known, and which of them a document is."""

from __future__ import annotations

from typing import Final

from patent2tech.formats.format import Format, Head
from patent2tech.formats.kipo import KoreanGazette
from patent2tech.formats.uspto import UsptoAps, UsptoIce, UsptoPap, UsptoPatdoc

FORMATS: Final[tuple[Format, ...]] = (UsptoIce(), UsptoPap(), UsptoPatdoc(), UsptoAps(), KoreanGazette())
"""In the order in which they are asked; the first that recognises a document reads it."""


def recognise(head: Head) -> Format | None:
    """The format of a document that begins so."""
    return next((each for each in FORMATS if each.recognises(head)), None)
