"""Reading a whole patent with a model, however short its context: part by part, then chosen from what was noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from patent2tech.analysis import prompts
from patent2tech.analysis.drafting import Drafted, Drafter, Heard, Setting, Told, examine, untold
from patent2tech.analysis.drafts import Choice, ChosenDraft, Drafts, StatementDraft
from patent2tech.analysis.passages import Passage, as_data, batches, passages_of
from patent2tech.errors import ContextTooLong, P2TError
from patent2tech.llm import Ask

_AT_ONCE: Final = 4
"""Parts that are read at the same time."""
_SHORTEST_PART: Final = 0.2
"""Of the room that the context should have; a model that takes less is not asked further."""
_EVIDENCE: Final = 4
"""Quotations of a statement that was joined from several."""


@dataclass
class Read:
    """What came of reading: statements by topic, the places that were read, and what ended it early."""

    statements: list[Drafted] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    failure: P2TError | None = None


@dataclass(frozen=True, slots=True)
class WholeReader:
    """Reads every passage once."""

    drafter: Drafter
    progress: Callable[[str], None]
    told: Told = untold

    @property
    def setting(self) -> Setting:
        """Who is asked about what."""
        return self.drafter.setting

    def read(self) -> Read:
        """The statements of all sections.

        Raises:
            P2TError: when the model fails before anything was read.
        """
        passages = passages_of(self.setting.source)
        whole = self._instructions(whole=True)
        parts = list(batches(passages, self.setting.room(whole, Drafts), self.setting.model.count_tokens))
        if len(parts) == 1:
            return self._at_once(parts[0], whole)
        return self._in_parts(passages)

    def _at_once(self, passages: Sequence[Passage], instructions: str) -> Read:
        read = Read()
        heard = Heard(self.told)
        try:
            read.statements = self.drafter.draft(self._ask(passages, instructions), passages, heard)
        except ContextTooLong:
            return self._in_parts(passages, 0.5)
        except P2TError as failure:
            if not heard.statements:
                raise
            read.statements, read.failure = heard.statements, failure
        read.places = {passage.locator for passage in passages}
        return read

    def _in_parts(self, passages: Sequence[Passage], share: float = 1.0) -> Read:
        instructions = self._instructions(whole=False)
        room = int(self.setting.room(instructions, Drafts) * share)
        parts = list(batches(passages, room, self.setting.model.count_tokens))
        read = Read()
        done = 0
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for part, noted in zip(parts, pool.map(lambda part: self._noted(part, instructions), parts), strict=True):
                if isinstance(noted, ContextTooLong) and share > _SHORTEST_PART:
                    pool.shutdown(cancel_futures=True)
                    return self._in_parts(passages, share / 2)
                done += 1
                self.progress(f"{done}/{len(parts)}")
                if isinstance(noted, P2TError):
                    read.failure = noted
                    continue
                read.statements += noted
                read.places |= {passage.locator for passage in part}
        if read.failure and not read.statements:
            raise read.failure
        return self._chosen(read)

    def _noted(self, passages: Sequence[Passage], instructions: str) -> list[Drafted] | P2TError:
        try:
            return self.drafter.draft(self._ask(passages, instructions), passages)
        except P2TError as failure:
            return failure

    def _chosen(self, read: Read) -> Read:
        """The statements of the analysis out of the notes; those that were refused stay, and stay refused."""
        proved = [each for each in read.statements if each[1].verified]
        refused = [each for each in read.statements if not each[1].verified]
        chosen: list[Drafted] = []
        try:
            chosen = Chooser(self.drafter).choose(proved, self.told)
        except P2TError as failure:
            read.failure = failure
            chosen = proved
            for each in chosen:
                self.told(*each)
        for each in refused:
            self.told(*each)
        read.statements = [*chosen, *refused]
        return read

    def _ask(self, passages: Sequence[Passage], instructions: str) -> Ask[Drafts]:
        return self.setting.ask("read", instructions, as_data(passages), Drafts)

    def _instructions(self, *, whole: bool) -> str:
        return prompts.reading(self.setting.lang, foreign=self.setting.foreign, whole=whole)


@dataclass(frozen=True, slots=True)
class Chooser:
    """Puts an analysis together from notes, each already proved."""

    drafter: Drafter

    def choose(self, notes: Sequence[Drafted], told: Told) -> list[Drafted]:
        """The chosen statements, told as they are settled; more notes than fit are chosen from in turns.

        Raises:
            P2TError: when the model fails.
        """
        setting = self.drafter.setting
        instructions = prompts.choosing(setting.lang, foreign=setting.foreign)
        room = setting.room(instructions, Choice)
        groups = list(_groups(notes, room, setting.model.count_tokens))
        if len(groups) > 1:
            fewer = [each for group in groups for each in self._choose(group, instructions)]
            if len(fewer) < len(notes):
                return self.choose(fewer, told)
        chosen = self._choose(notes, instructions)
        for each in chosen:
            told(*each)
        return chosen

    def _choose(self, notes: Sequence[Drafted], instructions: str) -> list[Drafted]:
        setting = self.drafter.setting
        prompt = "\n".join(_line(number, each) for number, each in enumerate(notes, 1))
        answer = setting.model.answer(setting.ask("choose", instructions, prompt, Choice), setting.budget)
        self.drafter.meter.add(answer.usage)
        return [each for draft in answer.output.statements for each in self._settled(draft, notes)]

    def _settled(self, draft: ChosenDraft, notes: Sequence[Drafted]) -> Iterator[Drafted]:
        """A chosen statement on the quotations of its notes; where these do not prove it, the notes themselves."""
        used = [notes[number - 1] for number in dict.fromkeys(draft.notes) if 0 < number <= len(notes)]
        proofs = tuple(dict.fromkeys(proof for _, note in used for proof in note.evidence))
        written = StatementDraft(topic=draft.topic, kind=draft.kind, text=draft.text, evidence=[], sought=draft.sought)
        statement = examine(self.drafter.gate, written, proofs[:_EVIDENCE])
        if statement.verified or not used:
            yield draft.topic, statement
            return
        yield draft.topic, used[0][1]


def _line(number: int, note: Drafted) -> str:
    topic, statement = note
    return f"{number}. {topic}, {statement.kind}: {statement.text}"


def _groups(notes: Sequence[Drafted], room: int, count: Callable[[str], int]) -> Iterator[list[Drafted]]:
    group: list[Drafted] = []
    used = 0
    for number, note in enumerate(notes, 1):
        size = count(_line(number, note)) + 1
        if group and used + size > room:
            yield group
            group, used = [], 0
        group.append(note)
        used += size
    if group:
        yield group
