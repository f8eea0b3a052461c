import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patent2tech.errors import BadInput, Malformed
from patent2tech.formats.format import Head
from patent2tech.formats.google import GooglePage
from patent2tech.patents import Claim, Heading, Paragraph, PartialDate, Party, Patent

FORMAT = GooglePage()

HEAD = """<!doctype html><html lang="en"><head><title>US9900001B2 - Valve - Google Patents</title>
<meta name="DC.title" content="Valve with a soft seat"><meta name="citation_patent_number" content="US:9900001:B2">
<meta name="DC.contributor" content="Jane Doe" scheme="inventor">
<meta name="DC.contributor" content="Seat Co." scheme="assignee">
<script>var text = "<b>1. no claim</b>";</script></head>
<body><article class="result" itemscope itemtype="http://schema.org/ScholarlyArticle">
<h1 itemprop="pageTitle">US9900001B2 - Valve with a soft seat - Google Patents</h1>
"""
FRONT = """<span itemprop="title">Valve with a soft seat </span><dl>
<dd itemprop="publicationNumber">US9900001B2</dd><dd itemprop="applicationNumber">US15/000,001</dd>
<dd itemprop="inventor">Jane Doe</dd><dd itemprop="inventor">Max Roe</dd><dd itemprop="assigneeOriginal">Seat Co.</dd>
<dd itemprop="assigneeCurrent">Stem Co.</dd><dd><time itemprop="priorityDate" datetime="2015-01-25">2015-01-25</time>
<time itemprop="filingDate" datetime="2016-01-04">x</time><time itemprop="publicationDate">2018-02-20</time></dd></dl>
<ul itemprop="cpcs"><li itemprop="cpcs"><span itemprop="Code">F</span>:
<span itemprop="Description">MECHANICS</span></li>
<li itemprop="cpcs"><span itemprop="Code">F16K1/00</span></li>
<li itemprop="cpcs"><span itemprop="Code">F16K1/22</span><meta itemprop="Leaf" content="true"></li></ul>
<ul><li itemprop="images"><img itemprop="thumbnail" src="https://example.org/a.png"></li></ul>
<section itemprop="abstract"><h2>Abstract</h2><div itemprop="content"><abstract><div class="abstract">A valve has
a seat.</div></abstract></div></section>
"""
BODY = """<section itemprop="description"><h2>Description</h2><div itemprop="content"><ul class="description">
<heading>FIELD</heading><li><para-num num="[0001]"> </para-num>
<div num="0001" class="description-paragraph">A seat <b>10</b> of H<sub>2</sub>O <figref>FIG. 1</figref>.</div></li>
loose words
<div class="description-line"><span style="display:none">[0002]</span> A table<table><tr><td>a</td><td>1</td></tr>
</table></div><heading>DETAILED DESCRIPTION</heading><p>No number.</p></ul></div></section>
<section itemprop="claims"><h2>Claims (<span itemprop="count">2</span>)</h2><div itemprop="content"><ol class="claims">
<li class="claim"><div id="CLM-00001" num="00001" class="claim"><div class="claim-text"><b>1</b>. A valve comprising:
<div class="claim-text">a seat; and</div><div class="claim-text">a stem.</div></div></div></li>
<li class="claim-dependent"><div id="CLM-00002" num="00002" class="claim"><div class="claim-text">2. The valve of
<claim-ref idref="CLM-00001">claim 1</claim-ref>.</div></div></li></ol></div></section>
"""
TAIL = """<table><tr itemprop="backwardReferencesOrig"><td><span itemprop="publicationNumber">US5826261A</span>
<span itemprop="examinerCited">*</span></td><td itemprop="publicationDate">1998-10-20</td>
<td><span itemprop="title">Seat</span></td></tr>
<tr itemprop="forwardReferencesOrig"><td><span itemprop="publicationNumber">US9999999B2</span></td></tr>
<tr itemprop="detailedNonPatentLiterature"><td><span itemprop="title">Doe, Valves, 1999.</span></td></tr>
<tr itemprop="priorityApps"><td><span itemprop="applicationNumber">US201562000001P</span></td>
<td itemprop="priorityDate">2015-01-25</td></tr></table></article></body></html>"""
PAGE = HEAD + FRONT + BODY + TAIL


def parsed(page: str = PAGE) -> Patent:
    return FORMAT.parse(page.encode()).patent


def test_the_front_page_is_read_from_the_microdata() -> None:
    patent = parsed()
    assert (str(patent.number), patent.title, patent.language) == ("US9900001B2", "Valve with a soft seat", "en")
    assert patent.inventors == (Party("Jane Doe"), Party("Max Roe"))
    assert patent.assignees == (Party("Seat Co."),)
    assert patent.dates.priority == PartialDate(2015, 1, 25)
    assert patent.dates.filing == PartialDate(2016, 1, 4)
    assert patent.dates.publication == patent.dates.grant == PartialDate(2018, 2, 20)
    assert patent.cpc == ("F16K1/22",)
    assert patent.abstract == "A valve has a seat."
    assert patent.sheets == ()


def test_citations_and_priorities_are_told_apart_from_later_documents() -> None:
    patent = parsed()
    assert [(each.text, each.category) for each in patent.citations] == [
        ("US5826261A", "cited by examiner"),
        ("Doe, Valves, 1999.", None),
    ]
    assert patent.citations[0].date == PartialDate(1998, 10, 20)
    assert [(each.country, each.number) for each in patent.related] == [("US", "201562000001P")]


def test_the_description_keeps_all_its_text_and_its_numbers() -> None:
    assert parsed().description == (
        Heading("FIELD"),
        Paragraph("0001", "A seat 10 of H2O FIG. 1."),
        Paragraph("0001-2", "loose words"),
        Paragraph("0002", "A table\na\t1"),
        Heading("DETAILED DESCRIPTION"),
        Paragraph("0002-2", "No number."),
    )


def test_claims_have_their_lines_and_marked_references() -> None:
    assert parsed().claims == (
        Claim(1, "1. A valve comprising:\na seat; and\na stem."),
        Claim(2, "2. The valve of claim 1.", references=(1,)),
    )


def test_unmarked_claims_are_split_at_their_numbers() -> None:
    page = (
        HEAD
        + FRONT
        + '<section itemprop="claims"><h2>Claims</h2><p>1. A valve.</p><p>2. The valve of claim 1.</p></section>'
    )
    assert [each.number for each in parsed(page).claims] == [1, 2]


def test_the_original_is_kept_and_its_machine_translation_dropped() -> None:
    page = (
        HEAD
        + FRONT.replace(
            "A valve has\na seat.",
            '<span class="notranslate"><span class="google-src-text">밸브는 시트를 '
            "갖는다.</span> A valve has a seat.</span>",
        )
        + BODY.replace(
            "No number.",
            '<span class="notranslate"><span class="google-src-text">번호 없음.</span> No number.'
            '</span> <span class="notranslate"><span class="google-src-text">끝.</span> End.</span>',
        )
    )
    patent = parsed(page)
    assert patent.abstract == "밸브는 시트를 갖는다."
    assert patent.paragraphs[-1].text == "번호 없음. 끝."


def test_a_page_is_recognised_and_others_are_not() -> None:
    assert FORMAT.recognises(Head(PAGE.encode()))
    assert FORMAT.recognises(Head(PAGE.replace("<!doctype html>", "\ufeff").encode()))
    assert list(FORMAT.documents(io.BytesIO(PAGE.encode()))) == [PAGE.encode()]
    for other in ("<html></html>", "<!doctype html><html><title>Sorry...</title>", "itemprop=publicationNumber", "{}"):
        assert not FORMAT.recognises(Head(other.encode()))


def test_the_meta_elements_serve_where_the_body_is_missing() -> None:
    patent = parsed(HEAD)
    assert (str(patent.number), patent.title) == ("US9900001B2", "Valve with a soft seat")
    assert (patent.inventors, patent.assignees) == ((Party("Jane Doe"),), (Party("Seat Co."),))


def test_a_page_without_number_is_malformed() -> None:
    with pytest.raises(Malformed, match="names no publication number"):
        parsed("<html><h1 itemprop='pageTitle'>Sorry</h1></html>")


def test_a_bottomless_page_is_refused_not_cut() -> None:
    with pytest.raises(Malformed, match="deep"):
        parsed(PAGE.replace("No number.", "<div>" * 5000 + "lost"))


@given(st.integers(0, len(PAGE)), st.binary(max_size=40), st.integers(0, 400))
@settings(max_examples=120)
def test_cut_and_noisy_pages_raise_bad_input_only(place: int, noise: bytes, gap: int) -> None:
    content = PAGE.encode()
    for broken in (content[:place], content[:place] + noise + content[place + gap :]):
        FORMAT.recognises(Head(broken))
        try:
            patent = FORMAT.parse(broken).patent
        except BadInput:
            continue
        numbers = [each.number for each in patent.paragraphs]
        assert len(numbers) == len(set(numbers))
