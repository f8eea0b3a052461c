"""JSON of the USPTO: PPUBS and the Open Data Portal."""

from __future__ import annotations

import json
from html import escape as html_escape

from tests.office_documents.facts import Document, Facts, back, iso


def ppubs(facts: Facts) -> Document:
    """A document of USPTO Public Search."""
    paragraphs = "<br />".join(f"({n}) {html_escape(text)}" for n, text in enumerate(facts.paragraphs, 1))
    document = {
        "guid": f"US-{facts.serial}-B2",
        "publicationReferenceDocumentNumber": str(facts.serial),
        "datePublished": f"{iso(facts.published)}T00:00:00Z",
        "inventionTitle": html_escape(facts.title),
        "type": "USPAT",
        "kindCode": ["B2"],
        "applicationFilingDate": [f"{iso(facts.filed)}T00:00:00Z"],
        "inventorsName": [f"{facts.last_name}; {facts.first_name}"],
        "abstractHtml": html_escape(facts.abstract),
        "descriptionHtml": f"DETAILED DESCRIPTION<br />{paragraphs}",
        "claimsHtml": f"What is claimed is:<br />{'<br />'.join(map(html_escape, facts.numbered))}",
        "numberOfClaims": str(len(facts.claims)),
    }
    return json.dumps(document).encode(), back(facts, f"US{facts.serial}B2")


def odp(facts: Facts) -> Document:
    """A file wrapper of the USPTO Open Data Portal."""
    wrapper = {
        "applicationNumberText": "17000001",
        "applicationMetaData": {
            "inventionTitle": facts.title,
            "filingDate": iso(facts.filed),
            "grantDate": iso(facts.published),
            "patentNumber": str(facts.serial),
            "applicationTypeLabelName": "Utility",
            "inventorBag": [{"inventorNameText": f"{facts.first_name} {facts.last_name}"}],
        },
    }
    document = json.dumps({"count": 1, "patentFileWrapperDataBag": [wrapper]}).encode()
    return document, back(facts, f"US{facts.serial}", abstract=None, claims=[], paragraphs=[])
