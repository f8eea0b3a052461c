"""What several integration tests need: a scripted writer of code behind real HTTP, with a real sandbox."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from patent2tech.app import now
from patent2tech.codegen import CodeBuilder, CodeOrder, CodeResult, PlannedCode
from patent2tech.codegen.testing import SandboxTester
from patent2tech.llm.opening import choose, open_model
from patent2tech.sandbox import ChosenSandbox
from patent2tech.settings import Settings
from patent2tech.store.derived import Derived
from tests.fake_openai import Behaviour, fake_server
from tests.scripted_code import Writer, a_reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from patent2tech.store import Database

PRICES = {"writer": (Decimal(1), Decimal(4))}


@pytest.fixture(scope="module")
def sandbox() -> ChosenSandbox:
    return ChosenSandbox()


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    """Accounts of runs, which the tests of this module share: the same project is run once."""
    return Derived(tmp_path_factory.mktemp("runs"))


@pytest.fixture
def written(database: Database, sandbox: ChosenSandbox, runs: Derived, tmp_path: Path) -> Callable[..., CodeResult]:
    """Let a scripted writer write the code of the patent."""
    with database.begin() as session:
        session.execute(text("truncate llm_calls, llm_answers"))

    def write(
        writer: Writer, *, sandbox: ChosenSandbox = sandbox, only_plan: bool = False, **order
    ) -> CodeResult | PlannedCode:
        behaviour = Behaviour(writer.say, input_usd=Decimal(1), output_usd=Decimal(4))
        with fake_server(behaviour) as server:
            settings = Settings(
                _env_file=None,
                OPENAI_BASE_URL=server.url,
                P2T_CODE_MODEL="writer",
                P2T_MODEL_PRICES=PRICES,
                P2T_CONTEXT_TOKENS=60_000,
            )
            choice = choose(settings, settings.code_model)
            assert choice
            model = open_model(settings, choice, database, now)
            try:
                builder = CodeBuilder(lambda: model, SandboxTester(sandbox, runs), Derived(tmp_path / "steps"))
                work = builder.plan if only_plan else builder.build
                return work(a_reading(), CodeOrder(**order))
            finally:
                model.close()

    return write
