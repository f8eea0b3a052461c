"""Notes: messages of the program that a person reads, kept as code and values and worded in English or Korean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import cast


class Lang(StrEnum):
    """The languages in which the program speaks."""

    EN = "en"
    KO = "ko"


@dataclass(frozen=True, slots=True)
class Note:
    """One message: a stable code, and the values that its wording names in braces."""

    code: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, **values: object) -> Note:
        """Build a note; values are kept as text."""
        return cls(code, tuple((name, str(value)) for name, value in values.items()))

    def wording(self, lang: Lang = Lang.EN) -> str:
        """The message as a sentence.

        Raises:
            KeyError: when the catalogue of that language lacks the code, which a test forbids.
        """
        return wordings(lang)[self.code].format(**dict(self.values))


@cache
def wordings(lang: Lang) -> Mapping[str, str]:
    """The catalogue of one language: code to wording, values in braces."""
    source = files("patent2tech.text").joinpath("locales", f"{lang}.json")
    return cast("dict[str, str]", json.loads(source.read_text(encoding="utf-8")))
