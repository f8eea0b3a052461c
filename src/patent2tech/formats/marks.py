"""Marks in the text of a tree for the layout that plain text has: where a line and where a table cell begins."""

from typing import Final

LINE: Final = "\ufdd0"
CELL: Final = "\ufdd1"
"""Two code points that Unicode keeps for a program's own use, so that no text holds them."""
