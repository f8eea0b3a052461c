"""`kill -9` at any moment of an import loses nothing that was acknowledged, and leaves nothing half.

Run as a program this file is the victim: it keeps patents one after another and acknowledges each once it is kept.
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
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from patent2tech.library import Entry, Fault, Library
from patent2tech.patents import Claim, Figure, Paragraph, Part, Patent, PatentType, PublicationNumber, Sheet
from patent2tech.store import BlobStore, Database, open_database
from patent2tech.store.cluster import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = int(os.environ.get("P2T_CRASH_ROUNDS", "8"))
SEED = int(os.environ.get("P2T_CRASH_SEED", "20260101"))
_LONGEST_LIFE_SECONDS = 0.25
_LONGEST_START_SECONDS = 1.5
_STARTS_PER_FOLDER = 4
_PATIENCE_SECONDS = 120
ALSO_KILLED = ("nothing", "server", "all", "child")
_NUMBERS = 40
"""Few enough that later rounds replace what earlier ones kept, which must be as safe as adding."""


def an_entry(version: int) -> Entry:
    """A patent whose content follows from `version`, several versions sharing a number and some sheets."""
    chance = random.Random(version)
    images = [chance.randbytes(chance.randrange(1, 20_000)), b"a sheet that all share"]
    hashes = [sha256(image).hexdigest() for image in images]
    patent = Patent(
        number=PublicationNumber("US", str(1 + version % _NUMBERS), "B2"),
        title=f"Version {version}",
        type=PatentType.UTILITY,
        language="en",
        source_format="test",
        claims=tuple(Claim(number, f"{number}. A latch. " * 20) for number in range(1, chance.randrange(2, 20))),
        description=tuple(Paragraph(f"{number:04}", "The spring 12. " * 30) for number in range(chance.randrange(60))),
        sheets=tuple(Sheet(number, f"{number}.tif", sha256=digest) for number, digest in enumerate(hashes, 1)),
    )
    source = b"<xml>%d</xml>" % version + chance.randbytes(chance.randrange(60_000))
    return Entry(patent, source, dict(zip(hashes, images, strict=True)), (Figure("1"),), (Part("12", ("spring",), ()),))


def import_for_ever(folder: Path, version: int) -> None:
    """Keep one version after another, and write each down on stdout once it is kept."""
    with open_database(None, folder) as database:
        library = Library(database, BlobStore(folder / "blobs"))
        os.write(1, b"open\n")
        while True:
            entry = an_entry(version)
            library.keep(entry.patent, entry.source, entry.sheets, entry.figures, entry.parts)
            os.write(1, b"%d\n" % version)
            version += 1


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="p2t-test-"))
    yield made
    Cluster(made / "postgres").stop()
    shutil.rmtree(made)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds the server's processes in /proc")
def test_nothing_acknowledged_is_lost_and_nothing_is_half_after_kill_9(folder: Path) -> None:
    chance = random.Random(SEED)
    acknowledged: dict[PublicationNumber, int] = {}
    version = 0
    for round_number in range(ROUNDS):
        also = ALSO_KILLED[round_number % len(ALSO_KILLED)]
        # Three of four lives are counted from the first word: a busy machine may need longer for that than for a life.
        begun = round_number // len(ALSO_KILLED) % len(ALSO_KILLED) != round_number % len(ALSO_KILLED)
        for done in killed_import(folder, version, also, chance, begun=begun):
            acknowledged[an_entry(done).patent.number] = done
            version = done + 1
        # The next version may have been committed before its word came out.
        verify(folder, acknowledged, unsure=version)
        version += 1
    assert len(acknowledged) >= min(ROUNDS, _NUMBERS) // 2, "the victims were killed too early to prove anything"


def test_a_start_killed_at_any_moment_does_not_hinder_the_next() -> None:
    chance = random.Random(SEED)
    for _ in range(ROUNDS // _STARTS_PER_FOLDER):
        folder = Path(tempfile.mkdtemp(prefix="p2t-test-"))
        for _ in range(_STARTS_PER_FOLDER):
            victim = start_victim(folder, 0)
            time.sleep(chance.uniform(0, _LONGEST_START_SECONDS))
            victim.kill()
            victim.communicate()
        with open_database(None, folder) as database:
            library = Library(database, BlobStore(folder / "blobs"))
            library.mend()
            assert library.check() == ()
        Cluster(folder / "postgres").stop()
        assert not list((folder / "postgres").glob("data.new-*"))
        shutil.rmtree(folder)


def start_victim(folder: Path, version: int) -> subprocess.Popen[bytes]:
    """Run this file as the program that imports."""
    return subprocess.Popen(
        [sys.executable, __file__, str(folder), str(version)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def killed_import(folder: Path, version: int, also: str, chance: random.Random, *, begun: bool) -> list[int]:
    """Run a victim for some time after its database is open or its import has begun, and give what it acknowledged."""
    victim = start_victim(folder, version)
    assert victim.stdout is not None
    assert victim.stdout.readline() == b"open\n"
    first = victim.stdout.readline() if begun else b""
    time.sleep(chance.uniform(0, _LONGEST_LIFE_SECONDS))
    server, *children = server_processes(folder)
    order = [victim.pid, *{"nothing": [], "server": [server], "all": [server, *children], "child": []}[also]]
    if also == "child":
        order.append(chance.choice(children))
    chance.shuffle(order)
    for pid in order:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    said = first + victim.communicate()[0]
    # A last line without its end was cut by the kill and acknowledges nothing.
    return [int(line) for line in said.split(b"\n")[:-1]]


def server_processes(folder: Path) -> list[int]:
    """The server's process and its children, the server first."""
    server = Cluster(folder / "postgres").server.pid()
    assert server is not None
    return [server, *map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())]


def verify(folder: Path, acknowledged: dict[PublicationNumber, int], unsure: int) -> None:
    """Every acknowledged patent is whole, in its last acknowledged version or the one that was cut off after it.

    A version that is found was committed and counts as acknowledged from then on: it must not go away again.
    """
    with open_database(None, folder) as database:
        settle(database)
        library = Library(database, BlobStore(folder / "blobs"))
        contested = an_entry(unsure).patent.number
        if library.has(contested):
            acknowledged.setdefault(contested, unsure)
        for number, version in acknowledged.items():
            kept = library.get(number)
            versions = (version, unsure) if number == contested else (version,)
            found = next((one for one in versions if an_entry(one).patent == kept), None)
            assert found is not None, f"{number} is {kept.title}, acknowledged was version {version}"
            acknowledged[number] = found
            entry = an_entry(found)
            assert library.source(number) == entry.source
            assert {digest: library.sheet(digest) for digest in entry.sheets} == entry.sheets
            assert library.figures(number) == entry.figures
            assert library.parts(number) == entry.parts
        assert library.count() == len(acknowledged)
        assert {problem.fault for problem in library.check()} <= {Fault.ORPHAN}
        library.mend()
        assert library.check() == ()


def settle(database: Database) -> None:
    """Wait until the server has ended what the victim had asked of it: a commit that was sent is still carried out."""
    others = "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with database.engine.connect() as connection:
        while connection.scalar(text(others)) and time.monotonic() < deadline:
            connection.rollback()
            time.sleep(0.01)


if __name__ == "__main__":
    import_for_ever(Path(sys.argv[1]), int(sys.argv[2]))
