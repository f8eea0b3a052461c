import io
import json

import pytest

from patent2tech.errors import BadInput, Malformed, NotAPatent
from patent2tech.formats.format import Head
from patent2tech.formats.uspto_json import PpubsJson
from patent2tech.patents import Claim, Heading, Paragraph, PartialDate, Party, Patent, PatentType, RelatedDocument

FORMAT = PpubsJson()


def a_document(**fields: object) -> dict[str, object]:
    return {
        "guid": "US-9900001-B2",
        "publicationReferenceDocumentNumber": "9900001",
        "datePublished": "2018-02-20T00:00:00Z",
        "inventionTitle": "Valve with a <i>soft</i> seat",
        "type": "USPAT",
        "kindCode": ["B2"],
        "applicationNumber": "15/000001",
        "applicationFilingDate": ["2016-01-04T00:00:00Z"],
        "inventorsName": ["Doe; Jane", "Roe, Jr.; Max"],
        "inventorCity": ["Oslo", "N/A"],
        "inventorCountry": ["NO", "N/A"],
        "assigneeName": ["Seat &amp; Stem Co."],
        "cpcInventiveFlattened": "F16K1/22;F16K1/226",
        "cpcAdditionalFlattened": "F16K1/22;Y10T137/87",
        "numberOfClaims": "3",
        "abstractHtml": "A valve closes.<br />It opens.",
        "backgroundTextHtml": "RELATED APPLICATIONS\n(1) This one claims nothing.",
        "briefHtml": "FIELD<br />(1) The field is valves.<br />BACKGROUND<br />(2) Valves leak.",
        "descriptionHtml": "BRIEF DESCRIPTION OF THE DRAWINGS<br />(1) <figref idref='D'>FIG. 1</figref> shows it."
        "<br />(7) is the seventh term.<br />(2) A seat <b>10</b> holds x&lt;y.",
        "claimsHtml": "What is claimed is:<br />1. A valve, comprising:<br />a seat; and<br />a stem.<br />"
        "2. The valve of claim 1, wherein<br />30. degrees are kept.<br /> 3. The valve of claim 2.",
        **fields,
    }


def parsed(**fields: object) -> Patent:
    return FORMAT.parse(json.dumps(a_document(**fields)).encode()).patent


def test_the_front_page_is_read_from_the_index_fields() -> None:
    patent = parsed(termOfExtension="48", urpn=["5826261", "20050248334"])
    assert (str(patent.number), patent.type, patent.language) == ("US9900001B2", PatentType.UTILITY, "en")
    assert patent.title == "Valve with a soft seat"
    assert patent.dates.filing == PartialDate(2016, 1, 4)
    assert patent.dates.grant == patent.dates.publication == PartialDate(2018, 2, 20)
    assert patent.inventors == (Party("Jane Doe", "Oslo", "NO"), Party("Max Roe, Jr."))
    assert patent.cpc == ("F16K1/22", "F16K1/226", "Y10T137/87")
    assert patent.term.extension_days == 48
    assert [str(each.number) for each in patent.citations] == ["US5826261", "US20050248334"]


def test_citations_come_with_date_and_category_where_the_index_has_them() -> None:
    patent = parsed(
        usRefGroup=[
            "US 6249393 B1 Billings 20010600 cited by examiner G11B 21/21 360/75",
            "4006340 19770200 Gorinas 219",
        ],
        foreignRefGroup=["JP 2014-006757 A 20140100 cited by applicant", "0193904 19841100 JP"],
        otherRefPub=["Doe, Valves, 1999.\n<br />Roe, Seats, 2001.\n<br />"],
    )
    found = [(each.text, str(each.date) if each.date else None, each.category) for each in patent.citations]
    assert found == [
        ("US 6249393 B1", "2001-06", "cited by examiner"),
        ("US 4006340", "1977-02", None),
        ("JP 2014-006757 A", "2014-01", "cited by applicant"),
        ("JP 0193904", "1984-11", None),
        ("Doe, Valves, 1999.", None, None),
        ("Roe, Seats, 2001.", None, None),
    ]


def test_the_family_gives_the_earliest_priority() -> None:
    patent = parsed(
        priorityClaimsDate=["2014-03-19T00:00:00Z"],
        priorityClaimsCountry=["JP"],
        priorityClaimsDocNumber=["JP2014-050222"],
        continuityData=["us-provisional-application US 62000001 20150125\n<br />"],
    )
    assert patent.related[0] == RelatedDocument("priority", "JP", "2014-050222", PartialDate(2014, 3, 19))
    assert patent.related[1].relation == "us-provisional-application"
    assert patent.dates.priority == PartialDate(2014, 3, 19)


def test_the_count_of_the_search_is_left_out_and_everything_else_is_kept() -> None:
    assert parsed().description == (
        Heading("RELATED APPLICATIONS"),
        Paragraph("0001", "This one claims nothing."),
        Heading("FIELD"),
        Paragraph("0002", "The field is valves."),
        Heading("BACKGROUND"),
        Paragraph("0003", "Valves leak."),
        Heading("BRIEF DESCRIPTION OF THE DRAWINGS"),
        Paragraph("0004", "FIG. 1 shows it."),
        Paragraph("0005", "(7) is the seventh term."),
        Paragraph("0006", "A seat 10 holds x<y."),
    )


def test_printed_paragraph_numbers_of_an_application_are_kept() -> None:
    patent = parsed(
        guid="US-20230008865-A1",
        kindCode=["A1"],
        backgroundTextHtml=None,
        briefHtml="FIELD<br />[0007] One.",
        descriptionHtml="[0008] Formula<br />[00001] x<br />",
    )
    assert str(patent.number) == "US20230008865A1"
    assert patent.dates.grant is None
    assert [each.number for each in patent.paragraphs] == ["0007", "0008", "0008-2"]
    assert patent.paragraphs[2].text == "[00001] x"


def test_claims_are_split_at_their_numbers_and_not_at_others() -> None:
    claims = parsed().claims
    assert [each.number for each in claims] == [1, 2, 3]
    assert claims[0].text == "1. A valve, comprising:\na seat; and\na stem."
    assert claims[1].text.endswith("30. degrees are kept.")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>1</b>-<b>19</b>. (canceled)<br /><b>20</b>. A valve.", [(1, 19), (20, None)]),
        ("<b>1</b>) A valve.<br /><b>2</b>) The valve of claim 1.", [(1, None), (2, None)]),
        (".[.1. A valve..].<br />.Iadd.2. A seat..Iaddend.", [(1, None), (2, None)]),
        ("The ornamental design for a valve, as shown.", [(1, None)]),
        ("<claim-text/>", []),
    ],
)
def test_odd_claims_are_numbered(html: str, expected: list[tuple[int, int | None]]) -> None:
    assert [(each.number, each.through) for each in parsed(claimsHtml=html).claims] == expected


def test_a_search_hit_gives_a_front_page() -> None:
    patent = parsed(claimsHtml=None, briefHtml=None, descriptionHtml=None, abstractHtml=None, backgroundTextHtml=None)
    assert (patent.claims, patent.description, patent.abstract) == ((), (), None)


def test_a_page_of_hits_gives_one_document_each() -> None:
    page = {"numFound": 2, "patents": [a_document(), a_document(guid="US-9900002-B2")]}
    content = json.dumps(page).encode()
    assert FORMAT.recognises(Head(content))
    cut = [each for each in FORMAT.documents(io.BytesIO(content)) if isinstance(each, bytes)]
    assert all(FORMAT.recognises(Head(each)) for each in cut)
    assert [str(FORMAT.parse(each).patent.number) for each in cut] == ["US9900001B2", "US9900002B2"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"numFound": 0, "databaseFilters": []}, "lists no patent"),
        ({"userCase": {"caseId": 1}}, "session"),
        ({"numFound": 0, "error": "bad query"}, "bad query"),
    ],
)
def test_an_answer_without_a_patent_is_refused_with_its_reason(answer: dict[str, object], reason: str) -> None:
    content = json.dumps(answer).encode()
    assert FORMAT.recognises(Head(content))
    (whole,) = FORMAT.documents(io.BytesIO(content))
    assert whole == content
    with pytest.raises(NotAPatent, match=reason):
        FORMAT.parse(content)


def test_control_characters_and_half_characters_never_reach_the_patent() -> None:
    patent = parsed(inventionTitle="Val\x00ve \ud800", abstractHtml="a\x00b\u0085c\udfff")
    assert patent.title == "Valve \ufffd"
    assert "".join((patent.abstract or "").split()) == "abc\ufffd"
    str(patent).encode()


def test_scripts_have_no_text_and_deep_markup_is_refused() -> None:
    assert parsed(abstractHtml="<script>x()</script>A valve.").abstract == "A valve."
    with pytest.raises(Malformed, match="deep"):
        parsed(abstractHtml="<div>" * 5000 + "lost" + "</div>" * 5000)


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"guid":',
        b'{"guid": "nonsense"}',
        b'{"guid": "US-0-B2"}',
        b'{"guid": "US-1-B2", "termOfExtension": ' + b"9" * 5000 + b"}",
        b'{"guid": ' + b"[" * 100_000,
    ],
)
def test_broken_json_raises_bad_input_only(content: bytes) -> None:
    with pytest.raises(BadInput):
        FORMAT.parse(content)


@pytest.mark.parametrize("value", [None, 3, "x", ["x", None, 7], [["x"]], {"a": 1}, True, [], "", 1e308])
def test_a_member_of_any_shape_is_survived(value: object) -> None:
    for name in a_document():
        if name not in {"guid", "publicationReferenceDocumentNumber"}:
            assert str(parsed(**{name: value}).number) == "US9900001B2"


def test_a_truncated_document_is_malformed() -> None:
    content = json.dumps(a_document()).encode()
    for length in range(1, len(content) - 1, 97):
        with pytest.raises(BadInput):
            FORMAT.parse(content[:length])


def test_the_single_claim_of_a_design_keeps_its_text() -> None:
    patent = parsed(
        guid="US-D645062-S", claimsHtml="The ornamental design for a valve, as shown.", termOfPatentGrant="14"
    )
    assert patent.type is PatentType.DESIGN
    assert patent.claims == (Claim(1, "The ornamental design for a valve, as shown."),)
    assert patent.term.years_from_grant == 14
