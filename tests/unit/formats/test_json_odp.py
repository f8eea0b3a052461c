import io
import json

import pytest

from patent2tech.errors import BadInput, NotAPatent
from patent2tech.formats.format import Head
from patent2tech.formats.uspto_json import OdpJson
from patent2tech.patents import PartialDate, Party, Patent, PatentType

FORMAT = OdpJson()


def a_wrapper(**facts: object) -> dict[str, object]:
    return {
        "applicationNumberText": "17000001",
        "eventDataBag": [{"eventCode": "EML"}] * 3000,
        "applicationMetaData": {
            "inventionTitle": "VALVE",
            "filingDate": "2020-01-05",
            "grantDate": "2022-05-09",
            "patentNumber": "11300001",
            "earliestPublicationNumber": "US20210000001A1",
            "earliestPublicationDate": "2021-07-08",
            "applicationTypeLabelName": "Utility",
            "cpcClassificationBag": ["F16K   1/22", "H01M2004/027", "nonsense"],
            "uspcSymbolText": "251/304",
            "inventorBag": [
                {
                    "inventorNameText": "Jane Doe",
                    "correspondenceAddressBag": [{"cityName": "Oslo", "countryCode": "NO"}],
                }
            ],
            "applicantBag": [{"applicantNameText": "Seat Co."}],
            **facts,
        },
        "parentContinuityBag": [
            {
                "claimParentageTypeCode": "CON",
                "parentApplicationNumberText": "16000001",
                "parentApplicationFilingDate": "2019-11-25",
            }
        ],
        "foreignPriorityBag": [
            {"ipOfficeName": "CHINA", "filingDate": "2018-04-25", "applicationNumberText": "2018104556449"}
        ],
    }


def parsed(**facts: object) -> Patent:
    return FORMAT.parse(json.dumps({"patentFileWrapperDataBag": [a_wrapper(**facts)]}).encode()).patent


def test_a_granted_application_is_known_by_its_grant() -> None:
    patent = parsed()
    assert (str(patent.number), patent.application_number) == ("US11300001", "17000001")
    assert patent.dates.publication == patent.dates.grant == PartialDate(2022, 5, 9)
    assert patent.cpc == ("F16K1/22", "H01M2004/027")
    assert patent.inventors == (Party("Jane Doe", "Oslo", "NO"),)
    assert [(each.relation, each.number) for each in patent.related] == [
        ("priority", "2018104556449"),
        ("continuation", "16000001"),
    ]
    assert patent.dates.priority == PartialDate(2018, 4, 25)


def test_a_pending_application_is_known_by_its_earliest_publication() -> None:
    patent = parsed(patentNumber=None, applicationTypeLabelName="Design")
    assert str(patent.number) == "US20210000001A1"
    assert (patent.dates.publication, patent.dates.grant) == (PartialDate(2021, 7, 8), None)
    assert patent.type is PatentType.DESIGN


def test_an_unpublished_application_is_refused() -> None:
    with pytest.raises(NotAPatent, match="no grant and no publication"):
        parsed(patentNumber=None, earliestPublicationNumber="")


def test_each_wrapper_of_an_answer_is_a_document_that_is_recognised_again() -> None:
    content = json.dumps({"count": 2, "patentFileWrapperDataBag": [a_wrapper(), a_wrapper(patentNumber="7")]}).encode()
    assert FORMAT.recognises(Head(content))
    cut = [each for each in FORMAT.documents(io.BytesIO(content)) if isinstance(each, bytes)]
    assert all(FORMAT.recognises(Head(each)) for each in cut)
    assert [str(FORMAT.parse(each).patent.number) for each in cut] == ["US11300001", "US7"]


@pytest.mark.parametrize(
    "content", [b'{"documentBag": []}', b'{"patentFileWrapperDataBag": []}', b'{"statusCodeBag": [1]}']
)
def test_an_answer_without_application_is_refused(content: bytes) -> None:
    assert FORMAT.recognises(Head(content))
    assert list(FORMAT.documents(io.BytesIO(content))) == [content]
    with pytest.raises(NotAPatent, match="holds no application"):
        FORMAT.parse(content)


@pytest.mark.parametrize("value", [None, 3, "x", ["x", None, 7], [["x"]], {"a": 1}, [{"a": [1]}], True, []])
def test_a_member_of_any_shape_is_survived_or_refused(value: object) -> None:
    for name in ("inventorBag", "applicantBag", "cpcClassificationBag", "filingDate", "inventionTitle", "grantDate"):
        assert str(parsed(**{name: value}).number) == "US11300001"
    for wrapper in (value, {"applicationMetaData": value}, {**a_wrapper(), "parentContinuityBag": value}):
        content = json.dumps({"patentFileWrapperDataBag": [wrapper]}).encode()
        try:
            FORMAT.parse(content)
        except BadInput:
            continue


def test_a_truncated_answer_raises_bad_input_only() -> None:
    content = json.dumps({"patentFileWrapperDataBag": [a_wrapper()]}).encode()
    for length in range(1, len(content) - 1, 4001):
        with pytest.raises(BadInput):
            FORMAT.parse(content[:length])
