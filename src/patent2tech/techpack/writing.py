"""Writing a pack to disk: whole or not at all, and never over a folder that is not a pack."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from patent2tech.errors import BadInput
from patent2tech.techpack.manifest import MANIFEST_FILE, read_manifest
from patent2tech.techpack.pack import Pack

# The first moment that a ZIP can state: the same pack gives the same bytes on every day.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_ZIP_FILE_MODE = 0o100644 << 16
_ZIP_MADE_BY_UNIX = 3
_COMPRESSED_ALREADY = frozenset({".png", ".jpg", ".glb", ".zip"})
_LEFT_BY_FILE_BROWSERS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """Where a pack was written."""

    folder: Path
    zip: Path


def write_pack(pack: Pack, out_dir: Path) -> WrittenPack:
    """Write `<out_dir>/<number>/` and `<out_dir>/<number>.zip`, replacing a pack of ours that stands there.

    Both are written under a temporary name beside their place and renamed when complete.

    Raises:
        BadInput: when something that is not a pack of ours, or holds files of the user, stands in the place.
    """
    folder, archive = out_dir / pack.name, out_dir / f"{pack.name}.zip"
    if not pack.name.isalnum():
        raise BadInput(f"{pack.name!r} cannot name a folder")
    _check_folder(folder)
    _check_archive(archive)
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{pack.name}.", dir=out_dir) as temporary:
        staging = Path(temporary)
        _write_files(pack, staging / "new")
        with (staging / "new.zip").open("wb") as stream:
            write_zip(pack, stream)
        _swap(staging / "new", folder, aside=staging / "old")
        (staging / "new.zip").replace(archive)
    return WrittenPack(folder, archive)


def write_zip(pack: Pack, stream: IO[bytes]) -> None:
    """Write the pack as a ZIP whose bytes depend on the pack alone; `stream` need not be seekable."""
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in sorted(pack.files.items()):
            entry = zipfile.ZipInfo(f"{pack.name}/{path}", date_time=_ZIP_EPOCH)
            entry.external_attr = _ZIP_FILE_MODE
            entry.create_system = _ZIP_MADE_BY_UNIX
            stored = Path(path).suffix in _COMPRESSED_ALREADY
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def _write_files(pack: Pack, folder: Path) -> None:
    folder.mkdir()
    for path, content in pack.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _swap(new: Path, place: Path, *, aside: Path) -> None:
    if not place.exists():
        new.rename(place)
        return
    place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _check_folder(folder: Path) -> None:
    if not folder.exists() and not folder.is_symlink():
        return
    manifest_file = folder / MANIFEST_FILE
    plain = folder.is_dir() and not folder.is_symlink() and manifest_file.is_file()
    manifest = read_manifest(manifest_file.read_bytes()) if plain else None
    if manifest is None:
        raise BadInput(f"{folder} exists and is not a tech pack; choose another folder or move it away")
    for path in sorted(folder.rglob("*")):
        known = path.relative_to(folder).as_posix() in manifest.paths or path.name in _LEFT_BY_FILE_BROWSERS
        if not known and (path.is_symlink() or not path.is_dir()):
            raise BadInput(f"{path} is not part of the pack that would be replaced; move it away first")


def _check_archive(archive: Path) -> None:
    if not archive.exists() and not archive.is_symlink():
        return
    try:
        with zipfile.ZipFile(archive) as opened:
            content = opened.read(f"{archive.stem}/{MANIFEST_FILE}")
    except (OSError, KeyError, zipfile.BadZipFile):
        content = b""
    if archive.is_symlink() or read_manifest(content) is None:
        raise BadInput(f"{archive} exists and is not a tech pack; choose another folder or move it away")
