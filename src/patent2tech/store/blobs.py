"""Files by the SHA-256 of their bytes, so that no name from outside ever becomes a path."""

from __future__ import annotations

import os
import re
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from patent2tech.errors import NotFound, OutsideFailure, P2TError

if TYPE_CHECKING:
    from collections.abc import Iterator

_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_FOLDER_CHARACTERS: Final = 2
_PARTIAL_PREFIX: Final = ".partial-"


class BlobMissing(NotFound):
    """No blob has this hash."""

    code = "blob_missing"


class BlobDamaged(P2TError):
    """The bytes on disk are not the bytes that were kept."""

    code = "blob_damaged"


class BlobStore:
    """Immutable byte strings under `root/ab/cdef...`.

    `put` returns once the bytes and their name would survive a power cut; a killed `put` leaves nothing but a
    `.partial-` file, which `sweep` removes. Any number of processes may use one folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes) -> str:
        """Keep the bytes and give their hash; bytes that are kept already are not written again."""
        digest = sha256(content).hexdigest()
        path = self.path(digest)
        try:
            if not self._holds(path, content):
                self._write(path, content)
            # Also where the file was there: another process may have renamed it and not yet reached its own fsync.
            _sync_folder(path.parent)
        except OSError as error:
            reason = error.strerror or error
            raise OutsideFailure(
                f"a file could not be kept in {self._root}: {reason}; free space or permit writing there"
            ) from error
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes with this hash, checked against it.

        Raises:
            BlobMissing: when there are none.
            BlobDamaged: when the file no longer has this hash.
        """
        try:
            content = self.path(digest).read_bytes()
        except FileNotFoundError:
            raise BlobMissing(f"the file {digest} is missing from {self._root}; import its patent again") from None
        except OSError as error:
            raise OutsideFailure(f"the file {digest} in {self._root} cannot be read: {error.strerror}") from error
        if sha256(content).hexdigest() != digest:
            raise BlobDamaged(f"the file {digest} in {self._root} was changed on disk; import its patent again")
        return content

    def path(self, digest: str) -> Path:
        """Where the bytes with this hash are, or would be."""
        if not _HASH.fullmatch(digest):
            raise BlobMissing(f"{digest[:80]!r} is not a SHA-256 in lower-case hexadecimal")
        return self._root / digest[:_FOLDER_CHARACTERS] / digest[_FOLDER_CHARACTERS:]

    def exists(self, digest: str) -> bool:
        """Whether a file with this hash is there; its bytes are not read."""
        return self.path(digest).is_file()

    def intact(self, digest: str) -> bool:
        """Whether the file is there and still has this hash."""
        try:
            self.get(digest)
        except (BlobMissing, BlobDamaged):
            return False
        return True

    def delete(self, digest: str) -> None:
        """Remove the bytes with this hash; nothing happens when there are none."""
        self.path(digest).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[str]:
        """The hashes of all blobs, in order."""
        for folder in sorted(self._root.glob("[0-9a-f][0-9a-f]")):
            for file in sorted(folder.iterdir()):
                if _HASH.fullmatch(folder.name + file.name):
                    yield folder.name + file.name

    def sweep(self) -> int:
        """Remove what killed writers left behind and count it; only while nobody else writes."""
        partial = list(self._root.glob(f"??/{_PARTIAL_PREFIX}*"))
        for file in partial:
            file.unlink(missing_ok=True)
        return len(partial)

    @staticmethod
    def _holds(path: Path, content: bytes) -> bool:
        try:
            # Comparing all bytes lets a second import heal a damaged file.
            return path.stat().st_size == len(content) and path.read_bytes() == content
        except FileNotFoundError:
            return False

    def _write(self, path: Path, content: bytes) -> None:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            _sync_folder(self._root)
        descriptor, name = tempfile.mkstemp(prefix=_PARTIAL_PREFIX, dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
