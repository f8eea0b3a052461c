"""Results that took long to compute and can be computed again: kept by what they were made from, lost at no harm."""

from __future__ import annotations

import contextlib
import os
import tempfile
from hashlib import sha256
from pathlib import Path


class Derived:
    """Byte strings under `root/<kind>/<hash of the key>`.

    `kind` is a plain word of ours with a version (`ocr-1`); a new version is a new kind, so an old result is never
    taken for a new one. A result that cannot be kept is computed again next time.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def get(self, kind: str, key: str) -> bytes | None:
        """The result that was kept for this key, if there is one."""
        try:
            return self._path(kind, key).read_bytes()
        except OSError:
            return None

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep a result, whole or not at all."""
        path = self._path(kind, key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, partial = tempfile.mkstemp(prefix=".partial-", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(content)
                Path(partial).replace(path)
            except BaseException:
                Path(partial).unlink(missing_ok=True)
                raise

    def _path(self, kind: str, key: str) -> Path:
        digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self._root / kind / digest[:2] / digest
