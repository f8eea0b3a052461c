"""Which texts of a patent are embedded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from patent2tech.search.index import Document


def windows(document: Document) -> list[str]:
    """Title and abstract as one text."""
    front = document.front()
    return [front if front.strip() else document.number]
