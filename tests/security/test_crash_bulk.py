"""`kill -9` at any moment of a bulk import, its workers or its database: nothing acknowledged is lost, and it goes on.

Run as a program this file is the victim: it imports one file and tells after each written chunk how much is kept.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from patent2tech.formats import groups, planning
from patent2tech.library import Fault, Library
from patent2tech.library.bulk import Workshop
from patent2tech.library.importing import Importer, Progress
from patent2tech.patents import PublicationNumber
from patent2tech.store import BlobStore, open_database
from patent2tech.store.cluster import Cluster
from tests.uspto_xml import claim_xml, paragraph_xml, uspto_document

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = int(os.environ.get("P2T_CRASH_ROUNDS", "5"))
SEED = int(os.environ.get("P2T_CRASH_SEED", "20260101"))
ALSO_KILLED = ("nothing", "server", "workers", "all")
_LONGEST_LIFE_SECONDS = 1.5
_DOCUMENTS = 2_000
_CHUNK_BYTES = 250_000
_WORKERS = 2
_PATIENCE_SECONDS = 120


def a_document(serial: int) -> bytes:
    words = f"The spring {serial} closes the bolt 14. " * 60
    text = uspto_document(
        number=str(9_000_000 + serial), claims=[claim_xml(1, "A latch.")], description=paragraph_xml(1, words)
    )
    return text.encode()


def import_file(folder: Path) -> None:
    """Import the file with small chunks, and write down on stdout how many documents are kept."""
    _small_chunks()
    with open_database(None, folder) as database:
        library = Library(database, BlobStore(folder / "blobs"))
        os.write(1, b"open\n")
        importer = Importer(lambda: library, Workshop(folder / "spool"))
        importer.import_paths([folder / "weekly.xml"], _tell, _WORKERS)
        os.write(1, b"done\n")


def _tell(progress: Progress) -> None:
    os.write(1, b"%d\n" % progress.kept)


def _small_chunks() -> None:
    for module in (groups, planning):
        module.CHUNK_BYTES = _CHUNK_BYTES  # type: ignore[misc]


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="p2t-test-"))
    (made / "weekly.xml").write_bytes(b"".join(map(a_document, range(_DOCUMENTS))))
    yield made
    Cluster(made / "postgres").stop()
    shutil.rmtree(made)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds processes in /proc")
def test_an_import_that_is_killed_goes_on_and_loses_nothing(folder: Path) -> None:
    chance = random.Random(SEED)
    acknowledged = 0
    for round_number in range(ROUNDS):
        said = killed_import(folder, ALSO_KILLED[round_number % len(ALSO_KILLED)], chance)
        acknowledged = max(acknowledged, said)
        with open_database(None, folder) as database:
            library = Library(database, BlobStore(folder / "blobs"))
            assert library.count() >= acknowledged
            assert {problem.fault for problem in library.check()} <= {Fault.ORPHAN}
    assert acknowledged > 0, "the victims were killed too early to prove anything"
    with open_database(None, folder) as database:
        library = Library(database, BlobStore(folder / "blobs"))
        report = Importer(lambda: library, Workshop(folder / "spool")).import_paths([folder / "weekly.xml"])
        assert (report.documents, report.refusals, library.count()) == (_DOCUMENTS, 0, _DOCUMENTS)
        assert library.check() == ()
        for serial in chance.sample(range(_DOCUMENTS), 20):
            kept = library.source(PublicationNumber("US", str(9_000_000 + serial), "B2"))
            assert kept.strip() == a_document(serial).strip()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds processes in /proc")
def test_workers_that_are_killed_do_not_stop_an_import(folder: Path) -> None:
    victim = start_victim(folder)
    assert victim.stdout is not None
    assert victim.stdout.readline() == b"open\n"
    # With the first of its many chunks written, the import is under way and far from its end.
    assert victim.stdout.readline()[:-1].isdigit()
    os.kill(workers_of(victim.pid)[0], signal.SIGKILL)
    said, _ = victim.communicate(timeout=_PATIENCE_SECONDS)
    assert said.endswith(b"done\n")
    with open_database(None, folder) as database:
        assert Library(database, BlobStore(folder / "blobs")).count() == _DOCUMENTS


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds processes in /proc")
def test_no_worker_outlives_its_import(folder: Path) -> None:
    victim = start_victim(folder)
    assert victim.stdout is not None
    assert victim.stdout.readline() == b"open\n"
    assert victim.stdout.readline()[:-1].isdigit()
    while len(workers := workers_of(victim.pid)) < _WORKERS:
        assert victim.poll() is None
        time.sleep(0.01)
    victim.kill()
    victim.communicate()
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [worker for worker in workers if alive(worker)]


def start_victim(folder: Path) -> subprocess.Popen[bytes]:
    """Run this file as the program that imports."""
    return subprocess.Popen(
        [sys.executable, __file__, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])},
    )


def killed_import(folder: Path, also: str, chance: random.Random) -> int:
    """Run a victim until some time after its first chunk, kill it and more, and give what it acknowledged."""
    victim = start_victim(folder)
    assert victim.stdout is not None
    assert victim.stdout.readline() == b"open\n"
    first = victim.stdout.readline()
    time.sleep(chance.uniform(0, _LONGEST_LIFE_SECONDS))
    server = Cluster(folder / "postgres").server.pid()
    workers = workers_of(victim.pid)
    order = [victim.pid]
    if also in {"server", "all"} and server is not None:
        order.append(server)
    if also in {"workers", "all"}:
        order += workers
    chance.shuffle(order)
    for pid in order:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    said = first + victim.communicate()[0]
    return max((int(line) for line in said.split(b"\n")[:-1] if line.isdigit()), default=0)


def workers_of(pid: int) -> list[int]:
    """The processes of a victim that parse: those of its children that `multiprocessing` started for that."""
    try:
        children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return [each for each in children if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]
    except OSError:
        return []


def alive(pid: int) -> bool:
    """Whether a process lives, zombies apart."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


if __name__ == "__main__":
    import_file(Path(sys.argv[1]))
