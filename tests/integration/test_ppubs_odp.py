"""Every recorded answer of USPTO Public Search and the Open Data Portal in the shared data."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from patent2tech.errors import BadInput, NotAPatent
from patent2tech.formats.format import Head
from patent2tech.formats.uspto_json import OdpJson, PpubsJson
from patent2tech.formats.uspto_json.fields import Json, load_json, raw_text
from patent2tech.formats.uspto_json.ppubs import parse_ppubs
from patent2tech.patents import Patent, PublicationNumber
from patent2tech.reading import read
from tests import document_text

SHARED = Path(__file__).parents[3] / "shared" / "data"
FORMATS = (PpubsJson(), OdpJson())
PARTS = ("backgroundTextHtml", "governmentInterest", "briefHtml", "descriptionHtml")
REISSUED = PublicationNumber("US", "RE43633", "E")
"""Its text has the claims that the reissue deletes, which the count leaves out."""

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here; only the project's machines have it"),
]


def documents() -> Iterator[tuple[PpubsJson | OdpJson, bytes]]:
    for path in sorted((*SHARED.glob("uspto_ppubs*/*.json"), *SHARED.glob("uspto_odp*/*.json"))):
        content = path.read_bytes()
        known = next((each for each in FORMATS if each.recognises(Head(content))), None)
        for document in known.documents(io.BytesIO(content)) if known else ():
            assert known is not None
            assert isinstance(document, bytes)
            assert known.recognises(Head(document)), path.name
            yield known, document


@pytest.fixture(scope="module")
def whole() -> list[tuple[Json, Patent]]:
    found = {}
    for known, document in documents():
        source = load_json(document)
        if known is FORMATS[0] and isinstance(source, dict) and source.get("descriptionHtml"):
            patent = parse_ppubs(source)
            found[patent.number] = (source, patent)
    return list(found.values())


def text_of(source: Json, *names: str) -> str:
    fragments = (raw_text(source, name) for name in names)
    return without_counts(
        "".join(document_text.text_of(html.fromstring(f"<div>{each}</div>")) for each in fragments if each)
    )


def without_counts(text: str) -> str:
    return document_text.letters(re.sub(r"\s+|\(\d+\)|\[\d{4}\]", "", text))


def test_every_answer_is_read_or_refused_with_a_reason() -> None:
    read_ = 0
    refused: list[BadInput] = []
    for known, document in documents():
        try:
            known.parse(document)
            read_ += 1
        except BadInput as reason:
            refused.append(reason)
    assert read_ > 1000
    assert all(isinstance(reason, NotAPatent) for reason in refused)


def test_the_full_texts_lose_nothing_but_the_count_of_the_search(whole: list[tuple[Json, Patent]]) -> None:
    assert len(whole) >= 40
    for source, patent in whole:
        assert without_counts(patent.abstract or "") == text_of(source, "abstractHtml"), patent.number
        claims = "".join(claim.text for claim in patent.claims)
        assert without_counts(claims) == text_of(source, "claimsHtml"), patent.number
        blocks = "".join(block.text for block in patent.description)
        assert without_counts(blocks) == text_of(source, *PARTS), patent.number


def test_the_claims_are_as_many_as_stated(whole: list[tuple[Json, Patent]]) -> None:
    for _, patent in whole:
        if patent.stated.claims is not None and patent.number != REISSUED:
            assert len(patent.claims) == patent.stated.claims, patent.number


def test_every_full_text_can_be_taken_apart(whole: list[tuple[Json, Patent]]) -> None:
    for _, patent in whole:
        reading = read(patent, dt.date(2026, 11, 23))
        assert set(reading.sections) == {paragraph.number for paragraph in patent.paragraphs}
        assert len(reading.sections) == len(patent.paragraphs)
