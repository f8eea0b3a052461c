"""What is kept: patents with everything read from them, their files and their packs.

Importing this room loads SQLAlchemy; a command that needs no library imports it late.
"""

from patent2tech.library.library import Library
from patent2tech.library.values import Entry, Fault, Kept, KeptStatus, Pack, Page, PatentSummary, Problem

__all__ = [
    "Entry",
    "Fault",
    "Kept",
    "KeptStatus",
    "Library",
    "Pack",
    "Page",
    "PatentSummary",
    "Problem",
]
