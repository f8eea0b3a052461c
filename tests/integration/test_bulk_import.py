"""Importing much: by several processes or a cluster, again, after changes, with bad documents among good ones."""

from __future__ import annotations

import dataclasses
import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from patent2tech.errors import NotConfigured, OutsideFailure
from patent2tech.formats import groups, planning
from patent2tech.library import KeptStatus, Library, bulk, preparing
from patent2tech.library.bulk import Workshop
from patent2tech.library.crew import Crew, Task
from patent2tech.library.importing import Importer, ImportReport, Progress
from patent2tech.patents import PublicationNumber
from patent2tech.store import Database
from tests.uspto_xml import claim_xml, paragraph_xml, uspto_document


def document(serial: int, words: str = "A valve.") -> str:
    return uspto_document(
        number=str(serial), claims=[claim_xml(1, words)], description=paragraph_xml(1, "The spring 12 closes. " * 200)
    )


def weekly(*documents: str) -> str:
    return "".join(documents)


DOCUMENTS = [document(9_000_000 + one) for one in range(40)]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of about five documents."""
    for module in (groups, planning):
        monkeypatch.setattr(module, "CHUNK_BYTES", 5 * len(DOCUMENTS[0]) - 100)


@pytest.fixture
def importer(library: Library, database: Database, tmp_path: Path) -> Importer:
    with database.begin() as session:
        session.execute(text("truncate imports, quarantine"))
    return Importer(lambda: library, Workshop(tmp_path / "spool"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "weekly.xml"
    path.parent.mkdir()
    path.write_text(weekly(*DOCUMENTS))
    return path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The chunks that were read, while everything runs in this process."""
    read: list[str] = []
    prepare = preparing.prepare

    def noted(chunk, passed=0):
        read.append(chunk.fingerprint)
        return prepare(chunk, passed)

    monkeypatch.setattr("patent2tech.library.crew.prepare", noted)
    return read


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return (*(report.counts[status] for status in KeptStatus), report.refusals)


@pytest.mark.parametrize("workers", [1, 2])
def test_everything_is_kept_once_whoever_does_the_work(
    importer: Importer, library: Library, file: Path, workers: int
) -> None:
    heard: list[Progress] = []
    report = importer.import_paths([file], heard.append, workers)
    assert counts(report) == (40, 0, 0, 0)
    assert library.count() == report.documents == 40
    assert report.bytes == file.stat().st_size == heard[-1].bytes == heard[-1].total
    assert [each.documents for each in heard] == sorted(each.documents for each in heard)
    assert library.source(PublicationNumber.parse("US9000007B2")).decode() == DOCUMENTS[7]
    assert library.check() == ()


def test_a_second_import_parses_nothing_that_is_whole(
    importer: Importer, library: Library, file: Path, parsed: list[str]
) -> None:
    importer.import_paths([file])
    first = len(parsed)
    assert first > 4
    moved = file.rename(file.with_name("moved.xml"))
    assert counts(importer.import_paths([moved])) == (0, 40, 0, 0)
    assert len(parsed) == first
    library.delete(PublicationNumber.parse("US9000007B2"))
    assert counts(importer.import_paths([moved])) == (1, 39, 0, 0)
    assert len(parsed) == first + 1
    assert counts(importer.import_paths([moved], again=True)) == (0, 40, 0, 0)
    assert len(parsed) == 2 * first + 1


def test_only_what_changed_is_read_again(importer: Importer, library: Library, file: Path, parsed: list[str]) -> None:
    importer.import_paths([file])
    first = len(parsed)
    file.write_text(weekly(*DOCUMENTS[:20], document(9_000_020, "Another valve."), *DOCUMENTS[21:]))
    assert counts(importer.import_paths([file])) == (0, 39, 1, 0)
    assert len(parsed) <= first + 2
    number = PublicationNumber.parse("US9000020B2")
    assert [library.earlier_source(each).decode() for each in library.earlier(number)] == [DOCUMENTS[20]]


def test_members_of_archives_that_are_of_no_known_format_are_named_every_time(
    importer: Importer, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    members = {"one.xml": DOCUMENTS[0].encode(), "sheet.tif": b"II*", "mixture.mol": b"\0", "odd.bin": b"\0" * 9}
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    for name, mode in (("b.tar", "w"), ("c.tgz", "w:gz")):
        with tarfile.open(folder / name, mode) as packed:
            for member, content in members.items():
                info = tarfile.TarInfo(member)
                info.size = len(content)
                packed.addfile(info, io.BytesIO(content))
    with zipfile.ZipFile(folder / "d.zip", "w") as archive:
        archive.writestr("odd.bin", b"\0")
    (folder / "e.bin.gz").write_bytes(gzip.compress(b"\0" * 9))
    for _ in range(2):
        report = importer.import_paths([folder])
        named = ["a.zip/odd.bin", "b.tar/odd.bin", "c.tgz/odd.bin", "d.zip/odd.bin", "e.bin.gz"]
        assert (report.unknown.count, report.unknown.names) == (len(named), named)
        assert report.refusals == 0


def test_a_bad_document_is_in_quarantine_until_it_is_repaired(importer: Importer, library: Library, file: Path) -> None:
    broken = DOCUMENTS[7][:-200]
    file.write_text(weekly(*DOCUMENTS[:7], broken, *DOCUMENTS[8:]))
    for _ in range(2):
        report = importer.import_paths([file])
        assert (report.refusals, library.count()) == (1, 39)
        (entry,) = library.quarantine()
        assert (entry.file, entry.source, entry.position, entry.code) == (str(file), file.name, 8, "malformed")
        assert "the XML is broken at line" in entry.reason
        assert entry.content is not None
        assert entry.content.decode() == broken
    file.write_text(weekly(*DOCUMENTS))
    assert importer.import_paths([file]).refusals == 0
    assert library.quarantine() == ()
    assert library.count() == 40


def test_quarantine_of_single_files_and_of_what_is_no_patent(
    importer: Importer, library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    paths = [folder / f"{one}.xml" for one in range(4)]
    for path, content in zip(paths, DOCUMENTS, strict=False):
        path.write_text(content)
    paths[1].write_text(DOCUMENTS[1][:-200])
    paths[2].write_text("no patent")
    report = importer.import_paths(paths)
    assert counts(report) == (2, 0, 0, 2)
    assert {(each.file, each.code) for each in library.quarantine()} == {
        (str(paths[1]), "malformed"),
        (str(paths[2]), "not_a_patent"),
    }
    for place in (1, 2):
        paths[place].write_text(DOCUMENTS[place])
    assert counts(importer.import_paths([folder])) == (2, 2, 0, 0)
    assert library.quarantine() == ()


def test_a_weekly_archive_of_archives_is_imported_with_nothing_left_behind(
    importer: Importer, library: Library, tmp_path: Path
) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for one, content in enumerate(DOCUMENTS):
            info = tarfile.TarInfo(f"I2025/{one}/US.XML")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content.encode()))
    for name, content in (("a.tar", stream.getvalue()), ("a.tgz", gzip.compress(stream.getvalue()))):
        (tmp_path / name).write_bytes(content)
    assert counts(importer.import_paths([tmp_path / "a.tgz"], workers=2)) == (40, 0, 0, 0)
    assert counts(importer.import_paths([tmp_path / "a.tar"])) == (0, 40, 0, 0)
    assert not list((tmp_path / "spool").glob("reading-*"))
    assert library.check() == ()


def test_an_answer_that_is_too_large_comes_in_parts(
    importer: Importer, library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "MAX_RESULT_BYTES", 1)
    assert counts(importer.import_paths([file])) == (40, 0, 0, 0)
    monkeypatch.undo()
    assert library.count() == 40


def test_a_document_that_the_database_cannot_hold_is_alone_in_its_refusal(
    importer: Importer, library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = preparing.prepare

    def spoiled(chunk, passed=0):
        prepared = prepare(chunk, passed)
        prepared.records = [
            (source, position, dataclasses.replace(record, parts={"sheets": [(2**40, "f", None, None)]}))
            if record.number.serial == "9000007"
            else (source, position, record)
            for source, position, record in prepared.records
        ]
        return prepared

    monkeypatch.setattr("patent2tech.library.crew.prepare", spoiled)
    report = importer.import_paths([file])
    assert counts(report) == (39, 0, 0, 1)
    assert "does not fit" in str(report.rejected[0].reason)


def test_the_lists_of_a_report_end_and_its_counts_do_not(
    importer: Importer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("patent2tech.library.reports.MAX_LISTED", 3)
    report = importer.import_paths([file])
    assert (len(report.kept), counts(report)) == (3, (40, 0, 0, 0))


def test_a_chunk_that_kills_its_worker_twice_is_refused_and_the_others_are_done(file: Path, tmp_path: Path) -> None:
    from patent2tech.formats import Rejected
    from patent2tech.formats.spool import Spool

    with Spool(tmp_path / "spool") as spool:
        chunks = [each for each in planning.plan(file, spool) if not isinstance(each, Rejected)]
    deadly = dataclasses.replace(chunks[0], file=_Deadly(file))
    done = {}
    with Crew(2) as crew:
        for chunk in (chunks[1], deadly, chunks[2]):
            crew.submit(Task(chunk))
        while not crew.idle:
            for task, prepared in crew.finished():
                done[task.chunk.first] = prepared
    assert "was killed twice" in str(done[1].refused[0].rejected.reason)
    assert all(done[chunk.first].records for chunk in chunks[1:3])


class _Deadly(type(Path())):  # type: ignore[misc]
    """A path whose opening ends the process, as a fault in a library of C would."""

    def open(self, *_: object, **__: object) -> None:  # type: ignore[override]
        import os

        os._exit(1)


def test_without_dask_the_extra_is_named(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(NotConfigured, match=r"patent2tech\[cluster\]"), Crew(2, "tcp://127.0.0.1:1") as crew:
        crew.submit(Task(None))  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore")
def test_the_same_code_runs_on_a_dask_cluster(library: Library, file: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="needs the extra `cluster`")
    with distributed.LocalCluster(processes=True, n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        workshop = Workshop(tmp_path / "spool", cluster.scheduler_address)
        report = Importer(lambda: library, workshop).import_paths([file], again=True)
    assert counts(report) == (40, 0, 0, 0)
    assert library.check() == ()


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="needs the extra `cluster`")
    monkeypatch.setattr("patent2tech.library.crew._CONNECT_SECONDS", 0.5)
    with pytest.raises(OutsideFailure, match="P2T_DASK_SCHEDULER"), Crew(2, "tcp://127.0.0.1:1") as crew:
        crew.submit(Task(None))  # type: ignore[arg-type]


def test_a_newer_version_reads_again(importer: Importer, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    importer.import_paths([file])
    monkeypatch.setattr(bulk.metadata, "version", lambda _: "9.9")
    monkeypatch.setattr("patent2tech.library.crew.prepare", lambda *_: preparing.Prepared())
    report = importer.import_paths([file])
    assert counts(report) == (0, 0, 0, 1)
    assert "holds no patent" in str(report.rejected[0].reason)
