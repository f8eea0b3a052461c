"""The embedded server: shared, stopped by its last user, and back after every kind of violence."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from patent2tech.errors import OutsideFailure
from patent2tech.store import Database, open_database
from patent2tech.store.cluster import Cluster
from patent2tech.store.filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE_SECONDS = 120
"""For a busy machine; only the state counts."""


@pytest.fixture(scope="module")
def kept_folder() -> Iterator[Path]:
    """A data folder whose cluster the tests of this module share, as making one takes the longest."""
    folder = Path(tempfile.mkdtemp(prefix="p2t-test-"))
    yield folder
    Cluster(folder / "postgres").stop()
    shutil.rmtree(folder)


@pytest.fixture
def folder(kept_folder: Path) -> Iterator[Path]:
    """The same with no server running before and after."""
    Cluster(kept_folder / "postgres").stop()
    yield kept_folder
    Cluster(kept_folder / "postgres").stop()


def _dies(pid: int) -> bool:
    """Whether the process is gone within a moment; a zombie that nobody has waited for counts as gone."""
    for _ in range(_PATIENCE_SECONDS * 100):
        status = Path(f"/proc/{pid}/stat")
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.01)
    return False


def _pid(folder: Path) -> int | None:
    return Cluster(folder / "postgres").server.pid()


def _alive(folder: Path) -> bool:
    with FileLock(folder / "postgres" / "life.lock") as life:
        return not life.take()


def _works(database: Database) -> bool:
    with database.begin() as session:
        return bool(session.scalar(text("select 1")))


def _work_while_the_server_is_killed(database: Database, folder: Path) -> None:
    with database.begin() as session:
        session.scalar(text("select 1"))
        pid = _pid(folder)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        for _ in range(100):
            session.scalar(text("select pg_sleep(0.1)"))


def _ends(folder: Path) -> bool:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while _alive(folder):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _user_process(folder: Path) -> subprocess.Popen[str]:
    """Another process that has the database open until it is killed."""
    code = (
        "import sys, time, pathlib, patent2tech.store as s; d = s.open_database(None, pathlib.Path(sys.argv[1]));"
        "print('open', flush=True); time.sleep(600)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_the_last_user_to_leave_stops_the_server(folder: Path) -> None:
    first, second = open_database(None, folder), open_database(None, folder)
    first.close()
    assert _works(second)
    second.close()
    assert _ends(folder)


def test_closing_twice_is_closing_once(folder: Path) -> None:
    first, second = open_database(None, folder), open_database(None, folder)
    first.close()
    first.close()
    assert _works(second)
    second.close()


def test_opening_right_after_the_last_close_works(folder: Path) -> None:
    for _ in range(5):
        with open_database(None, folder) as database:
            assert _works(database)


def test_a_program_that_ends_without_closing_stops_the_server(folder: Path) -> None:
    code = "import sys, pathlib, patent2tech.store as s; s.open_database(None, pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True)
    assert _ends(folder)


def test_killing_the_process_that_started_the_server_leaves_it_to_the_others(folder: Path) -> None:
    starter = _user_process(folder)
    with open_database(None, folder) as database:
        starter.kill()
        starter.communicate()
        assert _works(database)
    assert _ends(folder)


def test_a_server_left_by_a_killed_user_is_stopped_by_the_next(folder: Path) -> None:
    user = _user_process(folder)
    user.kill()
    user.communicate()
    assert _alive(folder)
    open_database(None, folder).close()
    assert _ends(folder)


def test_a_server_that_never_ends_its_shutdown_is_ended_and_started_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("patent2tech.store.cluster._STUCK_SECONDS", 0.5)
    database = open_database(None, folder)
    stuck = _pid(folder)
    children = Path(f"/proc/{stuck}/task/{stuck}/children").read_text().split()
    [writer] = [int(pid) for pid in children if b"checkpointer" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(writer, signal.SIGSTOP)
    database.close()
    with open_database(None, folder) as again:
        assert _works(again)
        assert _pid(folder) != stuck


def test_an_open_database_survives_the_death_of_its_server(folder: Path) -> None:
    with open_database(None, folder) as database:
        assert _works(database)
        pid = _pid(folder)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        # A connection outlives its server for a moment, and what it does then may fail in words or succeed.
        assert _dies(pid)
        database.engine.dispose()
        assert _works(database)
        assert _pid(folder) != pid


def test_a_transaction_cut_by_the_servers_death_is_a_failure_in_words(folder: Path) -> None:
    with open_database(None, folder) as database:
        with pytest.raises(OutsideFailure, match="did not answer"):
            _work_while_the_server_is_killed(database, folder)
        assert _works(database)


def test_a_process_number_that_passed_to_a_stranger_does_not_stop_the_start(folder: Path) -> None:
    open_database(None, folder).stop()
    note = folder / "postgres" / "data" / "postmaster.pid"
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        note.write_text(f"{stranger.pid}\n/elsewhere\n1\n5432\n.\n\n  1 1\nready\n")
        with open_database(None, folder) as database:
            assert _works(database)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_leftover_sockets_and_half_made_clusters_are_no_obstacle(folder: Path) -> None:
    open_database(None, folder).stop()
    data = folder / "postgres" / "data"
    (data / ".s.PGSQL.5432").write_text("")
    (data / ".s.PGSQL.5432.lock").write_text("1\n")
    with open_database(None, folder) as database:
        assert _works(database)


def test_a_killed_first_start_is_begun_again() -> None:
    folder = Path(tempfile.mkdtemp(prefix="p2t-test-"))
    half = folder / "postgres" / "data.new-1"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    try:
        database = open_database(None, folder)
        assert _works(database)
        assert not half.exists()
        database.stop()
    finally:
        shutil.rmtree(folder)


def test_a_path_too_long_for_a_socket_still_works() -> None:
    top = Path(tempfile.mkdtemp(prefix="p2t-test-"))
    folder = top / ("long-" * 20) / "한국어 'quoted' %20 folder"
    try:
        database = open_database(None, folder)
        assert _works(database)
        with open_database(database.url, folder) as by_url:
            assert _works(by_url)
        address = Path(database.engine.url.query["host"])  # type: ignore[arg-type]  # one host is text
        assert address.is_symlink()
        database.stop()
        assert not address.is_symlink()
    finally:
        shutil.rmtree(top)


def test_a_server_that_cannot_start_says_why_and_where_its_log_is(folder: Path) -> None:
    open_database(None, folder).stop()
    control = folder / "postgres" / "data" / "global" / "pg_control"
    control.rename(control.with_suffix(".away"))
    try:
        with pytest.raises(OutsideFailure, match=r"pg_control.*server\.log"):
            open_database(None, folder)
    finally:
        control.with_suffix(".away").rename(control)


def test_a_folder_that_cannot_be_made_is_a_failure_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutsideFailure, match="choose another P2T_DATA_DIR"):
        open_database(None, tmp_path / "file")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_opens_a_database_and_root_can_too() -> None:
    folder = Path(tempfile.mkdtemp(prefix="p2t-test-"))
    ordinary = 65_534
    os.chown(folder, ordinary, ordinary)
    try:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.setgroups([])
                os.setgid(ordinary)
                os.setuid(ordinary)
                database = open_database(None, folder)
                status = 0 if _works(database) else 2
                database.stop()
            finally:
                os._exit(status)
        assert os.waitpid(child, 0)[1] == 0
        root = open_database(None, folder)
        assert _works(root)
        root.stop()
        assert {path.stat().st_uid for path in (folder / "postgres").iterdir()} == {ordinary}
    finally:
        shutil.rmtree(folder)
