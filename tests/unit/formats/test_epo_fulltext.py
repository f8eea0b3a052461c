import io
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patent2tech.errors import BadInput, Malformed, NotAPatent
from patent2tech.formats.epo import EpoExchange, OpsFullText
from patent2tech.formats.format import Head
from patent2tech.patents import Claim, Heading, Paragraph, Patent

FORMAT = OpsFullText()
NUMBER = (
    '<bibliographic-data><publication-reference data-format="docdb"><document-id><country>EP</country>'
    "<doc-number>9100001</doc-number><kind>B1</kind></document-id></publication-reference></bibliographic-data>"
)


def full_text(*parts: str, number: str = NUMBER, attributes: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org">'
        '<ftxt:fulltext-documents xmlns="http://www.epo.org/fulltext" xmlns:ftxt="http://www.epo.org/fulltext">'
        f'<ftxt:fulltext-document system="ops.epo.org" fulltext-format="text-only"{attributes}>{number}{"".join(parts)}'
        "</ftxt:fulltext-document></ftxt:fulltext-documents></ops:world-patent-data>"
    ).encode()


def claims(*lines: str, lang: str = "EN") -> str:
    texts = "".join(f"<claim-text>{line}</claim-text>" for line in lines)
    return f'<claims lang="{lang}"><claim>{texts}</claim></claims>'


def description(*texts: str, lang: str = "EN") -> str:
    return f'<description lang="{lang}">{"".join(f"<p>{text}</p>" for text in texts)}</description>'


def parsed(content: bytes) -> Patent:
    (document,) = FORMAT.documents(io.BytesIO(content))
    assert isinstance(document, bytes)
    assert FORMAT.recognises(Head(document))
    assert not EpoExchange().recognises(Head(document))
    return FORMAT.parse(document).patent


def numbered(*parts: str) -> list[tuple[int, str]]:
    return [(claim.number, claim.text) for claim in parsed(full_text(*parts)).claims]


def test_lines_in_one_claim_element_become_numbered_claims() -> None:
    patent = parsed(full_text(claims("1. A valve comprising:\na seat; and\na  stem.", "2. The valve of claim 1.")))
    assert patent.claims == (
        Claim(1, "1. A valve comprising:\na seat; and\na stem."),
        Claim(2, "2. The valve of claim 1."),
    )
    assert (str(patent.number), patent.language, patent.title) == ("EP9100001B1", "en", "")
    assert patent.source_format == "OPS fulltext-document"


def test_claims_in_one_text_are_split_at_their_lines_and_the_heading_is_no_claim() -> None:
    assert numbered(claims("Claims\n1. A valve.\n2. The valve of\n3.5 mm.\n3. A pump.")) == [
        (1, "1. A valve."),
        (2, "2. The valve of\n3.5 mm."),
        (3, "3. A pump."),
    ]


def test_a_list_within_a_claim_is_not_taken_for_claims() -> None:
    assert numbered(claims("1. A method:\n1. open;\n2. close.", "2. The method of claim 1.")) == [
        (1, "1. A method:\n1. open;\n2. close."),
        (2, "2. The method of claim 1."),
    ]


def test_cancelled_claims_leave_gaps_and_ranges() -> None:
    found = parsed(full_text(claims("1. A valve.", "2-4. (cancelled)", "5. A pump.", "8. A pipe."))).claims
    assert [(claim.number, claim.through) for claim in found] == [(1, None), (2, 4), (5, None), (8, None)]


def test_a_first_claim_without_its_number_is_claim_1() -> None:
    assert numbered(claims("A valve.", "2. The valve of claim 1.")) == [
        (1, "A valve."),
        (2, "2. The valve of claim 1."),
    ]


def test_claims_without_any_number_are_counted_by_element() -> None:
    assert numbered('<claims lang="EN"><claim>A valve.</claim><claim>A pump.</claim></claims>') == [
        (1, "A valve."),
        (2, "A pump."),
    ]


def test_a_second_set_for_other_states_is_left_out() -> None:
    found = numbered(claims("1. A valve.", "2. A pump.", "1. A valve for GB.", "2. A pump for GB."))
    assert found == [(1, "1. A valve."), (2, "2. A pump.")]


def test_the_claims_are_in_the_language_of_the_description() -> None:
    three = claims("1. Ein Ventil.", lang="DE"), claims("1. A valve.", lang="EN"), claims("1. Soupape.", lang="FR")
    german = parsed(full_text(description("[0001] Ein Ventil.", lang="DE"), *three))
    assert (german.language, german.claims[0].text) == ("de", "1. Ein Ventil.")
    alone = parsed(full_text(*three))
    assert (alone.language, alone.claims[0].text) == ("en", "1. A valve.")
    french = parsed(full_text(three[2]))
    assert french.language == "fr"


def test_printed_numbers_become_paragraph_numbers_and_short_lines_headings() -> None:
    texts = (
        "Field ",
        "[0001]    The valve. ",
        " Brief Description of the Drawings ",
        "[0002] The figures show:\nfigure 1 a valve;\nfigure 2 a seat.\n[0003] Both.",
        "• a list item",
        "Input http://example.com/a",
        "This is a sentence.",
        "[00104] The end.",
    )
    assert parsed(full_text(description(*texts))).description == (
        Heading("Field"),
        Paragraph("0001", "The valve."),
        Heading("Brief Description of the Drawings"),
        Paragraph("0002", "The figures show:\nfigure 1 a valve;\nfigure 2 a seat."),
        Paragraph("0003", "Both."),
        Paragraph("0003-2", "• a list item"),
        Paragraph("0003-3", "Input http://example.com/a"),
        Paragraph("0003-4", "This is a sentence."),
        Paragraph("00104", "The end."),
    )


def test_without_any_numbers_paragraphs_are_counted_and_only_capitals_are_headings() -> None:
    assert parsed(full_text(description("TECHNICAL FIELD", "A valve", "A pump."))).description == (
        Heading("TECHNICAL FIELD"),
        Paragraph("0001", "A valve"),
        Paragraph("0002", "A pump."),
    )


def test_marked_up_headings_numbers_and_loose_text_are_kept() -> None:
    body = '<description>loose<heading>FIELD</heading><p num="0001">One.</p> tail<p num="0001">Two.</p></description>'
    patent = parsed(full_text(body, number="", attributes=' country="EP" doc-number="9100001" kind="A1" lang="en"'))
    assert patent.description == (
        Paragraph("0000", "loose"),
        Heading("FIELD"),
        Paragraph("0001", "One."),
        Paragraph("0001-2", "tail"),
        Paragraph("0001-3", "Two."),
    )
    assert (str(patent.number), patent.language) == ("EP9100001A1", "en")


def test_a_document_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(NotAPatent, match="neither claims nor a description"):
        parsed(full_text())
    with pytest.raises(Malformed, match="no publication number"):
        parsed(full_text(claims("1. A valve."), number=""))
    with pytest.raises(NotAPatent, match="no full text"):
        FORMAT.parse(b"<fulltext-documents/>")


@given(st.integers(0, 2**32), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_a_broken_answer_is_read_or_refused(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    content = bytearray(full_text(claims("1. A valve.", "2. A pump."), description("Field", "[0001] One.", "Two.")))
    for _ in range(changes):
        content[chance.randrange(len(content))] = chance.choice(b"<>/&\"'\x00\xffa0 ")
    for document in FORMAT.documents(io.BytesIO(content[: chance.randrange(len(content) + 1)])):
        if isinstance(document, bytes):
            try:
                FORMAT.parse(document)
            except BadInput:
                continue


def test_many_repeats_of_one_number_take_no_longer_than_others() -> None:
    start = time.process_time()
    patent = parsed(full_text(description(*["[0001] One."] * 20_000)))
    assert patent.paragraphs[-1].number == "0001-20000"
    assert time.process_time() - start < 5


@given(st.lists(st.text("ab 12.[]()\n", max_size=12), max_size=12))
@settings(max_examples=150, deadline=None)
def test_places_are_never_named_twice(texts: list[str]) -> None:
    patent = parsed(full_text(claims(*texts), description(*texts)))
    numbers = [claim.number for claim in patent.claims]
    assert numbers == sorted(set(numbers))
    paragraphs = [each.number for each in patent.paragraphs]
    assert len(paragraphs) == len(set(paragraphs))
