"""Settled analyses as bytes, so that nothing is examined twice."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Final

from pydantic import TypeAdapter

from patent2tech.analysis.model import Analysis
from patent2tech.llm import Usage
from patent2tech.patents import Patent

KIND: Final = "analysis-2"
"""A gate that judges otherwise, or another shape, is another number."""


def dump(analysis: Analysis) -> bytes:
    """An analysis that came to its end."""
    return _analyses().dump_json(analysis, exclude={"failure", "usage"})


def load(content: bytes) -> Analysis:
    """The analysis again; this time nothing was used for it."""
    return replace(_analyses().validate_json(content), usage=Usage(cached=True))


def digest(patent: Patent) -> str:
    """One hash over the whole patent."""
    return sha256(_patents().dump_json(patent)).hexdigest()


@cache
def _analyses() -> TypeAdapter[Analysis]:
    return TypeAdapter(Analysis)


@cache
def _patents() -> TypeAdapter[Patent]:
    return TypeAdapter(Patent)
