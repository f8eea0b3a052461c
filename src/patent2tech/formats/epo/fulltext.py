"""The format of OPS full text: the claims or the description of a publication, as text only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, ClassVar

from lxml import etree

from patent2tech.errors import NotAPatent, TooLarge
from patent2tech.formats.epo.bibliography import UNDETERMINED, identities, title_and_language
from patent2tech.formats.epo.claims import split_claims
from patent2tech.formats.epo.cutting import cut_elements
from patent2tech.formats.epo.description import paragraphs
from patent2tech.formats.epo.exchange import OPS_ROOT, holds_full_text
from patent2tech.formats.epo.languages import in_language, language_of
from patent2tech.formats.epo.tree import date_at, local_name, local_tree, own_number, text_at
from patent2tech.formats.format import Document, Head
from patent2tech.patents import Dates, Patent, PatentType


class OpsFullText:
    """`fulltext-document`; claims and description usually come in answers of their own."""

    name: ClassVar[str] = "OPS full text"

    def recognises(self, head: Head) -> bool:
        """By the root element and the full text in it."""
        return local_name(head.root or "") in {OPS_ROOT, "fulltext-documents"} and holds_full_text(head)

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """Cut at each full-text document."""
        return cut_elements(stream, "fulltext-document")

    def parse(self, content: bytes) -> Document:
        """The patent with the claims or the description that the document has."""
        document = next(local_tree(content).iter("fulltext-document"), None)
        if document is None:
            raise NotAPatent("this answer of OPS has no full text in it")
        return Document(_patent(document))


def _patent(document: etree._Element) -> Patent:
    # A patent has one description but claims in three languages, so the description tells the language of proceedings.
    stated = language_of(document.find("description")) or language_of(document)
    claims = in_language(document, "claims", stated)
    description = in_language(document, "description", stated or language_of(claims))
    if claims is None and description is None:
        raise NotAPatent("the full-text document has neither claims nor a description")
    empty = etree.Element("bibliographic-data")
    found = document.find("bibliographic-data")
    front = empty if found is None else found
    published = identities(front.iterfind("publication-reference")).get("docdb")
    country, serial, kind = (
        text_at(published, name) or document.get(name) or "" for name in ("country", "doc-number", "kind")
    )
    return Patent(
        number=own_number(country, serial, kind),
        # The service names its documents by number alone, so most have no title.
        title=title_and_language(front)[0],
        type=PatentType.UTILITY,
        language=language_of(description) or language_of(claims) or stated or UNDETERMINED,
        source_format="OPS fulltext-document",
        dates=Dates(publication=date_at(published, "date")),
        claims=split_claims(claims),
        description=paragraphs(description),
    )
