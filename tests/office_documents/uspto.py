"""Documents of the USPTO: XML of all eras, SGML and the green book."""

from __future__ import annotations

from xml.sax.saxutils import escape

from tests.office_documents.facts import Document, Facts, back
from tests.uspto_xml import claim_xml, paragraph_xml, uspto_document


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
    return document.encode(), back(facts, f"US{facts.serial}B2", without=("filed", "published"))


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
    return document.encode(), back(facts, f"US{number}A1")


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
    return document.encode(), back(facts, f"US{facts.serial}B1")


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
    return document.encode("ascii"), back(facts, f"US{facts.serial}")


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
