from pathlib import Path

import pytest

from patent2tech.errors import Malformed, Unsafe
from patent2tech.formats.xml import parse_xml, root_name

BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><r>&b;</r>'


def test_entity_bombs_are_refused() -> None:
    with pytest.raises(Unsafe, match="entities"):
        parse_xml(BOMB.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_are_refused_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("canary")
    document = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]><r>&x;</r>'
    with pytest.raises(Unsafe, match="entities"):
        parse_xml(document.encode(encoding))


def test_parameter_entities_are_refused() -> None:
    with pytest.raises(Unsafe):
        parse_xml(b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><r/>')


def test_unparsed_image_entities_are_what_old_documents_have() -> None:
    document = b'<!DOCTYPE r [<!NOTATION TIF SYSTEM "x"><!ENTITY i SYSTEM "a.TIF" NDATA TIF>]><r/>'
    assert parse_xml(document).tag == "r"


def test_a_missing_dtd_is_never_fetched() -> None:
    assert parse_xml(b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd" [ ]><r/>').tag == "r"


@pytest.mark.parametrize("encoding", ["UTF-7", "IBM037", "UTF-16"])
def test_encodings_that_hide_markup_are_refused(encoding: str) -> None:
    with pytest.raises(Unsafe, match="encoding"):
        parse_xml(f'<?xml version="1.0" encoding="{encoding}"?><r/>'.encode())


def test_broken_xml_names_the_place() -> None:
    with pytest.raises(Malformed, match="line 2"):
        parse_xml(b"<r>\n<a></r>")


def test_a_tree_of_absurd_depth_is_refused() -> None:
    with pytest.raises(Malformed):
        parse_xml(b"<a>" * 100_000 + b"</a>" * 100_000)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE us-patent-grant SYSTEM "x" [ ]>\n<us-patent-grant a="1">',
            "us-patent-grant",
        ),
        (b"<!-- a > b --><r/>", "r"),
        (b"\xef\xbb\xbf<r>", "r"),
        (b"text", None),
        (b"", None),
    ],
)
def test_the_root_is_told_from_the_first_bytes(head: bytes, name: str | None) -> None:
    assert root_name(head) == name
