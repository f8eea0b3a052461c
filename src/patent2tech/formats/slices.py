"""Parts of a file as streams and as a container, so that what lies inside an archive is read where it stands."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from typing_extensions import Buffer


class Slice(io.RawIOBase):
    """The bytes of a seekable stream from `begin` on, `size` of them, as a stream of its own."""

    def __init__(self, stream: BinaryIO, begin: int, size: int, *, owned: bool = True) -> None:
        self._stream = stream
        self._begin = begin
        self._size = size
        self._owned = owned
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The position within the slice."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move within the slice."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("a position before the beginning")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        """Fill the buffer."""
        view = memoryview(buffer)
        self._stream.seek(self._begin + self._at)
        content = self._stream.read(max(0, min(len(view), self._size - self._at)))
        view[: len(content)] = content
        self._at += len(content)
        return len(content)

    def close(self) -> None:
        """Close the slice, and the stream below it when it is the slice's own."""
        if self._owned:
            self._stream.close()
        super().close()


def open_slice(path: Path, begin: int = 0, size: int | None = None) -> BinaryIO:
    """A part of a file; without a size, all from `begin` on."""
    stream = path.open("rb")
    if begin == 0 and size is None:
        return stream
    whole = os.fstat(stream.fileno()).st_size
    return io.BufferedReader(Slice(stream, begin, whole - begin if size is None else size))


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of one member stand in a file."""

    begin: int
    size: int


class Slices:
    """Members that stand unpacked in one file, such as those of a TAR."""

    def __init__(self, path: Path, places: Mapping[str, Place]) -> None:
        self.name = path.name
        self._path = path
        self._places = places

    def members(self) -> tuple[str, ...]:
        """The names of all members, in their order."""
        return tuple(self._places)

    def open(self, member: str) -> BinaryIO:
        """The bytes of one member."""
        place = self._places[member]
        return open_slice(self._path, place.begin, place.size)


class FolderPart:
    """Some files of a folder together with all that lie beside them."""

    def __init__(self, root: Path, members: Sequence[str]) -> None:
        self.name = root.name
        self._root = root
        self._members = tuple(members)

    def members(self) -> tuple[str, ...]:
        """The files and their neighbours, sorted."""
        found = set(self._members)
        for folder in {Path(member).parent for member in self._members}:
            found.update((folder / name).as_posix() for name, _ in neighbours(self._root / folder))
        return tuple(sorted(found))

    def open(self, member: str) -> BinaryIO:
        """One of the files."""
        return (self._root / member).open("rb")


def neighbours(folder: Path) -> list[tuple[str, os.stat_result]]:
    """The regular files directly in a folder, by name; links are not followed."""
    with os.scandir(folder) as entries:
        return sorted((each.name, each.stat()) for each in entries if each.is_file(follow_symlinks=False))
