"""TAR archives, plain or in gzip, walked once from front to back; nothing in them is unpacked under its name."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, BinaryIO, Final, cast

from patent2tech.errors import Malformed, TooLarge, Unsafe
from patent2tech.formats.containers import MAX_RATIO, refuse_bad_name

if TYPE_CHECKING:
    from typing_extensions import Buffer

GZIP_MARK: Final = b"\x1f\x8b\x08"
MAX_TAR_MEMBERS: Final = 200_000
MAX_TAR_BYTES: Final = 32 * 1024**3
"""A weekly red-book TAR holds about 7,000 ZIPs in 10 GB."""

_MARK_AT: Final = 257
_MARK: Final = b"ustar"
_MAX_HEADER_BYTES: Final = 16 * 1024 * 1024
_BUFFER_BYTES: Final = 1024 * 1024
_BROKEN: Final = (tarfile.TarError, EOFError, OSError, ValueError)
_FREE_BYTES: Final = 64 * 1024 * 1024


def is_tar(head: bytes) -> bool:
    """Whether the first bytes are those of a TAR."""
    return head[_MARK_AT : _MARK_AT + len(_MARK)] == _MARK


def tar_members(name: str, stream: BinaryIO) -> Iterator[tarfile.TarInfo]:
    """The regular members of a plain TAR that can be sought, in their order; `offset_data` tells where each stands.

    Raises:
        Malformed: when it is damaged.
        Unsafe: when a name leads outside, or a member is a link or a device.
        TooLarge: when it is over the limits.
    """
    try:
        with tarfile.open(fileobj=_guarded(stream), mode="r:") as archive:
            yield from _safe(name, archive)
    except _BROKEN as error:
        raise _damaged(name, error) from None


def streamed_members(name: str, stream: BinaryIO) -> Iterator[tuple[tarfile.TarInfo, BinaryIO]]:
    """The regular members of a plain TAR that only flows, each with its bytes, to be read before the next is asked for.

    Raises:
        Malformed: when it is damaged.
        Unsafe: when a name leads outside, or a member is a link or a device.
        TooLarge: when it is over the limits.
    """
    try:
        with tarfile.open(fileobj=_guarded(stream), mode="r|", bufsize=_BUFFER_BYTES) as archive:
            for info in _safe(name, archive):
                content = archive.extractfile(info)
                assert content is not None, "a regular member has bytes"  # noqa: S101 - a defect, not an input
                yield info, cast("BinaryIO", content)
    except _BROKEN as error:
        raise _damaged(name, error) from None


def gunzipped(name: str, stream: BinaryIO) -> BinaryIO:
    """What a gzip stream holds, as far as that is believable."""
    return io.BufferedReader(_Gunzipped(name, stream), _BUFFER_BYTES)


def _safe(name: str, archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    total = 0
    count = 0
    while (info := archive.next()) is not None:
        # `tarfile` keeps every header that it has seen, a kilobyte each.
        archive.members = []  # type: ignore[attr-defined]
        if info.isdir():
            continue
        refuse_bad_name(name, info.name)
        count += 1
        if count > MAX_TAR_MEMBERS:
            raise TooLarge(f"{name} has more than {MAX_TAR_MEMBERS} members, which is the limit")
        if not info.isreg() or info.issparse():
            raise Unsafe(f"{name} holds {info.name!r}, which is a link, a device or sparse; pack the file itself")
        total += info.size
        if total > MAX_TAR_BYTES:
            raise TooLarge(f"{name} unpacks to more than {MAX_TAR_BYTES // 1024**3} GB")
        yield info


def _damaged(name: str, error: Exception) -> Malformed:
    return Malformed(f"the archive {name} is damaged: {error}")


def _guarded(stream: BinaryIO) -> IO[bytes]:
    return cast("IO[bytes]", _Guarded(stream))


class _Guarded:
    """A stream for `tarfile` that refuses the reading of an extended header of absurd length into memory."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek = stream.seek
        self.tell = stream.tell

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _MAX_HEADER_BYTES:
            raise tarfile.ReadError(f"a header of {size} bytes")
        return self._stream.read(size)


class _Gunzipped(io.RawIOBase):
    """A gzip stream that stops a bomb and words a broken stream for the user."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self._name = name
        self._packed = stream
        self._inner = gzip.GzipFile(fileobj=stream, mode="rb")
        self._given = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fill the buffer.

        Raises:
            Malformed: when the stream is damaged.
            Unsafe: when it unpacks to absurd size.
        """
        view = memoryview(buffer)
        try:
            content = self._inner.read(len(view))
        except (zlib.error, EOFError, OSError) as error:
            raise Malformed(f"the archive {self._name} is damaged: {error}") from None
        self._given += len(content)
        if self._given > MAX_TAR_BYTES:
            raise TooLarge(f"{self._name} unpacks to more than {MAX_TAR_BYTES // 1024**3} GB")
        if self._given > _FREE_BYTES and self._given > MAX_RATIO * max(self._packed.tell(), 1):
            raise Unsafe(f"{self._name} unpacks to over {MAX_RATIO} times its packed size")
        view[: len(content)] = content
        return len(content)
