"""Programming languages that code can be written in; a new one is a file here and a line in the list."""

from __future__ import annotations

from typing import Final

from patent2tech.codegen.languages.javascript import JavaScript, TypeScript
from patent2tech.codegen.languages.language import Fault, Language, Symbol
from patent2tech.codegen.languages.native import C, Cpp
from patent2tech.codegen.languages.python import Python
from patent2tech.errors import BadInput

__all__ = ["LANGUAGES", "Fault", "Language", "Symbol", "language_of"]

LANGUAGES: Final[tuple[Language, ...]] = (Python(), JavaScript(), TypeScript(), C(), Cpp())


def language_of(name: str, framework: str = "none") -> Language:
    """The language of this name, which also has this framework.

    Raises:
        BadInput: when there is no such language or framework; the message lists those that there are.
    """
    found = next((language for language in LANGUAGES if language.name == name), None)
    if found is None:
        listed = ", ".join(language.name for language in LANGUAGES)
        raise BadInput(f"code is not written in {name[:40]!r}; choose one of: {listed}")
    if framework not in found.frameworks:
        listed = ", ".join(found.frameworks)
        raise BadInput(f"{name} has no framework {framework[:40]!r} here; choose one of: {listed}")
    return found
