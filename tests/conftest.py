"""Real parts for tests: one embedded PostgreSQL per test process, an empty library on it, and builders of patents."""

from __future__ import annotations

import os
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from patent2tech.patents import (
    Citation,
    Claim,
    Dates,
    Heading,
    Paragraph,
    PartialDate,
    Patent,
    PatentType,
    PublicationNumber,
    Section,
    Sheet,
)
from patent2tech.settings import keep_to_one_thread
from patent2tech.store import BlobStore, Database, open_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from patent2tech.library import Library


keep_to_one_thread()
# Speed is measured by `make bench`; a slow machine must not fail a property.
hypothesis.settings.register_profile("patent2tech", deadline=None)
hypothesis.settings.load_profile("patent2tech")


def pytest_configure(config: pytest.Config) -> None:
    """Let all processes of a run read each drawing sheet of the samples once; another run reads them anew."""
    # Every server would read its patents again, for seconds of CPU; tests that are about it make the model themselves.
    os.environ["P2T_RERANK_MODEL"] = "none"
    if not hasattr(config, "workerinput"):
        os.environ["P2T_CACHE_DIR"] = tempfile.mkdtemp(prefix="p2t-cache-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ["P2T_CACHE_DIR"], ignore_errors=True)


@pytest.fixture(scope="session")
def database() -> Iterator[Database]:
    """An embedded database with the newest schema; tests leave rows behind, `library` clears them."""
    # Not under pytest's own folder: it takes from others the right to pass, which a server started by root needs.
    folder = Path(tempfile.mkdtemp(prefix="p2t-test-"))
    opened = open_database(None, folder)
    yield opened
    opened.stop()
    # Where a thread of a test still wrote, a file may have come since; the folder is a temporary one.
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def library(database: Database, tmp_path: Path) -> Library:
    """An empty library on the shared database with a blob folder of its own."""
    from sqlalchemy import text

    from patent2tech.library import Library

    with database.begin() as session:
        session.execute(text("truncate patents, imports, quarantine, changes, vectors_due cascade"))
    return Library(database, BlobStore(tmp_path / "blobs"))


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for the tests of a module, so that its database is made once."""
    folder = tmp_path_factory.mktemp("data")
    # A server that root starts runs as another user, who must be able to pass.
    for above in (folder, *folder.parents[:3]):
        above.chmod(above.stat().st_mode | 0o011)
    return folder


@pytest.fixture
def a_patent() -> Callable[..., Patent]:
    """The builder of small whole patents."""

    def build(
        number: str = "US8418361B2", *, title: str = "Latch", claims: int = 2, sheets: tuple[bytes, ...] = ()
    ) -> Patent:
        return Patent(
            number=PublicationNumber.parse(number),
            title=title,
            type=PatentType.UTILITY,
            language="en",
            source_format="test",
            abstract="A latch with a spring 12.",
            dates=Dates(filing=PartialDate(2003, 5), publication=PartialDate(2004, 11, 30), grant=PartialDate(2005)),
            cpc=("E05C3/12",),
            citations=(Citation("US 1,234,567", PublicationNumber("US", "1234567"), PartialDate(1917, 4)),),
            claims=tuple(Claim(one, f"{one}. A latch with {one} springs.") for one in range(1, claims + 1)),
            description=(Heading("FIELD"), Paragraph("0001", "The spring 12 closes the bolt 14.", Section.FIELD)),
            sheets=tuple(
                Sheet(one, f"sheet-{one}.tif", sha256=sha256(image).hexdigest()) for one, image in enumerate(sheets, 1)
            ),
        )

    return build
