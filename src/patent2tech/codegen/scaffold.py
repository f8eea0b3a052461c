"""Code without a model: a project that shows the structure of the claims, runs, and says what a person must write."""

from __future__ import annotations

from patent2tech.codegen.languages import Language
from patent2tech.codegen.outline import outline_of
from patent2tech.codegen.project import Project
from patent2tech.codegen.specification import Specification


def scaffold(specification: Specification, language: Language, framework: str) -> Project:
    """The scaffold of all claims of a specification."""
    return language.scaffold(outline_of(specification), framework)
