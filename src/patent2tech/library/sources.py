"""The bytes that patents were read from: rows of the patent, and blobs where they are large."""

from __future__ import annotations

import uuid
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from patent2tech.library.tables import SourceRow
from patent2tech.store import BlobDamaged
from patent2tech.store.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from patent2tech.library.records import Source
    from patent2tech.store import BlobStore

_READ_AT_ONCE: Final = 100


def heal(session: Session, sources: Iterable[tuple[uuid.UUID, Source]]) -> None:
    """Keep the bytes of patents that may have them already, and put right what was damaged."""
    statement = insert(SourceRow)
    statement = statement.on_conflict_do_update(
        index_elements=[SourceRow.patent_id, SourceRow.sha256],
        set_={"content": statement.excluded.content},
        where=SourceRow.content.is_distinct_from(statement.excluded.content),
    )
    values = [
        {"id": new_id(), "patent_id": key, "sha256": source.sha256, "content": source.content}
        for key, source in sources
        if source.deflated
    ]
    if values:
        session.execute(statement, values)


def get(session: Session, blobs: BlobStore, patent_id: uuid.UUID, digest: str) -> bytes:
    """The bytes of this hash that a patent was read from, checked against it.

    Raises:
        BlobMissing: when there are none.
        BlobDamaged: when they no longer have this hash.
    """
    query = select(SourceRow.content).where(SourceRow.patent_id == patent_id, SourceRow.sha256 == digest)
    content = session.execute(query).scalar_one_or_none()
    if content is None:
        return blobs.get(digest)
    if (inflated := _inflated(digest, content)) is None:
        raise BlobDamaged(f"the source {digest} in the database was changed; import its patent again")
    return inflated


def examined(session: Session) -> dict[str, bool]:
    """The hashes of all sources in the database, and whether each still has its hash, after reading it."""
    found: dict[str, bool] = {}
    last = uuid.UUID(int=0)
    columns = (SourceRow.id, SourceRow.sha256, SourceRow.content)
    while rows := session.execute(
        select(*columns).where(SourceRow.id > last).order_by(SourceRow.id).limit(_READ_AT_ONCE)
    ).all():
        for row in rows:
            whole = _inflated(row.sha256, row.content) is not None
            found[row.sha256] = whole and found.get(row.sha256, True)
        last = rows[-1].id
    return found


def _inflated(digest: str, content: bytes) -> bytes | None:
    try:
        inflated = zlib.decompress(content)
    except zlib.error:
        return None
    return inflated if sha256(inflated).hexdigest() == digest else None
