import datetime as dt
import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

from patent2tech.formats import read_path
from patent2tech.library import Library
from patent2tech.library.importing import Importer
from patent2tech.samples import sample_path
from patent2tech.techpack.packing import Packer
from tests.uspto_xml import uspto_document


def packer_of(library: Library, version: str = "1.0") -> Packer:
    return Packer(library, version, lambda: dt.datetime(2026, 11, 23, tzinfo=dt.UTC))


def imported(library: Library, title: str) -> None:
    importer = Importer(lambda: library)
    assert importer.import_upload("x.xml", uspto_document(title=title).encode()).kept


def title_of(archive: bytes, number: str = "US9900001B2") -> str:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return str(json.loads(opened.read(f"{number}/manifest.json"))["title"])


def test_a_pack_is_made_once_and_again_only_for_a_new_patent_or_version(library: Library) -> None:
    imported(library, "Valve")
    number = library.list().items[0].number
    first = packer_of(library).archive(number)
    assert packer_of(library).archive(number) == first
    assert len(library.packs(number)) == 1
    imported(library, "Better valve")
    assert title_of(packer_of(library).archive(number)) == "Better valve"
    packer_of(library, "1.1").archive(number)
    assert len(library.packs(number)) == 3


def test_readers_who_ask_at_once_get_one_pack(library: Library) -> None:
    imported(library, "Valve")
    packer = packer_of(library)
    number = library.list().items[0].number
    with ThreadPoolExecutor(4) as pool:
        archives = set(pool.map(packer.archive, [number] * 4))
    assert len(archives) == 1
    assert len(library.packs(number)) == 1


def test_the_provenance_names_the_hash_of_the_source(library: Library) -> None:
    report = Importer(lambda: library).import_paths([sample_path("software")])
    (parsed,) = read_path(sample_path("software"))
    pack = packer_of(library).pack(report.kept[0].number, source_name="software.zip")
    provenance = json.loads(pack.files["provenance.json"])
    assert provenance["source"]["name"] == "software.zip"
    assert parsed.content == library.source(report.kept[0].number)  # type: ignore[union-attr]
