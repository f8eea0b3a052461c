"""What is kept: patents with everything read from them, their files and their packs.

Importing this room loads SQLAlchemy; a command that needs no library imports it late.
"""

from patent2tech.library.library import Library
from patent2tech.library.values import (
    Earlier,
    Entry,
    Fault,
    Kept,
    KeptStatus,
    Pack,
    Page,
    PatentSummary,
    Problem,
    Quarantined,
)

__all__ = [
    "Earlier",
    "Entry",
    "Fault",
    "Kept",
    "KeptStatus",
    "Library",
    "Pack",
    "Page",
    "PatentSummary",
    "Problem",
    "Quarantined",
]
