"""Reading a source, whatever it is, as a stream of outcomes: recognised by content, one document at a time."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from patent2tech.errors import NotAPatent
from patent2tech.formats.chunks import find_in_chunk
from patent2tech.formats.containers import ZIP_MARK, Container, SingleFile
from patent2tech.formats.finding import Found, find_in_stream, known_formats
from patent2tech.formats.format import HEAD_BYTES, Head
from patent2tech.formats.known import recognise, usual_format
from patent2tech.formats.outcome import Outcome, Rejected
from patent2tech.formats.planning import plan
from patent2tech.formats.sheets import SheetImages
from patent2tech.formats.spool import Spool
from patent2tech.formats.tar import GZIP_MARK, is_tar


def read_path(path: Path) -> Iterator[Outcome]:
    """Every document of a file, a folder or an archive, in a stable order.

    Raises:
        BadInput: when the source as a whole cannot be read or holds no patent document at all.
    """
    if path.is_dir():
        yield from _some(path.name, _read_planned(path.name, path))
    elif not path.is_file():
        raise NotAPatent(f"there is no file or folder {path}; check the path")
    else:
        with path.open("rb") as stream:
            yield from _read_file(SingleFile(path), path.name, stream, path)


def read_upload(name: str, content: bytes) -> Iterator[Outcome]:
    """Every document of an uploaded file; `name` only appears in messages.

    Raises:
        BadInput: as `read_path`.
    """
    yield from _read_file(_Upload(name, content), name, io.BytesIO(content))


class _Upload:
    """A container of one file that is held in memory."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self._content = content

    def members(self) -> tuple[str, ...]:
        return (self.name,)

    def open(self, member: str) -> BinaryIO:
        assert member == self.name, "an upload has one member"  # noqa: S101 - a defect, not an input
        return io.BytesIO(self._content)


def _read_file(container: Container, name: str, stream: BinaryIO, path: Path | None = None) -> Iterator[Outcome]:
    head = Head(stream.read(HEAD_BYTES))
    stream.seek(0)
    if head.content.startswith((ZIP_MARK, GZIP_MARK)) or is_tar(head.content):
        yield from _some(name, _read_archive(name, stream) if path is None else _read_planned(name, path))
        return
    known = recognise(head)
    if known is None and head.root is None:
        raise NotAPatent(f"{name} is no patent document of a known format; known are {known_formats()}")
    # XML of an unknown root may still be followed by patents, and each document then gets its own refusal.
    found = find_in_stream(known or usual_format(), SheetImages(container), name, stream)
    yield from _some(name, _read(found))


def _read_archive(name: str, stream: BinaryIO) -> Iterator[Outcome]:
    with tempfile.TemporaryDirectory(prefix="p2t-read-") as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as file:
            shutil.copyfileobj(stream, file)
        yield from _read_planned(name, path)


def _read_planned(name: str, path: Path) -> Iterator[Outcome]:
    """What lies in a folder or an archive, cut as an import cuts it."""
    with tempfile.TemporaryDirectory(prefix="p2t-read-") as folder, Spool(Path(folder)) as spool:
        for each in plan(path, spool, name):
            if isinstance(each, Rejected):
                yield each
            else:
                yield from _read(find_in_chunk(each))
                spool.release(each.file)


def _read(found: Iterable[Found | Rejected]) -> Iterator[Outcome]:
    return (each.read() if isinstance(each, Found) else each for each in found)


def _some(name: str, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """Pass the outcomes on, and refuse a source without any."""
    found = False
    for outcome in outcomes:
        found = True
        yield outcome
    if not found:
        raise NotAPatent(f"{name} holds no patent document of a known format; known are {known_formats()}")
