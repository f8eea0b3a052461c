"""Paragraphs of a text whose lines may be wrapped: what a line end means is told from the whole of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from patent2tech.formats.plain.description import starts_numbered
from patent2tech.formats.plain.headings import is_heading
from patent2tech.formats.plain.parts import Line, bare

_SENTENCE_END: Final = re.compile(r"[.;:!?。)\]]$")
_OWN_LINE: Final = re.compile(r"^\s*(?:[-*•‣]\s|\||\(?[a-z0-9]{1,3}[.)]\s)|\t")
_MOST: Final = 0.6


def paragraphs(lines: list[Line]) -> Iterator[tuple[str, int]]:
    """Each paragraph, or heading with its level; a blank line, a printed number or a heading begins the next."""
    wrapped = _are_wrapped(lines)
    open_lines: list[str] = []
    for line in lines:
        text = line.text.strip()
        heading = bool(text) and (line.level > 0 or _is_heading(text))
        if open_lines and (not text or heading or starts_numbered(text) or not wrapped):
            yield _joined(open_lines), 0
            open_lines = []
        if heading:
            yield bare(text), max(line.level - 1, 1)
        elif text:
            open_lines.append(text)
    if open_lines:
        yield _joined(open_lines), 0


def _is_heading(text: str) -> bool:
    return is_heading(bare(text)) or (text.startswith("【") and text.endswith("】") and not starts_numbered(text))


def _are_wrapped(lines: list[Line]) -> bool:
    """Whether a paragraph goes over several lines: blank lines or numbers part them, or most lines end amid one."""
    filled = [line.text.strip() for line in lines if line.text.strip()]
    if any(starts_numbered(text) for text in filled) or len(filled) < len(lines) / 1.25:
        return True
    body = [text for text in filled if not _is_heading(text)]
    ended = sum(bool(_SENTENCE_END.search(text)) for text in body)
    return ended < len(body) * _MOST


def _joined(lines: list[str]) -> str:
    joined = lines[0]
    for line in lines[1:]:
        joined += ("\n" if _OWN_LINE.search(line) else " ") + line
    return joined
