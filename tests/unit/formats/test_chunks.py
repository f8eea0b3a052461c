"""Cutting sources into chunks: every document once, in its place, whatever it is wrapped in."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from patent2tech.errors import BadInput, TooLarge, Unsafe
from patent2tech.formats import Parsed, Rejected, Skipped, groups, planning, read_path, read_upload
from patent2tech.formats.chunks import Chunk, Kind, find_in_chunk
from patent2tech.formats.finding import Found
from patent2tech.formats.passed import PassedBy
from patent2tech.formats.planning import plan, plan_files
from patent2tech.formats.ranges import ranges
from patent2tech.formats.splitting import split_documents
from patent2tech.formats.spool import Spool
from tests.uspto_xml import claim_xml, uspto_document

NUMBERS = [str(8_000_000 + one) for one in range(9)]
DOCUMENTS = [uspto_document(number=number, claims=[claim_xml(1, "A valve.")]).encode() for number in NUMBERS]
WEEKLY = b"\n".join(DOCUMENTS)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of about two documents."""
    size = len(DOCUMENTS[0]) + 10
    monkeypatch.setattr(groups, "CHUNK_BYTES", size)
    monkeypatch.setattr(planning, "CHUNK_BYTES", size)
    for module in ("archive_planning", "together"):
        monkeypatch.setattr(f"patent2tech.formats.{module}.CHUNK_BYTES", size)
    monkeypatch.setattr("patent2tech.formats.archive_planning._LARGE_BYTES", 2 * size)


def tar(members: dict[str, bytes], mode: str = "w") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def inner_zips() -> dict[str, bytes]:
    """A weekly red-book archive in small."""
    return {
        f"I2025/UTIL/US{number}.ZIP": zipped({f"US{number}/US{number}.XML": document})
        for number, document in zip(NUMBERS, DOCUMENTS, strict=True)
    }


WRAPPED = {
    "weekly.xml": WEEKLY,
    "weekly.zip": zipped({"weekly.xml": WEEKLY}),
    "weekly.xml.gz": gzip.compress(WEEKLY),
    "single.zip": zipped({f"{one}.xml": document for one, document in enumerate(DOCUMENTS)}),
    "redbook.tar": tar(inner_zips()),
    "redbook.tar.gz": gzip.compress(tar(inner_zips())),
    "pax.tar": tar({f"{'long/' * 40}{one}/a.xml": document for one, document in enumerate(DOCUMENTS)}),
    "tar-in-tar": tar({"inner.tar": tar(inner_zips())}),
    "tar-in-zip": zipped({"inner": tar(inner_zips())}),
    "gz-in-zip": zipped({"inner": gzip.compress(tar(inner_zips()))}),
    "weekly-in-tar": tar({"weekly.xml": WEEKLY}),
    "weekly-in-tar.gz": gzip.compress(tar({"weekly.xml": WEEKLY})),
    "zip-in-zip": zipped({"a/inner.zip": zipped(inner_zips())}),
}


def numbers_of(chunks: list[Chunk | Rejected]) -> list[str]:
    found = []
    for chunk in chunks:
        assert isinstance(chunk, Chunk)
        for each in find_in_chunk(chunk):
            assert isinstance(each, Found)
            outcome = each.read()
            assert isinstance(outcome, Parsed)
            found.append(outcome.patent.number.serial)
    return found


@pytest.mark.parametrize("name", WRAPPED)
def test_every_document_is_in_one_chunk_whatever_it_is_wrapped_in(tmp_path: Path, name: str) -> None:
    path = tmp_path / "anything"
    path.write_bytes(WRAPPED[name])
    with Spool(tmp_path / "spool") as spool:
        chunks = list(plan(path, spool))
        assert len(chunks) > 1
        assert sorted(numbers_of(chunks)) == NUMBERS
        fingerprints = [chunk.fingerprint for chunk in chunks if isinstance(chunk, Chunk)]
        assert len(set(fingerprints)) == len(fingerprints)
        again = [chunk.fingerprint for chunk in plan(path, spool) if isinstance(chunk, Chunk)]
        assert again == fingerprints
        for chunk in chunks:
            assert isinstance(chunk, Chunk)
            spool.release(chunk.file)
    assert not list((tmp_path / "spool").glob("reading-*"))
    if name in {"tar-in-zip", "gz-in-zip"}:
        return  # only imports look there
    assert sorted(each.patent.number.serial for each in read_path(path) if isinstance(each, Parsed)) == NUMBERS
    upload = [each.patent.number.serial for each in read_upload("x", WRAPPED[name]) if isinstance(each, Parsed)]
    assert sorted(upload) == NUMBERS


@pytest.mark.parametrize("prefix", [b"", b"\n ", b"<!-- text before the first declaration -->\n"])
def test_positions_within_ranges_are_those_of_the_whole_file(tmp_path: Path, prefix: bytes) -> None:
    path = tmp_path / "weekly.xml"
    broken = DOCUMENTS[3][: len(DOCUMENTS[3]) // 2] + b"\n"
    foreign = b'<?xml version="1.0"?><sequence-cwu><number/></sequence-cwu>\n'
    path.write_bytes(prefix + b"\n".join([*DOCUMENTS[:3], broken + foreign, *DOCUMENTS[4:]]))
    expected = [(type(each), each.position) for each in read_path(path)]
    assert {kind for kind, _ in expected} >= {Parsed, Rejected, Skipped}
    with Spool(tmp_path) as spool:
        found = [each.read() for chunk in plan(path, spool) for each in find_in_chunk(chunk)]  # type: ignore[arg-type, union-attr]
    assert [(type(each), each.position) for each in found] == expected


@pytest.mark.parametrize("block", [1, 5, 6, 7, 64, 4096])
def test_ranges_cover_the_file_at_any_block_size(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr("patent2tech.formats.ranges._BLOCK_BYTES", block)
    content = b"".join(b"<?xml version='1'?><a>%d</a>\n" % one * (one % 4 + 1) for one in range(40))
    found = list(ranges(io.BytesIO(content), 100))
    assert b"".join(content[each.begin : each.begin + each.size] for each in found) == content
    counts = [len(list(split_documents(io.BytesIO(content[each.begin : each.begin + each.size])))) for each in found]
    assert [each.first for each in found] == [1 + sum(counts[:place]) for place in range(len(counts))]


def test_images_beside_a_document_in_a_tar_stay_with_it(tmp_path: Path) -> None:
    from tests.unit.formats.test_reading_sources import DOCUMENT, tiff

    path = tmp_path / "a.tar"
    members = {}
    for one in range(4):
        members[f"{one}/US1.XML"] = DOCUMENT.replace("08418361", NUMBERS[one]).encode()
        members[f"{one}/US1-D00000.TIF"] = tiff((40, 60 + one))
        members[f"{one}/US1-D00001.TIF"] = tiff((50, 60 + one))
    for content in (tar(members), gzip.compress(tar(members))):
        path.write_bytes(content)
        outcomes = list(read_path(path))
        assert len(outcomes) == 4
        for outcome in outcomes:
            assert isinstance(outcome, Parsed)
            assert len(outcome.sheets) == 2


def test_small_files_of_a_folder_go_together_and_an_unreadable_one_is_refused_alone(tmp_path: Path) -> None:
    for one, document in enumerate(DOCUMENTS):
        (tmp_path / f"{one}.xml").write_bytes(document)
    (tmp_path / "notes.md").write_text("no patent")
    paths = sorted(tmp_path.iterdir())
    with Spool(tmp_path / "spool") as spool:
        chunks = list(plan_files(paths, spool, PassedBy()))
        assert [each.source for each in chunks if isinstance(each, Rejected)] == ["notes.md"]
        documents = [each for each in chunks if isinstance(each, Chunk)]
        assert {each.kind for each in documents} == {Kind.FOLDER}
        assert numbers_of(list(documents)) == NUMBERS
        whole_folder = [each for each in plan(tmp_path, spool) if isinstance(each, Chunk)]
        assert numbers_of(list(whole_folder)) == NUMBERS


def test_a_changed_image_beside_a_document_changes_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(DOCUMENTS[0])
    prints = []
    for content in (None, b"one", b"another"):
        if content is not None:
            (tmp_path / "1-D00000.TIF").write_bytes(content)
        with Spool(tmp_path / "spool") as spool:
            (chunk,) = plan(tmp_path / "1.xml", spool)
        assert isinstance(chunk, Chunk)
        prints.append(chunk.fingerprint)
    assert len(set(prints)) == 3


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, kind: bytes) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo("a.xml")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
    for content in (stream.getvalue(), gzip.compress(stream.getvalue())):
        (tmp_path / "a").write_bytes(content)
        with pytest.raises(Unsafe, match="link"):
            list(read_path(tmp_path / "a"))


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "a/../../evil.xml", "a\nb.xml"])
def test_tar_names_that_lead_outside_are_refused(name: str) -> None:
    with pytest.raises(Unsafe, match="leads outside"):
        list(read_upload("x.tar", tar({name: DOCUMENTS[0]})))


def test_too_many_members_and_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patent2tech.formats.tar.MAX_TAR_MEMBERS", 3)
    with pytest.raises(TooLarge, match="members"):
        list(read_upload("x.tar", WRAPPED["redbook.tar"]))
    monkeypatch.setattr("patent2tech.formats.tar.MAX_TAR_MEMBERS", 100)
    monkeypatch.setattr("patent2tech.formats.tar.MAX_TAR_BYTES", 1000)
    for name in ("redbook.tar", "redbook.tar.gz"):
        with pytest.raises(TooLarge, match="unpacks"):
            list(read_upload("x.tar", WRAPPED[name]))


def test_a_gzip_bomb_is_refused_before_it_has_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patent2tech.formats.tar._FREE_BYTES", 1024 * 1024)
    bomb = gzip.compress(b'<?xml version="1.0"?><us-patent-grant>' + b" " * 50_000_000)
    with pytest.raises(Unsafe, match="packed size"):
        list(read_upload("x.gz", bomb))


@pytest.mark.parametrize("name", ["redbook.tar", "redbook.tar.gz", "weekly.xml.gz"])
def test_a_damaged_archive_is_refused_in_words(name: str) -> None:
    whole = WRAPPED[name]
    for content in (whole[: len(whole) // 2], whole[:700] + b"\xff" * 64 + whole[764:]):
        try:
            outcomes = list(read_upload(name, content))
        except BadInput:
            continue
        assert outcomes
