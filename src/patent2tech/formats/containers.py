"""Where documents come from: one file, a folder or a ZIP, each a flat list of named members, read safely."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO, Final, Protocol

from patent2tech.errors import Malformed, TooLarge, Unsafe

if TYPE_CHECKING:
    from typing_extensions import Buffer

ZIP_MARK: Final = b"PK\x03\x04"
MAX_MEMBERS: Final = 2_000
MAX_TOTAL_BYTES: Final = 2 * 1024**3
MAX_RATIO: Final = 200
"""Patent XML deflates to about a tenth, G4 sheets not at all; a ratio over this is a bomb."""

_SMALL_BYTES: Final = 1024 * 1024


class Container(Protocol):
    """A named collection of members; a member's name is a relative POSIX path that is never joined to a folder."""

    name: str

    def members(self) -> tuple[str, ...]:
        """The names of all regular members, sorted."""
        ...

    def open(self, member: str) -> BinaryIO:
        """A stream of the member's bytes, which the caller closes."""
        ...


class Folder:
    """A folder on disk with everything below it; symbolic links are not followed."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path
        files = (each for each in path.rglob("*") if each.is_file() and not each.is_symlink())
        self._members = tuple(sorted(each.relative_to(path).as_posix() for each in files))

    def members(self) -> tuple[str, ...]:
        """All regular files that were below the folder when it was opened."""
        return self._members

    def open(self, member: str) -> BinaryIO:
        """The file of that name, which must be one of `members`."""
        return (self._path / member).open("rb")


class SingleFile:
    """One document file together with the images that lie beside it."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._folder = path.parent
        self._members = tuple(sorted(each.name for each in path.parent.iterdir() if each.is_file()))

    def members(self) -> tuple[str, ...]:
        """The file itself and its neighbours."""
        return self._members

    def open(self, member: str) -> BinaryIO:
        """The file or one of its neighbours."""
        return (self._folder / member).open("rb")


class Zip:
    """A ZIP archive whose directory was checked before anything is read from it."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self.name = name
        self._archive = archive
        self._infos = {info.filename: info for info in _checked(name, archive)}
        self._members = tuple(sorted(self._infos))

    def members(self) -> tuple[str, ...]:
        """All files in the archive."""
        return self._members

    def size(self, member: str) -> int:
        """The bytes that a member declares to unpack to."""
        return self._infos[member].file_size

    def stamp(self, member: str) -> str:
        """What tells a member from another of the same name without reading it: its length and checksum."""
        info = self._infos[member]
        return f"{member}\0{info.file_size}\0{info.CRC}"

    def open(self, member: str) -> BinaryIO:
        """A stream that refuses to give more bytes than the directory promised."""
        info = self._infos[member]
        try:
            stream = self._archive.open(info)
        except (zipfile.BadZipFile, RuntimeError, OSError, ValueError) as error:
            raise Malformed(f"the archive {self.name} is damaged: {error}") from None
        return io.BufferedReader(_Bounded(self.name, stream, info.file_size))


class _Bounded(io.RawIOBase):
    """A stream that stops a member which unpacks to more than it declared, and words broken archives for the user."""

    def __init__(self, archive: str, stream: IO[bytes], declared: int) -> None:
        self._archive = archive
        self._stream = stream
        self._left = declared

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fill the buffer.

        Raises:
            Malformed: when the archive is damaged.
            Unsafe: when the member is longer than it declared.
        """
        view = memoryview(buffer)
        try:
            chunk = self._stream.read(len(view))
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
        ) as error:
            raise Malformed(f"the archive {self._archive} is damaged: {error}") from None
        self._left -= len(chunk)
        if self._left < 0:
            raise Unsafe(f"the archive {self._archive} unpacks to more than it declares")
        view[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        """Close the member."""
        self._stream.close()
        super().close()


@contextmanager
def open_zip(name: str, file: Path | BinaryIO) -> Iterator[Zip]:
    """Open a ZIP for reading.

    Raises:
        Malformed: when it is no ZIP or damaged.
        Unsafe: when a name leads outside, a member is a link or encrypted, or it would unpack to absurd size.
        TooLarge: when it has more members or bytes than the limits.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Malformed(f"{name} is not a readable ZIP archive: {error}") from None
    with archive:
        yield Zip(name, archive)


def _checked(name: str, archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise TooLarge(f"{name} has {len(infos)} members, over the limit of {MAX_MEMBERS}")
    total = 0
    seen: set[str] = set()
    for info in infos:
        refuse_bad_name(name, info.filename)
        if info.filename in seen:
            raise Unsafe(f"{name} holds two members of the name {info.filename!r}")
        seen.add(info.filename)
        if info.is_dir():
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            raise Unsafe(f"{name} holds a symbolic link, {info.filename!r}; pack the file itself")
        if info.flag_bits & 0x1:
            raise Malformed(f"{name} is encrypted; unpack it with its password first")
        total += info.file_size
        if total > MAX_TOTAL_BYTES:
            raise TooLarge(f"{name} unpacks to more than {MAX_TOTAL_BYTES // 1024**3} GB")
        if info.file_size > _SMALL_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise Unsafe(f"{name} holds {info.filename!r}, which unpacks to over {MAX_RATIO} times its packed size")
        yield info


def refuse_bad_name(archive: str, member: str) -> None:
    """Refuse a name that is no plain relative path.

    Raises:
        Unsafe: when it is not.
    """
    parts = PurePosixPath(member.replace("\\", "/")).parts
    if not parts or member.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or not member.isprintable():
        raise Unsafe(f"{archive} holds a member whose name leads outside of it: {member!r}")
