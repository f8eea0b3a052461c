"""The embedder that a setting names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from patent2tech.errors import NotConfigured
from patent2tech.search.embedding.universal import NAME

if TYPE_CHECKING:
    from patent2tech.llm import LanguageModel
    from patent2tech.search.embedding.embedder import Embedder


def choose_second(name: str) -> Embedder | None:
    """The second model, which reads the first hits again; `None` where it is turned off or not installed."""
    if name == "none":
        return None
    from patent2tech.search.embedding.e5 import E5Small
    from patent2tech.search.embedding.packed import packed_file

    path = packed_file()
    return E5Small(path) if path else None


def choose_embedder(name: str, opened: Callable[[str], LanguageModel] | None = None) -> Embedder:
    """The embedder of this name: the built-in one, `openai:MODEL` (which `opened` opens) or `st:MODEL`.

    Raises:
        NotConfigured: when the name says none.
    """
    kind, _, model = name.partition(":")
    if name == NAME:
        from patent2tech.search.embedding.universal import UniversalEncoder

        return UniversalEncoder()
    if kind == "openai" and model and opened:
        from patent2tech.search.embedding.endpoint import EmbeddingEndpoint

        return EmbeddingEndpoint(opened(model))
    if kind == "st" and model:
        from patent2tech.search.embedding.transformers import SentenceTransformer

        return SentenceTransformer(model)
    raise NotConfigured(
        f"P2T_EMBEDDING_MODEL={name} names no embedding model: leave it unset for {NAME}, or set openai:MODEL for a "
        "server with OpenAI's API, or st:MODEL for sentence-transformers"
    )
