"""Text of strangers in Markdown: shown literally, never a link, an image or HTML."""

from __future__ import annotations

import re
from typing import Final

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]|~$^])")
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LINE_START: Final = re.compile(r"^([#+\-=:]|\d+(?=[.)]))")
# Markdown readers make links of bare addresses, so an address is broken up where it would be recognised.
_ADDRESS: Final = re.compile(r"(?i)(?<=\w)(?=://|@)|(?<=\bwww)(?=\.)")


def escape_markdown(text: str) -> str:
    """A text as one line of Markdown that shows it literally."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split())).translate(_ENTITIES)
    line = _ADDRESS.sub("<!-- -->", line)
    return _LINE_START.sub(lambda start: f"{start[1]}\\" if start[1][0].isdigit() else f"\\{start[1]}", line)
