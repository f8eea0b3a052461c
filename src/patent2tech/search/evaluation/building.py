"""A search over documents that are in no library, for as long as it is used."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Final

from patent2tech.search.embedding.windows import windows
from patent2tech.search.lance import LanceIndex, open_index

if TYPE_CHECKING:
    from patent2tech.search.embedding.cache import EmbeddingCache
    from patent2tech.search.index import Document

_AT_ONCE: Final = 2_000
_AT_ONCE_AGAIN: Final = 256


@contextmanager
def temporary_index(
    documents: Sequence[Document], cache: EmbeddingCache, progress: Callable[[str], None]
) -> Iterator[LanceIndex]:
    """An index of these documents, made as the product makes its own, with vectors from the cache."""
    embedder = cache.embedder
    with tempfile.TemporaryDirectory(prefix="p2t-eval-") as folder:
        index = open_index(folder, embedder.name, embedder.dimension)
        for start in range(0, len(documents), _AT_ONCE):
            some = documents[start : start + _AT_ONCE]
            index.put(some)
            pieces = [windows(document) for document in some]
            matrix = iter(cache.passages([piece for each in pieces for piece in each]))
            index.put_vectors((each, list(islice(matrix, len(own)))) for each, own in zip(some, pieces, strict=True))
            progress(f"{min(start + _AT_ONCE, len(documents))} of {len(documents)} documents")
        index.tidy()
        yield index


def read_again(
    index: LanceIndex, documents: Sequence[Document], cache: EmbeddingCache, progress: Callable[[str], None]
) -> None:
    """Give some of the documents their vectors by the second model."""
    for start in range(0, len(documents), _AT_ONCE_AGAIN):
        some = documents[start : start + _AT_ONCE_AGAIN]
        matrix = cache.passages([windows(document)[0] for document in some])
        index.put_second_vectors(zip(some, matrix, strict=True))
        progress(f"{min(start + _AT_ONCE_AGAIN, len(documents))} of {len(documents)} candidates read again")
    index.tidy()
