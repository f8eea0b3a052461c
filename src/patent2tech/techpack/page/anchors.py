"""Anchors: every place of the page has one name, and no text of a patent can take another's."""

from __future__ import annotations

from urllib.parse import quote

_OWN = frozenset({"title", "abstract", "top", "main", "find", "find-form", "tip", "zoom"})


class Anchors:
    """Hands out each anchor once: browsers jump to the first of two equal ones, so a second gets none."""

    def __init__(self) -> None:
        self._taken = set(_OWN)

    def claim(self, anchor: str) -> str:
        """The anchor, or an empty string when it is taken or cannot be one."""
        if not anchor or anchor in self._taken or anchor.startswith("sec-") or any(map(str.isspace, anchor)):
            return ""
        self._taken.add(anchor)
        return anchor


def fragment(anchor: str) -> str:
    """The address of an anchor on this page."""
    return "#" + quote(anchor)
