"""`kill -9` at any moment of indexing: no acknowledged patent is missing afterwards, and nothing differs.

Run as a program this file is the victim: it keeps patents one batch after the other, indexes each, and tells.
"""

from __future__ import annotations

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

from patent2tech.library import Entry, Library
from patent2tech.patents import Claim, Patent, PatentType, PublicationNumber
from patent2tech.store import BlobStore, open_database
from patent2tech.store.cluster import Cluster
from tests.unit.search.building import an_indexer, embedder

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = int(os.environ.get("P2T_CRASH_ROUNDS", "4"))
SEED = int(os.environ.get("P2T_CRASH_SEED", "20260101"))
_BATCH = 8
_LONGEST_LIFE_SECONDS = 2.0
_FIRST = 9_000_000


def a_patent(serial: int, batch: int) -> Patent:
    return Patent(
        number=PublicationNumber("US", str(serial), "B2"),
        title=f"Latch {serial}",
        type=PatentType.UTILITY,
        language="en",
        source_format="test",
        abstract=f"A latch with {serial} springs, as kept by batch {batch}.",
        claims=tuple(Claim(one, f"{one}. A latch with a bolt {serial}.") for one in range(1, 6)),
    )


def index_for_ever(folder: Path, start: int) -> None:
    """Keep and index batches, in which every other patent replaces an earlier one, and say how many are done."""
    with open_database(None, folder) as database:
        library = Library(database, BlobStore(folder / "blobs"))
        indexer = an_indexer(database, folder / "index")
        os.write(1, b"open\n")
        batch = start
        while True:
            serials = [_FIRST + batch * _BATCH + each for each in range(_BATCH)]
            former = [max(_FIRST, serial - 4 * _BATCH) for serial in serials[::2]]
            library.keep_many(Entry(a_patent(serial, batch), b"%d" % batch) for serial in (*former, *serials))
            indexer.update(most_vectors=None if batch % 2 else 0)
            batch += 1
            os.write(1, b"%d\n" % batch)


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="p2t-test-"))
    yield made
    Cluster(made / "postgres").stop()
    shutil.rmtree(made)


def test_an_index_whose_writer_is_killed_misses_nothing(folder: Path) -> None:
    chance = random.Random(SEED)
    embedder().query("load the model, so that the victim finds it in the disk's cache")
    done = 0
    for _ in range(ROUNDS):
        done = max(done, killed_indexing(folder, done, chance))
        with open_database(None, folder) as database:
            indexer = an_indexer(database, folder / "index")
            place = indexer._opened
            # Acknowledged patents are found before anything is mended.
            found = place().digests()
            library = Library(database, BlobStore(folder / "blobs"))
            waiting = {change.patent.hex for change in indexer._changes.waiting(10**6)}
            missing = {key.hex for key in indexer._changes.digests()} - found.keys() - waiting
            assert not missing
            assert library.count() >= done * _BATCH
            indexer.update()
            assert indexer.check().patents == ()
            assert len(place().digests()) == len(place().embedded()) == library.count()
    assert done > 0, "the victims were killed too early to prove anything"


def killed_indexing(folder: Path, start: int, chance: random.Random) -> int:
    """Run a victim until some time after its first batch, kill it, and give how many batches it acknowledged."""
    victim = subprocess.Popen(
        [sys.executable, __file__, str(folder), str(start)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])},
    )
    assert victim.stdout is not None
    assert victim.stdout.readline() == b"open\n"
    first = victim.stdout.readline() if start == 0 or chance.random() < 0.7 else b""
    time.sleep(chance.uniform(0, _LONGEST_LIFE_SECONDS))
    victim.send_signal(signal.SIGKILL)
    said = first + victim.communicate()[0]
    return max([start, *(int(line) for line in said.split(b"\n")[:-1] if line.isdigit())])


if __name__ == "__main__":
    index_for_ever(Path(sys.argv[1]), int(sys.argv[2]))
