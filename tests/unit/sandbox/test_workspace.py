"""Files go in and results come out without leaving the work space."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patent2tech.errors import BadInput
from patent2tech.sandbox import Limits
from patent2tech.sandbox.workspace import collect, fill, safe_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMITS = Limits(workspace_files=10, workspace_bytes=1000, file_bytes=400)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "work").mkdir()
    descriptor = os.open(tmp_path / "work", os.O_RDONLY | os.O_DIRECTORY)
    yield descriptor
    os.close(descriptor)


def test_what_is_put_in_comes_out(work: int) -> None:
    files = {"a.py": b"1", "deep/er/b.py": b"2", "deep/c.txt": b"3"}
    fill(work, files, LIMITS, None)
    assert collect(work, ["*"], LIMITS).files == files
    assert collect(work, ["*.py"], LIMITS).files == {"a.py": b"1", "deep/er/b.py": b"2"}


@pytest.mark.parametrize("path", ["../a", "/a", "a/../b", "./a", "a//b", "a/", "", "a\0b", "a\\b", "/".join("a" * 40)])
def test_a_path_that_leads_out_is_refused(work: int, path: str) -> None:
    with pytest.raises(BadInput):
        fill(work, {path: b""}, LIMITS, None)
    assert os.listdir(work) == []


@given(st.text(max_size=40))
def test_every_accepted_path_stays_inside(path: str) -> None:
    try:
        parts = safe_parts(path)
    except BadInput:
        return
    assert os.path.normpath("/work/" + "/".join(parts)).startswith("/work/")


def test_files_in_each_others_way_are_refused(work: int) -> None:
    with pytest.raises(BadInput, match="a/b"):
        fill(work, {"a": b"", "a/b": b""}, LIMITS, None)


def test_too_many_or_too_large_files_are_refused(work: int) -> None:
    with pytest.raises(BadInput, match="fewer or smaller"):
        fill(work, {f"f{number}": b"" for number in range(11)}, LIMITS, None)
    with pytest.raises(BadInput, match="fewer or smaller"):
        fill(work, {"f": bytes(1001)}, LIMITS, None)


def test_links_pipes_and_shared_files_stay_where_they_are(work: int, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "work"
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "way").symlink_to(tmp_path)
    (folder / "hard").hardlink_to(tmp_path / "secret")
    os.mkfifo(folder / "pipe")
    (folder / "good").write_text("good")
    found = collect(work, ["*"], LIMITS)
    assert found.files == {"good": b"good"}
    assert sorted(note.split(":")[0] for note in found.left_out) == ["'hard'", "'link'", "'pipe'", "'way'"]


def test_results_are_capped_in_size_sum_number_and_depth(work: int, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    (folder / "large").write_bytes(bytes(401))
    for number in range(4):
        (folder / f"part{number}").write_bytes(bytes(300))
    deep = folder.joinpath(*["d"] * 34)
    deep.mkdir(parents=True)
    (deep / "lost").touch()
    found = collect(work, ["*"], LIMITS)
    assert sorted(found.files) == ["part0", "part1", "part2"]
    assert {note.split(": ")[1] for note in found.left_out} == {"too large", "too deep"}
    for number in range(12):
        (folder / f"small{number}").touch()
    assert len(collect(work, ["small*"], LIMITS).files) == LIMITS.workspace_files


def test_names_are_told_without_control_signs(work: int, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "work" / "\x1b[31mred\n")
    assert collect(work, ["*"], LIMITS).left_out == ["'\\x1b[31mred\\n': not a regular file"]
