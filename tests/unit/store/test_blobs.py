"""Blobs: kept whole, found by hash, checked when read."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patent2tech.errors import OutsideFailure
from patent2tech.store import BlobDamaged, BlobMissing, BlobStore


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "blobs")


@given(content=st.binary(max_size=4096))
def test_what_is_put_is_given_back(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    blobs = BlobStore(tmp_path_factory.getbasetemp() / "any-content")
    digest = blobs.put(content)
    assert digest == sha256(content).hexdigest()
    assert blobs.get(digest) == content


def test_a_blob_lies_under_its_hash_and_no_other_name(blobs: BlobStore, tmp_path: Path) -> None:
    digest = blobs.put(b"latch")
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()] == [
        Path("blobs", digest[:2], digest[2:])
    ]


def test_putting_the_same_again_writes_nothing(blobs: BlobStore) -> None:
    path = blobs.path(blobs.put(b"latch"))
    before = path.stat()
    blobs.put(b"latch")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_changed_file_is_refused_and_healed_by_the_next_put(blobs: BlobStore) -> None:
    digest = blobs.put(b"latch")
    blobs.path(digest).write_bytes(b"hatch")
    assert not blobs.intact(digest)
    with pytest.raises(BlobDamaged, match="import its patent again"):
        blobs.get(digest)
    blobs.put(b"latch")
    assert blobs.get(digest) == b"latch"


def test_a_missing_blob_is_named(blobs: BlobStore) -> None:
    with pytest.raises(BlobMissing, match="is missing"):
        blobs.get("0" * 64)
    assert not blobs.exists("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "A" * 64, "0" * 64 + "\n", "/" * 64, "é" * 64])
def test_only_a_hash_becomes_a_path(blobs: BlobStore, name: str) -> None:
    with pytest.raises(BlobMissing, match="not a SHA-256"):
        blobs.path(name)


def test_the_remains_of_a_killed_put_are_no_blobs_and_are_swept(blobs: BlobStore) -> None:
    digest = blobs.put(b"latch")
    (blobs.path(digest).parent / ".partial-x").write_bytes(b"lat")
    assert list(blobs) == [digest]
    assert blobs.sweep() == 1
    assert blobs.sweep() == 0


def test_deleting_twice_is_deleting_once(blobs: BlobStore) -> None:
    digest = blobs.put(b"latch")
    blobs.delete(digest)
    blobs.delete(digest)
    assert list(blobs) == []


def test_many_writers_of_one_blob_do_not_collide(blobs: BlobStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(blobs.put, [b"latch" * 9999] * 40))) == 1
    assert blobs.sweep() == 0


def test_a_folder_that_cannot_be_written_is_a_failure_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutsideFailure, match="free space or permit writing"):
        BlobStore(tmp_path / "file").put(b"latch")


def test_bytes_and_folder_are_synced_before_put_returns(blobs: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(number: int) -> None:
        calls.append("sync")
        sync(number)

    def noted_replace(path: Path, target: Path) -> Path:
        calls.append("rename")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    blobs.put(b"latch")
    assert calls[-3:] == ["sync", "rename", "sync"]
