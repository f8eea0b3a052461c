"""Claim charts: each element of a claim against a text, as a reading aid that a person edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from patent2tech.analysis import prompts
from patent2tech.analysis.drafting import Meter, Setting
from patent2tech.analysis.drafts import RowDraft, Rows
from patent2tech.analysis.grounding import Gate
from patent2tech.analysis.harmless import addresses_a_model, harmless
from patent2tech.analysis.model import ChartRow, ChartVerdict, Evidence, Kind, Statement
from patent2tech.analysis.normalising import visible
from patent2tech.analysis.passages import Passage, as_data, batches, passages_of, ranked
from patent2tech.analysis.source import Source
from patent2tech.analysis.wording import content_stems
from patent2tech.errors import BadInput
from patent2tech.llm import Answer
from patent2tech.reading import Reading
from patent2tech.text.notes import Note
from patent2tech.text.sentences import sentences

_ALL: Final = 0.999
_PART: Final = 0.4
"""Share of an element's words in one passage, by which the rules call it found or partly found."""
_RANK: Final = {ChartVerdict.NOT_FOUND: 0, ChartVerdict.PARTLY: 1, ChartVerdict.FOUND: 2}


def elements_of(reading: Reading, claim: int) -> tuple[str, ...]:
    """The elements of a claim, its preamble first.

    Raises:
        BadInput: when the patent has no such claim, or it was cancelled.
    """
    read = next((each for each in reading.claims if each.number == claim), None)
    if read is None or read.cancelled:
        raise BadInput(f"{reading.patent.number} has no claim {claim} to compare: give the number of one of its claims")
    return tuple(filter(None, (read.preamble, *(read.elements or (read.claim.text,)))))


def chart_by_rules(elements: Sequence[str], source: Source) -> tuple[ChartRow, ...]:
    """For each element the passage that shares most of its words."""
    passages = passages_of(source)
    return tuple(_row_by_rules(element, passages) for element in elements)


def _row_by_rules(element: str, passages: Sequence[Passage]) -> ChartRow:
    wanted = content_stems(element)

    def share(text: str) -> float:
        return len(wanted & content_stems(text)) / max(len(wanted), 1)

    best = max(ranked(passages, element)[:5], key=lambda each: share(each.text), default=None)
    if best is None or share(best.text) < _PART:
        return ChartRow(element, ChartVerdict.NOT_FOUND)
    quote = max(sentences(best.text), key=share, default=best.text)
    verdict = ChartVerdict.FOUND if share(best.text) >= _ALL else ChartVerdict.PARTLY
    return ChartRow(element, verdict, (Evidence(best.locator, quote),), verified=True)


def chart_by_model(setting: Setting, elements: Sequence[str], meter: Meter) -> tuple[ChartRow, ...]:
    """What a model makes of each element, its quotations examined; every passage is read.

    Raises:
        P2TError: when the model fails.
    """
    instructions = prompts.charting(setting.lang)
    listed = "\n".join(f"{number}. {element}" for number, element in enumerate(elements, 1))
    room = setting.room(instructions + listed, Rows)
    gate = Gate([setting.source])
    rows = [ChartRow(element, ChartVerdict.NOT_FOUND) for element in elements]
    for part in batches(passages_of(setting.source), room, setting.model.count_tokens):
        prompt = f"{as_data(part)}\nElements:\n{listed}"
        answer: Answer[Rows] = setting.model.answer(setting.ask("chart", instructions, prompt, Rows), setting.budget)
        meter.add(answer.usage)
        for draft in answer.output.rows:
            if 0 < draft.element <= len(rows):
                rows[draft.element - 1] = _better(rows[draft.element - 1], _settled(gate, draft, elements))
    return tuple(rows)


def _settled(gate: Gate, draft: RowDraft, elements: Sequence[str]) -> ChartRow:
    element = elements[draft.element - 1]
    proofs = tuple(Evidence(visible(each.locator)[:40], visible(each.quote)) for each in draft.evidence)
    row = ChartRow(element, ChartVerdict(draft.verdict), proofs, comment=harmless(draft.comment))
    if row.verdict is ChartVerdict.NOT_FOUND:
        return replace(row, evidence=())
    # The comment is the model's own; what is proved are the quotations.
    grounded = gate.ground(Statement(element, Kind.INFERRED, proofs))
    fault = next((each for each in [grounded.fault] if each and each.code in _FATAL), None)
    if any(addresses_a_model(each) for each in (row.comment, *(proof.quote for proof in grounded.evidence))):
        fault = Note.of("analysis.fault.addresses_model")
    return replace(row, evidence=grounded.evidence, verified=fault is None, fault=fault)


_FATAL: Final = frozenset(
    f"analysis.fault.{each}" for each in ("no_place", "elsewhere", "not_verbatim", "too_short", "no_evidence")
)
"""Faults of a quotation; that it calls things by other names and numbers than the claim is what a chart is for."""


def _better(one: ChartRow, other: ChartRow) -> ChartRow:
    """The row that shows more, the proved one before the other."""
    return max(one, other, key=lambda row: (row.verified or not row.evidence, _RANK[row.verdict]))
