"""What a worker does with a chunk: find its documents, parse them and make them ready to be written."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from patent2tech.errors import BadInput, Malformed
from patent2tech.formats import Outcome, Parsed, Rejected, Skipped
from patent2tech.formats.chunks import Chunk, find_in_chunk
from patent2tech.formats.finding import Found
from patent2tech.library.records import Record
from patent2tech.library.values import Entry
from patent2tech.text.notes import Note

MAX_RESULT_BYTES: Final = 48 * 1024 * 1024
"""What one answer may hold; the rest of the chunk is asked for again, so that no archive can fill the memory."""

MAX_QUARANTINED_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that could not be read, with its bytes, deflated, unless they are too many."""

    rejected: Rejected
    size: int = 0
    content: bytes | None = None

    @classmethod
    def of(cls, rejected: Rejected, content: bytes | None = None) -> Refused:
        """With the bytes as far as they are known."""
        if content is None or len(content) > MAX_QUARANTINED_BYTES:
            return cls(rejected, len(content or b""))
        return cls(rejected, len(content), zlib.compress(content, 1))


@dataclass(slots=True)
class Prepared:
    """What came of a chunk, or of its beginning when `passed` says how many documents that was."""

    records: list[tuple[str, int, Record]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[tuple[str, Note]] = field(default_factory=list)
    passed: int | None = None


def prepare(chunk: Chunk, passed: int = 0) -> Prepared:
    """Do a chunk, passing by the documents that were done before."""
    prepared = Prepared()
    size = 0
    for done, found in enumerate(islice(find_in_chunk(chunk), passed, None), passed + 1):
        size += _take(prepared, found)
        if size >= MAX_RESULT_BYTES:
            prepared.passed = done
            break
    return prepared


def _take(prepared: Prepared, found: Found | Rejected) -> int:
    for outcome in _read(found):
        if isinstance(outcome, Skipped):
            prepared.skipped.append(outcome)
            continue
        if isinstance(outcome, Parsed):
            try:
                record = Record.of(Entry(outcome.patent, outcome.content, outcome.sheets))
            except BadInput as reason:
                refused = Refused.of(Rejected(outcome.source, outcome.position, reason), outcome.content)
            else:
                prepared.records.append((outcome.source, outcome.position, record))
                prepared.notes.extend((outcome.source, note) for note in outcome.notes)
                return record.size
        else:
            content = found.content if isinstance(found, Found) and isinstance(found.content, bytes) else None
            refused = Refused.of(outcome, content)
        prepared.refused.append(refused)
        return len(refused.content or b"")
    return 0


def _read(found: Found | Rejected) -> Iterator[Outcome]:
    if isinstance(found, Rejected):
        yield found
        return
    try:
        yield found.read()
    except Exception as error:  # noqa: BLE001 - one document must not end the import of millions
        reason = Malformed(f"its reader failed on it ({type(error).__name__}: {error}); please report this document")
        yield Rejected(found.source, found.position, reason)
