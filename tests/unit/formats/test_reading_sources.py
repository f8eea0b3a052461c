import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from patent2tech.errors import BadInput, Malformed, NotAPatent, Unsafe
from patent2tech.formats import Parsed, Rejected, Skipped, read_path, read_upload
from tests.uspto_xml import claim_xml, uspto_document


def tiff(size: tuple[int, int] = (40, 60)) -> bytes:
    stream = io.BytesIO()
    Image.new("1", size, 1).save(stream, "TIFF", compression="group4")
    return stream.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


DOCUMENT = uspto_document(claims=[claim_xml(1, "A valve.")], sheets=["US1-D00000.TIF", "US1-D00001.TIF"])


def test_a_red_book_zip_links_every_sheet_to_its_bytes(tmp_path: Path) -> None:
    sheet = tiff()
    path = tmp_path / "US1.ZIP"
    path.write_bytes(
        zipped({"US1/US1.XML": DOCUMENT.encode(), "US1/US1-D00000.tif": sheet, "US1/US1-D00001.TIF": sheet})
    )
    (parsed,) = read_path(path)
    assert isinstance(parsed, Parsed)
    assert [each.number for each in parsed.patent.sheets] == [0, 1]
    assert all(each.sha256 for each in parsed.patent.sheets)
    assert set(parsed.sheets.values()) == {sheet}


def test_a_folder_is_read_whole_and_a_broken_document_in_it_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "US1.XML").write_text(DOCUMENT)
    (tmp_path / "a" / "US1-D00001.TIF").write_bytes(tiff())
    (tmp_path / "b.xml").write_text(DOCUMENT[:-200])
    (tmp_path / "notes.md").write_text("not a patent")
    good, bad = read_path(tmp_path)
    assert isinstance(good, Parsed)
    assert [bool(each.sha256) for each in good.patent.sheets] == [False, True]
    assert isinstance(bad, Rejected)
    assert bad.source == "b.xml"


def test_one_bad_document_in_a_concatenated_file_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "ipg.xml"
    foreign = '<?xml version="1.0"?><sequence-cwu><number/></sequence-cwu>'
    path.write_text(DOCUMENT + DOCUMENT[: len(DOCUMENT) // 2] + "\n" + foreign + DOCUMENT)
    kinds = [type(each) for each in read_path(path)]
    assert kinds == [Parsed, Rejected, Skipped, Parsed]


def test_an_unreadable_sheet_is_noted_and_the_patent_is_kept() -> None:
    (parsed,) = read_upload(
        "x.zip", zipped({"US1.XML": DOCUMENT.encode(), "US1-D00000.TIF": b"nonsense", "US1-D00001.TIF": tiff()})
    )
    assert isinstance(parsed, Parsed)
    assert [note.code for note in parsed.notes] == ["warning.sheet_unreadable"]
    assert [bool(each.sha256) for each in parsed.patent.sheets] == [False, True]


def test_a_sheet_of_absurd_size_makes_the_document_unsafe() -> None:
    huge = tiff()
    for tag, size in ((b"\x00\x01", 40), (b"\x01\x01", 60)):
        stated = tag + b"\x03\x00\x01\x00\x00\x00" + size.to_bytes(4, "little")
        assert stated in huge
        huge = huge.replace(stated, tag + b"\x04\x00\x01\x00\x00\x00" + (900_000).to_bytes(4, "little"))
    (rejected,) = read_upload("x.zip", zipped({"US1.XML": DOCUMENT.encode(), "US1-D00001.TIF": huge}))
    assert isinstance(rejected, Rejected)
    assert isinstance(rejected.reason, Unsafe)


def test_an_image_reference_with_a_path_never_leaves_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.tif").write_bytes(tiff())
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "US1.XML").write_text(uspto_document(sheets=["../secret.tif", str(tmp_path / "secret.tif")]))
    (parsed,) = read_path(inner / "US1.XML")
    assert isinstance(parsed, Parsed)
    assert parsed.sheets == {}


def test_a_utf_16_document_is_read() -> None:
    (parsed,) = read_upload("x.xml", uspto_document(title="밸브").replace("UTF-8", "UTF-16").encode("utf-16"))
    assert isinstance(parsed, Parsed)
    assert parsed.patent.title == "밸브"


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/evil.xml", "a/../../evil.xml", "C:\\evil.xml", "..\\evil.xml", "a\nb.xml"]
)
def test_zip_names_that_lead_outside_are_refused(name: str) -> None:
    with pytest.raises(Unsafe, match="leads outside"):
        list(read_upload("x.zip", zipped({name: DOCUMENT.encode()})))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Unsafe, match="packed size"):
        list(read_upload("x.zip", zipped({"a.xml": b" " * 30_000_000})))


def test_a_zip_link_and_a_repeated_name_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("a.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Unsafe, match="symbolic link"):
        list(read_upload("x.zip", stream.getvalue()))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.xml", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.xml", "2")
    with pytest.raises(Unsafe, match="two members"):
        list(read_upload("x.zip", stream.getvalue()))


def test_a_damaged_zip_is_malformed() -> None:
    whole = zipped({"US1.XML": DOCUMENT.encode() * 3})
    damaged = bytearray(whole)
    damaged[60:90] = b"\x00" * 30
    with pytest.raises(Malformed):
        list(read_upload("x.zip", whole[: len(whole) // 2]))
    (rejected,) = read_upload("x.zip", bytes(damaged))
    assert isinstance(rejected, Rejected)
    assert isinstance(rejected.reason, Malformed)


def tarred(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def test_a_tar_within_a_zip_is_read_by_path_and_by_upload(tmp_path: Path) -> None:
    red_book = zipped({"US1/US1.XML": DOCUMENT.encode(), "US1/US1-D00001.TIF": tiff()})
    packed = zipped({"weekly/I20250626.tar": tarred({"UTIL0204/US1.ZIP": red_book}), "plain.xml": DOCUMENT.encode()})
    path = tmp_path / "weekly.zip"
    path.write_bytes(packed)
    for outcomes in (list(read_path(path)), list(read_upload("weekly.zip", packed)), list(read_path(tmp_path))):
        assert sorted(bool(each.sheets) for each in outcomes if isinstance(each, Parsed)) == [False, True]
        assert len(outcomes) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\x00" * 100_000, b" " * 100_000, b"%PDF-1.7", b"<html></html>", b"<?xml version='1.0'?>"],
)
def test_what_is_no_patent_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        raise_first_refusal(content)


def raise_first_refusal(content: bytes) -> None:
    for outcome in read_upload("x", content):
        assert isinstance(outcome, Rejected)
        raise outcome.reason


def test_an_empty_folder_and_a_missing_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAPatent, match="holds no patent"):
        list(read_path(tmp_path))
    with pytest.raises(NotAPatent, match="no file"):
        list(read_path(tmp_path / "missing.xml"))


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.xml"
    outside.write_text(DOCUMENT)
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "link.xml").symlink_to(outside)
    with pytest.raises(NotAPatent):
        list(read_path(inner))
