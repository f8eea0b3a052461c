"""Saved pages of Google Patents."""

from __future__ import annotations

from html import escape as html_escape

from tests.office_documents.facts import Document, Facts, back, iso


def google(facts: Facts) -> Document:
    """A saved page of Google Patents."""
    number = f"US{facts.serial}B2"
    claims = "".join(
        f'<li class="claim"><div id="CLM-{n:05}" num="{n:05}" class="claim"><div class="claim-text">'
        f"{html_escape(text)}</div></div></li>"
        for n, text in enumerate(facts.numbered, 1)
    )
    paragraphs = "".join(
        f'<li><para-num num="[{n:04}]"> </para-num><div num="{n:04}" class="description-paragraph">'
        f"{html_escape(text)}</div></li>"
        for n, text in enumerate(facts.paragraphs, 1)
    )
    document = (
        f'<!doctype html><html lang="en"><head><title>{number} - Google Patents</title></head><body><article '
        'class="result" itemscope itemtype="http://schema.org/ScholarlyArticle">'
        f'<h1 itemprop="pageTitle">{number} - {html_escape(facts.title)} - Google Patents</h1>'
        f'<span itemprop="title">{html_escape(facts.title)}</span><dl><dd itemprop="publicationNumber">{number}</dd>'
        f'<dd itemprop="inventor">{html_escape(facts.first_name)} {html_escape(facts.last_name)}</dd><dd>'
        f'<time itemprop="filingDate" datetime="{iso(facts.filed)}">x</time>'
        f'<time itemprop="publicationDate" datetime="{iso(facts.published)}">x</time></dd></dl>'
        '<section itemprop="abstract"><div itemprop="content"><abstract><div class="abstract">'
        f"{html_escape(facts.abstract)}</div></abstract></div></section>"
        f'<section itemprop="description"><div itemprop="content"><ul class="description">{paragraphs}</ul></div>'
        f'</section><section itemprop="claims"><div itemprop="content"><ol class="claims">{claims}</ol></div></section>'
        "</article></body></html>"
    )
    return document.encode(), back(facts, number)
