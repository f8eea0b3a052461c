"""Texts to vectors: one protocol, and whoever implements it."""

from patent2tech.search.embedding.choosing import choose_embedder, choose_second
from patent2tech.search.embedding.embedder import Embedder

__all__ = ["Embedder", "choose_embedder", "choose_second"]
