"""Whatever is asked at once, and whatever the server does: no more is ever spent than the limit allows."""

from __future__ import annotations

import datetime as dt
import json
import os
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from sqlalchemy import text

from patent2tech.errors import OverBudget, P2TError
from patent2tech.llm import Ask, SpendingLimit
from tests.fake_openai import Behaviour
from tests.models import a_model

if TYPE_CHECKING:
    from patent2tech.llm.client import ModelClient
    from patent2tech.store import Database

CENT = Decimal("0.01")
PRICES = {"fake": (3, 15)}


class Text(BaseModel):
    """Any text."""

    text: str


asks = st.lists(
    st.tuples(
        st.text(st.sampled_from("abc 한글é\n"), max_size=2000),
        st.integers(1, 400),
        st.integers(1, 500),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize("monthly", [False, True])
@settings(
    max_examples=int(os.environ.get("P2T_BUDGET_EXAMPLES", "8")),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(asks=asks, fault=st.sampled_from(["", "", "half", "500", "close", "garbage"]), faults=st.integers(1, 6))
def test_no_sequence_of_concurrent_requests_spends_more_than_a_cent(
    database: Database,
    monthly: bool,  # noqa: FBT001 - given by the parameters
    asks: list[tuple[str, int, int, bool]],
    fault: str,
    faults: int,
) -> None:
    with database.begin() as session:
        session.execute(text("truncate llm_calls, llm_answers"))
    lengths = {limit: length for _, limit, length, _ in asks}
    behaviour = Behaviour(
        lambda body: json.dumps({"text": "x" * 4 * lengths[body["max_tokens"]]}),
        fault=fault,
        faults=faults,
        input_usd=Decimal(3),
        output_usd=Decimal(15),
    )
    limit = None if monthly else SpendingLimit(CENT)
    terms = {"P2T_BUDGET_USD": str(CENT)} if monthly else {}
    with a_model(database, behaviour, P2T_MODEL_PRICES=PRICES, P2T_MODEL_TIMEOUT=1, **terms) as (model, server):

        def ask(index: int) -> str:
            prompt, tokens, _, streamed = asks[index]
            question = Ask("property", "1", "Answer.", prompt, Text, tokens, index)
            try:
                _ = list(model.stream(question, limit)) if streamed else model.answer(question, limit)
            except OverBudget:
                return "over"
            except P2TError:
                return "failed"
            return "answered"

        with ThreadPoolExecutor(6) as pool:
            outcomes = list(pool.map(ask, range(len(asks))))
        assert server.charged_usd <= CENT
        if limit:
            assert server.charged_usd <= limit.spent_usd <= CENT
        assert len(outcomes) == len(asks)
        assert outcomes.count("answered") <= len(server.requests)


def _answers(model: ModelClient, limit: SpendingLimit, number: int) -> bool:
    try:
        model.answer(Ask("property", "1", "Answer.", "Say it.", Text, 100, number), limit)
    except OverBudget:
        return False
    return True


def test_a_limit_is_used_up_to_its_end_and_not_before(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("truncate llm_calls, llm_answers"))
    behaviour = Behaviour(lambda _: '{"text": "short"}', input_usd=Decimal(3), output_usd=Decimal(15))
    limit = SpendingLimit(CENT)
    with a_model(database, behaviour, P2T_MODEL_PRICES=PRICES) as (model, server):
        answered = 0
        while _answers(model, limit, answered):
            answered += 1
    # What a settled call did not use is free again: far more calls fit than could have been reserved at once.
    assert server.charged_usd <= CENT
    assert server.charged_usd > CENT / 2
    assert answered > 2 * CENT / (limit.limit_usd - limit.spent_usd)


def test_the_months_limit_is_that_of_the_calendar_month(database: Database) -> None:
    from patent2tech.llm.ledger import Call, Ledger, Result

    with database.begin() as session:
        session.execute(text("truncate llm_calls"))
    call = Call("test", "1", "m", "s", "0" * 64, 1, None, Decimal("0.6"))
    present = dt.datetime.now(dt.UTC)
    ledger = Ledger(database, Decimal(1), lambda: present)
    ledger.settle(ledger.reserve(call), Result("done", 1, 1, Decimal("0.5")))
    with pytest.raises(OverBudget):
        ledger.reserve(call)
    later = Ledger(database, Decimal(1), lambda: present + dt.timedelta(days=32))
    assert later.reserve(call)
    assert ledger.spending().usd == Decimal("1.1")
