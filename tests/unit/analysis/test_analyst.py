"""The analyst with scripted models behind real HTTP, and without any."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from patent2tech.analysis import (
    AnalysisRead,
    Analyst,
    ChartVerdict,
    ClaimChartRead,
    ComparisonRead,
    Engine,
    Kind,
    Listener,
    Standing,
    Topic,
    Turn,
)
from patent2tech.app import one_patent
from patent2tech.errors import BadInput, ModelUnavailable, OverBudget
from patent2tech.llm import Usage
from patent2tech.reading import read
from patent2tech.samples import sample_path
from patent2tech.store.derived import Derived
from patent2tech.text.notes import Lang
from tests.fake_openai import Behaviour
from tests.models import a_model
from tests.scripted_models import a_statement, honest, instructions_of, passages_in, prompt_of, saying

if TYPE_CHECKING:
    from patent2tech.reading import Reading
    from patent2tech.store import Database

GOOD = a_statement(
    "concepts", "The hinge pin 22 has a diameter of 6 mm.", "[0023]", "A hinge pin 22 with a diameter of 6 mm"
)
BAD = a_statement(
    "concepts", "The hinge pin 22 has a diameter of 7 mm.", "[0023]", "A hinge pin 22 with a diameter of 6 mm"
)


@pytest.fixture(scope="module")
def clamp() -> Reading:
    return read(one_patent(sample_path("mechanical")).patent, dt.date(2026, 11, 26))


@pytest.fixture(scope="module")
def valve() -> Reading:
    return read(one_patent(sample_path("korean")).patent, dt.date(2026, 11, 26))


@pytest.fixture(autouse=True)
def _nothing_kept(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("truncate llm_calls, llm_answers, analyses"))


def test_without_a_model_only_the_patents_own_words_are_given(clamp):
    analysis = Analyst().analyse(clamp, Lang.EN, "How wide is the open slot?")
    places = {str(locator): passage for locator, passage in clamp.patent.passages()}

    assert analysis.engine is Engine.RULES
    assert analysis.not_available == (Topic.FEASIBILITY, Topic.COMMERCIAL)
    assert analysis.sections[Topic.FEASIBILITY] == analysis.sections[Topic.COMMERCIAL] == ()
    lifted = [each for each in analysis.statements if each.role != "class"]
    assert len(lifted) > 20
    for statement in lifted:
        assert statement.verified
        assert statement.text in places[statement.evidence[0].locator]
    assert {"problem", "solution", "advantage", "element", "term"} <= {each.role for each in lifted}
    assert "8.4 mm wide" in analysis.answer.statements[0].text


def test_without_a_model_fields_are_those_of_the_classes_in_the_readers_language(valve):
    fields = Analyst().analyse(valve, Lang.KO).sections[Topic.FIELDS]
    assert any(each.text.startswith("A01 농업") and each.evidence[0].quote.startswith("A01") for each in fields)


def test_a_patent_that_fits_is_read_at_once_and_wholly(database, clamp):
    with a_model(database, Behaviour(honest), P2T_CONTEXT_TOKENS=32768) as (model, server):
        analysis = Analyst(model).analyse(clamp, Lang.EN)
    assert len(server.requests) == 1
    assert (analysis.coverage.paragraphs_read, analysis.coverage.claims_read) == (46, 18)
    assert analysis.engine is Engine.LLM
    assert analysis.model == "fake"
    assert {passage[0] for passage in passages_in(server.prompt())} >= {"title", "abstract", "claim 18", "[0046]"}
    assert all(each.verified for each in analysis.statements)
    assert all(analysis.sections[topic] for topic in Topic)
    assert analysis.summary


def test_a_patent_that_does_not_fit_is_read_in_parts_and_each_passage_once(database, clamp):
    with a_model(database, Behaviour(honest), P2T_CONTEXT_TOKENS=4096) as (model, server):
        analysis = Analyst(model).analyse(clamp, Lang.EN)
    read = [locator for body in server.requests for locator, _ in passages_in(prompt_of(body))]
    assert (analysis.coverage.paragraphs_read, analysis.coverage.claims_read) == (46, 18)
    assert len(server.requests) > 3
    assert set(read) == {str(locator) for locator, _ in clamp.patent.passages()}
    assert len(read) < 1.1 * len(set(read))
    assert all(each.verified for each in analysis.statements)
    assert all(analysis.sections[topic] for topic in Topic)


def test_the_second_identical_analysis_asks_nobody(database, clamp):
    with a_model(database, Behaviour(honest), P2T_CONTEXT_TOKENS=4096) as (model, server):
        first = Analyst(model).analyse(clamp, Lang.EN, "How wide is the open slot?")
        seen = len(server.requests)
        second = Analyst(model).analyse(clamp, Lang.EN, "How wide is the open slot?")
        assert len(server.requests) == seen
    assert second.statements == first.statements
    assert second.usage.cached
    assert (second.usage.calls, second.usage.cost_usd) == (0, 0)
    assert first.usage.calls == seen


def test_a_settled_analysis_is_recalled_without_being_examined_again(database, clamp, tmp_path):
    derived = Derived(tmp_path)
    with a_model(database, Behaviour(honest), P2T_CONTEXT_TOKENS=4096) as (model, server):
        analyst = Analyst(model, derived=derived)
        assert analyst.recall(clamp.patent, Lang.EN, "How thick is the washer?") is None
        first = analyst.analyse(clamp, Lang.EN, "How thick is the washer?")
        seen = len(server.requests)
        told = []
        heard = Listener(told=lambda _, statement: told.append(statement))
        second = analyst.analyse(clamp, Lang.EN, "How thick is the washer?", heard)
        assert len(server.requests) == seen
        assert analyst.recall(clamp.patent, Lang.KO, "How thick is the washer?") is None
    assert second == replace(first, usage=Usage(cached=True))
    assert set(told) == set(second.statements)


def test_a_refused_statement_is_corrected_once_with_the_reason(database, clamp):
    def say(body):
        if instructions_of(body).startswith("A program refused"):
            assert "7" in prompt_of(body)
            return json.dumps({"statements": [{**GOOD, "number": 1}]})
        return json.dumps({"statements": [GOOD, BAD]})

    with a_model(database, Behaviour(say), P2T_CONTEXT_TOKENS=32768) as (model, server):
        told: list[str] = []
        heard = Listener(told=lambda _, statement: told.append(statement.text))
        analysis = Analyst(model).analyse(clamp, Lang.EN, heard=heard)
    assert len(server.requests) == 2
    assert "“7 mm”" in server.prompt() or "“7”" in server.prompt()
    assert [each.verified for each in analysis.sections[Topic.CONCEPTS]] == [True, True]
    assert told == [GOOD["text"], GOOD["text"]]


def test_what_cannot_be_corrected_stays_visible_with_its_reason(database, clamp):
    with a_model(database, Behaviour(saying(GOOD, BAD)), P2T_CONTEXT_TOKENS=32768) as (model, _):
        analysis = Analyst(model).analyse(clamp, Lang.EN)
    good, bad = analysis.sections[Topic.CONCEPTS]
    assert good.verified
    assert not bad.verified
    assert bad.text == BAD["text"]
    assert bad.fault.code == "analysis.fault.number_not_quoted"


def test_verified_statements_are_told_before_the_answer_is_whole(database, clamp):
    statements = [{**GOOD, "text": f"The hinge pin 22 has a diameter of 6 mm{'.' * n}"} for n in range(1, 9)]
    with a_model(database, Behaviour(saying(*statements), fault="half"), P2T_CONTEXT_TOKENS=32768) as (model, _):
        told = []
        heard = Listener(told=lambda topic, statement: told.append((topic, statement.verified)))
        analysis = Analyst(model).analyse(clamp, Lang.EN, heard=heard)
    assert len(told) >= 2
    assert set(told) == {("concepts", True)}
    assert len(analysis.sections[Topic.CONCEPTS]) == len(told)
    assert isinstance(analysis.failure, ModelUnavailable)
    assert AnalysisRead.of(analysis).error.code == "model_unavailable"


def test_a_part_that_fails_costs_the_others_nothing(database, clamp):
    def say(body):
        if "[0030]|" in str(body["messages"]):
            return "garbage"
        return honest(body)

    with a_model(database, Behaviour(say), P2T_CONTEXT_TOKENS=4096) as (model, _):
        analysis = Analyst(model).analyse(clamp, Lang.EN)
    assert isinstance(analysis.failure, ModelUnavailable)
    assert 0 < analysis.coverage.paragraphs_read < 46
    assert sum(each.verified for each in analysis.statements) > 10


def test_a_server_that_never_answers_is_a_typed_error(database, clamp):
    with a_model(database, Behaviour(fault="hang"), P2T_MODEL_TIMEOUT=1) as (model, _), pytest.raises(ModelUnavailable):
        Analyst(model).analyse(clamp, Lang.EN)


def test_no_analysis_begins_that_the_limit_could_not_bear(database, clamp):
    settings = {"P2T_BUDGET_USD": "0.01", "P2T_MODEL_PRICES": {"fake": (10, 10)}, "P2T_CONTEXT_TOKENS": 32768}
    with a_model(database, Behaviour(honest), **settings) as (model, server), pytest.raises(OverBudget):
        Analyst(model).analyse(clamp, Lang.EN)
    assert not server.requests


def test_a_question_is_answered_from_the_likeliest_passages(database, clamp):
    with a_model(database, Behaviour(honest), P2T_CONTEXT_TOKENS=32768) as (model, server):
        analysis = Analyst(model).ask(clamp, Lang.EN, "How thick is the thrust washer?")
    assert analysis.answer.answered
    assert any("3 mm thick" in each.text for each in analysis.answer.statements)
    assert len(server.requests) == 1
    assert 0 < analysis.coverage.paragraphs_read <= 46


def test_all_passages_are_read_before_a_question_is_given_up(database, clamp):
    with a_model(database, Behaviour(saying()), P2T_CONTEXT_TOKENS=4096) as (model, server):
        analysis = Analyst(model).ask(clamp, Lang.EN, "What does it cost?")
    assert not analysis.answer.answered
    assert (analysis.coverage.paragraphs_read, analysis.coverage.claims_read) == (46, 18)
    assert len(server.requests) > 2


def test_a_follow_up_question_is_asked_with_what_was_said(database, clamp):
    before = [Turn("How thick is the thrust washer?", ("The thrust washer 46 is 3 mm thick.",))]
    with a_model(database, Behaviour(honest), P2T_CONTEXT_TOKENS=32768) as (model, server):
        Analyst(model).ask(clamp, Lang.EN, "And what is it made of?", before)
    assert "Earlier question: How thick is the thrust washer?" in server.prompt()
    assert "Earlier answer: The thrust washer 46 is 3 mm thick." in server.prompt()
    with pytest.raises(BadInput):
        Analyst(model).ask(clamp, Lang.EN, "  ")


def test_absence_is_verified_by_the_words_that_were_sought(database, clamp):
    absent = {
        "topic": "answer",
        "kind": "not_disclosed",
        "text": "No price is given.",
        "evidence": [],
        "sought": ["price"],
    }
    false = {**absent, "text": "No thrust washer is disclosed.", "sought": ["thrust washer"]}
    with a_model(database, Behaviour(saying(absent, false)), P2T_CONTEXT_TOKENS=32768) as (model, _):
        analysis = Analyst(model).ask(clamp, Lang.EN, "What does it cost?")
    right, wrong = analysis.answer.statements
    assert right.kind is Kind.NOT_DISCLOSED
    assert right.verified
    assert not wrong.verified
    assert wrong.fault.code == "analysis.fault.is_disclosed"
    assert not analysis.answer.answered


@pytest.mark.parametrize("with_model", [False, True])
def test_a_claim_is_charted_against_a_text(database, clamp, with_model):
    product = "Our clamp has a base plate and a lower jaw.\n\nA cam lever presses on a thrust washer."
    named = [{"locator": "[1]", "quote": "has a base plate and a lower jaw"}]
    made_up = [{"locator": "[1]", "quote": "has a hinge pin"}]
    rows = [
        {"element": 2, "verdict": "found", "comment": "Named.", "evidence": named},
        {"element": 3, "verdict": "found", "comment": "Made up.", "evidence": made_up},
    ]
    with a_model(database, Behaviour(lambda _: json.dumps({"rows": rows}))) as (model, _):
        chart = Analyst(model if with_model else None).chart(clamp, 1, ("product", product), Lang.EN)
    plate = next(row for row in chart.rows if row.element.startswith("a base plate"))
    assert plate.verdict is ChartVerdict.FOUND
    assert plate.verified
    assert plate.evidence[0].locator == "[1]"
    if with_model:
        assert not chart.rows[2].verified
    assert {row.verdict for row in chart.rows} >= {ChartVerdict.FOUND, ChartVerdict.NOT_FOUND}
    document = ClaimChartRead.of(chart)
    assert document.notes[0].code == "analysis.note.chart"
    with pytest.raises(BadInput, match="no claim 99"):
        Analyst().chart(clamp, 99, ("product", product), Lang.EN)


@pytest.mark.parametrize("with_model", [False, True])
def test_two_patents_are_put_side_by_side(database, clamp, valve, with_model):
    lever = [{"locator": "abstract", "quote": "A cam lever is mounted on the swing bolt by a barrel nut"}]
    differences = [
        {"standing": "only_first", "text": "The cam lever is mounted on the swing bolt.", "first": lever, "second": []},
        {"standing": "shared", "text": "Both have a cam lever on a swing bolt.", "first": lever, "second": []},
    ]
    said = {"differences": differences}
    with a_model(database, Behaviour(lambda _: json.dumps(said)), P2T_CONTEXT_TOKENS=32768) as (model, _):
        comparison = Analyst(model if with_model else None).compare(clamp, valve, Lang.EN)
    first = comparison.differences[0]
    assert first.statement.verified
    assert {proof.source for proof in first.statement.evidence} <= {str(clamp.patent.number), str(valve.patent.number)}
    if with_model:
        assert first.standing is Standing.ONLY_FIRST
        assert not comparison.differences[1].statement.verified
    else:
        assert {each.standing for each in comparison.differences} >= {Standing.SHARED, Standing.ONLY_FIRST}
    document = ComparisonRead.of(comparison)
    assert document.first == str(clamp.patent.number)
    for coverage, reading in zip(document.coverage, (clamp, valve), strict=True):
        assert coverage.claims_read == coverage.claims_total == len(reading.patent.claims)
        assert coverage.paragraphs_read == coverage.paragraphs_total == len(reading.patent.paragraphs)


def test_a_comparison_says_how_much_of_each_patent_the_model_was_shown(database, clamp, valve):
    said = json.dumps({"differences": []})
    with a_model(database, Behaviour(lambda _: said), P2T_CONTEXT_TOKENS=8192) as (model, server):
        comparison = Analyst(model).compare(clamp, valve, Lang.EN)
    for coverage, reading in zip(comparison.coverage, (clamp, valve), strict=True):
        shown = [each for each in reading.patent.paragraphs if f"{each.locator}" in server.prompt()]
        assert 0 < coverage.paragraphs_read < coverage.paragraphs_total
        assert coverage.paragraphs_read <= len(shown)
