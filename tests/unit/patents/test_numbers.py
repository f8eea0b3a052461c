import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("WO 2009/085664 A2", "WO2009085664A2"),
        ("WO 99/12345", "WO1999012345"),
        ("wo0112345a1", "WO2001012345A1"),
        ("EP.1000000.A1", "EP1000000A1"),
        ("EP 0 227 762 A1", "EP0227762A1"),
        ("ep227762", "EP0227762"),
        ("US.8418361.B2", "US8418361B2"),
        ("US 8,418,361 (B2)", "US8418361B2"),
        ("US-10123456-B2", "US10123456B2"),
        ("US-2024362478-A1", "US20240362478A1"),
        ("10-2960906", "KR102960906"),
        ("10-2960906-0000", "KR102960906"),
        ("1029609060000", "KR102960906"),
        ("10-2025-0064010", "KR1020250064010"),
        ("1020250064010", "KR1020250064010"),
        ("KR1020250064010A", "KR1020250064010A"),
        ("KR 10-2023-0147601", "KR1020230147601"),
        ("30-0123456", "KR300123456"),
        ("AI000102", "USAI102"),
        ("JP2006147056A", "JP2006147056A"),
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


NUMBERS = st.one_of(
    st.builds(
        PublicationNumber,
        st.just("US"),
        st.one_of(
            st.integers(1, 19_999_999).map(str),
            st.integers(1, 999_999).map(lambda serial: f"D{serial}"),
            st.integers(1, 99_999).map(lambda serial: f"RE{serial}"),
            st.tuples(st.integers(2001, 2030), st.integers(1, 9_999_999)).map(lambda pair: f"{pair[0]}{pair[1]:07}"),
        ),
        st.sampled_from(["", "A1", "B2", "S1", "E1"]),
    ),
    st.builds(
        PublicationNumber, st.just("EP"), st.integers(1, 9_999_999).map("{:07}".format), st.sampled_from(["", "A1"])
    ),
    st.builds(
        PublicationNumber,
        st.just("WO"),
        st.tuples(st.integers(1978, 2030), st.integers(1, 999_999)).map(lambda pair: f"{pair[0]}{pair[1]:06}"),
        st.sampled_from(["", "A2"]),
    ),
    st.builds(
        PublicationNumber, st.just("KR"), st.integers(1, 9_999_999).map("10{:07}".format), st.sampled_from(["", "B1"])
    ),
)


@given(NUMBERS)
def test_every_form_that_is_printed_is_read_back(number: PublicationNumber) -> None:
    assert PublicationNumber.parse(str(number)) == number
    assert PublicationNumber.parse(number.docdb) == number
    assert PublicationNumber.parse(str(number).lower()) == number
    assert PublicationNumber.parse(number.epodoc).matches(number)
    assert PublicationNumber.parse(number.printed) == PublicationNumber.parse(number.bigquery) == number
    assert PublicationNumber.of(number.country, number.serial, number.kind) == number
    if number.country == "US" and len(number.serial) <= 8:
        assert PublicationNumber.of("US", number.ice, number.kind) == number


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    try:
        number = PublicationNumber.parse(text)
    except NotAPublicationNumber:
        return
    assert PublicationNumber.parse(str(number)) == number


@pytest.mark.parametrize(
    ("text", "printed", "bigquery"),
    [
        ("US8418361B2", "US 8,418,361 B2", "US-8418361-B2"),
        ("US20110039701A1", "US 2011/0039701 A1", "US-2011039701-A1"),
        ("USD680087S1", "US D680,087 S1", "US-D680087-S1"),
        ("USRE43633E", "US RE43,633 E", "US-RE43633-E"),
        ("WO2009085664A2", "WO 2009/085664 A2", "WO-2009085664-A2"),
        ("EP1000000A1", "EP 1000000 A1", "EP-1000000-A1"),
        ("KR102960906B1", "KR 10-2960906 B1", "KR-102960906-B1"),
        ("KR1020230147601A", "KR 10-2023-0147601 A", "KR-1020230147601-A"),
    ],
)
def test_a_number_is_printed_in_the_forms_of_others_and_read_back(text: str, printed: str, bigquery: str) -> None:
    number = PublicationNumber.parse(text)
    assert (number.printed, number.bigquery) == (printed, bigquery)
    assert PublicationNumber.parse(printed) == PublicationNumber.parse(bigquery) == number


def test_a_korean_registration_is_written_as_kipris_does() -> None:
    assert PublicationNumber.parse("KR 10-2960906 B1").kipris == "1029609060000"
    assert PublicationNumber.parse("1029609060000") == PublicationNumber.parse("KR102960906")
    assert PublicationNumber.parse("KR10-2023-0147601").kipris == "1020230147601"
