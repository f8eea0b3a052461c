"""The files of the pages: style, scripts and icon, and those of the documentation's viewer, all from this machine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_OWN: Final = {
    "library.css": "text/css",
    "library.js": "text/javascript",
    "importing.js": "text/javascript",
    "boot.js": "text/javascript",
    "documentation.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "no-drawing.svg": "image/svg+xml",
}
_VIEWER: Final = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file with its hash, by which browsers tell versions apart."""

    content: bytes
    media_type: str
    sha256: str


@cache
def assets() -> Mapping[str, Asset]:
    """All files by name."""
    own, viewer = files("patent2tech.api").joinpath("static"), files("fastapi_swagger.resources")
    return {
        name: Asset(content := folder.joinpath(name).read_bytes(), kind, hashlib.sha256(content).hexdigest())
        for folder, kinds in ((own, _OWN), (viewer, _VIEWER))
        for name, kind in kinds.items()
    }


def asset_address(name: str) -> str:
    """Where a file is served, with its version."""
    return f"/static/{name}?v={assets()[name].sha256[:16]}"
