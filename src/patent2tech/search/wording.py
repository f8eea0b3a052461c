"""What a page or a terminal says of a search, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from patent2tech.patents import Locator, Place
from patent2tech.search.refusing import PageRefused, QueryRefused
from patent2tech.text.notes import Lang, Note, wordings

if TYPE_CHECKING:
    from patent2tech.errors import P2TError
    from patent2tech.search.wire import SearchRead, WhyRead


def counted(read: SearchRead, lang: Lang) -> str:
    """How many patents were found, and how many of the first a second model has put in order."""
    code = "more" if read.more else "one" if read.total == 1 else "many"
    notes = [Note.of(f"web.search.{code}", number=read.total)]
    if read.reranked:
        notes.append(Note.of("web.search.reranked", number=read.reranked))
    return "; ".join(note.wording(lang) for note in notes)


def why(why: WhyRead, lang: Lang) -> str:
    """Why a hit is there: its place by words, with those that matched, and its place by meaning."""
    return " ".join(note.wording(lang) for note in _reasons(why))


def place(locator: str, lang: Lang) -> str:
    """A locator as a reader names it: `claim 1`, `청구항 1`; the number of a paragraph is the same everywhere."""
    found = Locator.parse(locator)
    if found.place is Place.PARAGRAPH:
        return locator
    return Note.of(f"pack.place.{found.place}", label=found.label).wording(lang)


def facet_value(facet: str, value: str, lang: Lang) -> str:
    """A value of a facet in words where it is a code; the value itself elsewhere."""
    return wordings(lang).get(f"web.{facet}.{value}", value)


def refused(error: P2TError, lang: Lang) -> str:
    """Why nothing is shown; what goes wrong elsewhere than in a question is told in English."""
    return error.wording(lang) if isinstance(error, QueryRefused | PageRefused) else str(error)


def _reasons(why: WhyRead) -> Iterator[Note]:
    if why.bm25 and why.bm25.terms:
        yield Note.of("web.search.why.words", rank=why.bm25.rank, terms=", ".join(why.bm25.terms))
    elif why.bm25:
        yield Note.of("web.search.why.rank", rank=why.bm25.rank)
    if why.vector:
        yield Note.of("web.search.why.meaning", rank=why.vector.rank)
