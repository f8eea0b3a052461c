"""The full text of USPTO Public Search: one document, a list of them, or a page of search hits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, ClassVar, Final

from patent2tech.errors import BadInput, NotAPatent, TooLarge
from patent2tech.formats.format import Document, Head, whole
from patent2tech.formats.plain.cleaning import one_line
from patent2tech.formats.uspto_json.fields import Json, cut_out, is_object, load_json, objects, raw_text, text
from patent2tech.formats.uspto_json.ppubs_front import (
    citations,
    dates,
    parties,
    patent_type,
    publication_number,
    related_documents,
    stated_counts,
    symbols_of,
    term_facts,
    titled,
)
from patent2tech.formats.uspto_json.ppubs_text import parse_abstract, parse_claims, parse_description
from patent2tech.patents import Patent

_MAX_BYTES: Final = 128 * 1024 * 1024
_DOCUMENT: Final = re.compile(r'"(?:publicationReferenceDocumentNumber|guid|compositeId)"\s*:')
_OTHER_ANSWERS: Final = re.compile(r'"(?:databaseFilters|userCase|userSession|numFound|hlSnippets|anchorDocIds)"\s*:')


class PpubsJson:
    """Documents with `guid`, and `abstractHtml`, `descriptionHtml` and `claimsHtml` where they have text."""

    name: ClassVar[str] = "USPTO Public Search JSON"

    def recognises(self, head: Head) -> bool:
        """By the members that documents, pages and the other answers of this office service have."""
        begin = head.text.lstrip("\ufeff \t\r\n")
        return begin[:1] in {"{", "["} and bool(_DOCUMENT.search(begin) or _OTHER_ANSWERS.search(begin))

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """Each document of a list or page; anything else as it is, to be refused with its reason."""
        for content in whole(stream, _MAX_BYTES):
            found = () if isinstance(content, TooLarge) else _documents(content)
            yield from map(cut_out, found)
            if not found:
                yield content

    def parse(self, content: bytes) -> Document:
        """The patent of one document."""
        source = load_json(content)
        found = _found(source)
        if not found:
            raise NotAPatent(_why_none(source))
        return Document(parse_ppubs(found[0]))


def parse_ppubs(source: Json) -> Patent:
    """The patent of a document; a search hit gives its front page only.

    Raises:
        BadInput: when it states no publication number, or its HTML cannot be read.
    """
    number = publication_number(source)
    related = related_documents(source)
    return Patent(
        number=number,
        title=titled(source),
        type=patent_type(number),
        language=text(source, "languageIndicator").lower()[:2] or "en",
        source_format="uspto-ppubs json",
        abstract=parse_abstract(raw_text(source, "abstractHtml")),
        application_number=text(source, "applicationNumber") or None,
        dates=dates(source, number, related),
        applicants=parties(source, ("applicantName",), "applicant"),
        inventors=parties(source, ("inventorsName", "inventorsShort"), "inventor"),
        assignees=parties(source, ("assigneeName", "assignee1"), "assignee"),
        cpc=symbols_of(source, "cpcInventiveFlattened", "cpcAdditionalFlattened"),
        ipc=symbols_of(source, "ipcCodeFlattened"),
        us_class=text(source, "mainClassificationCode") or None,
        citations=citations(source),
        related=related,
        term=term_facts(source, number),
        stated=stated_counts(source),
        claims=parse_claims(raw_text(source, "claimsHtml")),
        description=parse_description(source),
    )


def _documents(content: bytes) -> tuple[Json, ...]:
    try:
        return _found(load_json(content))
    except BadInput:
        # `parse` meets the same fault again and reports it.
        return ()


def _found(source: Any) -> tuple[Json, ...]:
    if is_object(source) and "guid" not in source:
        source = source.get("patents") or source.get("docs") or []
    return tuple(each for each in objects(source) if "guid" in each or "publicationReferenceDocumentNumber" in each)


def _why_none(source: Any) -> str:
    if is_object(source) and {"userCase", "userSession"} & source.keys():
        return "this is a session of USPTO Public Search, not a patent; save the document's own answer"
    if is_object(source) and "error" in source and text(source, "error"):
        return f"this is an error of USPTO Public Search: {one_line(text(source, 'error'))[:200]}"
    return "this answer of USPTO Public Search lists no patent, only a query or its counts; save the document's answer"
