import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patent2tech.errors import BadInput, Malformed, NotAPatent, TooLarge
from patent2tech.formats.format import Head
from patent2tech.formats.kipo.kipris import KiprisPlus
from patent2tech.patents import Citation, Claim, PartialDate, Party, Patent, PatentType, RelatedDocument
from patent2tech.patents import PublicationNumber as Number

FORMAT = KiprisPlus()
CAMEL = {
    "indexNo": "1",
    "registerStatus": "등록",
    "inventionTitle": "밸브 장치",
    "ipcNumber": "F16K 1/22|F16K 31/04",
    "registerNumber": "1099000010000",
    "registerDate": "20210301",
    "applicationNumber": "1020190000001",
    "applicationDate": "20190603",
    "openNumber": "1020200000001",
    "openDate": "20201201",
    "publicationNumber": "",
    "publicationDate": "20210305",
    "astrtCont": " 밸브에 관한\n것이다. ",
    "applicantName": "가나다 주식회사|홍길동",
}
PASCAL = {
    "Applicant": "가나다 주식회사",
    "ApplicationDate": "20190603",
    "ApplicationNumber": "2020190000001",
    "Abstract": "밸브에 관한 것이다.",
    "InventionName": "밸브 장치",
    "InternationalpatentclassificationNumber": "F16K 1/22",
    "OpeningDate": "20201201",
    "OpeningNumber": "2020200000001",
    "PublicNumber": "",
    "PublicDate": "",
    "RegistrationDate": "",
    "RegistrationNumber": "",
    "RegistrationStatus": "공개",
}
DESIGN = {
    "number": "1",
    "applicationNumber": "3020190000001",
    "applicationDate": "20190603",
    "registrationDate": "20210301",
    "registrationNumber": "3099000010000",
    "publicationDate": "20210305",
    "applicantName": "가나다 주식회사",
    "inventorName": "홍길동|김철수",
    "articleName": "밸브 손잡이",
    "openNumber": "",
    "designMainClassification": "M3550",
}
DETAIL = (
    "<biblioSummaryInfoArray><biblioSummaryInfo><applicationDate>2019.06.03</applicationDate><applicationNumber>"
    "10-2019-0000001</applicationNumber><claimCount>2</claimCount><inventionTitle>밸브 장치</inventionTitle>"
    "<inventionTitleEng>Valve device</inventionTitleEng><openDate>2020.12.01</openDate><openNumber>10-2020-0000001"
    "</openNumber><originalApplicationKind>국내출원/분할</originalApplicationKind><originalApplicationNumber>"
    "10-2018-0000009</originalApplicationNumber><publicationDate>2021.03.05</publicationDate><publicationNumber> "
    "</publicationNumber><registerDate>2021.03.01</registerDate><registerNumber>10-9900001-0000</registerNumber>"
    "<registerStatus>등록</registerStatus></biblioSummaryInfo></biblioSummaryInfoArray><ipcInfoArray><ipcInfo><ipcDate>"
    "(2026.01.01)</ipcDate><ipcNumber>F16K 1/22</ipcNumber></ipcInfo></ipcInfoArray><familyInfoArray><familyInfo/>"
    "</familyInfoArray><abstractInfoArray><abstractInfo><astrtCont> 밸브에 관한 것이다. </astrtCont></abstractInfo>"
    "</abstractInfoArray><internationalInfoArray><internationalInfo><internationalApplicationNumber>PCT/KR2019/000001"
    "</internationalApplicationNumber><internationalApplicationDate>2019.01.02</internationalApplicationDate>"
    "</internationalInfo></internationalInfoArray><claimInfoArray><claimInfo><claim>1. 시트; 및 스템을 포함하는 밸브."
    "</claim></claimInfo><claimInfo><claim>2. 청구항 1에 있어서, 스프링을 더 포함하는 밸브.</claim></claimInfo>"
    "<claimInfo><claim>3. 삭제</claim></claimInfo></claimInfoArray><applicantInfoArray><applicantInfo>"
    "<country>대한민국</country><engName>Ganada</engName><name>가나다 주식회사</name></applicantInfo>"
    "</applicantInfoArray><inventorInfoArray>"
    "<inventorInfo><country> </country><name>홍길동</name></inventorInfo></inventorInfoArray><priorityInfoArray>"
    "<priorityInfo><priorityApplicationCountry>미국</priorityApplicationCountry><priorityApplicationNumber>62/000,001"
    "</priorityApplicationNumber><priorityApplicationDate>2018.06.04</priorityApplicationDate></priorityInfo>"
    "</priorityInfoArray><priorArtDocumentsInfoArray><priorArtDocumentsInfo><documentsNumber>KR1020150000001 A"
    "</documentsNumber><examinerQuotationFlag>Y</examinerQuotationFlag></priorArtDocumentsInfo><priorArtDocumentsInfo>"
    "<documentsNumber>JP평성08012345 A*</documentsNumber><examinerQuotationFlag> </examinerQuotationFlag>"
    "</priorArtDocumentsInfo></priorArtDocumentsInfoArray>"
)


def row(tag: str, fields: dict[str, str], **changes: str) -> str:
    return f"<{tag}>{''.join(f'<{name}>{text}</{name}>' for name, text in {**fields, **changes}.items())}</{tag}>"


def response(body: str, code: str = "00", message: str = "NORMAL SERVICE.", success: str = "Y") -> bytes:
    head = f"<successYN>{success}</successYN><resultCode>{code}</resultCode><resultMsg>{message}</resultMsg>"
    counts = "<count><numOfRows>30</numOfRows><totalCount>1</totalCount></count>"
    answer = f"<response><header>{head}</header><body>{body}</body>{counts}</response>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n\n{answer}'.encode()


def rows(*each: str) -> bytes:
    return response(f"<items><TotalSearchCount>2</TotalSearchCount>{''.join(each)}</items>", code="", message="")


def cut(content: bytes) -> list[bytes | TooLarge]:
    return list(FORMAT.documents(io.BytesIO(content)))


def parsed(content: bytes) -> Patent:
    (document,) = cut(content)
    assert isinstance(document, bytes)
    assert FORMAT.recognises(Head(document))
    return FORMAT.parse(document).patent


def test_a_registered_row_is_named_by_its_registration_without_a_kind() -> None:
    patent = parsed(rows(row("item", CAMEL)))
    assert patent.number == Number("KR", "109900001", "")
    assert (patent.title, patent.language, patent.type) == ("밸브 장치", "ko", PatentType.UTILITY)
    assert patent.abstract == "밸브에 관한 것이다."
    assert patent.applicants == (Party("가나다 주식회사"), Party("홍길동"))
    assert patent.ipc == ("F16K1/22", "F16K31/04")
    assert patent.dates.filing == PartialDate(2019, 6, 3)
    assert patent.dates.grant == PartialDate(2021, 3, 1)
    assert patent.dates.publication == PartialDate(2021, 3, 5)


def test_an_opened_row_of_the_other_gateway_is_named_by_its_opening() -> None:
    patent = parsed(rows(row("PatentUtilityInfo", PASCAL)))
    assert patent.number == Number("KR", "2020200000001", "")
    assert patent.dates.publication == PartialDate(2020, 12, 1)
    assert patent.dates.grant is None
    assert patent.application_number == "2020190000001"


def test_a_registration_is_never_taken_for_an_opening_number() -> None:
    # Read as an opening number, these digits would name the publication 10-1990-0010000.
    assert parsed(rows(row("item", CAMEL, registerNumber="1019900010000"))).number == Number("KR", "101990001")


def test_each_row_is_a_document_of_its_own() -> None:
    content = rows(row("PatentUtilityInfo", PASCAL), row("PatentUtilityInfo", PASCAL, OpeningNumber="2020200000002"))
    documents = [each for each in cut(content) if isinstance(each, bytes)]
    assert all(FORMAT.recognises(Head(each)) for each in documents)
    assert [FORMAT.parse(each).patent.number.serial for each in documents] == ["2020200000001", "2020200000002"]


def test_a_design_is_a_design_and_its_korean_classes_are_not_locarno() -> None:
    patent = parsed(rows(row("DesignInfo", DESIGN)))
    assert (patent.type, patent.title) == (PatentType.DESIGN, "밸브 손잡이")
    assert patent.number == Number("KR", "309900001", "")
    assert patent.inventors == (Party("홍길동"), Party("김철수"))
    assert (patent.ipc, patent.locarno) == ((), None)
    assert parsed(rows(row("item", CAMEL, applicationNumber="3020190000001"))).type is PatentType.DESIGN


def test_trademarks_are_refused() -> None:
    with pytest.raises(NotAPatent, match="trademark"):
        parsed(rows(row("TradeMarkInfo", {"ApplicationNumber": "4020190000001"})))
    with pytest.raises(NotAPatent, match="trademark"):
        parsed(rows(row("item", CAMEL, applicationNumber="4020190000001")))


def test_an_application_that_was_never_published_is_refused() -> None:
    with pytest.raises(NotAPatent, match="no publication or registration number"):
        parsed(rows(row("PatentUtilityInfo", PASCAL, OpeningNumber=" ", RegistrationStatus="거절")))


def test_a_row_without_usable_numbers_is_malformed() -> None:
    with pytest.raises(Malformed, match="no application number"):
        parsed(rows(row("item", CAMEL, applicationNumber="")))
    with pytest.raises(Malformed, match="no usable number"):
        parsed(rows(row("item", CAMEL, registerNumber="", openNumber="공개")))


def test_the_bibliography_gives_claims_citations_and_family() -> None:
    patent = parsed(response(f"<item>{DETAIL}</item>"))
    assert patent.number == Number("KR", "109900001", "")
    assert (patent.title, patent.application_number) == ("밸브 장치", "10-2019-0000001")
    assert patent.claims == (
        Claim(1, "1. 시트; 및 스템을 포함하는 밸브."),
        Claim(2, "2. 청구항 1에 있어서, 스프링을 더 포함하는 밸브."),
        Claim(3, "3. 삭제"),
    )
    assert patent.stated.claims == 2
    assert patent.applicants == (Party("가나다 주식회사", country="대한민국"),)
    assert patent.citations == (
        Citation("KR1020150000001 A", Number("KR", "1020150000001", "A"), category="cited by examiner"),
        Citation("JP평성08012345 A*"),
    )
    assert patent.related == (
        RelatedDocument("priority", "미국", "62/000,001", PartialDate(2018, 6, 4)),
        RelatedDocument("pct-filing", "WO", "PCT/KR2019/000001", PartialDate(2019, 1, 2)),
        RelatedDocument("국내출원/분할", "KR", "10-2018-0000009"),
    )
    assert (patent.dates.filing, patent.dates.grant) == (PartialDate(2019, 6, 3), PartialDate(2021, 3, 1))
    assert patent.dates.priority == PartialDate(2018, 6, 4)


def test_claims_whose_numbers_repeat_are_counted() -> None:
    patent = parsed(response(f"<item>{DETAIL.replace('<claim>2. ', '<claim>1. ')}</item>"))
    assert [claim.number for claim in patent.claims] == [1, 2, 3]


@pytest.mark.parametrize(
    ("code", "message"),
    [("10", "INVALID PARAMETER"), ("20", "NO RESULT"), ("30", "KEY NOT REGISTERED"), ("31", "KEY EXPIRED")],
)
def test_an_error_is_refused_with_the_words_of_the_office(code: str, message: str) -> None:
    with pytest.raises(NotAPatent, match=f"{code}: {message}"):
        parsed(response("<items/>", code=code, message=message, success="N"))


def test_answers_without_a_patent_are_refused_by_what_they_are() -> None:
    with pytest.raises(NotAPatent, match="list of claims"):
        parsed(response("<items><claimInfo><claim>1. 밸브.</claim></claimInfo></items>"))
    with pytest.raises(NotAPatent, match="holds no patent but searchResult"):
        parsed(response("<items><searchResult><a/></searchResult></items>"))
    with pytest.raises(NotAPatent, match="no bibliography"):
        parsed(response("<item><docName>a.pdf</docName></item>"))
    assert not FORMAT.recognises(Head(b"<response><body/></response>"))


@given(st.integers(0, 2**32), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_a_broken_answer_is_read_or_refused(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    two = rows(row("PatentUtilityInfo", PASCAL), row("item", CAMEL), row("DesignInfo", DESIGN))
    content = bytearray(chance.choice([two, response(f"<item>{DETAIL}</item>")]))
    for _ in range(changes):
        content[chance.randrange(len(content))] = chance.choice(b"<>/&\"'\x00\xffa0 ")
    whole = bytes(content[: chance.choice([chance.randrange(len(content)), len(content)])])
    for document in cut(whole):
        if isinstance(document, bytes):
            try:
                FORMAT.parse(document)
            except BadInput:
                continue
