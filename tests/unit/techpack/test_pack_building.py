"""What a pack holds, and that the same request always gives the same pack."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json

import pytest
from markupsafe import Markup
from pydantic import TypeAdapter

from patent2tech.patents import Patent
from patent2tech.techpack import Contribution, PartName, Section, build_pack, read_manifest
from tests.unit.techpack.builders import a_patent, a_reading, a_request, some_claims


def test_a_pack_has_its_files_in_stable_order() -> None:
    pack = build_pack(a_request())

    assert list(pack.files) == [
        "figures/sheet-00.png",
        "figures/sheet-01.png",
        "figures/sheet-02.png",
        "index.html",
        "manifest.json",
        "patent.json",
        "provenance.json",
        "reading.json",
        "report.md",
    ]


def test_the_manifest_lists_every_other_file_with_its_hash_and_size() -> None:
    pack = build_pack(a_request())
    manifest = json.loads(pack.files["manifest.json"])
    listed = manifest["files"] + [entry for part in manifest["parts"].values() for entry in part["files"]]

    assert {entry["path"] for entry in listed} == set(pack.files) - {"manifest.json"}
    for entry in listed:
        content = pack.files[entry["path"]]
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["size"] == len(content)


def test_parts_that_were_not_made_have_their_place_and_are_absent() -> None:
    parts = json.loads(build_pack(a_request()).files["manifest.json"])["parts"]

    assert list(parts) == ["patent", "reading", "figures", "analysis", "code", "model"]
    assert [name for name, part in parts.items() if part["present"]] == ["patent", "reading", "figures"]
    assert parts["code"] == {"present": False, "engine": None, "files": []}


def test_the_same_request_gives_the_same_bytes() -> None:
    assert dict(build_pack(a_request()).files) == dict(build_pack(a_request()).files)


def test_the_manifest_can_be_read_back() -> None:
    pack = build_pack(a_request())

    assert read_manifest(pack.files["manifest.json"]) == pack.manifest
    assert read_manifest(b'{"number": "US1"}') is None


def test_the_patent_can_be_read_back() -> None:
    patent = a_patent()
    pack = build_pack(a_request(a_reading(patent)))

    assert TypeAdapter(Patent).validate_json(pack.files["patent.json"]) == patent


def test_a_contribution_adds_files_section_and_account() -> None:
    analysis = Contribution(
        PartName.ANALYSIS,
        {"analysis.json": b"{}"},
        engine="llm",
        account={"model": "example-1", "cost_usd": None},
        section=Section(Markup("<p>The concept.</p>"), "The concept."),
    )
    pack = build_pack(a_request(contributions=(analysis,)))

    assert pack.files["analysis.json"] == b"{}"
    assert b'<section id="sec-analysis"' in pack.page
    assert b"<p>The concept.</p>" in pack.page
    assert "The concept." in pack.report.decode()
    assert pack.manifest.parts[PartName.ANALYSIS].present
    produced = json.loads(pack.files["provenance.json"])["produced"]
    assert produced[-1] == {
        "part": "analysis", "engine": "llm", "files": ["analysis.json"], "model": "example-1", "cost_usd": None
    }  # fmt: skip


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/x", "a//b", "a\\b", "index.html"])
def test_a_contribution_cannot_leave_the_pack_or_take_its_files(path: str) -> None:
    stray = Contribution(PartName.CODE, {path: b""})

    with pytest.raises(ValueError, match="path"):
        build_pack(a_request(contributions=(stray,)))


def test_one_part_cannot_be_contributed_twice() -> None:
    code = Contribution(PartName.CODE, {})

    with pytest.raises(ValueError, match="twice"):
        build_pack(a_request(contributions=(code, code)))


def test_the_provenance_says_where_everything_came_from_in_both_languages() -> None:
    provenance = json.loads(build_pack(a_request()).files["provenance.json"])

    assert provenance["source"] == {"name": "valve.xml", "sha256": "0" * 64, "format": "us-grant-v45"}
    assert {each["engine"] for each in provenance["produced"]} == {"rules"}
    assert provenance["legal_status"]["estimate"] == "probably_in_term"
    assert provenance["legal_status"]["basis"][0].keys() == {"code", "en", "ko"}
    assert "not legal advice" in provenance["notice"]["en"]
    assert "법률 자문이 아닙니다" in provenance["notice"]["ko"]


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dataclasses.replace(a_request(), created=dt.datetime(2026, 1, 1))


def test_a_bare_patent_makes_a_page_too() -> None:
    reading = a_reading(a_patent(claims=(), sheets=0), claims=())
    bare = dataclasses.replace(
        reading,
        patent=dataclasses.replace(reading.patent, description=(), abstract=None, citations=()),
        parts=(),
        figures=(),
        terms=(),
        statements=(),
    )
    pack = build_pack(a_request(bare))

    assert b"<h1" in pack.page
    assert not pack.manifest.parts[PartName.FIGURES].present


def test_two_hundred_claims_are_all_there() -> None:
    claims = some_claims(200)
    page = build_pack(a_request(a_reading(a_patent(claims=claims), claims))).page.decode()

    assert all(f'id="c{number}"' in page for number in range(1, 201))
