"""Documents of the EPO: specifications, and answers of its web service."""

from __future__ import annotations

from xml.sax.saxutils import escape

from tests.office_documents.facts import Document, Facts, back


def st36(facts: Facts) -> Document:
    """An EP specification."""
    claims = "".join(
        f'<claim id="c-en-01-{n:04}" num="{n:04}"><claim-text>{escape(text)}</claim-text></claim>'
        for n, text in enumerate(facts.claims, 1)
    )
    paragraphs = "".join(
        f'<p id="p{n:04}" num="{n:04}">{escape(text)}</p>' for n, text in enumerate(facts.paragraphs, 1)
    )
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE ep-patent-document PUBLIC "-//EPO//EP PATENT DOCUMENT//EN" '
        '"ep-patent-document-v1-4.dtd"><ep-patent-document id="x" lang="en" dtd-version="ep-patent-document-v1-4">'
        f'<SDOBI lang="en"><B100><B110>{facts.serial}</B110><B130>B1</B130><B140><date>{facts.published}</date></B140>'
        f"<B190>EP</B190></B100><B200><B210>19178001.2</B210><B220><date>{facts.filed}</date></B220><B250>en</B250>"
        f"<B260>en</B260></B200><B500><B540><B541>en</B541><B542>{escape(facts.title)}</B542></B540></B500><B700><B720>"
        f"<B721><snm>{escape(facts.last_name)}, {escape(facts.first_name)}</snm></B721></B720></B700></SDOBI>"
        f'<abstract lang="en"><p id="pa01" num="0001">{escape(facts.abstract)}</p></abstract><description id="desc" '
        f'lang="en">{paragraphs}</description><claims id="claims01" lang="en">{claims}</claims></ep-patent-document>'
    )
    return document.encode(), back(facts, f"EP{facts.serial}B1", inventors=[f"{facts.last_name}, {facts.first_name}"])


def exchange(facts: Facts) -> Document:
    """The bibliography of an EP publication as OPS answers it."""
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><ops:world-patent-data xmlns="http://www.epo.org/exchange" '
        'xmlns:ops="http://ops.epo.org"><exchange-documents><exchange-document system="ops.epo.org" country="EP" '
        f'doc-number="{facts.serial}" kind="A1"><bibliographic-data><publication-reference><document-id '
        f'document-id-type="docdb"><country>EP</country><doc-number>{facts.serial}</doc-number><kind>A1</kind>'
        f"<date>{facts.published}</date></document-id></publication-reference><application-reference><document-id "
        f'document-id-type="epodoc"><doc-number>EP20190178001</doc-number><date>{facts.filed}</date></document-id>'
        '</application-reference><parties><inventors><inventor sequence="1" data-format="original"><inventor-name>'
        f"<name>{escape(facts.last_name)} {escape(facts.first_name)}</name></inventor-name></inventor></inventors>"
        f'</parties><invention-title lang="en">{escape(facts.title)}</invention-title></bibliographic-data>'
        f'<abstract lang="en"><p>{escape(facts.abstract)}</p></abstract></exchange-document></exchange-documents>'
        "</ops:world-patent-data>"
    )
    name = f"{facts.last_name} {facts.first_name}"
    return document.encode(), back(facts, f"EP{facts.serial}A1", claims=[], paragraphs=[], inventors=[name])


def full_text(facts: Facts) -> Document:
    """The claims and the description of an EP publication as OPS answers them."""
    claims = "".join(f"<claim-text>{escape(text)}</claim-text>" for text in facts.numbered)
    paragraphs = "".join(f"<p>[{n:04}] {escape(text)}</p>" for n, text in enumerate(facts.paragraphs, 1))
    document = (
        '<?xml version="1.0"?><ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org">'
        '<ftxt:fulltext-documents xmlns="http://www.epo.org/fulltext" xmlns:ftxt="http://www.epo.org/fulltext">'
        '<ftxt:fulltext-document system="ops.epo.org" fulltext-format="text-only"><bibliographic-data>'
        '<publication-reference data-format="docdb"><document-id><country>EP</country>'
        f"<doc-number>{facts.serial}</doc-number><kind>B1</kind></document-id></publication-reference>"
        f'</bibliographic-data><description lang="EN">{paragraphs}</description><claims lang="EN"><claim>{claims}'
        "</claim></claims></ftxt:fulltext-document></ftxt:fulltext-documents></ops:world-patent-data>"
    )
    return document.encode(), back(
        facts, f"EP{facts.serial}B1", without=("title", "abstract", "inventors", "filed", "published")
    )
