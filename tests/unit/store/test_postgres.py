"""Opening databases: URLs in every usual form, and failures in one sentence."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from patent2tech.errors import NotConfigured, OutsideFailure
from patent2tech.store import Database, open_database

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("scheme", ["postgresql://", "postgres://", "postgresql+psycopg://", "POSTGRES://"])
def test_the_usual_forms_of_a_url_open_the_same_server(database: Database, tmp_path: Path, scheme: str) -> None:
    with open_database(database.url.replace("postgresql://", scheme), tmp_path) as opened, opened.begin() as session:
        assert session.scalar(text("select current_database()")) == "patent2tech"
        assert not opened.embedded


@pytest.mark.parametrize("url", ["mysql://u:secret@h/d", "patents.db", "postgresql://u:secret@h:port/d", "://"])
def test_another_url_is_refused_without_repeating_its_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(NotConfigured, match="DATABASE_URL is not of the form") as refusal:
        open_database(url, tmp_path)
    assert "secret" not in str(refusal.value)


def test_a_server_that_is_not_there_is_named_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutsideFailure, match=r"127\.0\.0\.1:1 did not answer") as failure:
        open_database("postgresql://user:secret@127.0.0.1:1/name", tmp_path)
    assert "secret" not in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("create table kept (one int)"))

    def fail_on_the_way() -> None:
        with database.begin() as session:
            session.execute(text("drop table kept"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_on_the_way()
    with database.begin() as session:
        session.execute(text("drop table kept"))


def test_the_program_is_no_superuser_and_writes_are_durable(database: Database) -> None:
    with database.begin() as session:
        assert session.scalar(text("select current_setting('is_superuser')")) == "off"
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
            assert session.scalar(text("select current_setting(:name)"), {"name": setting}) == "on"
        assert session.scalar(text("select current_setting('listen_addresses')")) == ""


def test_a_schema_that_is_not_up_to_date_says_how_to_bring_it_up(database: Database) -> None:
    with pytest.raises(NotConfigured, match="doctor --fix"), database.begin() as session:
        session.execute(text("select * from a_table_of_tomorrow"))


def test_importing_the_room_loads_nothing_heavy() -> None:
    code = "import sys, patent2tech.store; print(sorted({'sqlalchemy', 'psycopg', 'alembic'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
