"""Drafting: a model's statements through the gate as they come, with one correction of those that it refuses."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from pydantic import BaseModel

from patent2tech.analysis import prompts
from patent2tech.analysis.drafts import Corrections, Drafts, StatementDraft
from patent2tech.analysis.grounding import Gate
from patent2tech.analysis.harmless import addresses_a_model
from patent2tech.analysis.model import Evidence, Statement
from patent2tech.analysis.passages import Passage, as_data
from patent2tech.analysis.source import Source
from patent2tech.errors import P2TError
from patent2tech.llm import Answer, Ask, Budget, LanguageModel, Usage
from patent2tech.text.notes import Lang, Note

Told = Callable[[str, Statement], None]
"""Takes a topic and a statement of it that has just been settled."""
Drafted = tuple[str, Statement]

T = TypeVar("T", bound=BaseModel)

_FRAME_TOKENS: Final = 200
"""Around a prompt: the server's template, and our marks."""
_SAFE: Final = 0.93
"""Of the free context is used, since tokens are counted without the model's vocabulary."""
_LEAST_ROOM: Final = 400
_CORRECTION_TOKENS: Final = 1500
"""Of passages that are shown again for a correction."""
_CORRECTIONS_AT_ONCE: Final = 12


def untold(_: str, __: Statement) -> None:
    """Nobody listens."""


@dataclass(slots=True)
class Heard:
    """Tells on, and remembers what it told."""

    told: Told
    statements: list[Drafted] = field(default_factory=list)

    def __call__(self, topic: str, statement: Statement) -> None:
        """Take a settled statement."""
        self.statements.append((topic, statement))
        self.told(topic, statement)


@dataclass(frozen=True, slots=True)
class Setting:
    """Who asks which model about what, in which language, within what money."""

    model: LanguageModel
    source: Source
    lang: Lang
    budget: Budget | None = None
    job: str | None = None
    output_tokens: int = 3000

    @property
    def foreign(self) -> bool:
        """Whether the answer is in another language than the patent."""
        return self.source.korean is not (self.lang is Lang.KO)

    def ask(self, purpose: str, instructions: str, prompt: str, output: type[T]) -> Ask[T]:
        """An ask of this setting."""
        return Ask(
            f"analysis.{purpose}", prompts.VERSION, instructions, prompt, output, self.output_tokens, job=self.job
        )

    def room(self, instructions: str, output: type[BaseModel]) -> int:
        """How many tokens of passages fit beside the instructions, the schema and the answer."""
        around = self.model.count_tokens(instructions + json.dumps(output.model_json_schema()))
        free = self.model.context_tokens - self.output_tokens - around - _FRAME_TOKENS
        return max(int(free * _SAFE), _LEAST_ROOM)


@dataclass
class Meter:
    """What all asks of an analysis used together."""

    usage: Usage = field(default_factory=lambda: Usage(cached=True))
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, usage: Usage) -> None:
        """Take one ask in."""
        with self._turn:
            self.usage += usage


def examine(gate: Gate, draft: StatementDraft, proofs: tuple[Evidence, ...] | None = None) -> Statement:
    """The statement of a draft with the gate's verdict, and refused where it carries or quotes what it must not.

    `proofs` are its quotations where others found them.
    """
    written = draft.statement()
    statement = gate.ground(written if proofs is None else replace(written, evidence=proofs))
    if draft.foreign:
        return replace(statement, verified=False, fault=Note.of("analysis.fault.foreign"))
    if any(addresses_a_model(each) for each in (statement.text, *(proof.quote for proof in statement.evidence))):
        return replace(statement, verified=False, fault=Note.of("analysis.fault.addresses_model"))
    return statement


@dataclass(frozen=True, slots=True)
class Drafter:
    """Asks for statements about passages and settles each: verified, or refused for a reason."""

    setting: Setting
    gate: Gate
    meter: Meter

    def draft(self, ask: Ask[Drafts], passages: Sequence[Passage], told: Told = untold) -> list[Drafted]:
        """All statements of an ask in their order. Verified ones are told at once, the others after their correction.

        Raises:
            P2TError: when the model fails; what was told until then holds.
        """
        settled: list[Drafted] = []
        for part in self.setting.model.stream(ask, self.setting.budget):
            whole = isinstance(part, Answer)
            if isinstance(part, Answer):
                self.meter.add(part.usage)
            drafts = part.output.statements if isinstance(part, Answer) else part.statements
            # The last one may still be growing.
            for draft in drafts[len(settled) : len(drafts) if whole else -1]:
                statement = examine(self.gate, draft)
                settled.append((draft.topic, statement))
                if statement.verified:
                    told(draft.topic, statement)
        refused = [index for index, (_, statement) in enumerate(settled) if not statement.verified]
        for index, mended in self._mended({index: settled[index] for index in refused}, passages).items():
            settled[index] = mended
        for index in refused:
            told(*settled[index])
        return settled

    def _mended(self, refused: Mapping[int, Drafted], passages: Sequence[Passage]) -> dict[int, Drafted]:
        """Those of the refused statements that a second try proved; a failure leaves them refused."""
        if not refused:
            return {}
        instructions = prompts.correcting(self.setting.lang, foreign=self.setting.foreign)
        ask = self.setting.ask("correction", instructions, self._correction(refused, passages), Corrections)
        try:
            answer = self.setting.model.answer(ask, self.setting.budget)
        except P2TError:
            return {}
        self.meter.add(answer.usage)
        mended = {draft.number: (draft.topic, examine(self.gate, draft)) for draft in answer.output.statements}
        return {
            index: better
            for index, (topic, _) in refused.items()
            if (better := mended.get(index)) and better[0] == topic and better[1].verified
        }

    def _correction(self, refused: Mapping[int, Drafted], passages: Sequence[Passage]) -> str:
        lines: list[str] = []
        wanted: list[str] = []
        for number, (topic, statement) in list(refused.items())[:_CORRECTIONS_AT_ONCE]:
            reason = statement.fault.wording(Lang.EN) if statement.fault else ""
            quotes = " ".join(f"{each.locator}: {each.quote!r}" for each in statement.evidence)
            lines.append(f"{number}. {topic}, {statement.kind}: {statement.text} -- {quotes} -- refused: {reason}")
            wanted += [self.gate.sources[0].locator(each.locator) or "" for each in statement.evidence]
        shown: list[Passage] = []
        room = _CORRECTION_TOKENS
        for passage in passages:
            size = self.setting.model.count_tokens(str(passage))
            if passage.locator in wanted and size <= room:
                shown.append(passage)
                room -= size
        return f"{as_data(shown)}\nRefused statements:\n" + "\n".join(lines)
