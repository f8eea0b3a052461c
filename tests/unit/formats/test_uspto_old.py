import contextlib
import io
import random
import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patent2tech.errors import BadInput, Malformed, TooLarge, Unsafe
from patent2tech.formats.format import Format, Head
from patent2tech.formats.uspto.aps import UsptoAps
from patent2tech.formats.uspto.cutting import cut_at_lines, marked_documents
from patent2tech.formats.uspto.entities import with_characters
from patent2tech.formats.uspto.pap import UsptoPap
from patent2tech.formats.uspto.patdoc import UsptoPatdoc
from patent2tech.formats.uspto.sgml import parse_sgml
from patent2tech.patents import Heading, PartialDate, Patent, PatentType, Section
from tests.unit.formats.test_uspto_old_twins import APS, DESIGN_APS, PAP, SGML, XML

TWINS: list[tuple[Format, str]] = [
    (UsptoPap(), PAP),
    (UsptoPatdoc(), XML),
    (UsptoPatdoc(), SGML),
    (UsptoAps(), APS),
    (UsptoAps(), DESIGN_APS),
]
FORMATS = (UsptoPap(), UsptoPatdoc(), UsptoAps())
IDS = ("pap", "xml", "sgml", "aps", "aps-design")


def patent_of(known: Format, text: str) -> Patent:
    return known.parse(text.encode()).patent


@pytest.mark.parametrize(("known", "twin"), TWINS, ids=IDS)
def test_each_shape_is_recognised_by_its_own_format_alone(known: Format, twin: str) -> None:
    assert [each.name for each in FORMATS if each.recognises(Head(twin.encode()))] == [known.name]


@pytest.mark.parametrize(("known", "twin"), TWINS, ids=IDS)
def test_a_file_of_several_documents_is_cut_between_them(known: Format, twin: str) -> None:
    documents = list(known.documents(io.BytesIO(twin.encode() * 3)))
    assert [known.parse(each).patent for each in documents if isinstance(each, bytes)] == [patent_of(known, twin)] * 3


def test_an_application_of_2001_is_read_whole() -> None:
    patent = patent_of(UsptoPap(), PAP)
    assert (str(patent.number), patent.title, patent.type) == ("US20010009999A1", "Valve δ&zzz;", PatentType.UTILITY)
    assert patent.source_format == "patent-application-publication v1.5"
    assert patent.abstract == "A valve."
    assert (patent.dates.filing, patent.dates.publication) == (PartialDate(2001, 2, 5), PartialDate(2001, 7, 19))
    assert (patent.dates.grant, patent.dates.priority) == (None, PartialDate(1999, 4, 6))
    assert (patent.ipc, patent.us_class, patent.application_number) == (("F16K1/22",), "137/015000", "09777392")
    assert [each.relation for each in patent.related] == ["priority", "division", "us-provisional-application"]
    assert [(each.name, each.city, each.country) for each in patent.inventors] == [("Ann B. Smith", "Reno", "US")]
    assert [each.name for each in patent.assignees] == ["Valve Works"]
    assert [(each.number, each.file) for each in patent.sheets] == [(1, "US20010009999A1-20010719-D00001.TIF")]


def test_the_claims_of_an_application_keep_their_words_and_resolve_their_references() -> None:
    first, second, third = patent_of(UsptoPap(), PAP).claims
    assert first.text == "1. A valve comprising:\na seat; and\na stem."
    assert (second.text, second.references) == ("2. The valve of claim 1, of steel.", (1,))
    assert third.references == (1, 2)


def test_the_printed_numbers_of_an_application_leave_the_text() -> None:
    patent = patent_of(UsptoPap(), PAP)
    assert [(each.number, each.text, each.section) for each in patent.paragraphs] == [
        ("0001", "A division.", Section.CROSS_REFERENCE),
        ("0002", "Valves leak.", None),
        ("0003", "FIG. 1 is a view.", Section.DRAWINGS),
        ("0004", "The valve 10 at 5μm.\n1\nx\t2\ny\t3", Section.DETAILED),
    ]
    assert Heading("Background") in patent.description


@pytest.mark.parametrize("twin", [XML, SGML], ids=["xml", "sgml"])
def test_a_grant_of_2001_is_read_whole_from_xml_and_sgml(twin: str) -> None:
    patent = patent_of(UsptoPatdoc(), twin)
    assert (str(patent.number), patent.title) == ("US6999999B1", "Valve δ&zzz;")
    assert patent.dates.grant == patent.dates.publication == PartialDate(2002, 1, 8)
    assert (patent.dates.filing, patent.dates.priority) == (PartialDate(1999, 6, 30), PartialDate(1998, 7, 1))
    assert (patent.ipc, patent.us_class) == (("B32B3/02", "A47L5/14"), "428 641")
    assert [(each.text, each.category) for each in patent.citations] == [
        ("5422489 A", "cited by examiner"),
        ("Smith, Valves.", "cited by other"),
    ]
    assert str(patent.citations[0].number) == "US5422489A"
    assert [(each.relation, each.number) for each in patent.related] == [
        ("priority", "10-186098"),
        ("pct-filing", "PCT/JP98/04545"),
        ("continuation", "08/123456"),
    ]
    assert (patent.term.extension_days, patent.term.disclaimer) == (12, True)
    assert (patent.stated.claims, patent.stated.figures, patent.stated.sheets) == (2, 3, 1)
    assert [(each.name, each.country) for each in patent.inventors] == [("Ann Smith", "US")]
    assert [each.name for each in patent.assignees] == ["Valve Works"]
    assert patent.abstract == "A valve."
    assert [claim.text for claim in patent.claims] == ["1. A valve:\na seat.", "2. The valve of claim 1, of steel."]
    assert patent.claims[1].references == (1,)
    assert [(sheet.number, sheet.representative) for sheet in patent.sheets] == [(0, True), (1, False)]
    assert [(each.text, each.section) for each in patent.paragraphs] == [
        ("A continuation.", Section.CROSS_REFERENCE),
        ("FIG. 1 is a view.", Section.DRAWINGS),
        ("H2O at 5μm.", Section.DETAILED),
        ("x\t2\ny\t3", Section.DETAILED),
    ]


def test_a_green_book_grant_is_read_whole() -> None:
    patent = patent_of(UsptoAps(), APS)
    assert (str(patent.number), patent.title, patent.type) == ("US3999999", "Valve", PatentType.UTILITY)
    assert patent.application_number == "05449155"
    assert (patent.dates.filing, patent.dates.grant) == (PartialDate(1974, 3, 7), PartialDate(1976, 1, 13))
    assert patent.dates.priority == PartialDate(1973, 4, 16)
    assert (patent.ipc, patent.us_class) == (("H04M11/00", "B60R9/00"), "179 90K")
    assert [(each.text, each.number and str(each.number)) for each in patent.citations] == [
        ("3518629", "US3518629"),
        ("JP 2191674", "JP2191674"),
        ("Smith, Valves, 1970.", None),
    ]
    assert [each.relation for each in patent.related] == ["continuation-in-part", "priority", "pct-filing"]
    assert [(each.name, each.city, each.country) for each in patent.inventors] == [("Don G. Hoff", "Tiburon", "US")]
    assert patent.abstract == "A valve with a two-stage seat."
    assert [claim.text for claim in patent.claims] == [
        "1. A valve of:\na. H2O; and\nb. a stem.",
        "2. A part of claim 1.",
    ]
    assert [(each.number, each.text, each.section) for each in patent.paragraphs] == [
        ("0001", "Valves leak at 5 μm and Δ 10^-5.", None),
        ("0002", "FIG. 1 is a view.", Section.DRAWINGS),
        ("0003", "See\n##STR1##\nand .unknown. code.", Section.DETAILED),
        ("0004", "TABLE 1\n____\nx\t2", Section.DETAILED),
    ]
    assert patent.description[0] == Heading("BACKGROUND")


def test_a_green_book_design_has_one_claim_without_number_and_a_term() -> None:
    patent = patent_of(UsptoAps(), DESIGN_APS)
    assert (str(patent.number), patent.type, patent.term.years_from_grant) == ("USD238889", PatentType.DESIGN, 14)
    assert [(claim.number, claim.text) for claim in patent.claims] == [(1, "The ornamental design for a valve.")]


@pytest.mark.parametrize(
    ("wku", "expected", "kind"),
    [
        ("RE0286710", "USRE28671", PatentType.REISSUE),
        ("PP0039001", "USPP3900", PatentType.PLANT),
        ("H00001234", "USH123", PatentType.STATUTORY_INVENTION),
        ("T09420017", "UST942001", PatentType.STATUTORY_INVENTION),
    ],
)
def test_the_letters_of_a_green_book_number_tell_the_type(wku: str, expected: str, kind: PatentType) -> None:
    patent = patent_of(UsptoAps(), APS.replace("039999994", wku))
    assert (str(patent.number), patent.type) == (expected, kind)


def test_named_characters_stay_out_of_character_data_sections() -> None:
    content = b"<a>&mgr;&lt;&nope;<![CDATA[&mgr;]]>&Dgr;</a>"
    assert with_characters(content) == b"<a>&#956;&lt;&amp;nope;<![CDATA[&mgr;]]>&#916;</a>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<PATDOC>\n<A></B></PATDOC>", "line 2"),
        ("<PATDOC>\n<A", "line 2"),
        ("<PATDOC><!-- x", "--> is missing"),
        ("<PATDOC>text", "ends within"),
        ("<PATDOC>" + "<A>" * 300, "deeper"),
        ("nothing", "no element PATDOC"),
    ],
)
def test_broken_sgml_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(Malformed, match=message):
        parse_sgml(text.encode(), "PATDOC")


def test_sgml_takes_loose_forms_as_the_standard_allows() -> None:
    root = parse_sgml(
        b"<patdoc dtd=2.4><EMI FILE='a&amp;b'></EMI>1 < 2 &#181;&#0;<row></ROW><![CDATA[&x;]]></PATDOC>", "PATDOC"
    )
    assert (root.get("DTD"), root[0].get("FILE")) == ("2.4", "a&b")
    assert "".join(root.itertext()) == "1 < 2 µ&#0;&x;"


@pytest.mark.parametrize("twin", [PAP, XML, SGML], ids=["pap", "xml", "sgml"])
def test_declared_entities_are_refused(twin: str) -> None:
    hostile = twin.replace("[", '[<!ENTITY x SYSTEM "/etc/passwd">', 1)
    known = next(each for each in FORMATS if each.recognises(Head(hostile.encode())))
    with pytest.raises(Unsafe):
        known.parse(hostile.encode())


@pytest.mark.parametrize(
    "text",
    [
        "<PATDOC>" + "<A x='" * 300_000,
        "<PATDOC>" + "<!-- " * 300_000,
        "<PATDOC>" + "&a" * 700_000,
        "<PATDOC>" + "<" * 1_500_000,
        "<PATDOC>" + "<!ENTITY " * 200_000,
        "<!ENTITY " * 200_000 + "<PATDOC>",
    ],
)
def test_hostile_sgml_takes_linear_time(text: str) -> None:
    begin = time.process_time()
    with pytest.raises(BadInput):
        UsptoPatdoc().parse(text.encode())
    assert time.process_time() - begin < 5


def test_hostile_green_book_text_takes_linear_time() -> None:
    begin = time.process_time()
    lines = "      " + "x" * 60 + "-\n"
    UsptoAps().parse((APS + lines * 100_000 + "PAR  " + ".sub" * 500_000).encode())
    assert time.process_time() - begin < 10


@pytest.mark.parametrize(
    ("known", "hostile"),
    [
        (UsptoPap(), PAP.replace("CLM-00002", "CLM-" + "9" * 5000)),
        (UsptoPatdoc(), XML.replace('CLREF ID="CLM-00001', 'CLREF ID="' + "9" * 5000)),
        (UsptoAps(), APS.replace("NUM  2.", "NUM  " + "9" * 5000)),
        (UsptoAps(), APS.replace("039999994", "00000000")),
        (UsptoAps(), APS.replace("WKU  ", "WKX  ")),
        (UsptoAps(), "HHHHHT"),
        (UsptoPap(), "<patent-application-publication/>"),
        (UsptoPatdoc(), "<PATDOC></PATDOC>"),
        (UsptoPatdoc(), '<?xml version="1.0"?><PATDOC><SDOBI/></PATDOC>'),
    ],
)
def test_absurd_or_missing_numbers_are_refused(known: Format, hostile: str) -> None:
    with pytest.raises(Malformed):
        known.parse(hostile.encode())


def test_absurd_counts_are_passed_over() -> None:
    counted = APS.replace("NCL  2", "NCL  " + "9" * 5000)
    assert patent_of(UsptoAps(), counted).stated.claims is None


def test_a_document_over_the_limit_stays_alone() -> None:
    documents = list(UsptoAps().documents(io.BytesIO(APS.encode() * 2)))
    assert len(documents) == 2
    long = APS + "PAR  x\n" * 1000
    beginning = re.compile(rb"PATN")
    found = list(cut_at_lines(io.BytesIO((APS + long + APS).encode()), beginning, 2 * len(APS)))
    assert [isinstance(each, TooLarge) for each in found] == [False, True, False]


def test_declared_and_undeclared_files_are_both_cut() -> None:
    assert len(list(marked_documents(io.BytesIO(f"\n{SGML}{SGML}".encode())))) == 2
    assert len(list(marked_documents(io.BytesIO(f"\n{XML}{XML}".encode())))) == 2
    assert list(marked_documents(io.BytesIO(b""))) == []


def mutations(text: str, chance: random.Random) -> Iterator[bytes]:
    content = bytearray(text.encode())
    yield bytes(content[: chance.randrange(len(content))])
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(content))
        match chance.randrange(3):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randrange(1, 40)]
            case _:
                content[at:at] = content[chance.randrange(len(content)) :][: chance.randrange(1, 40)]
    yield bytes(content)


@given(st.randoms(use_true_random=False), st.sampled_from(TWINS))
@settings(max_examples=150)
def test_mutated_and_truncated_documents_raise_nothing_but_bad_input(
    chance: random.Random, made: tuple[Format, str]
) -> None:
    known, twin = made
    for content in mutations(twin, chance):
        known.recognises(Head(content))
        for document in known.documents(io.BytesIO(content)):
            assert isinstance(document, bytes)
            with contextlib.suppress(BadInput):
                known.parse(document)
