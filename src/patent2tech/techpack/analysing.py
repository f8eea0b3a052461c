"""The analysis in a pack: its document, and its section of the page and of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

from markupsafe import Markup

from patent2tech.analysis import Analysis, AnalysisRead, Analyst, Engine, Evidence, Kind, Listener, Statement, Topic
from patent2tech.patents import Locator
from patent2tech.techpack.contributions import Contribution, PartName, Section
from patent2tech.techpack.makers import Order
from patent2tech.techpack.page import both
from patent2tech.techpack.page.anchors import fragment
from patent2tech.techpack.page.wording import place, said
from patent2tech.techpack.report import escape_markdown
from patent2tech.text.notes import Lang, Note

FILE: Final = "analysis.json"
_VERSION: Final = "1"
_ROLES_SHOWN: Final = frozenset({"problem", "solution", "advantage", "claim", "element", "term", "class", "field"})


@dataclass(frozen=True, slots=True)
class AnalysisMaker:
    """Adds the analysis to every pack; `analyst` is built when a pack is made, since a model may need the database."""

    analyst: Callable[[], Analyst]
    part: PartName = field(default=PartName.ANALYSIS, init=False)

    @property
    def fingerprint(self) -> str:
        """Changes with the model, the prompts and this section."""
        return f"{self.analyst().fingerprint}/{_VERSION}"

    def contribute(self, order: Order) -> Contribution:
        """The analysis of the patent, with the answer to the reader's question if there is one."""
        lang = order.wishes.lang
        heard = Listener(progress=lambda step: order.progress(f"analysis {step}"))
        analysis = self.analyst().analyse(order.reading, lang, order.wishes.question, heard)
        document = AnalysisRead.of(analysis)
        return Contribution(
            part=PartName.ANALYSIS,
            files={FILE: document.model_dump_json(indent=2).encode("utf-8", "replace") + b"\n"},
            engine=analysis.engine,
            account={
                "model": analysis.model,
                "prompt_version": analysis.prompt_version,
                "usage": document.usage.model_dump(mode="json"),
                "coverage": document.coverage.model_dump(mode="json"),
            },
            section=Section(_html(analysis), _markdown(analysis), _asset("analysis.css"), _asset("analysis.js")),
        )


def _html(analysis: Analysis) -> Markup:
    parts = [_account(analysis)]
    parts += [Markup('<p class="warnings">{}</p>').format(said(note)) for note in analysis.notes]
    if analysis.answer:
        parts.append(
            Markup('<h3>{}</h3><p class="question">{}</p>').format(
                both("pack.analysis.answer"), analysis.answer.question
            )
        )
        parts.append(
            _statements(analysis.answer.statements) or Markup("<p>{}</p>").format(both("pack.analysis.no_answer"))
        )
    if analysis.summary:
        parts.append(Markup("<h3>{}</h3>").format(both("pack.analysis.summary")) + _statements(analysis.summary))
    for topic in Topic:
        parts.append(Markup("<h3>{}</h3>").format(both(f"pack.analysis.{topic}")))
        if topic in analysis.not_available:
            parts.append(Markup('<p class="aside">{}</p>').format(both("pack.analysis.not_available")))
        else:
            parts.append(
                _statements(analysis.sections.get(topic, ()))
                or Markup('<p class="aside">{}</p>').format(both("pack.analysis.nothing"))
            )
    return Markup("").join(parts)


def _account(analysis: Analysis) -> Markup:
    """Who wrote it, from how much of the patent, and what it cost."""
    coverage = analysis.coverage
    read = both(
        "pack.analysis.coverage",
        paragraphs=coverage.paragraphs_read,
        of_paragraphs=coverage.paragraphs_total,
        claims=coverage.claims_read,
        of_claims=coverage.claims_total,
    )
    by = both("pack.analysis.by_rules")
    if analysis.engine is Engine.LLM:
        by = both("pack.analysis.by_model", model=analysis.model)
    return Markup('<p class="aside">{} {} {}</p>').format(by, read, both("pack.not_legal_advice"))


def _statements(statements: Sequence[Statement]) -> Markup:
    if not statements:
        return Markup("")
    return Markup('<ul class="said">{}</ul>').format(Markup("").join(map(_statement, statements)))


def _statement(statement: Statement) -> Markup:
    badges = (
        [Markup('<span class="badge">{}</span>').format(both(f"pack.analysis.role.{statement.role}"))]
        if (statement.role in _ROLES_SHOWN)
        else []
    )
    if statement.kind is not Kind.DISCLOSED:
        badges.append(Markup('<span class="badge">{}</span>').format(both(f"pack.analysis.kind.{statement.kind}")))
    if not statement.verified:
        badges.append(Markup('<span class="badge unproved">{}</span>').format(both("pack.analysis.unverified")))
    chips = [_chip(evidence, statement.verified) for evidence in statement.evidence]
    why = Markup('<span class="aside why">{}</span>').format(said(statement.fault)) if statement.fault else Markup("")
    state = "verified" if statement.verified else "unverified"
    return Markup('<li class="{} {}"><span data-t>{}</span> {} {} {}</li>').format(
        state, statement.kind, statement.text, Markup(" ").join(badges), Markup(" ").join(chips), why
    )


def _chip(evidence: Evidence, verified: bool) -> Markup:  # noqa: FBT001 - a verdict, not an option
    """A citation that leads to its place; only a verified one has words to be marked there."""
    try:
        locator = Locator.parse(evidence.locator)
    except ValueError:
        return Markup('<span class="cite">{} {}</span>').format(evidence.locator, evidence.quote)
    if not verified:
        return Markup('<span class="cite">{}</span>').format(place(locator))
    return Markup('<a class="cite" href="{}" data-quote="{}" title="{}">{}</a>').format(
        fragment(locator.anchor), evidence.quote, evidence.quote, place(locator)
    )


def _markdown(analysis: Analysis) -> str:
    return "\n".join(_lines(analysis)).rstrip()


def _lines(analysis: Analysis) -> Iterator[str]:
    lang = analysis.lang

    def t(code: str, **values: object) -> str:
        return escape_markdown(Note.of(code, **values).wording(lang))

    by = t("pack.analysis.by_rules")
    if analysis.engine is Engine.LLM:
        by = t("pack.analysis.by_model", model=analysis.model)
    yield from (by, "")
    for note in analysis.notes:
        yield from (f"> {escape_markdown(note.wording(lang))}", "")
    if analysis.answer:
        yield from (f"### {t('pack.analysis.answer')}", "", f"> {escape_markdown(analysis.answer.question)}", "")
        yield from _list(analysis.answer.statements, lang)
        if not analysis.answer.statements:
            yield from (t("pack.analysis.no_answer"), "")
    if analysis.summary:
        yield from (f"### {t('pack.analysis.summary')}", "")
        yield from _list(analysis.summary, lang)
    for topic in Topic:
        yield from (f"### {t(f'pack.analysis.{topic}')}", "")
        if topic in analysis.not_available:
            yield from (t("pack.analysis.not_available"), "")
        elif statements := analysis.sections.get(topic, ()):
            yield from _list(statements, lang)
        else:
            yield from (t("pack.analysis.nothing"), "")


def _list(statements: Sequence[Statement], lang: Lang) -> Iterator[str]:
    for statement in statements:
        marks = []
        if statement.kind is not Kind.DISCLOSED:
            marks.append(Note.of(f"pack.analysis.kind.{statement.kind}").wording(lang))
        if not statement.verified:
            marks.append(Note.of("pack.analysis.unverified").wording(lang))
        mark = f" **({escape_markdown(', '.join(marks))})**" if marks else ""
        yield f"- {escape_markdown(statement.text)}{mark}"
        for evidence in statement.evidence:
            yield f"  - {escape_markdown(evidence.locator)}: “{escape_markdown(evidence.quote)}”"
    yield ""


@cache
def _asset(name: str) -> str:
    return files("patent2tech.techpack").joinpath("assets", name).read_text(encoding="utf-8")
