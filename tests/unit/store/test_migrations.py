"""The schema history: applied once, in one step, by whoever comes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from patent2tech.errors import NotConfigured
from patent2tech.store import Database, is_current, upgrade
from patent2tech.store.migrations import config, head

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def bare(database: Database) -> Iterator[Engine]:
    """An engine that sees an empty schema."""
    with database.engine.begin() as connection:
        connection.execute(text("create schema bare"))
    address = database.engine.url.update_query_dict({"options": "-csearch_path=bare"})
    engine = create_engine(address)
    yield engine
    engine.dispose()
    with database.engine.begin() as connection:
        connection.execute(text("drop schema bare cascade"))


def test_the_embedded_database_is_current_when_it_opens(database: Database) -> None:
    assert is_current(database.engine)
    assert upgrade(database.engine) is False


def test_the_file_names_tell_the_newest_revision(database: Database) -> None:
    with database.engine.connect() as connection:
        assert ScriptDirectory.from_config(config(connection)).get_heads() == [head()]


def test_an_empty_database_is_brought_up_to_date(bare: Engine) -> None:
    assert not is_current(bare)
    assert upgrade(bare) is True
    assert is_current(bare)
    assert "patents" in inspect(bare).get_table_names()


def test_starting_many_times_at_once_migrates_once(bare: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(upgrade, [bare] * 4)) == [False, False, False, True]


def test_a_database_of_a_newer_program_is_left_alone(bare: Engine) -> None:
    upgrade(bare)
    with bare.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(NotConfigured, match="newer version"):
        upgrade(bare)


def test_every_revision_can_be_undone(bare: Engine) -> None:
    upgrade(bare)
    with bare.begin() as connection:
        command.downgrade(config(connection), "base")
    assert inspect(bare).get_table_names() == ["alembic_version"]
