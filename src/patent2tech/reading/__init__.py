"""Reading by rules: claims, parts, figures, sections, terms, statements and status, without any model."""

from patent2tech.reading.model import (
    AntecedentHint,
    ClaimCategory,
    KeyTerm,
    ReadClaim,
    Reading,
    Statement,
    StatementKind,
    Status,
    StatusEstimate,
)
from patent2tech.reading.reader import figures_and_parts, read
from patent2tech.reading.wire import PatentRead

__all__ = [
    "AntecedentHint",
    "ClaimCategory",
    "KeyTerm",
    "PatentRead",
    "ReadClaim",
    "Reading",
    "Statement",
    "StatementKind",
    "Status",
    "StatusEstimate",
    "figures_and_parts",
    "read",
]
