import datetime as dt

from patent2tech.patents import (
    Dates,
    PartialDate,
    Patent,
    PatentType,
    PublicationNumber,
    RelatedDocument,
    TermFacts,
)
from patent2tech.reading.model import Status, StatusEstimate
from patent2tech.reading.status import estimate_status

NO_FACTS = TermFacts()
TODAY = dt.date(2026, 11, 23)


def estimate(
    *,
    filed: str | None = "20100601",
    granted: str | None = "20130702",
    patent_type: PatentType = PatentType.UTILITY,
    office: str = "US",
    term: TermFacts = NO_FACTS,
    related: tuple[RelatedDocument, ...] = (),
) -> StatusEstimate:
    dates = Dates(
        filing=PartialDate.parse(filed) if filed else None, grant=PartialDate.parse(granted) if granted else None
    )
    number = PublicationNumber(office, "1")
    return estimate_status(
        Patent(number, "t", patent_type, "en", "test", dates=dates, term=term, related=related), TODAY
    )


def codes(status: StatusEstimate) -> list[str]:
    return [note.code for note in status.basis]


def test_a_utility_patent_ends_twenty_years_after_filing() -> None:
    status = estimate()
    assert (status.estimate, status.expires) == (Status.PROBABLY_IN_TERM, dt.date(2030, 6, 1))
    assert "status.fees_unknown" in codes(status)
    assert "status.not_a_verdict" in codes(status)


def test_the_term_counts_from_the_earliest_parent_but_not_from_a_provisional_or_foreign_priority() -> None:
    day = PartialDate(2006, 1, 2)
    parent = RelatedDocument("continuation", "US", "11000000", day)
    assert estimate(related=(parent,)).expires == dt.date(2026, 1, 2)
    assert estimate(related=(parent,)).estimate is Status.PROBABLY_EXPIRED
    for relation in ("us-provisional-application", "priority"):
        assert estimate(related=(RelatedDocument(relation, "US", "60000000", day),)).expires == dt.date(2030, 6, 1)


def test_extension_is_added_and_disclaimer_is_said() -> None:
    status = estimate(term=TermFacts(extension_days=100, disclaimer=True))
    assert status.expires == dt.date(2030, 9, 9)
    assert "status.disclaimer" in codes(status)


def test_a_patent_filed_before_june_1995_takes_the_longer_term() -> None:
    status = estimate(filed="19920110", granted="19970610")
    assert status.expires == dt.date(2014, 6, 10)


def test_a_design_ends_fifteen_years_after_grant_and_fourteen_if_filed_before_2015() -> None:
    new = estimate(filed="20160101", granted="20200229", patent_type=PatentType.DESIGN)
    old = estimate(filed="20100101", granted="20120103", patent_type=PatentType.DESIGN)
    stated = estimate(granted="20120103", patent_type=PatentType.DESIGN, term=TermFacts(years_from_grant=14))
    assert new.expires == dt.date(2035, 2, 28)
    assert old.expires == stated.expires == dt.date(2026, 1, 3)


def test_an_application_is_pending_or_unknown() -> None:
    assert estimate(granted=None).estimate is Status.PENDING_OR_UNKNOWN


def test_nothing_is_computed_without_a_full_date_or_for_an_unknown_office() -> None:
    assert estimate(filed="20100600").expires is None
    assert estimate(filed=None).estimate is Status.UNKNOWN
    assert estimate(office="FR").estimate is Status.UNKNOWN
    assert estimate(patent_type=PatentType.STATUTORY_INVENTION).expires is None


def test_a_reissue_without_its_parents_date_has_no_end() -> None:
    assert estimate(patent_type=PatentType.REISSUE).expires is None
    parent = RelatedDocument("reissue", "US", "10000000", PartialDate(2005, 3, 1))
    assert estimate(patent_type=PatentType.REISSUE, related=(parent,)).expires == dt.date(2025, 3, 1)
