"""`patent2tech read`: what the rules find in a patent, without keeping it."""

from __future__ import annotations

from collections.abc import Iterator

from patent2tech.app import App, now
from patent2tech.cli.output import Console, JsonOption, LangOption, SourceArgument, labelled
from patent2tech.reading import PatentRead, Reading
from patent2tech.reading import read as read_by_rules
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang, Note, wordings

_SHOWN = 12
_INDENT = " " * 9


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
    yield f"{Note(f'pack.type.{patent.type}').wording(lang)}, {patent.language}, {patent.source_format}"
    yield ""
    independent = sum(claim.independent for claim in reading.claims)
    claims = Note.of("cli.read.claims", number=len(reading.claims), independent=independent)
    yield labelled("claims", lang, claims.wording(lang))
    for claim in reading.claims:
        if claim.independent:
            category = Note(f"pack.category.{claim.category}").wording(lang)
            elements = Note.of("cli.read.elements", number=len(claim.elements)).wording(lang)
            yield f"  {claim.number:>3}  {category}: {claim.preamble[:100]} ({elements})"
    yield labelled("parts", lang, len(reading.parts))
    for part in reading.parts[:_SHOWN]:
        yield f"  {part.numeral:>5}  {', '.join(part.names[:2])}"
    yield labelled("figures", lang, len(reading.figures))
    words = wordings(lang)
    for figure in reading.figures[:_SHOWN]:
        yield f"  {figure.label:>5}  {' '.join(words.get(f'pack.view.{view}', view) for view in figure.views)}"
    yield labelled("terms", lang, ", ".join(term.text for term in reading.terms[:_SHOWN]))
    status = [Note(f"pack.status.{reading.status.estimate}")]
    if reading.status.expires:
        status.append(Note.of("pack.status.until", date=reading.status.expires))
    yield labelled("status", lang, ", ".join(note.wording(lang) for note in status))
    yield from (f"{_INDENT}{note.wording(lang)}" for note in reading.status.basis)
    if reading.warnings:
        yield labelled("warnings", lang, len(reading.warnings))
        yield from (f"{_INDENT}{note.wording(lang)}" for note in reading.warnings[:_SHOWN])
