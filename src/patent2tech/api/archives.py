"""A pack's ZIP as a source of files, read in memory and never unpacked to disk."""

from __future__ import annotations

import hashlib
import html
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from patent2tech.api.headers import NOTHING

PAGE_FILE: Final = "index.html"

_MEDIA_TYPES: Final = {
    ".css": "text/plain; charset=utf-8",
    ".glb": "model/gltf-binary",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".ply": "application/octet-stream",
    ".png": "image/png",
    ".py": "text/plain; charset=utf-8",
    ".stl": "model/stl",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_POLICY: Final = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"\r\n]*)">')
_HEAD_BYTES: Final = 4096
# A sandbox would have to allow scripts and, for the reader's language and theme to be kept, the same origin; both
# together are none, and browsers warn of it. The page's own policy already leaves it nothing to load or to call.
_BEYOND_THE_PAGE: Final = "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of a pack as it is served."""

    content: bytes
    media_type: str
    policy: str


@dataclass(frozen=True, slots=True)
class PackArchive:
    """A ZIP in memory: one folder, named by the publication number, with the files of the pack."""

    content: bytes

    @property
    def sha256(self) -> str:
        """The hash of the whole ZIP, which changes when any file does."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def number(self) -> str:
        """The number of the patent, with its kind."""
        with self._open() as archive:
            return archive.namelist()[0].partition("/")[0]

    def file(self, path: str) -> PackedFile | None:
        """The file at a path of the pack, or `None`."""
        with self._open() as archive:
            try:
                content = archive.read(f"{self.number}/{path}")
            except KeyError:
                return None
        media_type = _MEDIA_TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
        return PackedFile(content, media_type, _page_policy(content) if path == PAGE_FILE else NOTHING)

    def _open(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.content))


def _page_policy(page: bytes) -> str:
    """What the page allows itself, and nobody else with it."""
    stated = _POLICY.search(page[:_HEAD_BYTES])
    if not stated:
        return NOTHING
    return f"{html.unescape(stated[1].decode('ascii'))}; {_BEYOND_THE_PAGE}"
