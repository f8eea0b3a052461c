"""Two patents side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from patent2tech.analysis import prompts
from patent2tech.analysis.classes import classes_of
from patent2tech.analysis.drafting import Meter, Setting
from patent2tech.analysis.drafts import DifferenceDraft, Differences
from patent2tech.analysis.grounding import Gate
from patent2tech.analysis.harmless import addresses_a_model, harmless, was_harmful
from patent2tech.analysis.model import Difference, Evidence, Standing, Statement
from patent2tech.analysis.normalising import visible
from patent2tech.analysis.passages import Passage, as_data, batches, passages_of, ranked
from patent2tech.analysis.source import Source
from patent2tech.reading import Reading
from patent2tech.text.notes import Lang, Note
from patent2tech.text.sentences import sentences

_TERMS: Final = 12


def compare_by_rules(first: Reading, second: Reading, lang: Lang) -> tuple[Difference, ...]:
    """Which key terms and classes both have, and which only one."""
    sources = (Source.of_reading(first), Source.of_reading(second))
    return (*_terms(first, second, sources), *_classes(first, second, lang))


def _terms(first: Reading, second: Reading, sources: tuple[Source, Source]) -> Iterator[Difference]:
    mine = [term.text for term in first.terms[:_TERMS]]
    theirs = [term.text for term in second.terms[:_TERMS]]
    for term in dict.fromkeys([*mine, *theirs]):
        proofs = [proof for source in sources if (proof := _proof(source, term))]
        if len(proofs) == len(sources):
            yield Difference(Standing.SHARED, Statement(term, evidence=tuple(proofs), verified=True, role="term"))
        elif proofs:
            only = Standing.ONLY_FIRST if proofs[0].source == sources[0].name else Standing.ONLY_SECOND
            yield Difference(only, Statement(term, evidence=tuple(proofs), verified=True, role="term"))


def _proof(source: Source, term: str) -> Evidence | None:
    place = source.mentioning(term)
    if place is None:
        return None
    text = source.places[place]
    sentence = next((each for each in sentences(text) if term.lower() in each.lower()), text)
    return Evidence(place, sentence, source.name)


def _classes(first: Reading, second: Reading, lang: Lang) -> Iterator[Difference]:
    mine = classes_of(first.patent.cpc or first.patent.ipc, lang)
    theirs = classes_of(second.patent.cpc or second.patent.ipc, lang)
    for name in dict.fromkeys([*mine, *theirs]):
        both = name in mine and name in theirs
        standing = Standing.SHARED if both else Standing.ONLY_FIRST if name in mine else Standing.ONLY_SECOND
        proofs = [
            Evidence("CPC", classes[name][0], str(reading.patent.number))
            for classes, reading in ((mine, first), (theirs, second))
            if name in classes
        ]
        title = (mine.get(name) or theirs[name])[1]
        yield Difference(standing, Statement(f"{name} {title}", evidence=tuple(proofs), verified=True, role="class"))


def compare_by_model(
    setting: Setting, other: Source, meter: Meter
) -> tuple[tuple[Difference, ...], tuple[frozenset[str], frozenset[str]]]:
    """What a model makes of two patents, and which places of each it was shown: those nearest to the other's claims.

    Raises:
        P2TError: when the model fails.
    """
    instructions = prompts.comparing(setting.lang)
    room = setting.room(instructions, Differences) // 2
    parts = [
        _nearest(source, against, room, setting)
        for source, against in ((setting.source, other), (other, setting.source))
    ]
    prompt = f"First patent:\n{as_data(parts[0])}\nSecond patent:\n{as_data(parts[1])}"
    answer = setting.model.answer(setting.ask("compare", instructions, prompt, Differences), setting.budget)
    meter.add(answer.usage)
    gate = Gate([setting.source, other])
    first, second = (frozenset(each.locator for each in part) for part in parts)
    return tuple(_settled(gate, draft) for draft in answer.output.differences), (first, second)


def _nearest(source: Source, against: Source, room: int, setting: Setting) -> Sequence[Passage]:
    passages = passages_of(source)
    first = [each for each in passages if each.locator.startswith(("abstract", "title", "claim "))]
    rest = [each for each in passages if each not in first]
    query = " ".join(text for locator, text in against.places.items() if locator.startswith(("abstract", "claim ")))
    return next(batches([*first, *ranked(rest, query)], room, setting.model.count_tokens), [])


def _settled(gate: Gate, draft: DifferenceDraft) -> Difference:
    first, second = gate.sources
    proofs = [
        Evidence(visible(each.locator)[:40], visible(each.quote), source.name)
        for source, quoted in ((first, draft.first), (second, draft.second))
        for each in quoted
    ]
    statement = gate.ground(Statement(harmless(draft.text), evidence=tuple(proofs)))
    standing = Standing(draft.standing)
    wanted = {
        Standing.SHARED: {first.name, second.name},
        Standing.ONLY_FIRST: {first.name},
        Standing.ONLY_SECOND: {second.name},
    }.get(standing)
    if statement.verified and wanted and {proof.source for proof in statement.evidence} != wanted:
        statement = replace(statement, verified=False, fault=Note.of("analysis.fault.one_sided"))
    if was_harmful(draft.text):
        statement = replace(statement, verified=False, fault=Note.of("analysis.fault.foreign"))
    if any(addresses_a_model(each) for each in (statement.text, *(proof.quote for proof in statement.evidence))):
        statement = replace(statement, verified=False, fault=Note.of("analysis.fault.addresses_model"))
    return Difference(standing, statement)
