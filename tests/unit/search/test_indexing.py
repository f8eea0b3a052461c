"""The index follows the library: added, replaced and deleted patents, drift, another model, a rebuild."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from patent2tech.errors import OtherModel
from patent2tech.library import Entry, Library
from patent2tech.patents import Patent, PublicationNumber
from patent2tech.search.index import Scope
from patent2tech.search.lance import open_index
from tests.unit.search.building import a_document, a_search, an_indexer, embedder

if TYPE_CHECKING:
    from pathlib import Path

    from patent2tech.search.indexing import Indexer
    from patent2tech.search.lance import LanceIndex

Builder = Callable[..., Patent]


@pytest.fixture
def indexer(library: Library, tmp_path: Path) -> Indexer:
    return an_indexer(library.database, tmp_path / "index")


@pytest.fixture
def index(tmp_path: Path) -> LanceIndex:
    return open_index(str(tmp_path / "index"), embedder().name, embedder().dimension)


def test_what_was_kept_is_indexed_and_then_nothing_waits(
    library: Library, indexer: Indexer, index: LanceIndex, a_patent: Builder
) -> None:
    library.keep_many(Entry(a_patent(f"US{serial}"), b"x") for serial in (1, 2, 3))
    assert indexer.waiting()
    assert indexer.update() == 3
    assert not indexer.waiting()
    assert indexer.update() == 0
    assert len(index.digests()) == len(index.embedded()) == 3
    assert indexer.check().patents == ()


def test_replaced_and_deleted_patents_are_so_in_the_index(
    library: Library, indexer: Indexer, index: LanceIndex, a_patent: Builder
) -> None:
    library.keep_many([Entry(a_patent("US1"), b"x"), Entry(a_patent("US2"), b"x")])
    indexer.update()
    library.keep(a_patent("US1", title="Pump"), b"y")
    library.delete(PublicationNumber.parse("US2"))
    indexer.update()
    search = a_search(index)
    assert [card.title for card in index.snapshot().by_number("US1")] == ["Pump"]
    assert index.snapshot().by_number("US2") == []
    assert search.model == embedder().name
    assert indexer.check().patents == ()


def test_words_can_come_before_vectors(
    library: Library, indexer: Indexer, index: LanceIndex, a_patent: Builder
) -> None:
    library.keep(a_patent("US1"), b"x")
    indexer.update(most_vectors=0)
    assert (len(index.digests()), len(index.embedded())) == (1, 0)
    assert indexer.check().patents == ()
    indexer.update()
    assert len(index.embedded()) == 1


def test_drift_in_either_direction_is_found_and_mended(
    library: Library, indexer: Indexer, index: LanceIndex, a_patent: Builder
) -> None:
    library.keep_many(Entry(a_patent(f"US{serial}"), b"x") for serial in (1, 2, 3))
    indexer.update()
    lost, bare, _ = sorted(index.digests())
    index.remove([lost])
    index._latest("vectors").delete(f"key = '{bare}'")
    library.delete(PublicationNumber.parse("US3"))
    with library.database.begin() as session:
        session.connection().exec_driver_sql("truncate changes")
    found = indexer.mend()
    assert [len(each) for each in (found.missing, found.without_vectors, found.orphans)] == [1, 1, 1]
    assert indexer.check().patents == ()
    assert len(index.digests()) == len(index.embedded()) == 2


def test_a_document_without_one_of_its_passages_is_missing(
    library: Library, indexer: Indexer, index: LanceIndex, a_patent: Builder
) -> None:
    library.keep(a_patent("US1", claims=3), b"x")
    indexer.update()
    index._latest("passages").delete("locator = 'claim 2'")
    assert len(indexer.mend().missing) == 1
    assert indexer.check().patents == ()


def test_an_index_of_another_model_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    open_index(str(tmp_path), "one", 8)
    with pytest.raises(OtherModel, match=r"model one .* two .*patent2tech index rebuild"):
        open_index(str(tmp_path), "two", 8)


def test_a_rebuild_makes_everything_again_and_is_gone_on_with(
    library: Library, indexer: Indexer, a_patent: Builder
) -> None:
    library.keep_many(Entry(a_patent(f"US{serial}"), b"x") for serial in (1, 2, 3))
    indexer.update()
    place = indexer._opened
    begun = place.begin_anew()  # type: ignore[attr-defined]
    begun.index.put([])
    assert indexer.rebuild(place.begin_anew) == 3  # type: ignore[attr-defined]
    place.forget()  # type: ignore[attr-defined]
    assert place().made.generation == 2  # type: ignore[attr-defined]
    assert len(place().digests()) == len(place().embedded()) == 3
    assert indexer.check().patents == ()


def test_a_second_writer_leaves_the_work_to_the_first(library: Library, indexer: Indexer, a_patent: Builder) -> None:
    library.keep(a_patent("US1"), b"x")
    with indexer._alone(wait=True):
        assert indexer.update(wait=False) == 0
    assert indexer.update(wait=False) == 1


def test_the_index_of_many_vectors_gives_the_same_scores_as_comparing_all(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    matrix = chance.standard_normal((6_000, embedder().dimension)).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    index = open_index(str(tmp_path), embedder().name, embedder().dimension)
    documents = [a_document(f"{number:07}", f"Latch {number}") for number in range(len(matrix))]
    index.put_vectors((document, [row]) for document, row in zip(documents, matrix, strict=True))
    plain = index.snapshot().by_vector(matrix[7], Scope(), 20)
    index.tidy()
    indexed = index.snapshot().by_vector(matrix[7], Scope(), 20)
    assert plain[0].key == indexed[0].key == documents[7].key
    assert [each.score for each in indexed] == pytest.approx([each.score for each in plain], abs=0.05)
    assert len({each.key for each in plain} & {each.key for each in indexed}) >= 15
    assert plain[0].score == pytest.approx(1, abs=0.01)
