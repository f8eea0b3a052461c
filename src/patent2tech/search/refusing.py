"""What cannot be asked, told in the reader's language and with its place."""

from __future__ import annotations

from typing import Final

from patent2tech.errors import BadInput, BadQuery
from patent2tech.text.notes import Lang, Note

_SHOWN: Final = 40
"""Characters of what was typed."""


class Unreadable(ValueError):
    """A value of a field that means nothing."""

    def __init__(self, code: str, value: str = "") -> None:
        self.note = refusal(code, value=value[:_SHOWN])
        super().__init__(self.note.wording())


class QueryRefused(BadQuery):
    """A query that cannot be; as text it is English.

    `place` is the character, counted from 1, where it goes wrong, and `name` the field beside the query.
    """

    def __init__(self, note: Note, place: int | None = None, name: str = "") -> None:
        self._note, self._place, self._name = note, place, name
        super().__init__(self.wording(Lang.EN))

    def wording(self, lang: Lang) -> str:
        """The refusal as a sentence."""
        reason = self._note.wording(lang)
        if self._name:
            return f"{self._name}: {reason}"
        return f"{reason} {refusal('at', place=self._place).wording(lang)}" if self._place else reason


class PageRefused(BadInput):
    """A page of results that cannot be turned to; as text it is English."""

    def __init__(self, code: str, value: str = "") -> None:
        self._note = refusal(code, value=value[:_SHOWN])
        super().__init__(self._note.wording())

    def wording(self, lang: Lang) -> str:
        """The refusal as a sentence."""
        return self._note.wording(lang)


def refusal(code: str, **values: object) -> Note:
    """A reason of its own."""
    return Note.of(f"search.refused.{code}", **values)
