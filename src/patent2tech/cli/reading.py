"""`patent2tech read`: what the rules find in a patent, without keeping it."""

from __future__ import annotations

from collections.abc import Iterator

from patent2tech.app import App, now
from patent2tech.cli.output import Console, JsonOption, LangOption, SourceArgument
from patent2tech.reading import PatentRead, Reading
from patent2tech.reading import read as read_by_rules
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang

_SHOWN = 12


def read(source: SourceArgument, lang: LangOption = Lang.EN, json: JsonOption = False) -> None:
    """Read a patent by rules: claims, parts, figures, terms, problem and solution, status estimate."""
    console = Console(json=json)
    with App(load_settings()) as app:
        reading = read_by_rules(app.patent(source), now().date())
    if json:
        console.raw_json(PatentRead.of(reading, lang).model_dump_json(indent=2))
    else:
        console.result(None, list(_summary(reading, lang)))


def _summary(reading: Reading, lang: Lang) -> Iterator[str]:
    patent = reading.patent
    yield f"{patent.number}  {patent.title}"
    yield f"{patent.type}, {patent.language}, {patent.source_format}"
    yield ""
    yield f"claims  {len(reading.claims)}, independent {sum(claim.independent for claim in reading.claims)}"
    for claim in reading.claims:
        if claim.independent:
            yield f"  {claim.number:>3}  {claim.category}: {claim.preamble[:100]} ({len(claim.elements)} elements)"
    yield f"parts   {len(reading.parts)}"
    for part in reading.parts[:_SHOWN]:
        yield f"  {part.numeral:>5}  {', '.join(part.names[:2])}"
    yield f"figures {len(reading.figures)}"
    for figure in reading.figures[:_SHOWN]:
        yield f"  {figure.label:>5}  {' '.join(figure.views)}"
    yield f"terms   {', '.join(term.text for term in reading.terms[:_SHOWN])}"
    yield f"status  {reading.status.estimate}" + (f", to {reading.status.expires}" if reading.status.expires else "")
    for note in reading.status.basis:
        yield f"        {note.wording(lang)}"
    if reading.warnings:
        yield f"warnings {len(reading.warnings)}"
        yield from (f"        {note.wording(lang)}" for note in reading.warnings[:_SHOWN])
