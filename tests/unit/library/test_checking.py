"""The check between rows and files finds every fault, and mending removes only what nothing needs."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from patent2tech.library import Fault, Library, Problem
from patent2tech.patents import Patent
from patent2tech.store import BlobDamaged, BlobMissing, BlobStore, Database

if TYPE_CHECKING:
    from pathlib import Path

Builder = Callable[..., Patent]


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    """The blob folder of `library`."""
    return BlobStore(tmp_path / "blobs")


def test_a_whole_library_has_no_problems(library: Library, a_patent: Builder) -> None:
    image = sha256(b"image").hexdigest()
    library.keep(a_patent(sheets=(b"image",)), b"<xml/>", {image: b"image"})
    assert library.check() == ()
    assert library.mend() == ()


@pytest.mark.parametrize("lost", [b"image", b"zip"])
def test_a_lost_or_changed_file_is_reported_with_its_patent(
    library: Library, a_patent: Builder, blobs: BlobStore, lost: bytes
) -> None:
    patent, digest = a_patent(sheets=(b"image",)), sha256(lost).hexdigest()
    library.keep(patent, b"<xml/>", {sha256(b"image").hexdigest(): b"image"})
    library.keep_pack(patent.number, b"zip")
    blobs.path(digest).write_bytes(b"changed")
    assert library.check() == (Problem(Fault.DAMAGED, digest, (patent.number,)),)
    blobs.delete(digest)
    assert library.check() == (Problem(Fault.MISSING, digest, (patent.number,)),)
    assert library.mend() == ()
    assert library.get(patent.number) == patent


def test_a_changed_source_is_reported_and_healed_by_another_import(
    library: Library, a_patent: Builder, database: Database
) -> None:
    patent, digest = a_patent(), sha256(b"<xml/>").hexdigest()
    library.keep(patent, b"<xml/>")
    for change, fault in (
        ("update sources set content = 'changed'", Fault.DAMAGED),
        ("delete from sources", Fault.MISSING),
    ):
        with database.begin() as session:
            session.execute(text(change))
        assert library.check() == (Problem(fault, digest, (patent.number,)),)
        with pytest.raises((BlobMissing, BlobDamaged), match="import its patent again"):
            library.source(patent.number)
        library.keep(patent, b"<xml/>")
        assert library.check() == ()


def test_orphans_and_halves_are_mended(library: Library, a_patent: Builder, blobs: BlobStore) -> None:
    patent = a_patent()
    library.keep(patent, b"<xml/>")
    orphan = blobs.put(b"nobody's")
    (blobs.path(orphan).parent / ".partial-1").write_bytes(b"half")
    assert library.check() == (Problem(Fault.ORPHAN, orphan),)
    assert library.mend() == (orphan,)
    assert library.check() == ()
    assert blobs.sweep() == 0
    assert library.source(patent.number) == b"<xml/>"
