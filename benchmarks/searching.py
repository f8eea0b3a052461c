"""Speed of search against its peers in the same run, how it grows, and how exact filtered vectors are.

Everybody is asked the same question in turn, so that what else runs on the machine disturbs all alike. The corpus is
spliced from sentences of real abstracts where the shared data lies beside the checkout, with offices, days and classes
drawn; vectors are mixed from real ones. It compares engines and says nothing about quality.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import row
from benchmarks.search_peers import full_text_of_sqlite, plain, tantivy_of
from patent2tech.samples import sample_names, sample_path
from patent2tech.search import Ask, Mode, Query, Search
from patent2tech.search.documents import as_number
from patent2tech.search.embedding import choose_embedder
from patent2tech.search.index import Document, Facts, Scope, Vector
from patent2tech.search.lance import LanceIndex, open_index
from patent2tech.search.query import Filters, Span
from patent2tech.search.translation import Translator
from patent2tech.text import sentences

_REAL = Path(__file__).parents[2] / "shared" / "bench" / "search" / "citations" / "corpus.jsonl"
_EMBEDDED = 1_000
_WORDS = 150
_QUERIES = 60
_SLOW_QUERIES = 8
"""Of 60 words, which FTS5 takes 3 s for at 200,000."""

_AT_ONCE = 2_000
_FIRST_DAY = dt.date(1990, 1, 1).toordinal()
_DAYS = 13_000
_SHARES = (0.001, 0.01, 0.05, 0.3)
_TOP = 10
_WARM = 8
"""Questions before the first that is timed."""


def run(sizes: Sequence[int], place: Path | None) -> None:
    """Print the figures on one core; an index that is at the place is measured, else it is made there and stays."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = _texts()
    embedder = choose_embedder("use-multilingual-v3")
    embedder.query("load the model")
    real = embedder.passages(texts[:_EMBEDDED])
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="p2t-bench-") as folder:
            _one_size(Path(folder), place, size, texts, real)


def _one_size(folder: Path, place: Path | None, size: int, texts: Sequence[str], real: Vector) -> None:
    name = f"search, {size} documents:"
    embedder = choose_embedder("use-multilingual-v3")
    place = place or folder / "index"
    index = open_index(str(place), embedder.name, embedder.dimension)
    if not index.digests():
        _build(name, index, list(islice(_documents(texts), size)), _mixed(real, size))
    bodies, matrix, days = _content(place, index.made.generation)
    if len(bodies) != size:
        raise SystemExit(f"the index at {place} has {len(bodies)} documents: say so, or name another folder")
    row(f"{name} index, MB", f"{_bytes(place) / 1e6:.0f}")
    search = Search(lambda: index, embedder, Translator(), lambda: dt.date(2026, 1, 1))
    tantivy, sqlite = tantivy_of(folder, bodies), full_text_of_sqlite(folder, bodies)

    def answer(mode: Mode) -> Callable[[str], object]:
        return lambda text: search.search(Query(text=text), Ask(mode))

    ours = {f"{mode}, whole answers": answer(mode) for mode in (Mode.KEYWORD, Mode.HYBRID)}
    peers = {"tantivy (peer), ids": tantivy, "SQLite FTS5 (peer), ids": sqlite}
    for kind, some in zip(("2-5 words", "60 words"), _queries(texts), strict=True):
        few = {"SQLite FTS5 (peer), ids": _SLOW_QUERIES} if kind == "60 words" else {}
        _in_turns(f"{name} {kind},", {**ours, **peers}, some, few)
    snapshot = index.snapshot()
    vectors: dict[str, Callable[[Vector], object]] = {
        "our vectors alone, ids": lambda probe: snapshot.by_vector(probe, Scope(), _TOP),
        "numpy scan (peer), ids": lambda probe: np.argpartition(-(matrix @ probe), _TOP),
    }
    _in_turns(name, vectors, list(_mixed(matrix[:500], _QUERIES, seed=9)), {})
    _filtered(name, index, matrix, days)


def _documents(texts: Sequence[str]) -> Iterator[Document]:
    chance = random.Random(1)
    for place, body in enumerate(_spliced(texts, chance)):
        day = as_number(dt.date.fromordinal(_FIRST_DAY + chance.randrange(_DAYS)))
        cpc = (f"{chance.choice('ABCDEFGH')}{chance.randrange(1, 99):02}{chance.choice('BCDFGHJK')}",)
        facts = Facts(chance.choice(("US", "KR", "EP", "JP")), "B2", "en", day, day, granted=True, cpc=cpc)
        yield Document(f"{place:032x}", "1", f"US{place}", f"US{place}", "", body, facts)


def _build(name: str, index: LanceIndex, documents: Sequence[Document], matrix: Vector) -> None:
    begin, before = time.perf_counter(), time.process_time()
    for start in range(0, len(documents), _AT_ONCE):
        some = documents[start : start + _AT_ONCE]
        index.put(some)
        index.put_vectors((each, [matrix[start + at]]) for at, each in enumerate(some))
    index.tidy()
    wall, cpu = time.perf_counter() - begin, time.process_time() - before
    figure = f"{wall:.0f}, {cpu:.0f}, {len(documents) / cpu:.0f}"
    row(f"{name} build without embedding, s wall, s CPU, docs/s CPU", figure)


def _content(place: Path, generation: int) -> tuple[list[str], Vector, list[int]]:
    """The texts, vectors and days of an index, in the order of its keys, for those that are compared with it."""
    import lancedb

    database = lancedb.connect(str(place))
    texts, vectors = (
        database.open_table(f"{table}_{generation}").search().select(["key", *columns]).to_arrow().sort_by("key")
        for table, columns in (("patents", ["en", "filed"]), ("vectors", ["vector"]))
    )
    flat = vectors["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
    return texts["en"].to_pylist(), flat.astype(np.float32).reshape(len(vectors), -1), texts["filed"].to_pylist()


def _in_turns(
    name: str, asked: Mapping[str, Callable[[Any], object]], queries: Sequence[Any], few: Mapping[str, int]
) -> None:
    """Time everybody at each question; those with `few` are asked only so many."""
    wall: dict[str, list[float]] = {each: [] for each in asked}
    cpu: dict[str, list[float]] = {each: [] for each in asked}
    for each, ask in asked.items():
        for query in queries[: min(_WARM, few.get(each, _WARM) // 4)]:
            ask(query)
    for place, query in enumerate(queries):
        for each, ask in asked.items():
            if place < few.get(each, len(queries)):
                begin, before = time.perf_counter(), time.process_time()
                ask(query)
                wall[each].append(1000 * (time.perf_counter() - begin))
                cpu[each].append(1000 * (time.process_time() - before))
    for each in asked:
        figure = f"{_spread(wall[each])}; CPU {_spread(cpu[each])}"
        row(f"{name} {each}: p50, p95 ms", figure)


def _spread(values: Iterable[float]) -> str:
    ordered = sorted(values)
    middle, high = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95))
    return f"{middle:.1f}, {high:.1f}"


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
        words = plain(chance.choice(texts))
        telling = [word for word in dict.fromkeys(words) if len(word) > 4]
        short.append(" ".join(chance.sample(telling, min(len(telling), chance.randrange(2, 6)))))
        long.append(" ".join(plain(chance.choice(texts))[:60]))
    return short, long


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", default="20000,200000", help="how many, and other numbers behind commas")
    parser.add_argument("--index", type=Path, help="the folder of the index, with one number of documents")
    asked = parser.parse_args()
    sizes = [int(each) for each in asked.documents.split(",")]
    if asked.index and len(sizes) > 1:
        parser.error("--index needs one number of --documents")
    run(sizes, asked.index)


if __name__ == "__main__":
    from patent2tech.settings import keep_to_one_thread

    keep_to_one_thread()
    main()
