"""The embedder that a setting names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from patent2tech.errors import NotConfigured
from patent2tech.search.embedding.universal import NAME

if TYPE_CHECKING:
    from patent2tech.search.embedding.embedder import Embedder


def choose_embedder(name: str, base_url: str | None = None, key: str | None = None) -> Embedder:
    """The embedder of this name: the built-in one, `openai:MODEL` or `st:MODEL`.

    Raises:
        NotConfigured: when the name says none.
    """
    kind, _, model = name.partition(":")
    if name == NAME:
        from patent2tech.search.embedding.universal import UniversalEncoder

        return UniversalEncoder()
    if kind == "openai" and model:
        from patent2tech.search.embedding.endpoint import EmbeddingEndpoint

        return EmbeddingEndpoint(model, base_url, key)
    if kind == "st" and model:
        from patent2tech.search.embedding.transformers import SentenceTransformer

        return SentenceTransformer(model)
    raise NotConfigured(
        f"P2T_EMBEDDING_MODEL={name} names no embedding model: leave it unset for {NAME}, or set openai:MODEL for a "
        "server with OpenAI's API, or st:MODEL for sentence-transformers"
    )
