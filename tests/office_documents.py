"""Builders of one document for each format from the same facts, with what a reader must give back of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape as html_escape
from xml.sax.saxutils import escape

from patent2tech.patents import Patent
from tests.pdf_files import column, pdf
from tests.uspto_xml import claim_xml, paragraph_xml, uspto_document


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says: texts on one line each; `serial` has seven digits, days are `YYYYMMDD`."""

    serial: int
    title: str
    abstract: str
    claims: tuple[str, ...]
    paragraphs: tuple[str, ...]
    first_name: str
    last_name: str
    filed: str
    published: str

    @property
    def numbered(self) -> list[str]:
        """The claims as they are printed."""
        return [f"{number}. {text}" for number, text in enumerate(self.claims, 1)]


def facts_of(patent: Patent) -> dict[str, object]:
    """The same facts of a patent that was read."""
    return {
        "number": str(patent.number),
        "title": patent.title,
        "abstract": patent.abstract,
        "claims": [claim.text for claim in patent.claims],
        "claim numbers": [claim.number for claim in patent.claims],
        "paragraphs": [paragraph.text for paragraph in patent.paragraphs],
        "inventors": [party.name for party in patent.inventors],
        "filed": str(patent.dates.filing).replace("-", ""),
        "published": str(patent.dates.publication).replace("-", ""),
    }


Document = tuple[bytes, Mapping[str, object]]


def ice(facts: Facts) -> Document:
    """USPTO XML v4."""
    claims = [claim_xml(number, text) for number, text in enumerate(facts.claims, 1)]
    paragraphs = [paragraph_xml(number, text) for number, text in enumerate(facts.paragraphs, 1)]
    front = (
        "<us-parties><inventors><inventor><addressbook>"
        f"<last-name>{escape(facts.last_name)}</last-name><first-name>{escape(facts.first_name)}</first-name>"
        "</addressbook></inventor></inventors></us-parties>"
    )
    document = uspto_document(
        number=f"{facts.serial:08}",
        title=facts.title,
        claims=claims,
        description="".join(paragraphs),
        abstract=facts.abstract,
        front=front,
    )
    return document.encode(), _back(facts, f"US{facts.serial}B2", without=("filed", "published"))


def pap(facts: Facts) -> Document:
    """A USPTO application of 2001 to 2004."""
    number = f"2003{facts.serial:07}"
    paragraphs = "".join(
        f'<paragraph id="P-{n}"><number>[{n:04}]</number> {escape(text)}</paragraph>'
        for n, text in enumerate(facts.paragraphs, 1)
    )
    claims = "".join(
        f'<claim id="CLM-{n:05}"><claim-text><highlight><bold>{n}</bold></highlight>. {escape(text)}</claim-text>'
        "</claim>"
        for n, text in enumerate(facts.claims, 1)
    )
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE patent-application-publication SYSTEM "pap-v16-2002-01-01.dtd" []>\n<patent-application-publication>'
        f"<subdoc-bibliographic-information><document-id><doc-number>{number}</doc-number><kind-code>A1</kind-code>"
        f"<document-date>{facts.published}</document-date></document-id><domestic-filing-data><application-number>"
        f"<doc-number>10000001</doc-number></application-number><filing-date>{facts.filed}</filing-date>"
        "</domestic-filing-data><technical-information>"
        f"<title-of-invention>{escape(facts.title)}</title-of-invention></technical-information><inventors>"
        f"<first-named-inventor><name><given-name>{escape(facts.first_name)}</given-name>"
        f"<family-name>{escape(facts.last_name)}</family-name></name></first-named-inventor></inventors>"
        "</subdoc-bibliographic-information>"
        f'<subdoc-abstract><paragraph id="A-1">{escape(facts.abstract)}</paragraph></subdoc-abstract>'
        f"<subdoc-description><detailed-description><section>{paragraphs}</section></detailed-description>"
        f"</subdoc-description><subdoc-claims>{claims}</subdoc-claims></patent-application-publication>"
    )
    return document.encode(), _back(facts, f"US{number}A1")


def patdoc(facts: Facts) -> Document:
    """A USPTO grant of 2002 to 2004, XML v2.5."""
    return _patdoc(facts, sgml=False)


def sgml(facts: Facts) -> Document:
    """A USPTO grant of 2001, SGML v2.4."""
    return _patdoc(facts, sgml=True)


def _patdoc(facts: Facts, *, sgml: bool) -> Document:
    claims = "".join(
        f'<CLM ID="CLM-{n:05}"><PARA ID="C-{n}"><PTEXT>{_pdat(text)}</PTEXT></PARA></CLM>'
        for n, text in enumerate(facts.numbered, 1)
    )
    paragraphs = "".join(
        f'<PARA ID="P-{n:05}"><PTEXT>{_pdat(text)}</PTEXT></PARA>' for n, text in enumerate(facts.paragraphs, 1)
    )
    empty = "<B597US>" if sgml else "<B597US/>"
    head = (
        '<!DOCTYPE PATDOC PUBLIC "-//USPTO//DTD ST.32 US PATENT GRANT V2.4 2000-09-20//EN" []>\n<PATDOC DTD="2.4">'
        if sgml
        else '<?xml version="1.0"?>\n<!DOCTYPE PATDOC SYSTEM "ST32-US-Grant-025xml.dtd" []>\n<PATDOC DTD="2.5">'
    )
    document = (
        f"{head}<SDOBI><B100><B110><DNUM>{_pdat(f'{facts.serial:08}')}</DNUM></B110><B130>{_pdat('B1')}</B130>"
        f"<B140><DATE>{_pdat(facts.published)}</DATE></B140><B190>{_pdat('US')}</B190></B100><B200><B210><DNUM>"
        f"{_pdat('09000001')}</DNUM></B210><B220><DATE>{_pdat(facts.filed)}</DATE></B220></B200><B500><B540><STEXT>"
        f"{_pdat(facts.title)}</STEXT></B540><B590>{empty}</B590></B500><B700><B720><B721><PARTY-US><NAM><FNM>"
        f"{_pdat(facts.first_name)}</FNM><SNM><STEXT>{_pdat(facts.last_name)}</STEXT></SNM></NAM></PARTY-US></B721>"
        "</B720></B700></SDOBI>"
        f'<SDOAB><BTEXT><PARA ID="A"><PTEXT>{_pdat(facts.abstract)}</PTEXT></PARA></BTEXT></SDOAB>'
        f"<SDODE><DETDESC><BTEXT>{paragraphs}</BTEXT></DETDESC></SDODE><SDOCL><CL>{claims}</CL></SDOCL></PATDOC>\n"
    )
    return document.encode(), _back(facts, f"US{facts.serial}B1")


def _pdat(text: str) -> str:
    return f"<PDAT>{escape(text)}</PDAT>"


def aps(facts: Facts) -> Document:
    """The green book: ASCII only, broken into lines of 80 columns."""
    claims = "".join(f"NUM  {n}.\n{_lines('PAR', text)}" for n, text in enumerate(facts.numbered, 1))
    document = (
        f"PATN\nWKU  {facts.serial:08}4\nSRC  5\nAPN  4491556\nAPT  1\nAPD  {facts.filed}\n{_lines('TTL', facts.title)}"
        f"ISD  {facts.published}\nNCL  {len(facts.claims)}\nINVT\nNAM  {facts.last_name}; {facts.first_name}\n"
        f"ABST\n{_lines('PAL', facts.abstract)}DETD\n{''.join(_lines('PAR', text) for text in facts.paragraphs)}"
        f"CLMS\nSTM  What is claimed is:\n{claims}"
    )
    return document.encode("ascii"), _back(facts, f"US{facts.serial}")


def _lines(code: str, text: str) -> str:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) >= _APS_COLUMNS and line:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.append(line)
    return f"{code}  {lines[0]}\n" + "".join(f"      {each}\n" for each in lines[1:])


_APS_COLUMNS = 74


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
    return document.encode(), _back(facts, f"EP{facts.serial}B1", inventors=[f"{facts.last_name}, {facts.first_name}"])


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
    return document.encode(), _back(facts, f"EP{facts.serial}A1", claims=[], paragraphs=[], inventors=[name])


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
    return document.encode(), _back(
        facts, f"EP{facts.serial}B1", without=("title", "abstract", "inventors", "filed", "published")
    )


def kipris(facts: Facts) -> Document:
    """The detail of a registered Korean patent."""
    claims = "".join(f"<claimInfo><claim>{escape(text)}</claim></claimInfo>" for text in facts.numbered)
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><response><header><successYN>Y</successYN><resultCode>00</resultCode>'
        "<resultMsg>NORMAL SERVICE.</resultMsg></header><body><item><biblioSummaryInfoArray><biblioSummaryInfo>"
        f"<applicationDate>{facts.filed}</applicationDate><applicationNumber>10-2019-0000001</applicationNumber>"
        f"<inventionTitle>{escape(facts.title)}</inventionTitle><publicationDate>{facts.published}</publicationDate>"
        f"<registerDate>{facts.published}</registerDate><registerNumber>10-{facts.serial}-0000</registerNumber>"
        "<registerStatus>등록</registerStatus></biblioSummaryInfo></biblioSummaryInfoArray><abstractInfoArray>"
        f"<abstractInfo><astrtCont>{escape(facts.abstract)}</astrtCont></abstractInfo></abstractInfoArray>"
        f"<claimInfoArray>{claims}</claimInfoArray><inventorInfoArray><inventorInfo><name>{escape(facts.last_name)}"
        "</name></inventorInfo></inventorInfoArray></item></body></response>"
    )
    return document.encode(), _back(facts, f"KR10{facts.serial}", paragraphs=[], inventors=[facts.last_name])


def gazette(facts: Facts) -> Document:
    """The text of a Korean gazette publication."""
    claims = "\n".join(f"청구항 {n}\n{text}" for n, text in enumerate(facts.claims, 1))
    paragraphs = "\n".join(f"[{n:04}] {text}" for n, text in enumerate(facts.paragraphs, 1))
    document = (
        f"(19) 대한민국특허청(KR)\n(12) 등록특허공보(B1)\n(45) 공고일자 {_dotted(facts.published)}\n"
        f"(11) 등록번호 10-{facts.serial}\n(22) 출원일자 {_dotted(facts.filed)}\n"
        f"(54) 발명의 명칭 {facts.title}\n(57) 요 약\n{facts.abstract}\n명 세 서\n청구범위\n{claims}\n발명의 설명\n"
        f"기 술 분 야\n{paragraphs}\n"
    )
    return document.encode(), _back(facts, f"KR10{facts.serial}B1", without=("inventors",))


def _dotted(day: str) -> str:
    return f"{day[:4]}년{day[4:6]}월{day[6:]}일"


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
        f'<time itemprop="filingDate" datetime="{_iso(facts.filed)}">x</time>'
        f'<time itemprop="publicationDate" datetime="{_iso(facts.published)}">x</time></dd></dl>'
        '<section itemprop="abstract"><div itemprop="content"><abstract><div class="abstract">'
        f"{html_escape(facts.abstract)}</div></abstract></div></section>"
        f'<section itemprop="description"><div itemprop="content"><ul class="description">{paragraphs}</ul></div>'
        f'</section><section itemprop="claims"><div itemprop="content"><ol class="claims">{claims}</ol></div></section>'
        "</article></body></html>"
    )
    return document.encode(), _back(facts, number)


def ppubs(facts: Facts) -> Document:
    """A document of USPTO Public Search."""
    paragraphs = "<br />".join(f"({n}) {html_escape(text)}" for n, text in enumerate(facts.paragraphs, 1))
    document = {
        "guid": f"US-{facts.serial}-B2",
        "publicationReferenceDocumentNumber": str(facts.serial),
        "datePublished": f"{_iso(facts.published)}T00:00:00Z",
        "inventionTitle": html_escape(facts.title),
        "type": "USPAT",
        "kindCode": ["B2"],
        "applicationFilingDate": [f"{_iso(facts.filed)}T00:00:00Z"],
        "inventorsName": [f"{facts.last_name}; {facts.first_name}"],
        "abstractHtml": html_escape(facts.abstract),
        "descriptionHtml": f"DETAILED DESCRIPTION<br />{paragraphs}",
        "claimsHtml": f"What is claimed is:<br />{'<br />'.join(map(html_escape, facts.numbered))}",
        "numberOfClaims": str(len(facts.claims)),
    }
    return json.dumps(document).encode(), _back(facts, f"US{facts.serial}B2")


def odp(facts: Facts) -> Document:
    """A file wrapper of the USPTO Open Data Portal."""
    wrapper = {
        "applicationNumberText": "17000001",
        "applicationMetaData": {
            "inventionTitle": facts.title,
            "filingDate": _iso(facts.filed),
            "grantDate": _iso(facts.published),
            "patentNumber": str(facts.serial),
            "applicationTypeLabelName": "Utility",
            "inventorBag": [{"inventorNameText": f"{facts.first_name} {facts.last_name}"}],
        },
    }
    document = json.dumps({"count": 1, "patentFileWrapperDataBag": [wrapper]}).encode()
    return document, _back(facts, f"US{facts.serial}", abstract=None, claims=[], paragraphs=[])


def _iso(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def plain_text(facts: Facts) -> Document:
    """A patent as a person pastes it."""
    paragraphs = "\n\n".join(f"[{n:04}] {text}" for n, text in enumerate(facts.paragraphs, 1))
    claims = "\n\n".join(facts.numbered)
    document = (
        f"US {facts.serial:,} B2\n\nTitle: {facts.title}\n\nABSTRACT\n\n{facts.abstract}\n\nDETAILED DESCRIPTION\n\n"
        f"{paragraphs}\n\nWhat is claimed is:\n\n{claims}\n"
    )
    return document.encode(), _back(facts, f"US{facts.serial}B2", without=("inventors", "filed", "published"))


def markdown(facts: Facts) -> Document:
    """A patent as a person keeps it."""
    paragraphs = "\n\n".join(f"[{n:04}] {text}" for n, text in enumerate(facts.paragraphs, 1))
    document = (
        f"# {facts.title}\n\nPublication number: US {facts.serial} B2\n\n## Abstract\n\n{facts.abstract}\n\n"
        f"## Detailed description\n\n{paragraphs}\n\n## Claims\n\n" + "\n".join(facts.numbered) + "\n"
    )
    return document.encode(), _back(facts, f"US{facts.serial}B2", without=("inventors", "filed", "published"))


def printed(facts: Facts) -> Document:
    """A PDF with a text layer, in one column, long enough to be no scan."""
    lines = [f"US {facts.serial:,} B2", "ABSTRACT", *_wrapped(facts.abstract), "DETAILED DESCRIPTION"]
    for n, text in enumerate((*facts.paragraphs, *_FILLER), 1):
        lines += _wrapped(f"[{n:04}] {text}")
    lines.append("What is claimed is:")
    for text in facts.numbered:
        lines += _wrapped(text)
    pages = [lines[start : start + _PDF_LINES] for start in range(0, len(lines), _PDF_LINES)]
    back = _back(
        facts,
        f"US{facts.serial}B2",
        without=("title", "inventors", "filed", "published"),
        paragraphs=[*facts.paragraphs, *_FILLER],
    )
    return pdf(*(column(60, page) for page in pages)), back


def _wrapped(text: str) -> list[str]:
    """A paragraph of lines, the first of which is indented."""
    lines, line = [], " "
    for word in text.split():
        if len(line) + len(word) > _PDF_COLUMNS:
            lines.append(line)
            line = ""
        line += f"{' ' if line.strip() else ''}{word}"
    return [*lines, line]


_PDF_LINES = 55
_PDF_COLUMNS = 84
_FILLER = tuple(
    f"The housing {n} holds the seat in a manner that is plain to the skilled person." for n in range(20, 40)
)


def _back(facts: Facts, number: str, without: tuple[str, ...] = (), **other: object) -> dict[str, object]:
    """What must be read: the facts, but for those that the format does not carry or carries otherwise."""
    back: dict[str, object] = {
        "number": number,
        "title": facts.title,
        "abstract": facts.abstract,
        "claims": facts.numbered,
        "claim numbers": list(range(1, len(facts.claims) + 1)),
        "paragraphs": list(facts.paragraphs),
        "inventors": [f"{facts.first_name} {facts.last_name}"],
        "filed": facts.filed,
        "published": facts.published,
        **other,
    }
    if not back["claims"]:
        back["claim numbers"] = []
    return {name: value for name, value in back.items() if name not in without}


MARKUP: Mapping[str, Callable[[Facts], Document]] = {
    "USPTO XML v4": ice,
    "USPTO application XML v1": pap,
    "USPTO XML v2.5": patdoc,
    "USPTO SGML v2.4": sgml,
    "EP specification": st36,
    "OPS exchange": exchange,
    "OPS full text": full_text,
    "KIPRIS detail": kipris,
    "Google page": google,
    "PPUBS": ppubs,
    "ODP": odp,
}
"""Formats that can hold any character."""

TYPED: Mapping[str, Callable[[Facts], Document]] = {
    "green book": aps,
    "Korean gazette": gazette,
    "plain text": plain_text,
    "Markdown": markdown,
    "PDF": printed,
}
"""Formats whose layout is the text itself, so that a text must not look like a heading or a number."""
