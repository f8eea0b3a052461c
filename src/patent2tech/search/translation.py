"""Technical terms in the other language, so that a question finds documents of both by their words."""

from __future__ import annotations


class Translator:
    """Adds to a question what its terms are called in the other language."""

    def groups(self, text: str) -> tuple[tuple[str, float], ...]:
        """The question, and the translated terms as a group of less weight."""
        return ((text, 1.0),)
