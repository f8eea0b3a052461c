"""Speed of search against its peers, how it grows, and how exact filtered vectors are.

The corpus is spliced from sentences of real abstracts where the shared data lies beside the checkout, with offices,
days and classes drawn; vectors are mixed from real ones. It compares engines and says nothing about quality.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import row
from patent2tech.samples import sample_names, sample_path
from patent2tech.search import Ask, Mode, Query, Search
from patent2tech.search.documents import as_number
from patent2tech.search.embedding import choose_embedder
from patent2tech.search.index import Document, Facts, Scope, Vector
from patent2tech.search.lance import LanceIndex, open_index
from patent2tech.search.query import Filters, Span
from patent2tech.search.translation import Translator
from patent2tech.text import sentences

_SIZES = tuple(int(each) for each in os.environ.get("P2T_BENCH_SEARCH", "20000,200000").split(","))
_REAL = Path(__file__).parents[2] / "shared" / "bench" / "search" / "citations" / "corpus.jsonl"
_EMBEDDED = 1_000
_WORDS = 150
_QUERIES = 60
_SLOW_QUERIES = 10
_AT_ONCE = 2_000
_FIRST_DAY = dt.date(1990, 1, 1).toordinal()
_DAYS = 13_000
_SHARES = (0.001, 0.01, 0.05, 0.3)
_TOP = 10


def run() -> None:
    """Print the figures."""
    texts = _texts()
    embedder = choose_embedder("use-multilingual-v3")
    embedder.query("load the model")
    real = embedder.passages(texts[:_EMBEDDED])
    short, long = _queries(texts)
    for size in _SIZES:
        with tempfile.TemporaryDirectory(prefix="p2t-bench-") as folder:
            _one_size(Path(folder), size, texts, real, (short, long))


def _one_size(
    folder: Path, size: int, texts: Sequence[str], real: Vector, queries: tuple[list[str], list[str]]
) -> None:
    chance = random.Random(1)
    bodies = [text for text, _ in zip(_spliced(texts, chance), range(size), strict=False)]
    matrix = _mixed(real, size)
    embedder = choose_embedder("use-multilingual-v3")
    index = open_index(str(folder / "index"), embedder.name, embedder.dimension)
    begin, before = time.perf_counter(), time.process_time()
    days = _build(index, bodies, matrix, chance)
    wall, cpu = time.perf_counter() - begin, time.process_time() - before
    name = f"search, {size} documents:"
    row(f"{name} build without embedding, s wall, s CPU, docs/s CPU", f"{wall:.0f}, {cpu:.0f}, {size / cpu:.0f}")
    row(f"{name} index, MB", f"{_bytes(folder) / 1e6:.0f}")
    search = Search(lambda: index, embedder, Translator(), lambda: dt.date(2026, 1, 1))
    for kind, some in zip(("2-5 words", "60 words"), queries, strict=True):
        for mode in (Mode.KEYWORD, Mode.HYBRID):

            def ask(text: str, mode: Mode = mode) -> object:
                return search.search(Query(text=text), Ask(mode))

            _time(f"{name} {mode}, {kind}, with passages", ask, some)
    _peers(name, folder, bodies, matrix, queries, index)
    _filtered(name, index, matrix, days)


def _build(index: LanceIndex, bodies: Sequence[str], matrix: Vector, chance: random.Random) -> list[int]:
    days = []
    for start in range(0, len(bodies), _AT_ONCE):
        some = []
        for place, body in enumerate(bodies[start : start + _AT_ONCE], start):
            day = as_number(dt.date.fromordinal(_FIRST_DAY + chance.randrange(_DAYS)))
            days.append(day)
            cpc = (f"{chance.choice('ABCDEFGH')}{chance.randrange(1, 99):02}{chance.choice('BCDFGHJK')}",)
            facts = Facts(chance.choice(("US", "KR", "EP", "JP")), "B2", "en", day, day, granted=True, cpc=cpc)
            some.append(Document(f"{place:032x}", "1", f"US{place}", f"US{place}", "", body, facts))
        index.put(some)
        index.put_vectors((each, [matrix[start + at]]) for at, each in enumerate(some))
    index.tidy()
    return days


def _peers(
    name: str,
    folder: Path,
    bodies: Sequence[str],
    matrix: Vector,
    queries: tuple[list[str], list[str]],
    index: LanceIndex,
) -> None:
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("text", stored=False, tokenizer_name="en_stem").build()
    (folder / "tantivy").mkdir()
    other = tantivy.Index(schema, path=str(folder / "tantivy"))
    writer = other.writer(200_000_000, 1)
    for body in bodies:
        writer.add_document(tantivy.Document(text=body))
    writer.commit()
    other.reload()
    searcher = other.searcher()

    def ask_tantivy(text: str) -> object:
        return searcher.search(other.parse_query(" ".join(_plain(text)), ["text"]), _TOP)

    connection = sqlite3.connect(folder / "fts.db")
    connection.execute("create virtual table docs using fts5(text, content='', tokenize='porter unicode61')")
    connection.executemany("insert into docs(rowid, text) values (?, ?)", enumerate(bodies))

    def ask_sqlite(text: str) -> object:
        sought = " OR ".join(f'"{word}"' for word in _plain(text))
        return connection.execute(
            "select rowid from docs where docs match ? order by bm25(docs) limit 10", (sought,)
        ).fetchall()

    for kind, some in zip(("2-5 words", "60 words"), queries, strict=True):
        _time(f"{name} tantivy (peer), {kind}, ids", ask_tantivy, some)
        _time(f"{name} SQLite FTS5 (peer), {kind}, ids", ask_sqlite, some[:_SLOW_QUERIES])
    connection.close()
    probes = _mixed(matrix[:500], _QUERIES, seed=9)
    _time(f"{name} numpy scan (peer), ids", lambda at: np.argpartition(-(matrix @ probes[at]), _TOP), range(_QUERIES))
    snapshot = index.snapshot()
    _time(f"{name} our vectors alone, ids", lambda at: snapshot.by_vector(probes[at], Scope(), _TOP), range(_QUERIES))


def _filtered(name: str, index: LanceIndex, matrix: Vector, days: Sequence[int]) -> None:
    snapshot = index.snapshot()
    ordered = sorted(days)
    probes = _mixed(matrix[:500], 20, seed=11)
    for share in _SHARES:
        last = ordered[max(1, int(share * len(days))) - 1]
        allowed = np.flatnonzero(np.array(days) <= last)
        day = dt.date(last // 10_000, last // 100 % 100, last % 100)
        scope = Scope(Filters(filed=Span(None, day)))
        found = 0.0
        seconds = []
        for probe in probes:
            exact = allowed[np.argsort(-(matrix[allowed] @ probe), kind="stable")[:_TOP]]
            begin = time.perf_counter()
            keys = {int(each.key, 16) for each in snapshot.by_vector(probe, scope, _TOP)}
            seconds.append(time.perf_counter() - begin)
            found += len(keys & set(exact.tolist())) / min(_TOP, len(allowed))
        figure = f"{found / len(probes):.3f}, {1000 * statistics.median(seconds):.1f}"
        row(f"{name} filter {share:.1%}: recall@10 against exact, p50 ms", figure)


def _time(name: str, ask: Callable[[Any], object], queries: Sequence[Any]) -> None:
    for query in queries[:5]:
        ask(query)
    wall, cpu = [], []
    for query in queries:
        begin, before = time.perf_counter(), time.process_time()
        ask(query)
        wall.append(1000 * (time.perf_counter() - begin))
        cpu.append(1000 * (time.process_time() - before))
    figure = f"{_at(wall, 0.5):.1f}, {_at(wall, 0.95):.1f}; CPU {_at(cpu, 0.5):.1f}, {_at(cpu, 0.95):.1f}"
    row(f"{name}: p50, p95 ms", figure)


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _texts() -> list[str]:
    if _REAL.exists():
        with _REAL.open(encoding="utf-8") as stream:
            return [text for line in stream if len((text := json.loads(line)["text"]).split()) > _WORDS // 4]
    return [sample_path(name).read_text(encoding="utf-8", errors="replace")[:4000] for name in sample_names()]


def _spliced(texts: Sequence[str], chance: random.Random) -> Iterator[str]:
    yield from texts
    every = [sentence for text in texts for sentence in sentences(text)]
    while True:
        words, pieces = 0, []
        while words < _WORDS:
            pieces.append(chance.choice(every))
            words += len(pieces[-1].split())
        yield " ".join(pieces)


def _mixed(real: Vector, count: int, seed: int = 1) -> Vector:
    chance = np.random.default_rng(seed)
    mixed = np.empty((count, real.shape[1]), np.float32)
    for start in range(0, count, _AT_ONCE):
        rows = mixed[start : start + _AT_ONCE]
        pairs = chance.integers(0, len(real), (2, len(rows)))
        noise: NDArray[np.float32] = chance.standard_normal(rows.shape, np.float32)
        rows[:] = real[pairs[0]] + 0.5 * real[pairs[1]] + noise * 0.4 / np.sqrt(real.shape[1])
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return mixed.astype(np.float16).astype(np.float32)


def _queries(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    chance = random.Random(5)
    short, long = [], []
    for _ in range(_QUERIES):
        words = _plain(chance.choice(texts))
        telling = [word for word in dict.fromkeys(words) if len(word) > 4]
        short.append(" ".join(chance.sample(telling, min(len(telling), chance.randrange(2, 6)))))
        long.append(" ".join(_plain(chance.choice(texts))[:60]))
    return short, long


def _plain(text: str) -> list[str]:
    return ["".join(filter(str.isalnum, word)) for word in text.split() if any(map(str.isalnum, word))]


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    from patent2tech.settings import keep_to_one_thread

    keep_to_one_thread()
    run()
