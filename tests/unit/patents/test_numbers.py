import pytest

from patent2tech.patents import NotAPublicationNumber, PublicationNumber


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("US8418361B2", "US8418361B2"),
        ("US 8,418,361 B2", "US8418361B2"),
        ("us-8418361-b2", "US8418361B2"),
        ("08418361", "US8418361"),
        ("8,418,361", "US8418361"),
        ("US2011/0039701 A1", "US20110039701A1"),
        ("US 2024163973 A1", "US20240163973A1"),
        ("D0680087", "USD680087"),
        ("USD680087S1", "USD680087S1"),
        ("RE043633", "USRE43633"),
        ("PP018398P2", "USPP18398P2"),
        ("H0002140", "USH2140"),
        ("KR 10-2990001 B1", "KR102990001B1"),
        ("EP1000000A1", "EP1000000A1"),
        ("WO2009085664A2", "WO2009085664A2"),
    ],
)
def test_every_printed_form_gives_the_same_number(printed: str, normal: str) -> None:
    assert str(PublicationNumber.parse(printed)) == normal


@pytest.mark.parametrize("text", ["", "valve", "US", "US000", "B2", "KRD123", "US12345678901234", "１２３４５６７"])
def test_what_is_no_number_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NotAPublicationNumber):
        PublicationNumber.parse(text)


def test_a_number_without_kind_matches_any_kind_and_a_wrong_kind_none() -> None:
    whole = PublicationNumber.parse("US8418361B2")
    assert PublicationNumber.parse("8418361").matches(whole)
    assert not PublicationNumber.parse("US8418361A1").matches(whole)
    assert not PublicationNumber.parse("US8418362").matches(whole)


def test_office_fields_and_printed_form_agree() -> None:
    assert PublicationNumber.of("us", "08418361", "b2") == PublicationNumber.parse("US8418361B2")
