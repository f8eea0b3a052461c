"""Cursors: where the next page begins, in the index as it was when the first page was made."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from hashlib import sha256

from patent2tech.search.query import Mode
from patent2tech.search.refusing import PageRefused


@dataclass(frozen=True, slots=True)
class Cursor:
    """A moment of the index, the number of hits before, and the question, so that no other one takes it over."""

    moment: str
    offset: int
    question: str

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Read a cursor.

        Raises:
            PageRefused: when it is none of ours.
        """
        try:
            values = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
            moment, offset, question = values
            if not (isinstance(moment, str) and isinstance(offset, int) and isinstance(question, str) and offset > 0):
                raise TypeError(text)
        except (ValueError, TypeError, binascii.Error):
            raise PageRefused("cursor", text) from None
        return cls(moment, offset, question)

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(json.dumps([self.moment, self.offset, self.question]).encode()).decode()


def question_of(query: object, mode: Mode) -> str:
    """A short name of a question, the same for the same question only."""
    return sha256(f"{mode} {query!r}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
