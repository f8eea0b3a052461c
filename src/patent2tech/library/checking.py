"""Compares the rows of the library with the sources and blobs that they name, and removes what nothing needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from patent2tech.library import repository, sources
from patent2tech.library.values import Fault, Problem

if TYPE_CHECKING:
    from patent2tech.store import BlobStore, Database


def check(database: Database, blobs: BlobStore) -> tuple[Problem, ...]:
    """Everything wrong between the two, after reading every blob: missing and damaged ones first, then orphans."""
    with database.begin() as session:
        # A blob that is written right now and not yet named by a row would be taken for an orphan.
        repository.hold_blobs(session, alone=True)
        needed = repository.references(session)
        present = set(blobs)
    with database.begin() as session:
        kept = sources.examined(session)
    broken = [digest for digest in needed if not kept.get(digest) and not blobs.intact(digest)]
    faults = {digest: Fault.DAMAGED if digest in present or digest in kept else Fault.MISSING for digest in broken}
    with database.begin() as session:
        # Reading takes long; what was deleted meanwhile is not missing.
        still = repository.still_needed(session, faults)
    wrong = [Problem(fault, digest, needed[digest]) for digest, fault in faults.items() if digest in still]
    return (*wrong, *(Problem(Fault.ORPHAN, digest) for digest in sorted(present - needed.keys())))


def mend(database: Database, blobs: BlobStore) -> tuple[str, ...]:
    """Remove blobs that nothing needs and what killed writers left, and give the hashes of the removed blobs."""
    with database.begin() as session:
        repository.hold_blobs(session, alone=True)
        orphans = sorted(set(blobs) - repository.references(session).keys())
        for digest in orphans:
            blobs.delete(digest)
        blobs.sweep()
    return tuple(orphans)
