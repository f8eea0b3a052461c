"""Texts to vectors: one protocol, and whoever implements it."""

from patent2tech.search.embedding.embedder import Embedder
from patent2tech.search.embedding.choosing import choose_embedder

__all__ = ["Embedder", "choose_embedder"]
