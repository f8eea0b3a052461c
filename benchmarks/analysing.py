"""Analysis: what reading a long patent takes of a model with a short context, and what the second time costs."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from benchmarks.measuring import row
from patent2tech.analysis import Analyst, Evidence, Statement
from patent2tech.analysis.grounding import Gate
from patent2tech.analysis.source import Source
from patent2tech.app import App, now
from patent2tech.llm.opening import choose, open_model
from patent2tech.patents import Claim, Paragraph, Patent, PatentType, PublicationNumber
from patent2tech.reading import read
from patent2tech.settings import Settings
from patent2tech.store import open_database
from patent2tech.store.derived import Derived
from patent2tech.text.notes import Lang
from tests.fake_openai import Behaviour, FakeServer, fake_server, tokens_of
from tests.scripted_models import honest

_PAGES = 60
_WORDS_A_PAGE = 550
_CONTEXT = 16_384


def run() -> None:
    """Print what was measured."""
    patent = a_long_patent()
    folder = Path(tempfile.mkdtemp(prefix="p2t-bench-"))
    database = open_database(None, folder)
    try:
        with fake_server(Behaviour(honest, input_usd=Decimal(1), output_usd=Decimal(4))) as server:
            _measure(patent, server, database)
    finally:
        database.stop()
        shutil.rmtree(folder)


def _measure(patent: Patent, server: FakeServer, database: object) -> None:
    values = {"OPENAI_BASE_URL": server.url, "P2T_ANALYSIS_MODEL": "fake", "P2T_CONTEXT_TOKENS": _CONTEXT}
    settings = Settings(_env_file=None, P2T_MODEL_PRICES={"fake": (1, 4)}, **values)  # type: ignore[arg-type]
    choice = choose(settings, settings.analysis_model)
    assert choice
    model = open_model(settings, choice, database, now)  # type: ignore[arg-type] # an open database
    reading = read(patent, dt.date(2026, 11, 26))
    length = tokens_of("\n".join(text for _, text in patent.passages()))
    analyst = Analyst(model, derived=Derived(Path(tempfile.mkdtemp(prefix="p2t-bench-"))))
    begun = time.perf_counter()
    first = analyst.analyse(reading, Lang.EN)
    took = time.perf_counter() - begun
    coverage = first.coverage
    ratio = (first.usage.input_tokens - first.usage.output_tokens) / length
    row("analysis: patent of 60 pages, tokens; context; calls", f"{length}, {_CONTEXT}, {first.usage.calls}")
    row("analysis: claims and paragraphs read", f"{coverage.claims_read}/{coverage.claims_total}, "
           f"{coverage.paragraphs_read}/{coverage.paragraphs_total}")  # fmt: skip
    row("analysis: input tokens, output tokens, cost", f"{first.usage.input_tokens}, {first.usage.output_tokens}, "
           f"${first.usage.cost_usd}")  # fmt: skip
    row("analysis: (input - output) / length of the patent", f"{ratio:.2f}")
    row("analysis: first time without the model's own, s", f"{took:.2f}")
    times, processor = [], []
    for _ in range(5):
        begun, used = time.perf_counter(), time.process_time()
        second = analyst.analyse(reading, Lang.EN)
        times.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
        assert second.usage.cached
        assert second.statements == first.statements
    row("analysis: again, ms by the clock and of CPU; cost", f"{1000 * sorted(times)[2]:.0f}, "
           f"{1000 * sorted(processor)[2]:.0f}; ${second.usage.cost_usd}")  # fmt: skip
    _gate(reading)
    model.close()
    _over_http(patent, values)


def _over_http(patent: Patent, values: dict[str, object]) -> None:
    """The second identical request as a program makes it: to the API, which reads the patent from its database."""
    from fastapi.testclient import TestClient

    from patent2tech.api import create_api

    folder = Path(tempfile.mkdtemp(prefix="p2t-bench-"))
    settings = Settings(_env_file=None, P2T_DATA_DIR=folder, P2T_MODEL_PRICES={"fake": (1, 4)}, **values)  # type: ignore[arg-type]
    try:
        with App(settings) as app, TestClient(create_api(app), base_url="http://127.0.0.1:8321") as client:
            app.library.keep(patent, b"", {})
            order = {"number": str(patent.number)}
            first = client.post("/api/v1/analyses", json=order).json()
            times = []
            for _ in range(5):
                begun = time.perf_counter()
                second = client.post("/api/v1/analyses", json=order).json()
                times.append(time.perf_counter() - begun)
                assert second["usage"] == {**second["usage"], "cached": True, "cost_usd": 0}
                assert second["sections"] == first["sections"]
            row("analysis: again over the API, ms by the clock", f"{1000 * sorted(times)[2]:.0f}")
            app.database.stop()
    finally:
        shutil.rmtree(folder)


def _gate(reading: object) -> None:
    gate = Gate([Source.of_reading(reading)])  # type: ignore[arg-type] # a reading
    places = [(locator, text) for locator, text in gate.sources[0].places.items() if locator.startswith("[")][:200]
    begun = time.process_time()
    for locator, text in places:
        sentence = text.split(". ")[0]
        gate.ground(Statement(sentence, evidence=(Evidence(locator, sentence),)))
    row("gate: ms of CPU a statement", f"{1000 * (time.process_time() - begun) / len(places):.1f}")


def a_long_patent() -> Patent:
    """An invented patent of sixty pages, every sentence of it different."""
    parts = [f"{adjective} {noun}" for noun in ("valve", "spring", "lever", "housing", "shaft", "seal", "rod", "plate")
             for adjective in ("first", "second", "upper", "lower", "inner", "outer")]  # fmt: skip
    named = [(name, str(10 + 2 * number)) for number, name in enumerate(parts)]

    def sentence(number: int) -> str:
        one, other = named[number % len(named)], named[(number * 7 + 3) % len(named)]
        return (
            f"The {one[0]} {one[1]} is arranged beside the {other[0]} {other[1]} at a distance of "
            f"{number % 97 + 1}.{number % 10} mm, so that a force of {number % 53 + 2} N acts on it in step {number}."
        )

    per_paragraph = 4
    words = len(sentence(1).split())
    paragraphs = _PAGES * _WORDS_A_PAGE // (words * per_paragraph)
    return Patent(
        number=PublicationNumber.parse("US9900088B2"),
        title="Valve train with many parts",
        type=PatentType.UTILITY,
        language="en",
        source_format="benchmark",
        abstract=" ".join(sentence(each) for each in range(3)),
        claims=tuple(
            Claim(each, f"{each}. A valve train comprising:\na {named[each][0]}; and\na {named[each + 1][0]} of steel.")
            for each in range(1, 31)
        ),
        description=tuple(
            Paragraph(f"{each:04}", " ".join(sentence(each * per_paragraph + part) for part in range(per_paragraph)))
            for each in range(1, paragraphs + 1)
        ),
    )
