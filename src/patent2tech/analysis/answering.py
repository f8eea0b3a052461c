"""Answering a question about a patent from its passages, the likeliest first, all of them before giving up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from patent2tech.analysis import prompts
from patent2tech.analysis.drafting import Drafted, Drafter, Heard, Told, untold
from patent2tech.analysis.drafts import Drafts
from patent2tech.analysis.harmless import harmless
from patent2tech.analysis.model import Answer, Kind, Turn
from patent2tech.analysis.normalising import visible
from patent2tech.analysis.passages import Passage, as_data, batches, passages_of, ranked
from patent2tech.errors import P2TError

_FIRST_ROOM: Final = 6000
"""Tokens of the first look: the best passages answer most questions, and the rest then costs nothing."""
_TURNS: Final = 4
LONGEST_QUESTION: Final = 2000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers one question."""

    drafter: Drafter
    progress: Callable[[str], None]
    told: Told = untold

    def answer(self, question: str, before: Sequence[Turn] = ()) -> tuple[Answer, set[str], P2TError | None]:
        """The answer, the places that were read for it, and what ended it early.

        Raises:
            P2TError: when the model fails before anything was verified.
        """
        question = " ".join(visible(question).split())[:LONGEST_QUESTION]
        setting = self.drafter.setting
        passages = passages_of(setting.source)
        instructions = prompts.answering(setting.lang, foreign=setting.foreign, whole=False)
        room = setting.room(instructions + question + _said(before), Drafts)
        count = setting.model.count_tokens
        query = " ".join([question, *(turn.question for turn in before[-1:])])
        order = ranked(passages, query)
        parts = list(batches(order, min(room, _FIRST_ROOM), count))
        if len(parts) > 1:
            parts = [parts[0], *batches([each for part in parts[1:] for each in part], room, count)]
        read: set[str] = set()
        all_: list[Drafted] = []
        heard = Heard(self.told)
        for number, part in enumerate(parts, 1):
            self.progress(f"{number}/{len(parts)}")
            try:
                found = self._ask(_in_order(part, passages), question, before, heard, whole=len(parts) == 1)
            except P2TError as failure:
                if not heard.statements:
                    raise
                return _answer(question, heard.statements), read, failure
            read |= {passage.locator for passage in part}
            all_ += found
            if any(statement.verified and statement.kind is not Kind.NOT_DISCLOSED for _, statement in found):
                break
        return _answer(question, all_), read, None

    def _ask(
        self, passages: Sequence[Passage], question: str, before: Sequence[Turn], told: Told, *, whole: bool
    ) -> list[Drafted]:
        setting = self.drafter.setting
        instructions = prompts.answering(setting.lang, foreign=setting.foreign, whole=whole)
        prompt = f"{as_data(passages)}\n{_said(before)}Question: {question}"
        return self.drafter.draft(setting.ask("answer", instructions, prompt, Drafts), passages, told)


def _said(before: Sequence[Turn]) -> str:
    """What was asked and answered before, shortened to its latest turns."""
    lines = []
    for turn in before[-_TURNS:]:
        lines.append(f"Earlier question: {harmless(turn.question)}\n")
        lines += [f"Earlier answer: {harmless(each)}\n" for each in turn.said]
    return "".join(lines)


def _in_order(part: Sequence[Passage], passages: Sequence[Passage]) -> list[Passage]:
    places = {passage.locator: index for index, passage in enumerate(passages)}
    return sorted(part, key=lambda each: places[each.locator])


def _answer(question: str, found: Sequence[Drafted]) -> Answer:
    statements = tuple(statement for _, statement in found)
    answered = any(each.verified and each.kind is not Kind.NOT_DISCLOSED for each in statements)
    return Answer(question, statements, answered)
