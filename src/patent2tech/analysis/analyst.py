"""The analyst: one door to everything that this room says about a patent, with a model or without one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from patent2tech.analysis import prompts, rules, settled
from patent2tech.analysis.answering import Answering
from patent2tech.analysis.charting import chart_by_model, chart_by_rules, elements_of
from patent2tech.analysis.comparing import compare_by_model, compare_by_rules
from patent2tech.analysis.drafting import Drafted, Drafter, Meter, Setting, Told, untold
from patent2tech.analysis.grounding import Gate
from patent2tech.analysis.harmless import addresses_a_model
from patent2tech.analysis.model import Analysis, ClaimChart, Comparison, Coverage, Engine, Statement, Topic, Turn
from patent2tech.analysis.reading_whole import WholeReader
from patent2tech.analysis.source import Source
from patent2tech.errors import BadInput, P2TError
from patent2tech.llm import Budget, LanguageModel
from patent2tech.patents import Patent
from patent2tech.reading import Reading
from patent2tech.store.derived import Derived
from patent2tech.text.notes import Lang, Note

_SUMMARY: Final = "summary"
_SHARE_OF_ANSWER: Final = 4
"""An answer takes at most this part of the context."""
_OUTPUT_TOKENS: Final = 3000


def silent(_: str) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears of an analysis while it is made: short lines of progress, and each statement as it is settled."""

    progress: Callable[[str], None] = silent
    told: Told = untold


_NOBODY: Final = Listener()


@dataclass(frozen=True, slots=True)
class Analyst:
    """Analyses patents with a model, and by rules where there is none."""

    model: LanguageModel | None = None
    budget: Budget | None = None
    job: str | None = None
    derived: Derived | None = None

    @property
    def fingerprint(self) -> str:
        """Changes when the same patent would be analysed differently."""
        return f"{self.model.name if self.model else 'rules'}/{prompts.VERSION}"

    def analyse(self, reading: Reading, lang: Lang, question: str | None = None, heard: Listener = _NOBODY) -> Analysis:
        """The sections, the summary, and the answer to a question if there is one.

        Raises:
            P2TError: when the model fails before anything was verified.
        """
        if self.model is None:
            return self.tell(rules.analyse(reading, lang, question), heard)
        if (recalled := self.recall(reading.patent, lang, question)) is not None:
            return self.tell(recalled, heard)
        drafter, meter = self._drafter(Source.of_reading(reading), lang)
        read = WholeReader(drafter, heard.progress, heard.told).read()
        answer, failure = None, read.failure
        if question and failure is None:
            try:
                answer, _, failure = Answering(drafter, heard.progress, heard.told).answer(question)
            except P2TError as error:
                failure = error
        made = Analysis(
            number=str(reading.patent.number),
            engine=Engine.LLM,
            lang=lang,
            coverage=rules.coverage(reading, read.places),
            sections={topic: _of(topic, read.statements) for topic in Topic},
            summary=_of(_SUMMARY, read.statements),
            answer=answer,
            model=self.model.name,
            prompt_version=prompts.VERSION,
            usage=meter.usage,
            notes=_notes(drafter.gate, failure),
            failure=failure,
        )
        if self.derived and failure is None:
            self.derived.put(settled.KIND, self._key(reading.patent, lang, question), settled.dump(made))
        return made

    def recall(self, patent: Patent, lang: Lang, question: str | None = None) -> Analysis | None:
        """The same analysis by the same model, if it was made before: its statements need not be examined again."""
        if self.model is None or self.derived is None:
            return None
        kept = self.derived.get(settled.KIND, self._key(patent, lang, question))
        return None if kept is None else settled.load(kept)

    def _key(self, patent: Patent, lang: Lang, question: str | None) -> str:
        """Everything on which an analysis depends, but the programs that make it: those are in the kind's version."""
        assert self.model is not None  # noqa: S101 - for the type checker; both callers looked
        model = f"{self.model.name}\n{self.model.context_tokens}\n{prompts.VERSION}"
        return f"{model}\n{lang}\n{question or ''}\n{settled.digest(patent)}"

    def ask(
        self, reading: Reading, lang: Lang, question: str, before: Sequence[Turn] = (), heard: Listener = _NOBODY
    ) -> Analysis:
        """Only the answer to a question, perhaps after others; its coverage is what was read for it.

        Raises:
            BadInput: when there is no question.
            P2TError: when the model fails before anything was verified.
        """
        if not question.strip():
            raise BadInput("there is no question: write one")
        source = Source.of_reading(reading)
        if self.model is None:
            found = rules.answer_from(source, question)
            made = replace(rules.analyse(reading, lang), sections={}, not_available=(), answer=found)
            return self.tell(made, heard)
        drafter, meter = self._drafter(source, lang)
        answer, places, failure = Answering(drafter, heard.progress, heard.told).answer(question, before)
        return Analysis(
            number=str(reading.patent.number),
            engine=Engine.LLM,
            lang=lang,
            coverage=rules.coverage(reading, places),
            sections={},
            answer=answer,
            model=self.model.name,
            prompt_version=prompts.VERSION,
            usage=meter.usage,
            notes=_notes(drafter.gate, failure),
            failure=failure,
        )

    def chart(self, reading: Reading, claim: int, against: Reading | tuple[str, str], lang: Lang) -> ClaimChart:
        """A claim against another patent, or against a named text.

        Raises:
            BadInput: when there is no such claim, or the text is empty.
            P2TError: when the model fails.
        """
        source = Source.of_text(*against) if isinstance(against, tuple) else Source.of_reading(against)
        if not source.places:
            raise BadInput("there is no text to compare the claim with: give one")
        elements = elements_of(reading, claim)
        number = str(reading.patent.number)
        if self.model is None:
            rows = chart_by_rules(elements, source)
            return ClaimChart(number, claim, source.name, Engine.RULES, lang, rows)
        drafter, meter = self._drafter(source, lang)
        rows = chart_by_model(drafter.setting, elements, meter)
        return ClaimChart(
            number, claim, source.name, Engine.LLM, lang, rows, self.model.name, meter.usage, _notes(drafter.gate, None)
        )

    def compare(self, first: Reading, second: Reading, lang: Lang) -> Comparison:
        """Two patents side by side.

        Raises:
            P2TError: when the model fails.
        """
        names = (str(first.patent.number), str(second.patent.number))
        if self.model is None:
            whole = (_whole(first), _whole(second))
            return Comparison(*names, Engine.RULES, lang, compare_by_rules(first, second, lang), whole)
        drafter, meter = self._drafter(Source.of_reading(first), lang)
        other = Source.of_reading(second)
        differences, (mine, theirs) = compare_by_model(drafter.setting, other, meter)
        read = (rules.coverage(first, mine), rules.coverage(second, theirs))
        notes = _notes(Gate([drafter.setting.source, other]), None)
        return Comparison(*names, Engine.LLM, lang, differences, read, self.model.name, meter.usage, notes)

    def _drafter(self, source: Source, lang: Lang) -> tuple[Drafter, Meter]:
        assert self.model is not None  # noqa: S101 - for the type checker; every caller looked
        output = min(_OUTPUT_TOKENS, self.model.context_tokens // _SHARE_OF_ANSWER)
        setting = Setting(self.model, source, lang, self.budget, self.job, output)
        meter = Meter()
        return Drafter(setting, Gate([source]), meter), meter

    def tell(self, analysis: Analysis, heard: Listener) -> Analysis:
        """Tell every statement of an analysis that is there already, and give it back."""
        for statement in analysis.summary:
            heard.told(_SUMMARY, statement)
        for topic, statements in analysis.sections.items():
            for statement in statements:
                heard.told(topic, statement)
        for statement in analysis.answer.statements if analysis.answer else ():
            heard.told("answer", statement)
        return analysis


def _whole(reading: Reading) -> Coverage:
    """The rules read a patent whole."""
    return rules.coverage(reading, Source.of_reading(reading).places)


def _of(topic: str, statements: Sequence[Drafted]) -> tuple[Statement, ...]:
    return tuple(statement for named, statement in statements if named == topic)


def _notes(gate: Gate, failure: P2TError | None) -> tuple[Note, ...]:
    """What the reader of an analysis should know: that it ended early, that the patent speaks to programs."""
    notes: list[Note] = []
    if failure is not None:
        notes.append(Note.of("analysis.note.partial", reason=failure))
    for source in gate.sources:
        places = [locator for locator, text in source.places.items() if addresses_a_model(text)]
        if places:
            notes.append(Note.of("analysis.note.addresses_model", number=source.name, places=", ".join(places[:5])))
    return tuple(notes)
