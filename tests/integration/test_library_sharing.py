"""Several processes and one data folder; and the same library on a server named by a URL."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from patent2tech.library import KeptStatus, Library
from patent2tech.patents import Patent, PublicationNumber
from patent2tech.store import BlobStore, Database, is_current, open_database, upgrade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PATENTS = 15
_WRITER = f"""
import sys
from pathlib import Path
from patent2tech.library import Library
from patent2tech.patents import Patent, PatentType, PublicationNumber
from patent2tech.store import BlobStore, open_database

folder, who = Path(sys.argv[1]), sys.argv[2]
with open_database(None, folder) as database:
    library = Library(database, BlobStore(folder / "blobs"))
    for serial in range(1, {_PATENTS} + 1):
        patent = Patent(PublicationNumber("US", str(serial)), "Latch", PatentType.UTILITY, "en", "test")
        print(library.keep(patent, b"<xml/>").status)
        library.keep(Patent(PublicationNumber("US", "0", "A1"), who, PatentType.UTILITY, "en", "test"), who.encode())
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that no process has opened yet."""
    made = Path(tempfile.mkdtemp(prefix="p2t-test-"))
    yield made
    shutil.rmtree(made)


def test_processes_that_start_and_write_at_once_share_one_library(folder: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(folder), who], stdout=subprocess.PIPE, text=True)
        for who in ("one", "two", "three")
    ]
    words = [writer.communicate()[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    said = [KeptStatus(word) for line in words for word in line]
    assert said.count(KeptStatus.ADDED) == _PATENTS
    assert said.count(KeptStatus.UNCHANGED) == 2 * _PATENTS
    database = open_database(None, folder)
    library = Library(database, BlobStore(folder / "blobs"))
    assert library.count() == _PATENTS + 1
    contested = PublicationNumber("US", "0", "A1")
    assert library.get(contested).title == library.source(contested).decode()
    library.mend()
    assert library.check() == ()
    database.stop()


def test_a_server_named_by_a_url_holds_a_library_too(
    database: Database, folder: Path, a_patent: Callable[..., Patent]
) -> None:
    with database.begin() as session:
        session.execute(text("create schema elsewhere"))
    try:
        with open_database(f"{database.url}&options=-csearch_path%3Delsewhere", folder) as opened:
            assert not is_current(opened.engine)
            assert upgrade(opened.engine)
            library = Library(opened, BlobStore(folder / "blobs"))
            patent = a_patent()
            assert library.keep(patent, b"<xml/>").status is KeptStatus.ADDED
            assert library.get(patent.number) == patent
            assert not (folder / "postgres").exists()
    finally:
        with database.begin() as session:
            session.execute(text("drop schema elsewhere cascade"))


def test_the_library_is_there_after_a_restart(folder: Path, a_patent: Callable[..., Patent]) -> None:
    patent = a_patent()
    with open_database(None, folder) as database:
        Library(database, BlobStore(folder / "blobs")).keep(patent, b"<xml/>")
    again = open_database(None, folder)
    assert Library(again, BlobStore(folder / "blobs")).get(patent.number) == patent
    again.stop()
