from pathlib import Path

import pytest

from patent2tech.errors import Malformed
from patent2tech.formats.uspto.document import parse_document
from patent2tech.formats.xml import parse_xml
from patent2tech.patents import Heading, Paragraph, PartialDate, Patent, PatentType, Section
from tests.uspto_xml import APPLICATION, claim_xml, document_id, paragraph_xml, uspto_document


def parsed(document: str) -> Patent:
    return parse_document(parse_xml(document.encode()))


def test_number_dates_and_kind_come_from_the_front_page() -> None:
    patent = parsed(uspto_document(number="09900001", kind="B2"))
    assert str(patent.number) == "US9900001B2"
    assert patent.dates.filing == PartialDate(2019, 6, 3)
    assert patent.dates.grant == patent.dates.publication == PartialDate(2021, 1, 5)
    assert patent.source_format == "us-patent-grant v4.5"


def test_an_application_states_no_grant() -> None:
    patent = parsed(uspto_document(root=APPLICATION, number="20210000001", kind="A1"))
    assert str(patent.number) == "US20210000001A1"
    assert patent.dates.grant is None


def test_nested_claim_text_gives_lines_and_references_resolve() -> None:
    claims = [
        claim_xml(1, "A valve comprising:", lines=["a seat; and", "a stem."]),
        claim_xml(2, "The valve", depends_on=1),
    ]
    patent = parsed(uspto_document(claims=claims))
    assert patent.claims[0].text == "1. A valve comprising:\na seat; and\na stem."
    assert patent.claims[1].references == (1,)


def test_a_cancelled_range_is_one_claim_with_its_last_number() -> None:
    cancelled = '<claim id="CLM-00001-00018" num="01-18"><claim-text>1-18. (canceled)</claim-text></claim>'
    patent = parsed(uspto_document(claims=[cancelled, claim_xml(19, "A valve.")]))
    assert (patent.claims[0].number, patent.claims[0].through) == (1, 18)
    assert patent.claims[1].number == 19


def test_marks_and_wrappers_give_sections_and_headings_stay() -> None:
    description = (
        '<?RELAPP description="Other" end="lead"?><heading level="1">RELATED</heading>'
        + paragraph_xml(1, "Continuation.")
        + '<?RELAPP description="Other" end="tail"?>'
        + f"<description-of-drawings>{paragraph_xml(2, 'FIG. 1 is a view.')}</description-of-drawings>"
        + f'<?DETDESC description="Detailed" end="lead"?>{paragraph_xml(3, "The valve 10.")}'
    )
    patent = parsed(uspto_document(description=description))
    assert patent.description[0] == Heading("RELATED")
    assert [each.section for each in patent.paragraphs] == [
        Section.CROSS_REFERENCE,
        Section.DRAWINGS,
        Section.DETAILED,
    ]


def test_text_outside_paragraphs_is_not_lost() -> None:
    patent = parsed(uspto_document(description="loose <b>not</b> lost" + paragraph_xml(1, "One.") + " tail"))
    assert [each.text for each in patent.paragraphs] == ["loose", "not", "lost", "One.", "tail"]


def test_repeated_and_missing_paragraph_numbers_become_distinct() -> None:
    description = paragraph_xml(1, "One.") + paragraph_xml(1, "Two.") + "<p>Three.</p>"
    numbers = [each.number for each in parsed(uspto_document(description=description)).paragraphs]
    assert numbers == ["0001", "0001-2", "0003"]


def test_a_paragraph_number_that_is_no_number_never_reaches_an_anchor() -> None:
    patent = parsed(uspto_document(description='<p num="&quot;&gt;&lt;script&gt;">One.</p>'))
    assert patent.description == (Paragraph("0001", "One."),)


def test_tables_and_formulas_stay_readable() -> None:
    table = (
        "<p>See<tables><table><tgroup><tbody><row><entry>x</entry><entry>1</entry></row>"
        "<row><entry>y</entry><entry>2</entry></row></tbody></tgroup></table></tables>H<sub>2</sub>O</p>"
    )
    (paragraph,) = parsed(uspto_document(description=table)).paragraphs
    assert paragraph.text == "See\nx\t1\ny\t2\nH2O"


def test_classes_citations_term_and_family_are_read() -> None:
    front = (
        "<us-term-of-grant><us-term-extension>408</us-term-extension><disclaimer><text>x</text></disclaimer>"
        "</us-term-of-grant><classifications-cpc><main-cpc><classification-cpc><section>F</section><class>16</class>"
        "<subclass>K</subclass><main-group>1</main-group><subgroup>22</subgroup></classification-cpc></main-cpc>"
        "</classifications-cpc><us-references-cited><us-citation><patcit num='1'>"
        f"{document_id('5123456', 'A', '19920600')}</patcit><category>cited by examiner</category></us-citation>"
        "<us-citation><nplcit num='2'><othercit>Smith, Valves, 1999.</othercit></nplcit></us-citation>"
        "</us-references-cited><us-related-documents><continuation><relation><parent-doc>"
        f"{document_id('15000001', '00', '20170301')}</parent-doc></relation></continuation></us-related-documents>"
    )
    patent = parsed(uspto_document(front=front))
    assert patent.cpc == ("F16K1/22",)
    assert (patent.term.extension_days, patent.term.disclaimer) == (408, True)
    assert [str(each.number) if each.number else None for each in patent.citations] == ["US5123456A", None]
    assert str(patent.citations[0].date) == "1992-06"
    assert patent.dates.priority == PartialDate(2017, 3, 1)


@pytest.mark.parametrize(
    ("series", "kind", "applied_as", "expected"),
    [
        ("D0680087", "S1", "design", PatentType.DESIGN),
        ("PP018398", "P2", "plant", PatentType.PLANT),
        ("RE043633", "E1", "reissue", PatentType.REISSUE),
        ("H0002140", "H1", "sir", PatentType.STATUTORY_INVENTION),
        ("D0680087", "S1", "unheard-of", PatentType.DESIGN),
    ],
)
def test_the_type_comes_from_the_application_or_the_series(
    series: str, kind: str, applied_as: str, expected: PatentType
) -> None:
    document = uspto_document(number=series, kind=kind).replace('appl-type="utility"', f'appl-type="{applied_as}"')
    assert parsed(document).type is expected


def test_a_document_without_front_page_is_malformed() -> None:
    with pytest.raises(Malformed, match="us-bibliographic-data-grant"):
        parsed("<us-patent-grant><claims/></us-patent-grant>")


def test_a_claim_without_number_is_malformed(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="no number"):
        parsed(uspto_document(claims=["<claim><claim-text>A valve.</claim-text></claim>"]))


def test_one_paragraph_number_repeated_without_end_takes_no_quadratic_time() -> None:
    description = '<p num="0001">a</p>' * 20_000
    numbers = [each.number for each in parsed(uspto_document(description=description)).paragraphs]
    assert len(set(numbers)) == 20_000


def test_text_that_a_reissue_deletes_stands_in_brackets() -> None:
    marked = (
        'A <?delete-start id="REI-1" date="20221025"?>soft <?delete-end id="REI-1"?><?insert-start?>hard<?insert-end?>'
    )
    document = uspto_document(number="RE049257", kind="E1", claims=[claim_xml(1, "MARKED seat.")])
    patent = parsed(document.replace("MARKED", marked).replace('"utility"', '"reissue"'))
    assert patent.claims[0].text == "1. A [soft ]hard seat."
