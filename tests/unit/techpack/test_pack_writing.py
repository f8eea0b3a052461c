"""A pack on disk: whole or not at all, and never over what is not a pack."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from patent2tech.errors import BadInput
from patent2tech.techpack import Pack, build_pack, write_pack, write_zip, writing
from tests.unit.techpack.builders import a_patent, a_reading, a_request


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(a_request())


def test_folder_and_zip_hold_the_same_files(pack: Pack, tmp_path: Path) -> None:
    written = write_pack(pack, tmp_path / "new" / "place")

    on_disk = {
        path.relative_to(written.folder).as_posix(): path.read_bytes()
        for path in written.folder.rglob("*")
        if path.is_file()
    }
    with zipfile.ZipFile(written.zip) as archive:
        assert archive.testzip() is None
        zipped = {name.removeprefix(f"{pack.name}/"): archive.read(name) for name in archive.namelist()}
    assert on_disk == zipped == dict(pack.files)
    assert sorted(path.name for path in (tmp_path / "new" / "place").iterdir()) == [pack.name, f"{pack.name}.zip"]


def test_the_same_pack_gives_the_same_zip(pack: Pack) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_zip(pack, first)
    write_zip(pack, second)

    assert first.getvalue() == second.getvalue()


def test_a_pack_that_stands_there_is_replaced(pack: Pack, tmp_path: Path) -> None:
    write_pack(pack, tmp_path)
    other = build_pack(a_request(a_reading(a_patent(title="A better valve", sheets=0))))
    written = write_pack(other, tmp_path)

    assert b"A better valve" in (written.folder / "index.html").read_bytes()
    assert not (written.folder / "figures").exists()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_is_not_a_pack_is_refused_and_left_alone(pack: Pack, tmp_path: Path) -> None:
    folder = tmp_path / pack.name
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")

    with pytest.raises(BadInput, match="not a tech pack"):
        write_pack(pack, tmp_path)
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_the_user_put_into_a_pack_is_not_lost(pack: Pack, tmp_path: Path) -> None:
    written = write_pack(pack, tmp_path)
    (written.folder / "my-notes.txt").write_text("mine")

    with pytest.raises(BadInput, match=r"my-notes\.txt"):
        write_pack(pack, tmp_path)
    assert (written.folder / "my-notes.txt").read_text() == "mine"


def test_a_zip_that_is_not_a_pack_is_refused(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / f"{pack.name}.zip").write_bytes(b"something else")

    with pytest.raises(BadInput, match="not a tech pack"):
        write_pack(pack, tmp_path)
    assert not (tmp_path / pack.name).exists()


def test_a_link_in_the_place_of_the_folder_is_refused(pack: Pack, tmp_path: Path) -> None:
    elsewhere = write_pack(pack, tmp_path / "elsewhere").folder
    (tmp_path / pack.name).symlink_to(elsewhere)

    with pytest.raises(BadInput, match="not a tech pack"):
        write_pack(pack, tmp_path)


def test_a_failure_while_writing_leaves_the_old_pack(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = write_pack(pack, tmp_path)
    before = (written.folder / "index.html").read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(writing, "write_zip", fail)
    with pytest.raises(OSError, match="disk full"):
        write_pack(build_pack(a_request(a_reading(a_patent(title="Other")))), tmp_path)
    assert (written.folder / "index.html").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [pack.name, f"{pack.name}.zip"]
