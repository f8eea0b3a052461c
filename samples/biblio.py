"""The bibliographic part of a US grant, element for element as the office orders it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from samples.grant import Cited, Company, Grant, Person, Symbol

_SYMBOL = re.compile(r"([A-HY])(\d\d)([A-Z]) (\d+)/(\d+)")


def _document(country: str, number: str, kind: str = "", date: str = "", name: str = "") -> list[str]:
    rows = ["<document-id>", f"<country>{country}</country>", f"<doc-number>{number}</doc-number>"]
    rows += [f"<kind>{kind}</kind>"] if kind else []
    rows += [f"<name>{escape(name)}</name>"] if name else []
    rows += [f"<date>{date}</date>"] if date else []
    return [*rows, "</document-id>"]


def _symbol(symbol: Symbol, tag: str, first: bool, action: str) -> list[str]:
    found = _SYMBOL.fullmatch(symbol.text)
    if found is None:
        raise ValueError(f"not a classification symbol: {symbol.text}")
    version = "cpc" if tag == "classification-cpc" else "ipc"
    names = ("section", "class", "subclass", "main-group", "subgroup")
    rows = [f"<{tag}>", f"<{version}-version-indicator><date>{symbol.version}</date></{version}-version-indicator>"]
    rows += ["<classification-level>A</classification-level>"] if version == "ipc" else []
    rows += [f"<{name}>{value}</{name}>" for name, value in zip(names, found.groups(), strict=True)]
    rows += [
        f"<symbol-position>{'F' if first else 'L'}</symbol-position>",
        f"<classification-value>{symbol.value}</classification-value>",
        f"<action-date><date>{action}</date></action-date>",
        "<generating-office><country>US</country></generating-office>",
        "<classification-status>B</classification-status>",
        "<classification-data-source>H</classification-data-source>",
    ]
    rows += ["<scheme-origination-code>C</scheme-origination-code>"] if version == "cpc" else []
    return [*rows, f"</{tag}>"]


def _classes(grant: Grant) -> list[str]:
    rows: list[str] = []
    if grant.ipc:
        rows.append("<classifications-ipcr>")
        for number, symbol in enumerate(grant.ipc):
            rows += _symbol(symbol, "classification-ipcr", number == 0, grant.published)
        rows.append("</classifications-ipcr>")
    if grant.cpc:
        rows += ["<classifications-cpc>", "<main-cpc>"]
        rows += _symbol(grant.cpc[0], "classification-cpc", True, grant.published)
        rows += ["</main-cpc>", "<further-cpc>"]
        for symbol in grant.cpc[1:]:
            rows += _symbol(symbol, "classification-cpc", False, grant.published)
        rows += ["</further-cpc>", "</classifications-cpc>"]
    if grant.locarno:
        rows += ["<classification-locarno>", "<edition>13</edition>"]
        rows += [f"<main-classification>{grant.locarno}</main-classification>", "</classification-locarno>"]
    if grant.national:
        rows += ["<classification-national>", "<country>US</country>"]
        rows += [f"<main-classification>{grant.national}</main-classification>", "</classification-national>"]
    return rows


def _citation(number: int, cited: Cited) -> list[str]:
    rows = ["<us-citation>"]
    if cited.number:
        rows += [f'<patcit num="{number:05d}">']
        document = _document(cited.country, cited.number, cited.kind)
        document[-1:] = [f"<name>{escape(cited.name)}</name>", f"<date>{cited.date}</date>", "</document-id>"]
        rows += [*document, "</patcit>"]
    else:
        rows += [f'<nplcit num="{number:05d}">', f"<othercit>{escape(cited.name)}</othercit>", "</nplcit>"]
    rows += [f"<category>cited by {cited.by}</category>"]
    rows += [f"<classification-cpc-text>{cited.cpc}</classification-cpc-text>"] if cited.cpc else []
    return [*rows, "</us-citation>"]


def _related(grant: Grant) -> list[str]:
    rows: list[str] = []
    if grant.provisional:
        number, date = grant.provisional
        rows += ["<us-provisional-application>", *_document("US", number, date=date), "</us-provisional-application>"]
    if grant.publication:
        number, date = grant.publication
        rows += ["<related-publication>", *_document("US", number, "A1", date), "</related-publication>"]
    return ["<us-related-documents>", *rows, "</us-related-documents>"] if rows else []


def _address(city: str, state: str) -> list[str]:
    return ["<address>", f"<city>{city}</city>", f"<state>{state}</state>", "<country>US</country>", "</address>"]


def _company(company: Company, role: str = "") -> list[str]:
    rows = ["<addressbook>", f"<orgname>{escape(company.name)}</orgname>"]
    rows += [f"<role>{role}</role>"] if role else []
    return [*rows, *_address(company.city, company.state), "</addressbook>"]


def _inventor(number: int, person: Person) -> list[str]:
    return [
        f'<inventor sequence="{number:03d}" designation="us-only">',
        "<addressbook>",
        f"<last-name>{person.last}</last-name>",
        f"<first-name>{person.first}</first-name>",
        *_address(person.city, person.state),
        "</addressbook>",
        "</inventor>",
    ]


def _parties(grant: Grant) -> list[str]:
    rows = [
        "<us-parties>",
        "<us-applicants>",
        (
            '<us-applicant sequence="001" app-type="applicant" designation="us-only" '
            'applicant-authority-category="assignee">'
        ),
        *_company(grant.company),
        "<residence>",
        "<country>US</country>",
        "</residence>",
        "</us-applicant>",
        "</us-applicants>",
        "<inventors>",
    ]
    for number, person in enumerate(grant.inventors, 1):
        rows += _inventor(number, person)
    rows += [
        "</inventors>",
        "<agents>",
        '<agent sequence="01" rep-type="attorney">',
        "<addressbook>",
        f"<orgname>{escape(grant.agent)}</orgname>",
        "<address>",
        "<country>unknown</country>",
        "</address>",
        "</addressbook>",
        "</agent>",
        "</agents>",
        "</us-parties>",
        "<assignees>",
        "<assignee>",
        *_company(grant.company, "02"),
        "</assignee>",
        "</assignees>",
        "<examiners>",
        "<primary-examiner>",
        f"<last-name>{grant.examiner.last}</last-name>",
        f"<first-name>{grant.examiner.first}</first-name>",
        f"<department>{grant.department}</department>",
        "</primary-examiner>",
    ]
    if grant.assistant:
        rows += [
            "<assistant-examiner>",
            f"<last-name>{grant.assistant.last}</last-name>",
            f"<first-name>{grant.assistant.first}</first-name>",
            "</assistant-examiner>",
        ]
    return [*rows, "</examiners>"]


def bibliography(grant: Grant) -> list[str]:
    """The lines of `us-bibliographic-data-grant`, counts taken from what the grant really holds."""
    rows = ["<us-bibliographic-data-grant>", "<publication-reference>"]
    rows += _document("US", grant.number, grant.kind, grant.published)
    rows += ["</publication-reference>", f'<application-reference appl-type="{grant.type}">']
    rows += [*_document("US", grant.application, date=grant.filed), "</application-reference>"]
    rows += [f"<us-application-series-code>{grant.application[:2]}</us-application-series-code>"]
    if grant.years is not None:
        rows += ["<us-term-of-grant>", f"<length-of-grant>{grant.years}</length-of-grant>", "</us-term-of-grant>"]
    if grant.extension_days is not None:
        term = f"<us-term-extension>{grant.extension_days}</us-term-extension>"
        rows += ["<us-term-of-grant>", term, "</us-term-of-grant>"]
    rows += [*_classes(grant), f'<invention-title id="d2e53">{escape(grant.title)}</invention-title>']
    rows.append("<us-references-cited>")
    for number, cited in enumerate(grant.cited, 1):
        rows += _citation(number, cited)
    rows += ["</us-references-cited>", f"<number-of-claims>{len(grant.claims)}</number-of-claims>"]
    rows += ["<us-exemplary-claim>1</us-exemplary-claim>", "<us-field-of-classification-search>"]
    rows += [f"<classification-cpc-text>{text}</classification-cpc-text>" for text in grant.searched]
    if not grant.searched:
        rows += ["<classification-national>", "<country>US</country>"]
        rows += [f"<main-classification>{grant.national}</main-classification>", "</classification-national>"]
    rows += ["</us-field-of-classification-search>", "<figures>"]
    rows += [f"<number-of-drawing-sheets>{len(grant.sheets)}</number-of-drawing-sheets>"]
    rows += [f"<number-of-figures>{grant.figure_count}</number-of-figures>", "</figures>"]
    return [*rows, *_related(grant), *_parties(grant), "</us-bibliographic-data-grant>"]
