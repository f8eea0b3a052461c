"""The front page of an EP publication in SDOBI tags, whose names are the INID codes of WIPO ST.9.

Field map: the tags B100 to B900 of the ep-patent-document DTDs of the EPO.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from lxml import etree

from patent2tech.errors import Malformed
from patent2tech.formats.epo.classes import packed_symbol, unique
from patent2tech.formats.epo.tree import date_at, number_or_none, own_number, text_at
from patent2tech.formats.prose import plain, prose
from patent2tech.patents import Citation, Dates, Party, PublicationNumber, RelatedDocument

_CITED: Final = re.compile(r"^([A-Z]{2})\s*-\s*([A-Z]\d?)\s*-?\s*([A-Z]*[\d\s./-]*\d)$")
_NUMBER: Final = re.compile(r"^([A-Z]{2})?\s*(\S.*)$")
_RELATIONS: Final = {"B620": "division", "B620EP": "division", "B640": "reissue", "B660": "substitution"}


class FrontPage:
    """The fields of the element `SDOBI`."""

    def __init__(self, root: etree._Element) -> None:
        """Take the front page of the document.

        Raises:
            Malformed: when it has none.
        """
        fields = root.find("SDOBI")
        if fields is None:
            raise Malformed("the document has no SDOBI, so it names no patent; it may be truncated")
        self._root = root
        self._fields = fields

    def text(self, path: str) -> str:
        """The text of a field on one line, empty when it is missing."""
        return text_at(self._fields, path)

    @cached_property
    def number(self) -> PublicationNumber:
        """The publication number by (11), (13) and (19).

        Raises:
            Malformed: when it is missing or of no known form.
        """
        return own_number(
            self.text("B100/B190") or self._root.get("country") or "",
            self.text("B100/B110") or self._root.get("doc-number") or "",
            self.text("B100/B130") or self._root.get("kind") or "",
        )

    @property
    def language(self) -> str:
        """The language of publication, else that of filing."""
        return (self.text("B200/B260") or self.text("B200/B250")).lower()

    def title(self, language: str) -> str:
        """The title (54) in the language, else in English, else the first one."""
        titles: dict[str, str] = {}
        current = ""
        for each in self._fields.iterfind("B500/B540/*"):
            if each.tag == "B541":
                current = plain(each).lower()
            elif each.tag == "B542":
                titles.setdefault(current, prose(each))
        return titles.get(language) or titles.get("en") or next(iter(titles.values()), "")

    @property
    def dates(self) -> Dates:
        """Filing (22), publication (43, 45), grant and earliest priority (32)."""
        published = date_at(self._fields, "B100/B140/date") or date_at(self._fields, "B400/B430/date")
        granted = self.number.kind.startswith("B")
        return Dates(
            filing=date_at(self._fields, "B200/B220/date"),
            publication=published,
            grant=(date_at(self._fields, "B400/B450/date") or published) if granted else None,
            priority=min((each.date for each in self._priorities() if each.date), default=None),
        )

    def parties(self, tag: str) -> tuple[Party, ...]:
        """The people and companies of a field, named as printed."""
        found = (
            Party(name, text_at(each, "adr/city") or None, text_at(each, "adr/ctry") or None)
            for each in self._fields.iterfind(f"B700/*/{tag}")
            if (name := text_at(each, "snm"))
        )
        return tuple(dict.fromkeys(found))

    @property
    def ipc(self) -> tuple[str, ...]:
        """IPC symbols (51) of the reform edition, then those of the older ones."""
        reform = (text_at(each, "text") for each in self._fields.iterfind("B500/B510EP/classification-ipcr"))
        older = (
            plain(each) for name in ("B511", "B512", "B513") for each in self._fields.iterfind(f"B500/B510/{name}")
        )
        return unique(packed_symbol(text) for text in (*reform, *older))

    @property
    def cpc(self) -> tuple[str, ...]:
        """CPC symbols (52)."""
        stated = self._fields.iterfind("B500/B520EP//classification-cpc")
        return unique(packed_symbol(text_at(each, "text")) for each in stated)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Patents (56) and other literature of the search."""
        return tuple(self._citations())

    @property
    def related(self) -> tuple[RelatedDocument, ...]:
        """Priorities (30), parents and divisions (60), the international filing (86) and publication (87)."""
        return (*self._priorities(), *self._family(), *self._international())

    def _priorities(self) -> Iterator[RelatedDocument]:
        """The fields of one priority stand beside each other without an element around them."""
        number, date = "", None
        for each in self._fields.iterfind("B300/*"):
            if each.tag == "B310":
                number, date = plain(each), None
            elif each.tag == "B320":
                date = date_at(each, "date")
            elif each.tag == "B330" and number:
                yield RelatedDocument("priority", text_at(each, "ctry"), number, date)
                number = ""

    def _family(self) -> Iterator[RelatedDocument]:
        for each in self._fields.iterfind("B600/*"):
            relation = _RELATIONS.get(str(each.tag), str(each.tag))
            for parent in each.iterfind("parent/pdoc"):
                yield from _related(relation, parent)
            if each.tag == "B620EP" or each.find("parent") is None:
                yield from _related(relation, each)

    def _international(self) -> Iterator[RelatedDocument]:
        for tag, relation in (("B860/B861", "pct-filing"), ("B870/B871", "pct-publication")):
            for each in self._fields.iterfind(f"B800/{tag}"):
                yield from _related(relation, each)

    def _citations(self) -> Iterator[Citation]:
        for each in self._fields.iterfind("B500/B560/*"):
            if each.tag not in {"B561", "B562"} or not (text := text_at(each, "text") or plain(each)):
                continue
            cited = _CITED.match(text) if each.tag == "B561" else None
            number = number_or_none(cited[1], re.sub(r"[\s./-]", "", cited[3]), cited[2]) if cited else None
            yield Citation(text, number)


def _related(relation: str, element: etree._Element) -> Iterator[RelatedDocument]:
    for name in ("anum", "pnum"):
        stated = _NUMBER.match(text_at(element, f"dnum/{name}"))
        if stated:
            yield RelatedDocument(relation, stated[1] or "EP", stated[2], date_at(element, "date"))
            return
