"""What a run printed: cut while it comes, and cleaned of everything that a terminal or a page would act on."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # terminal sequences
    "|\x1b[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\)?"  # strings to the terminal: titles, links, clipboard
    "|\x1b."
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
    "|\x1b$",
    re.DOTALL,
)


class Capture:
    """Keeps the first bytes of a stream and counts the rest."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept = bytearray()
        self.seen = 0

    def add(self, piece: bytes) -> None:
        """Take the next piece."""
        self.seen += len(piece)
        self._kept += piece[: self._limit - len(self._kept)]

    @property
    def cut(self) -> bool:
        """Whether something was left out."""
        return self.seen > len(self._kept)

    def raw(self) -> bytes:
        """What was kept, as it came."""
        return bytes(self._kept)

    def text(self) -> str:
        """What was kept, as text that is safe to show."""
        return clean(bytes(self._kept))


def clean(raw: bytes) -> str:
    """Text without control sequences, with plain line ends; what is no UTF-8 becomes the replacement character."""
    return _CONTROL.sub("", raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n"))
