"""Documents of the Korean office: answers of KIPRIS, and the text of a gazette."""

from __future__ import annotations

from xml.sax.saxutils import escape

from tests.office_documents.facts import Document, Facts, back


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
    return document.encode(), back(facts, f"KR10{facts.serial}", paragraphs=[], inventors=[facts.last_name])


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
    return document.encode(), back(facts, f"KR10{facts.serial}B1", without=("inventors",))


def _dotted(day: str) -> str:
    return f"{day[:4]}년{day[4:6]}월{day[6:]}일"
