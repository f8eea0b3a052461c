import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patent2tech.errors import BadInput, Malformed
from patent2tech.formats.epo import EpSpecification
from patent2tech.formats.format import Head
from patent2tech.patents import Citation, Claim, Heading, Paragraph, PartialDate, Party, Patent, RelatedDocument, Sheet
from patent2tech.patents import PublicationNumber as Number

FORMAT = EpSpecification()
TITLES = "<B541>de</B541><B542>Ventil</B542><B541>en</B541><B542>Valve <sub>2</sub></B542>"
FRONT = (
    "<B100><B110>9100001</B110><B120><B121>EUROPEAN PATENT SPECIFICATION</B121></B120><B130>B1</B130>"
    "<B140><date>20210506</date></B140><B190>EP</B190></B100><B200><B210>19178001.2</B210><B220><date>20190603</date>"
    "</B220><B250>de</B250><B260>de</B260></B200><B300><B310>1020180001234</B310><B320><date>20180604</date></B320>"
    "<B330><ctry>KR</ctry></B330><B310>62000001</B310><B320><date>20180701</date></B320><B330><ctry>US</ctry></B330>"
    "</B300><B400><B430><date>20200101</date><bnum>202001</bnum></B430><B450><date>20210506</date><bnum>202118</bnum>"
    "</B450></B400><B500><B510EP><classification-ipcr sequence='1'><text>F16K   1/22        20060101AFI20190101BHEP  "
    "</text></classification-ipcr></B510EP><B520EP><classifications-cpc><classification-cpc sequence='1'><text>"
    "F16K   1/222       20130101 FI20190101BHEP</text></classification-cpc></classifications-cpc></B520EP>"
    f"<B540>{TITLES}</B540><B560><B561><text>DE-A1- 10 201 234</text></B561><B561><text>US-A- 5 123 456</text></B561>"
    "<B562><text>SMITH: 'Valves', 1999</text></B562></B560></B500><B600><B620><parent><pdoc><dnum><anum>17000001.0"
    "</anum><pnum>3100001</pnum></dnum><date>20170102</date></pdoc></parent></B620></B600><B700><B720><B721><snm>"
    "Novak, Jan</snm><adr><city>Praha</city><ctry>CZ</ctry></adr></B721></B720><B730><B731><snm>Valve AG</snm><adr>"
    "<str>Weg 1</str><city>80333 Berlin</city><ctry>DE</ctry></adr></B731></B730></B700><B800><B860><B861><dnum>"
    "<anum>EP2019000001</anum></dnum><date>20190603</date></B861></B860><B870><B871><dnum><pnum>WO2019900001</pnum>"
    "</dnum><date>20191205</date></B871></B870></B800>"
)
GERMAN = (
    '<claims id="claims01" lang="de"><claim id="c-de-01-0001" num="0001"><claim-text>Ventil mit<claim-text>einem Sitz.'
    '</claim-text></claim-text></claim><claim id="c-de-01-0002" num="0002"><claim-text>Ventil nach <claim-ref '
    'idref="c-de-01-0001">Anspruch 1</claim-ref>.</claim-text></claim></claims>'
)
ENGLISH = '<claims lang="en"><claim id="c-en-01-0001" num="0001"><claim-text>A valve.</claim-text></claim></claims>'
BODY = (
    '<abstract lang="de"><p id="pa01" num="0001">Ein Ventil.<img id="iaf01" file="imgaf001.tif"/></p></abstract>'
    '<description id="desc" lang="de"><heading id="h0001">TECHNISCHES GEBIET</heading>\n<p id="p0001" num="0001">Das '
    'Ventil\n<b>10</b>.</p><p id="p0002" num="0002">Es hat<ul><li>einen Sitz</li><li>eine Feder</li></ul></p>'
    f"</description>{ENGLISH}{GERMAN}"
    '<drawings id="draw" lang="de"><figure id="f0001" num="1,2"><img id="if0001" file="imgf0001.tif"/></figure>'
    '<figure id="f0002" num="3"><img id="if0002" file="imgf0002.tif" orientation="landscape"/></figure></drawings>'
)


def specification(front: str = FRONT, body: str = BODY, attributes: str = ' lang="de"') -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE ep-patent-document PUBLIC "-//EPO//EP PATENT DOCUMENT//EN" '
        f'"ep-patent-document-v1-4.dtd"><ep-patent-document id="x"{attributes} dtd-version="ep-patent-document-v1-4">'
        f'<SDOBI lang="de">{front}</SDOBI>{body}</ep-patent-document>'
    ).encode()


def parsed(content: bytes) -> Patent:
    (document,) = FORMAT.documents(io.BytesIO(content))
    assert isinstance(document, bytes)
    assert FORMAT.recognises(Head(document))
    return FORMAT.parse(document).patent


def test_number_title_and_dates_come_from_the_front_page() -> None:
    patent = parsed(specification())
    assert (str(patent.number), patent.title, patent.language) == ("EP9100001B1", "Ventil", "de")
    assert patent.application_number == "19178001.2"
    assert patent.dates.filing == PartialDate(2019, 6, 3)
    assert patent.dates.publication == patent.dates.grant == PartialDate(2021, 5, 6)
    assert patent.dates.priority == PartialDate(2018, 6, 4)
    assert patent.source_format == "ep-patent-document v1-4"


def test_an_application_states_no_grant_and_the_language_may_stand_in_the_front_page() -> None:
    front = FRONT.replace("<B130>B1", "<B130>A1").replace("<B260>de", "<B260>en")
    patent = parsed(specification(front, attributes=""))
    assert (patent.language, patent.title, patent.dates.grant) == ("en", "Valve 2", None)


def test_parties_classes_citations_and_family_are_read() -> None:
    patent = parsed(specification())
    assert patent.inventors == (Party("Novak, Jan", "Praha", "CZ"),)
    assert patent.assignees == (Party("Valve AG", "80333 Berlin", "DE"),)
    assert (patent.ipc, patent.cpc) == (("F16K1/22",), ("F16K1/222",))
    assert patent.citations == (
        Citation("DE-A1- 10 201 234", Number("DE", "10201234", "A1")),
        Citation("US-A- 5 123 456", Number("US", "5123456", "A")),
        Citation("SMITH: 'Valves', 1999"),
    )
    assert patent.related == (
        RelatedDocument("priority", "KR", "1020180001234", PartialDate(2018, 6, 4)),
        RelatedDocument("priority", "US", "62000001", PartialDate(2018, 7, 1)),
        RelatedDocument("division", "EP", "17000001.0", PartialDate(2017, 1, 2)),
        RelatedDocument("pct-filing", "EP", "2019000001", PartialDate(2019, 6, 3)),
        RelatedDocument("pct-publication", "WO", "2019900001", PartialDate(2019, 12, 5)),
    )


def test_only_the_language_of_proceedings_is_kept() -> None:
    patent = parsed(specification())
    assert patent.abstract == "Ein Ventil."
    assert patent.claims == (
        Claim(1, "1. Ventil mit\neinem Sitz."),
        Claim(2, "2. Ventil nach Anspruch 1.", references=(1,)),
    )
    assert patent.description == (
        Heading("TECHNISCHES GEBIET"),
        Paragraph("0001", "Das Ventil 10."),
        Paragraph("0002", "Es hat\neinen Sitz\neine Feder"),
    )


def test_the_front_page_figure_and_the_drawing_sheets_are_named() -> None:
    assert parsed(specification()).sheets == (
        Sheet(0, "imgaf001.tif"),
        Sheet(1, "imgf0001.tif"),
        Sheet(2, "imgf0002.tif", "landscape"),
    )


def test_references_may_name_several_claims_and_a_range_keeps_its_end() -> None:
    body = (
        '<claims lang="de"><claim id="a" num="0001-0003"><claim-text>(gestrichen)</claim-text></claim><claim id="b" '
        'num="0004"><claim-text>4. Ventil nach <claim-ref idref="a c-0002">1</claim-ref></claim-text></claim></claims>'
    )
    cancelled, last = parsed(specification(body=body)).claims
    assert cancelled == Claim(1, "1-3. (gestrichen)", through=3)
    assert last == Claim(4, "4. Ventil nach 1", references=(1, 2))


def test_claims_whose_numbers_repeat_are_counted() -> None:
    twice = '<claims lang="de"><claim num="0001">Ventil.</claim><claim num="0001">Pumpe.</claim></claims>'
    assert [claim.text for claim in parsed(specification(body=twice)).claims] == ["1. Ventil.", "2. Pumpe."]


def test_older_classes_lose_their_edition() -> None:
    front = FRONT.replace("<B510EP>", "<B510><B511> 7F 16K   1/24   A</B511></B510><B510EP>")
    assert parsed(specification(front)).ipc == ("F16K1/22", "F16K1/24")


def test_a_document_without_front_page_or_number_is_malformed() -> None:
    with pytest.raises(Malformed, match="SDOBI"):
        FORMAT.parse(b"<ep-patent-document/>")
    with pytest.raises(Malformed, match="no publication number"):
        parsed(specification("<B100/>"))


@given(st.integers(0, 2**32), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_a_broken_document_is_read_or_refused(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    content = bytearray(specification())
    for _ in range(changes):
        content[chance.randrange(len(content))] = chance.choice(b"<>/&\"'\x00\xffa0 ")
    try:
        FORMAT.parse(bytes(content[: chance.choice([chance.randrange(len(content)), len(content)])]))
    except BadInput:
        return
