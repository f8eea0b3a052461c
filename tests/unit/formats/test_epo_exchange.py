import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patent2tech.errors import BadInput, Malformed, NotAPatent, TooLarge, Unsafe
from patent2tech.formats.epo import EpoExchange, OpsFullText
from patent2tech.formats.format import Head
from patent2tech.patents import PartialDate, Party, Patent, PatentType, RelatedDocument

FORMAT = EpoExchange()
OPS = (
    '<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="exchange.xsl"?>'
    '<ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org"><ops:meta name="x"/>{}'
    "</ops:world-patent-data>"
)
TITLES = '<invention-title lang="de">Ventil</invention-title><invention-title lang="en">Valve</invention-title>'


def exchange(
    front: str = TITLES, after: str = "", country: str = "EP", number: str = "9100001", kind: str = "A1"
) -> str:
    return (
        f'<exchange-document system="ops.epo.org" country="{country}" doc-number="{number}" kind="{kind}">'
        f'<bibliographic-data><publication-reference><document-id document-id-type="docdb"><country>{country}</country>'
        f"<doc-number>{number}</doc-number><kind>{kind}</kind><date>20210105</date></document-id>"
        f'<document-id document-id-type="epodoc"><doc-number>{country}{number}</doc-number><date>20210105</date>'
        f"</document-id></publication-reference>{front}</bibliographic-data>{after}</exchange-document>"
    )


def ops(*documents: str) -> bytes:
    return OPS.format(f"<exchange-documents>{''.join(documents)}</exchange-documents>").encode()


def cut(content: bytes) -> list[bytes | TooLarge]:
    return list(FORMAT.documents(io.BytesIO(content)))


def parsed(content: bytes) -> Patent:
    (document,) = cut(content)
    assert isinstance(document, bytes)
    return FORMAT.parse(document).patent


def test_number_title_and_dates_come_from_the_front_page() -> None:
    front = (
        f'{TITLES}<application-reference doc-id="1"><document-id document-id-type="docdb"><country>EP</country>'
        '<doc-number>19178001</doc-number><kind>A</kind></document-id><document-id document-id-type="epodoc">'
        "<doc-number>EP20190178001</doc-number><date>20190603</date></document-id></application-reference>"
    )
    patent = parsed(ops(exchange(front)))
    assert (str(patent.number), patent.title, patent.language) == ("EP9100001A1", "Valve", "en")
    assert patent.application_number == "19178001"
    assert patent.dates.filing == PartialDate(2019, 6, 3)
    assert patent.dates.publication == PartialDate(2021, 1, 5)
    assert patent.dates.grant is None
    assert patent.source_format == "OPS exchange-document"


@pytest.mark.parametrize(
    ("country", "number", "kind", "granted"),
    [
        ("EP", "9100001", "B1", True),
        ("EP", "9100001", "B2", False),
        ("US", "9900001", "B2", True),
        ("CN", "1", "B", False),
    ],
)
def test_only_offices_that_publish_on_the_day_of_grant_state_it(
    country: str, number: str, kind: str, *, granted: bool
) -> None:
    patent = parsed(ops(exchange(country=country, number=number, kind=kind)))
    assert (patent.dates.grant is not None) is granted


def test_the_original_title_is_kept_where_there_is_no_english_one() -> None:
    titles = '<invention-title lang="fr">Soupape</invention-title><invention-title lang="ol">バルブ</invention-title>'
    patent = parsed(ops(exchange(titles, '<abstract lang="ja"><p>弁。</p></abstract>', "JP", "2021000001", "A")))
    assert (patent.title, patent.abstract, patent.language) == ("バルブ", "弁。", "ja")


def test_the_abstract_is_in_the_language_of_the_title() -> None:
    abstracts = '<abstract lang="fr"><p>Une soupape.</p></abstract><abstract lang="en"><p>A</p><p>valve.</p></abstract>'
    assert parsed(ops(exchange(after=abstracts))).abstract == "A\nvalve."


def test_a_document_without_any_text_says_that_its_language_is_unknown() -> None:
    patent = parsed(ops(exchange("")))
    assert (patent.title, patent.language) == ("", "und")


def test_spellings_of_one_person_become_one_party_and_others_stay() -> None:
    def person(sequence: int, form: str, name: str) -> str:
        named = f"<inventor-name><name>{name}</name></inventor-name>"
        return f'<inventor sequence="{sequence}" data-format="{form}">{named}</inventor>'

    people = (
        person(1, "epodoc", "MUELLER EVA [DE]"),
        person(2, "epodoc", " LEE IN [KR]\n"),
        person(1, "original", "MUELLER, EVA, "),
        person(2, "original", "LEE, In"),
        person(3, "original", "Müller, Eva"),
        person(4, "original", "Novak, Jan"),
    )
    patent = parsed(ops(exchange(f"<parties><inventors>{''.join(people)}</inventors></parties>")))
    assert patent.inventors == (
        Party("MUELLER, EVA", country="DE"),
        Party("LEE, In", country="KR"),
        Party("Novak, Jan"),
    )


def test_classes_are_unpacked_and_listed_once() -> None:
    def symbol(scheme: str, parts: str) -> str:
        stated = f'<classification-scheme office="EP" scheme="{scheme}"/>'
        return f"<patent-classification>{stated}{parts}</patent-classification>"

    parts = (
        "<section>F</section><class>02</class><subclass>C</subclass><main-group>7</main-group><subgroup>16</subgroup>"
    )
    front = (
        "<classification-ipc><text>F02C7/18</text></classification-ipc><classifications-ipcr><classification-ipcr>"
        "<text>F02C   7/    16            A I                    </text></classification-ipcr></classifications-ipcr>"
        f"<patent-classifications>{symbol('CPCI', parts)}{symbol('CPCA', parts)}"
        f"{symbol('CPC', '<classification-symbol>F02C   7/18</classification-symbol>')}"
        f"{symbol('UC', '<classification-symbol>60/39.5</classification-symbol>')}</patent-classifications>"
    )
    patent = parsed(ops(exchange(front)))
    assert patent.cpc == ("F02C7/16", "F02C7/18")
    assert patent.ipc == ("F02C7/16", "F02C7/18")
    assert patent.us_class == "60/39.5"


def test_citations_keep_category_number_and_date() -> None:
    front = (
        "<references-cited><citation><patcit><document-id document-id-type='epodoc'><doc-number>US2019123456"
        "</doc-number><date>20190425</date></document-id><document-id document-id-type='docdb'><country>US</country>"
        "<doc-number>2019123456</doc-number><kind>A1</kind></document-id></patcit><category>Y</category>"
        "<rel-claims>1</rel-claims><category>A</category></citation><citation><nplcit><text>SMITH, Valves.</text>"
        "</nplcit><category>X</category></citation><citation><patcit><document-id document-id-type='docdb'>"
        "<country>JP</country><doc-number>H0812345</doc-number><kind>A</kind></document-id></patcit></citation>"
        "</references-cited>"
    )
    first, literature, imperial = parsed(ops(exchange(front))).citations
    assert (str(first.number), first.category, first.date) == ("US20190123456A1", "Y, A", PartialDate(2019, 4, 25))
    assert (literature.text, literature.number, literature.category) == ("SMITH, Valves.", None, "X")
    assert (imperial.text, imperial.number) == ("JP H0812345 A", None)


def test_each_priority_is_named_once() -> None:
    front = (
        "<priority-claims><priority-claim sequence='1' kind='national'><document-id document-id-type='epodoc'>"
        "<doc-number>KR20180001234</doc-number><date>20180105</date></document-id><document-id "
        "document-id-type='original'><doc-number>10-2018-0001234</doc-number></document-id></priority-claim>"
        "<priority-claim sequence='2' kind='national'><document-id document-id-type='docdb'><country>US</country>"
        "<doc-number>201862000001</doc-number><date>20180301</date></document-id></priority-claim></priority-claims>"
    )
    patent = parsed(ops(exchange(front)))
    assert patent.related == (
        RelatedDocument("priority", "KR", "20180001234", PartialDate(2018, 1, 5)),
        RelatedDocument("priority", "US", "201862000001", PartialDate(2018, 3, 1)),
    )
    assert patent.dates.priority == PartialDate(2018, 1, 5)


@pytest.mark.parametrize(
    ("country", "number", "kind", "expected"),
    [
        ("US", "D900001", "S1", PatentType.DESIGN),
        ("CN", "300000001", "S", PatentType.DESIGN),
        ("US", "PP30001", "P2", PatentType.PLANT),
        ("US", "RE49001", "E1", PatentType.REISSUE),
        ("FR", "2900001", "E", PatentType.UTILITY),
        ("KR", "20200001", "U", PatentType.UTILITY),
    ],
)
def test_the_type_comes_from_the_kind_code(country: str, number: str, kind: str, expected: PatentType) -> None:
    assert parsed(ops(exchange(country=country, number=number, kind=kind))).type is expected


def test_documents_are_cut_apart_wherever_they_stand() -> None:
    first, second = exchange(), exchange(number="9100002", kind="B1")
    search = (
        f'<ops:biblio-search><ops:query syntax="CQL">ti=a</ops:query><ops:search-result><exchange-documents>{first}'
    )
    answers = (
        ops(first, second),
        OPS.format(f"{search}{second}</exchange-documents></ops:search-result></ops:biblio-search>").encode(),
        OPS.format(
            f'<ops:patent-family><ops:family-member family-id="1">{first}</ops:family-member>'
            f'<ops:family-member family-id="1">{second}</ops:family-member></ops:patent-family>'
        ).encode(),
    )
    for answer in answers:
        documents = [each for each in cut(answer) if isinstance(each, bytes)]
        assert [str(FORMAT.parse(each).patent.number) for each in documents] == ["EP9100001A1", "EP9100002B1"]
        assert all(FORMAT.recognises(Head(each)) for each in documents)


def test_docdb_files_with_prefixed_elements_are_read() -> None:
    content = (
        b'<?xml version="1.0" encoding="UTF-8"?><exch:exchange-documents xmlns:exch="http://www.epo.org/exchange">'
        b'<exch:exchange-document country="EP" doc-number="9100001" kind="B1" date-publ="20210105" status="C">'
        b'<exch:bibliographic-data><exch:publication-reference data-format="docdb"><document-id lang="en"><country>EP'
        b"</country><doc-number>9100001</doc-number><kind>B1</kind></document-id></exch:publication-reference>"
        b'<exch:parties><exch:applicants><exch:applicant sequence="1" data-format="docdb"><exch:applicant-name><name>'
        b"VALVE AG</name></exch:applicant-name><residence><country>DE</country></residence></exch:applicant>"
        b'<exch:applicant sequence="1" data-format="docdba"><exch:applicant-name><name>Valve AG</name>'
        b"</exch:applicant-name></exch:applicant></exch:applicants></exch:parties>"
        b'<exch:invention-title lang="en">Valve</exch:invention-title></exch:bibliographic-data>'
        b'</exch:exchange-document><exch:exchange-document country="EP" doc-number="9100002" kind="A1" status="D"/>'
        b"</exch:exchange-documents>"
    )
    assert FORMAT.recognises(Head(content))
    created, deleted = cut(content)
    assert isinstance(created, bytes)
    assert isinstance(deleted, bytes)
    patent = FORMAT.parse(created).patent
    assert (str(patent.number), patent.title) == ("EP9100001B1", "Valve")
    assert patent.applicants == (Party("Valve AG", country="DE"),)
    assert patent.dates.publication == PartialDate(2021, 1, 5)
    assert patent.source_format == "DOCDB exchange-document"
    with pytest.raises(NotAPatent):
        FORMAT.parse(deleted)


def test_answers_without_a_patent_are_refused_by_what_they_are() -> None:
    references = "<ops:search-result><ops:publication-reference/></ops:search-result>"
    with pytest.raises(NotAPatent, match="only names publications"):
        parsed(OPS.format(f"<ops:biblio-search>{references}</ops:biblio-search>").encode())
    with pytest.raises(NotAPatent, match="register-search"):
        parsed(OPS.format("<ops:register-search/>").encode())
    with pytest.raises(NotAPatent, match="not found"):
        parsed(ops('<exchange-document system="ops.epo.org" status="not found" country="EP" doc-number="1"/>'))
    error = b'<fault xmlns="http://ops.epo.org"><code>404</code><message>No such document</message></fault>'
    assert FORMAT.recognises(Head(error))
    with pytest.raises(NotAPatent, match="No such document"):
        parsed(error)


def test_a_number_of_unknown_form_is_malformed() -> None:
    with pytest.raises(Malformed, match="no known form"):
        parsed(ops(exchange(country="JP", number="H0812345", kind="A")))
    with pytest.raises(Malformed, match="no publication number"):
        parsed(ops("<exchange-document><bibliographic-data/></exchange-document>"))


def test_entities_are_refused() -> None:
    with pytest.raises(Unsafe):
        FORMAT.parse(b'<!DOCTYPE a [<!ENTITY x "y">]><exchange-documents>&x;</exchange-documents>')


def test_full_text_and_other_xml_are_left_to_others() -> None:
    full_text = OPS.format("<ftxt:fulltext-documents/>").encode()
    assert not FORMAT.recognises(Head(full_text))
    assert OpsFullText().recognises(Head(full_text))
    assert not FORMAT.recognises(Head(b"<error><reason/></error>"))
    assert not FORMAT.recognises(Head(b"<us-patent-grant/>"))


@given(st.integers(0, 2**32), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_a_broken_answer_is_read_or_refused(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    content = bytearray(ops(exchange(after='<abstract lang="en"><p>A valve.</p></abstract>'), exchange(kind="B1")))
    for _ in range(changes):
        content[chance.randrange(len(content))] = chance.choice(b"<>/&\"'\x00\xffa0 ")
    for document in cut(bytes(content[: chance.randrange(len(content) + 1)])):
        if isinstance(document, bytes):
            try:
                FORMAT.parse(document)
            except BadInput:
                continue
