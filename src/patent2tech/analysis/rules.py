"""The engine without a model: what can be lifted out of the patent, word for word, and nothing else.

It writes no sentence of its own, and leaves judgement out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from patent2tech.analysis.classes import classes_of
from patent2tech.analysis.grounding import Gate
from patent2tech.analysis.harmless import addresses_a_model
from patent2tech.analysis.model import Analysis, Answer, Coverage, Engine, Evidence, Statement, Topic
from patent2tech.analysis.normalising import visible
from patent2tech.analysis.passages import matching, passages_of
from patent2tech.analysis.source import Source
from patent2tech.analysis.wording import content_stems
from patent2tech.patents import Section
from patent2tech.reading import ReadClaim, Reading, StatementKind
from patent2tech.text.notes import Lang, Note
from patent2tech.text.sentences import sentences

CLASSIFICATION: Final = "CPC"
"""The place of the patent's classification symbols, which the office wrote."""
_PER_ROLE: Final = 4
_TERMS: Final = 8
_PASSAGES: Final = 3


def analyse(reading: Reading, lang: Lang, question: str | None = None) -> Analysis:
    """What the rules find for each section, and the sentences nearest to a question."""
    source = Source.of_reading(reading)
    gate = Gate([source])
    patent = reading.patent
    answer = answer_from(source, question) if question else None
    return Analysis(
        number=str(patent.number),
        engine=Engine.RULES,
        lang=lang,
        coverage=coverage(reading, source.places),
        sections={
            Topic.CONCEPTS: tuple(_proved(gate, _concepts(reading, source))),
            Topic.FEASIBILITY: (),
            Topic.FIELDS: (*_proved(gate, _fields(reading)), *_classes(reading, lang)),
            Topic.COMMERCIAL: (),
        },
        answer=answer,
        not_available=(Topic.FEASIBILITY, Topic.COMMERCIAL),
        notes=(Note.of("analysis.note.rules"),),
    )


def coverage(reading: Reading, places: Iterable[str]) -> Coverage:
    """How much of a patent these places are."""
    read = set(places)
    patent = reading.patent
    return Coverage(
        paragraphs_read=sum(str(paragraph.locator) in read for paragraph in patent.paragraphs),
        paragraphs_total=len(patent.paragraphs),
        claims_read=sum(str(claim.locator) in read for claim in patent.claims),
        claims_total=len(patent.claims),
    )


def answer_from(source: Source, question: str) -> Answer:
    """The sentences that share most with a question; none where nothing does."""
    wanted = content_stems(question)
    found: list[tuple[int, Statement]] = []
    gate = Gate([source])
    for passage in matching(passages_of(source), question)[:_PASSAGES]:
        best = max(sentences(passage.text), key=lambda each: len(wanted & content_stems(each)), default="")
        shared = len(wanted & content_stems(best))
        if shared:
            found.append((shared, _quoted(best, passage.locator)))
    found.sort(key=lambda each: -each[0])
    statements = tuple(_proved(gate, [statement for _, statement in found]))
    return Answer(question, statements, bool(statements))


def _concepts(reading: Reading, source: Source) -> Iterator[Statement]:
    for kind in (StatementKind.PROBLEM, StatementKind.SOLUTION, StatementKind.ADVANTAGE):
        stated = [each for each in reading.statements if each.kind is kind][:_PER_ROLE]
        yield from (_quoted(each.text, str(each.locator), kind) for each in stated)
    for claim in reading.claims:
        if claim.independent:
            yield from _of_claim(claim)
    for term in reading.terms[:_TERMS]:
        place = source.mentioning(term.text)
        sentence = next((each for each in sentences(source.places[place]) if term.text in each), "") if place else ""
        if place and sentence:
            yield Statement(term.text, evidence=(Evidence(place, sentence),), role="term")


def _of_claim(claim: ReadClaim) -> Iterator[Statement]:
    locator = str(claim.claim.locator)
    if claim.preamble:
        yield Statement(claim.preamble, evidence=(Evidence(locator, claim.preamble),), role="claim")
    for element in claim.elements:
        yield Statement(element, evidence=(Evidence(locator, element),), role="element")


def _fields(reading: Reading) -> Iterator[Statement]:
    for paragraph in reading.patent.paragraphs:
        if reading.sections.get(paragraph.number) is Section.FIELD:
            yield from (_quoted(each, str(paragraph.locator), "field") for each in sentences(paragraph.text))


def _classes(reading: Reading, lang: Lang) -> Iterator[Statement]:
    """The classes that the office gave the patent; their titles are the classification's, not the patent's."""
    symbols = reading.patent.cpc or reading.patent.ipc
    for name, (symbol, title) in classes_of(symbols, lang).items():
        yield Statement(f"{name} {title}", evidence=(Evidence(CLASSIFICATION, symbol),), verified=True, role="class")


def _quoted(sentence: str, locator: str, role: str = "") -> Statement:
    return Statement(visible(sentence), evidence=(Evidence(locator, sentence),), role=str(role))


def _proved(gate: Gate, statements: Iterable[Statement]) -> Iterator[Statement]:
    """Those that are the patent's own words, and speak to a person."""
    seen: set[str] = set()
    for statement in statements:
        if statement.text in seen and statement.role not in {"claim", "element", "term"}:
            continue
        seen.add(statement.text)
        grounded = gate.lifted(statement)
        if grounded is not None and not addresses_a_model(grounded.text):
            yield grounded
