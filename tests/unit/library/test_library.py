"""The library: keeping, finding, listing, replacing and deleting."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from patent2tech.app import number_of
from patent2tech.errors import BadInput, Malformed, NotFound
from patent2tech.library import Entry, KeptStatus, Library
from patent2tech.patents import Figure, Part, PartialDate, Patent, PublicationNumber
from patent2tech.store import BlobMissing, BlobStore, Database

if TYPE_CHECKING:
    from pathlib import Path

Builder = Callable[..., Patent]
number = PublicationNumber.parse


def _images(*images: bytes) -> dict[str, bytes]:
    return {sha256(image).hexdigest(): image for image in images}


def test_the_first_keep_adds_and_the_same_again_changes_nothing(library: Library, a_patent: Builder) -> None:
    patent = a_patent(sheets=(b"image",))
    assert library.keep(patent, b"<xml/>", _images(b"image")).status is KeptStatus.ADDED
    before = library.list().items
    assert library.keep(patent, b"<xml/>", _images(b"image")).status is KeptStatus.UNCHANGED
    assert library.list().items == before


def test_another_source_replaces_everything_read_from_the_former(library: Library, a_patent: Builder) -> None:
    library.keep(a_patent(claims=9, sheets=(b"a", b"b")), b"<old/>", _images(b"a", b"b"))
    newer = a_patent(title="Bolt", claims=1)
    assert library.keep(newer, b"<new/>").status is KeptStatus.REPLACED
    assert library.get(newer.number) == newer
    assert library.source(newer.number) == b"<new/>"
    assert library.count() == 1


def test_a_better_reading_of_the_same_source_replaces_the_former(library: Library, a_patent: Builder) -> None:
    library.keep(a_patent(claims=1), b"<xml/>")
    assert library.keep(a_patent(claims=2), b"<xml/>").status is KeptStatus.REPLACED


def test_replacing_keeps_the_place_in_the_list_and_the_packs(library: Library, a_patent: Builder) -> None:
    library.keep(a_patent("US1"), b"<xml/>")
    library.keep(a_patent("US2"), b"<xml/>")
    pack = library.keep_pack(number("US1"), b"zip")
    library.keep(a_patent("US1", title="Bolt"), b"<new/>")
    assert [item.title for item in library.list().items] == ["Latch", "Bolt"]
    assert library.packs(number("US1")) == (pack,)


def test_sheets_come_back_by_their_hash(library: Library, a_patent: Builder) -> None:
    patent = a_patent(sheets=(b"one", b"two"))
    library.keep(patent, b"<xml/>", _images(b"one", b"two"))
    assert [library.sheet(str(sheet.sha256)) for sheet in patent.sheets] == [b"one", b"two"]


@pytest.mark.parametrize("given", [{}, {sha256(b"image").hexdigest(): b"another"}])
def test_a_sheet_without_its_image_is_refused(library: Library, a_patent: Builder, given: dict[str, bytes]) -> None:
    with pytest.raises(Malformed, match="import the document together with its images"):
        library.keep(a_patent(sheets=(b"image",)), b"<xml/>", given)
    assert library.count() == 0


def test_an_image_that_is_kept_already_need_not_come_again(library: Library, a_patent: Builder) -> None:
    library.keep(a_patent("US1", sheets=(b"image",)), b"<xml/>", _images(b"image"))
    assert library.keep(a_patent("US2", sheets=(b"image",)), b"<xml/>").status is KeptStatus.ADDED


def test_a_batch_is_kept_whole_or_not_at_all(library: Library, a_patent: Builder) -> None:
    good, bad = Entry(a_patent("US1"), b"1"), Entry(a_patent("US2", sheets=(b"image",)), b"2")
    with pytest.raises(Malformed):
        library.keep_many([good, bad])
    assert library.count() == 0
    assert [kept.status for kept in library.keep_many([good, good])] == [KeptStatus.ADDED, KeptStatus.UNCHANGED]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("US7B1", "US7B1"),
        ("US7B2", "US7B2"),
        ("US7", "US7B2"),
        ("US8", "US8A1"),
        ("US9B2", "US9"),
        ("US9", "US9"),
    ],
)
def test_a_number_finds_its_kind_and_without_one_the_latest(
    library: Library, a_patent: Builder, asked: str, found: str
) -> None:
    library.keep_many(Entry(a_patent(kept), b"") for kept in ("US7B1", "US7B2", "US8A1", "US9"))
    assert str(library.get(number(asked)).number) == found
    assert library.has(number(asked))


@pytest.mark.parametrize("asked", ["US8418361A1", "US1", "EP8418361"])
def test_another_kind_or_number_is_not_found_and_says_how_to_import(
    library: Library, a_patent: Builder, asked: str
) -> None:
    library.keep(a_patent("US8418361B2"), b"<xml/>")
    assert not library.has(number(asked))
    with pytest.raises(NotFound, match=f"no {asked}: import it with"):
        library.get(number(asked))


def test_a_line_of_the_list_tells_dates_as_far_as_they_are_known(library: Library, a_patent: Builder) -> None:
    library.keep(a_patent(), b"<xml/>")
    (line,) = library.list().items
    assert (str(line.number), line.title, line.cpc) == ("US8418361B2", "Latch", ("E05C3/12",))
    assert (line.filing, line.publication, line.grant) == (
        PartialDate(2003, 5),
        PartialDate(2004, 11, 30),
        PartialDate(2005),
    )
    assert line.created_at.tzinfo is dt.UTC


def test_pages_show_every_patent_once_while_others_arrive(library: Library, a_patent: Builder) -> None:
    library.keep_many(Entry(a_patent(f"US{serial}"), b"") for serial in range(1, 8))
    seen: list[str] = []
    cursor = None
    for arriving in range(100, 110):
        page = library.list(3, cursor)
        seen += [str(item.number) for item in page.items]
        library.keep(a_patent(f"US{arriving}"), b"")
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [f"US{serial}" for serial in range(7, 0, -1)]


@pytest.mark.parametrize(("limit", "cursor"), [(0, None), (501, None), (-1, None), (5, "x"), (5, "'; drop table")])
def test_a_list_that_cannot_be_given_is_refused(library: Library, limit: int, cursor: str | None) -> None:
    with pytest.raises(BadInput):
        library.list(limit, cursor)


def test_deleting_removes_the_files_that_nothing_else_needs(
    library: Library, a_patent: Builder, tmp_path: Path
) -> None:
    library.keep(a_patent("US1", sheets=(b"mine", b"ours")), b"<1/>", _images(b"mine", b"ours"))
    library.keep(a_patent("US2", sheets=(b"ours",)), b"<2/>", _images(b"ours"))
    library.keep_pack(number("US1"), b"zip")
    library.delete(number("US1"))
    assert list(BlobStore(tmp_path / "blobs")) == list(_images(b"ours"))
    assert library.source(number("US2")) == b"<2/>"
    assert library.check() == ()
    with pytest.raises(NotFound):
        library.delete(number("US1"))


def test_packs_are_listed_the_latest_first(library: Library, a_patent: Builder) -> None:
    library.keep(a_patent(), b"<xml/>")
    first, second = (library.keep_pack(number("US8418361"), content) for content in (b"zip 1", b"zip 2"))
    assert library.packs(number("US8418361B2")) == (second, first)
    assert library.pack(first.sha256) == b"zip 1"
    with pytest.raises(NotFound):
        library.keep_pack(number("US1"), b"zip")


def test_what_is_not_kept_is_not_found(library: Library) -> None:
    with pytest.raises(BlobMissing):
        library.sheet("0" * 64)
    with pytest.raises(NotFound):
        library.source(number("US1"))


def test_the_commit_comes_after_the_blobs(library: Library, a_patent: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_blobs: BlobStore, _content: bytes) -> str:
        raise OSError("disk full")

    monkeypatch.setattr(BlobStore, "put", fail)
    with pytest.raises(OSError, match="disk full"):
        library.keep(a_patent(sheets=(b"image",)), b"<xml/>", _images(b"image"))
    assert library.count() == 0


def test_a_large_source_is_a_blob(library: Library, a_patent: Builder, tmp_path: Path) -> None:
    large = random.Random(1).randbytes(2_000_000)
    library.keep(a_patent(), large)
    assert list(BlobStore(tmp_path / "blobs")) == [sha256(large).hexdigest()]
    assert library.source(a_patent().number) == large
    assert library.check() == ()


def test_a_replaced_document_can_still_be_read(library: Library, a_patent: Builder) -> None:
    library.keep(a_patent(title="Latch"), b"<1/>")
    library.keep(a_patent(title="Bolt"), b"<2/>")
    library.keep(a_patent(title="Hook"), b"<3/>")
    earlier = library.earlier(a_patent().number)
    assert [(each.title, library.earlier_source(each)) for each in earlier] == [("Bolt", b"<2/>"), ("Latch", b"<1/>")]
    assert library.mend() == ()
    library.delete(a_patent().number)
    assert library.check() == ()


def test_a_better_reading_is_no_earlier_document(library: Library, a_patent: Builder) -> None:
    library.keep(a_patent(claims=1), b"<xml/>")
    library.keep(a_patent(claims=2), b"<xml/>")
    assert library.earlier(a_patent().number) == ()


def test_publications_of_one_application_are_versions(library: Library, a_patent: Builder) -> None:
    def published(kept: str, application: str | None, year: int) -> Entry:
        dates = dataclasses.replace(a_patent().dates, publication=PartialDate(year))
        patent = dataclasses.replace(a_patent(kept), application_number=application, dates=dates)
        return Entry(patent, kept.encode())

    library.keep_many(
        [
            published("US8418361B2", "10/812,345", 2004),
            published("US20030012345A1", "10812345", 2003),
            published("EP1B1", "10812345", 2003),
            published("US9B2", None, 2003),
        ]
    )
    for asked in ("US8418361B2", "US20030012345A1"):
        assert [str(each.number) for each in library.versions(number(asked))] == ["US20030012345A1", "US8418361B2"]
    assert [str(each.number) for each in library.versions(number("US9B2"))] == ["US9B2"]


def test_figures_are_found_on_demand_when_none_were_kept(
    database: Database, a_patent: Builder, tmp_path: Path, library: Library
) -> None:
    found = ((Figure("1"),), (Part("12", ("spring",), ()),))
    reading = Library(database, BlobStore(tmp_path / "blobs"), lambda _: found)
    reading.keep(a_patent(), b"<xml/>")
    assert (reading.figures(a_patent().number), reading.parts(a_patent().number)) == found
    assert library.figures(a_patent().number) == ()
    described = ((Figure("2"),), (Part("14", ("bolt",), ()),))
    assert reading.keep(a_patent(), b"<xml/>", {}, *described).status is KeptStatus.UNCHANGED
    assert (reading.figures(a_patent().number), reading.parts(a_patent().number)) == described


@pytest.mark.parametrize("asked", ["US9,900,001", "us 9,900,001 (B2)", "US-9900001-B2", "09900001", "US 9900001"])
def test_a_patent_is_found_by_every_common_form_of_its_number(library: Library, a_patent: Builder, asked: str) -> None:
    library.keep(a_patent(number="US9900001B2"), b"<xml/>")
    assert library.get(number_of(asked)).number == number("US9900001B2")
