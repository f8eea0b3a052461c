"""What a reissue leaves out of the original patent, which the office prints in heavy brackets."""

from __future__ import annotations

from typing import Final

from lxml import etree

_BRACKETS: Final = {"delete-start": "[", "delete-end": "]"}


def bracket_deletions(root: etree._Element) -> None:
    """Set brackets around deleted text, so that nobody reads it together with what replaces it."""
    for mark in root.iter(etree.ProcessingInstruction):
        assert isinstance(mark, etree._ProcessingInstruction)  # noqa: S101, SLF001 - so lxml says; it has no public name
        if bracket := _BRACKETS.get(str(mark.target)):
            mark.tail = bracket + (mark.tail or "")
