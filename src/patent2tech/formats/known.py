"""The formats that are known, and which of them a document is; each is loaded when it is first asked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Final, cast

from patent2tech.formats.format import Format, Head

_PLACES: Final = (
    ("uspto.ice", "UsptoIce"),
    ("uspto.pap", "UsptoPap"),
    ("uspto.patdoc", "UsptoPatdoc"),
    ("epo.exchange", "EpoExchange"),
    ("epo.fulltext", "OpsFullText"),
    ("epo.specification", "EpSpecification"),
    ("kipo.kipris", "KiprisPlus"),
    ("pdf.document", "PdfDocument"),
    ("uspto_json.ppubs", "PpubsJson"),
    ("uspto_json.odp", "OdpJson"),
    ("google.page", "GooglePage"),
    ("uspto.aps", "UsptoAps"),
    ("kipo.gazette", "KoreanGazette"),
    ("plain.text", "PlainText"),
)
"""In the order in which they are asked; the first that recognises a document reads it, and plain text comes last."""


def formats() -> Iterator[Format]:
    """Every known format in that order, loaded as the reader goes along: most documents are of the first."""
    return (_format(*place) for place in _PLACES)


def usual_format() -> Format:
    """The format of a file that none recognises by its head, but whose later documents may be patents."""
    return next(formats())


def recognise(head: Head) -> Format | None:
    """The format of a document that begins so."""
    return next((each for each in formats() if each.recognises(head)), None)


@cache
def _format(module: str, name: str) -> Format:
    return cast("Format", getattr(import_module(f"patent2tech.formats.{module}"), name)())
