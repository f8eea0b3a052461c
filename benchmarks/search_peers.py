"""The engines that search is compared with, each over the same texts; they give ids of ten documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

_TOP = 10
_WRITER_BYTES = 200_000_000


def tantivy_of(folder: Path, bodies: Sequence[str]) -> Callable[[str], object]:
    """Tantivy with stemmed words."""
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("text", stored=False, tokenizer_name="en_stem").build()
    (folder / "tantivy").mkdir()
    index = tantivy.Index(schema, path=str(folder / "tantivy"))
    writer = index.writer(_WRITER_BYTES, 1)
    for body in bodies:
        writer.add_document(tantivy.Document(text=body))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    return lambda text: searcher.search(index.parse_query(" ".join(plain(text)), ["text"]), _TOP)


def full_text_of_sqlite(folder: Path, bodies: Sequence[str]) -> Callable[[str], object]:
    """SQLite's FTS5 with stemmed words, any of which may match."""
    connection = sqlite3.connect(folder / "fts.db")
    connection.execute("create virtual table docs using fts5(text, content='', tokenize='porter unicode61')")
    connection.executemany("insert into docs(rowid, text) values (?, ?)", enumerate(bodies))
    connection.commit()

    def ask(text: str) -> object:
        sought = " OR ".join(f'"{word}"' for word in plain(text))
        return connection.execute(
            "select rowid from docs where docs match ? order by bm25(docs) limit ?", (sought, _TOP)
        ).fetchall()

    return ask


def plain(text: str) -> list[str]:
    """The words of a text without what an engine could take for its query language."""
    return ["".join(filter(str.isalnum, word)) for word in text.split() if any(map(str.isalnum, word))]
