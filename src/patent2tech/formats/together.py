"""Gathering the members of a TAR into chunks, those of one folder together, as a patent's images stand beside it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from patent2tech.formats.chunks import Chunk, Kind
from patent2tech.formats.containers import ZIP_MARK
from patent2tech.formats.finding import is_image
from patent2tech.formats.format import Head
from patent2tech.formats.groups import CHUNK_BYTES, Job
from patent2tech.formats.known import recognise
from patent2tech.formats.slices import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_BYTES: Final = 4 * CHUNK_BYTES
_MOST_MEMBERS: Final = 20_000


class Gathered:
    """Members of a TAR that gather until they are a chunk: by their places in `path`, or without one in the spool."""

    def __init__(self, job: Job, path: Path | None) -> None:
        self._job = job
        self._path = path
        self._folder: PurePosixPath | None = None
        self._zips_only = True
        self._clear()

    def add(self, name: str, content: bytes, place: Place | None) -> Iterator[Chunk]:
        """Take in a member that is a document, an image or a ZIP, after the chunk that is full without it."""
        if not _wanted(name, content):
            self._job.pass_by(name)
            return
        folder = PurePosixPath(name).parent
        # A ZIP brings its images along; loose documents may have theirs behind them in the same folder.
        apart = folder != self._folder or (self._zips_only and content.startswith(ZIP_MARK))
        if (self._size >= CHUNK_BYTES and apart) or self._size >= _MOST_BYTES or len(self._names) >= _MOST_MEMBERS:
            yield from self.close()
        self._folder = folder
        self._zips_only = self._zips_only and content.startswith(ZIP_MARK)
        self._places.append(place or Place(self._size, len(content)))
        self._names.append(name)
        self._hasher.update(f"{name}\0{sha256(content).hexdigest()}\n".encode())
        self._size += len(content)
        if place is None:
            self._contents.append(content)

    def close(self) -> Iterator[Chunk]:
        """Give the chunk of what has gathered, if there is a document in it, and begin anew."""
        if not all(map(is_image, self._names)):
            path = self._path or self._job.spool.new()
            if self._path is None:
                path.write_bytes(b"".join(self._contents))
            yield self._job.held(
                Chunk(
                    self._job.source,
                    path.name,
                    Kind.SLICES,
                    path,
                    self._hasher.hexdigest(),
                    self._size,
                    members=tuple(self._names),
                    places=tuple(self._places),
                )
            )
            if self._path is None:
                self._job.spool.seal(path)
        self._clear()

    def _clear(self) -> None:
        self._names: list[str] = []
        self._places: list[Place] = []
        self._contents: list[bytes] = []
        self._hasher = sha256()
        self._size = 0
        self._zips_only = True


def _wanted(name: str, content: bytes) -> bool:
    return is_image(name) or content.startswith(ZIP_MARK) or recognise(Head(content)) is not None
