"""Reads a folder in BEIR's layout: corpus.jsonl, queries.jsonl and qrels.tsv."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from patent2tech.errors import BadInput, Malformed
from patent2tech.search.index import Document, Facts

if TYPE_CHECKING:
    from pathlib import Path

_CORPUS, _QUERIES, _QRELS = "corpus.jsonl", "queries.jsonl", "qrels.tsv"
_QRELS_ELSEWHERE: Final = ("qrels/test.tsv", "qrels/dev.tsv")
_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A question, and the documents that answer it with their grades."""

    key: str
    text: str
    relevant: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """A corpus with judged questions."""

    documents: tuple[Document, ...]
    queries: tuple[JudgedQuery, ...]


def read_folder(folder: Path, corpus: Path | None = None, only: str | None = None) -> Judged:
    """Read a folder; `only` takes the odd or even lines of the queries (counted from 1), or those of a language.

    Raises:
        BadInput: when a file is missing, broken, or no query is judged.
    """
    corpus = corpus or folder / _CORPUS
    grades = _grades(_qrels(folder))
    queries = tuple(
        JudgedQuery(row["_id"], row["text"], grades[row["_id"]])
        for line, row in enumerate(_rows(folder / _QUERIES, "_id", "text"), 1)
        if row["_id"] in grades and _wanted(only, line, row)
    )
    if not queries:
        raise BadInput(f"{folder} has no query that is judged{f' and {only}' if only else ''}: check {_QRELS}")
    documents = tuple(
        Document(
            key=row["_id"],
            digest="",
            number=row["_id"],
            serial=row["_id"],
            title=row.get("title") or "",
            abstract=row["text"],
            facts=Facts(office="", kind="", language=""),
        )
        for row in _rows(corpus, "_id", "text")
    )
    return Judged(documents, queries)


def _qrels(folder: Path) -> Path:
    for name in (_QRELS, *_QRELS_ELSEWHERE):
        if (folder / name).exists():
            return folder / name
    raise BadInput(f"{folder} has no {_QRELS}: give a folder in BEIR's layout")


def _grades(path: Path) -> dict[str, dict[str, float]]:
    grades: dict[str, dict[str, float]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) != _COLUMNS:
            raise Malformed(f"{path.name}: a line must be query, document and score with tabs between: {line[:80]!r}")
        try:
            grade = float(parts[2])
        except ValueError:
            continue  # the header
        if grade > 0:
            grades.setdefault(parts[0], {})[parts[1]] = grade
    return grades


def _rows(path: Path, *wanted: str) -> Iterator[dict[str, Any]]:
    if not path.exists():
        raise BadInput(f"there is no {path}: give a folder in BEIR's layout")
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in wanted):
                raise Malformed(f"{path.name} line {number} is no JSON object with {' and '.join(wanted)}")
            yield row


def _wanted(only: str | None, line: int, row: Mapping[str, Any]) -> bool:
    match only:
        case None:
            return True
        case "odd" | "even":
            return line % 2 == (only == "odd")
        case _:
            return row.get("lang") == only
