"""Generated, truncated and shuffled documents: reading them gives what was written, or one clear refusal."""

import datetime as dt
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patent2tech.errors import BadInput
from patent2tech.formats import Parsed, Rejected, read_upload
from patent2tech.reading import PatentRead, read
from tests.uspto_xml import APPLICATION, GRANT, claim_xml, paragraph_xml, uspto_document

TODAY = dt.date(2026, 11, 23)
XML_TEXT = st.text(
    st.characters(min_codepoint=32, blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\ufffe\uffff"),
    max_size=80,
)
WORDS = st.sampled_from(
    "the a valve seat 10 12a FIG. 1 of claim comprising: ; and 도 하우징(10) 제1항에 있어서, <b> & 5 mm % (14) "
    "S101".split()
)
PROSE = st.one_of(XML_TEXT, st.lists(WORDS, max_size=25).map(" ".join))


def without_space(text: str) -> str:
    return "".join(text.split())


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """A document, the texts of its claims and those of its paragraphs."""
    count = draw(st.integers(0, 6))
    texts = [draw(PROSE) for _ in range(count)]
    parents = [draw(st.integers(0, position)) or None for position in range(count)]
    lines = [draw(st.lists(PROSE, max_size=3)) for _ in range(count)]
    claims = [claim_xml(n + 1, texts[n], parents[n], lines[n]) for n in range(count)]
    paragraphs = draw(st.lists(PROSE.filter(str.strip), max_size=6))
    description = "".join(paragraph_xml(n + 1, text) for n, text in enumerate(paragraphs))
    root, kind, number = draw(st.sampled_from([(GRANT, "B2", "09900001"), (APPLICATION, "A1", "20210000001")]))
    document = uspto_document(
        root=root, kind=kind, number=number, title=draw(PROSE), claims=claims, description=description
    )
    return document, texts, paragraphs


@given(documents())
@settings(max_examples=60)
def test_every_claim_and_paragraph_is_found_with_all_its_text(made: tuple[str, list[str], list[str]]) -> None:
    document, claims, paragraphs = made
    (parsed,) = read_upload("x.xml", document.encode())
    assert isinstance(parsed, Parsed)
    assert [claim.number for claim in parsed.patent.claims] == list(range(1, len(claims) + 1))
    for claim, text in zip(parsed.patent.claims, claims, strict=True):
        assert without_space(text) in without_space(claim.text)
    assert [without_space(each.text) for each in parsed.patent.paragraphs] == list(map(without_space, paragraphs))


@given(documents())
@settings(max_examples=60)
def test_reading_never_fails_and_every_reference_resolves(made: tuple[str, list[str], list[str]]) -> None:
    (parsed,) = read_upload("x.xml", made[0].encode())
    assert isinstance(parsed, Parsed)
    reading = read(parsed.patent, TODAY)
    for claim in reading.claims:
        assert set(claim.claim.references) <= {*claim.depends_on, *claim.refers_to, claim.number}
    numbers = {paragraph.number for paragraph in parsed.patent.paragraphs}
    assert set(reading.sections) == numbers
    wire = PatentRead.of(reading)
    assert PatentRead.model_validate_json(wire.model_dump_json()) == wire


@given(documents(), st.floats(0, 1))
@settings(max_examples=80)
def test_a_truncated_document_is_refused_in_one_sentence(made: tuple[str, list[str], list[str]], cut: float) -> None:
    content = made[0].rstrip().encode()
    content = content[: int(cut * (len(content) - 1))]
    refusals: list[BadInput] = []
    try:
        for outcome in read_upload("x.xml", content):
            assert isinstance(outcome, Rejected)
            refusals.append(outcome.reason)
    except BadInput as refusal:
        refusals.append(refusal)
    assert len(refusals) == 1
    assert str(refusals[0])


@given(st.lists(documents(), min_size=2, max_size=5), st.randoms(use_true_random=False), st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_documents_keep_their_order_and_a_broken_one_stays_alone(
    made: list[tuple[str, list[str], list[str]]], chance: random.Random, data: st.DataObject
) -> None:
    contents = [document for document, _, _ in made]
    chance.shuffle(contents)
    broken = data.draw(st.integers(0, len(contents) - 1))
    contents[broken] = contents[broken][: len(contents[broken]) // 2]
    outcomes = list(read_upload("x.xml", "\n".join(contents).encode()))
    assert [isinstance(outcome, Rejected) for outcome in outcomes] == [
        position == broken for position in range(len(contents))
    ]


@given(st.binary(max_size=400), st.booleans())
@settings(max_examples=150)
def test_noise_is_refused_and_never_crashes(noise: bytes, inside: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    content = b'<?xml version="1.0"?><us-patent-grant>' + noise + b"</us-patent-grant>" if inside else noise
    try:
        outcomes = list(read_upload("x", content))
    except BadInput:
        return
    assert not any(isinstance(outcome, Parsed) for outcome in outcomes)
