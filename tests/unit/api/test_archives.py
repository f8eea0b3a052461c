"""The files of a pack, out of its ZIP."""

from __future__ import annotations

import io

from patent2tech.api.archives import PackArchive
from patent2tech.api.headers import NOTHING
from patent2tech.techpack import build_pack, write_zip
from tests.unit.techpack.builders import a_request


def an_archive() -> PackArchive:
    stream = io.BytesIO()
    write_zip(build_pack(a_request()), stream)
    return PackArchive(stream.getvalue())


def test_every_file_of_a_pack_is_found_and_nothing_else() -> None:
    pack, archive = build_pack(a_request()), an_archive()

    assert archive.number == pack.name
    for path, content in pack.files.items():
        found = archive.file(path)
        assert found is not None, path
        assert found.content == content
    for path in ("", "/", "..", "../index.html", "figures", "figures/", "/etc/passwd", "index.html/", "\x00"):
        assert archive.file(path) is None, path


def test_only_the_page_may_run_its_script_and_only_as_far_as_it_says_itself() -> None:
    archive = an_archive()
    page, data = archive.file("index.html"), archive.file("manifest.json")
    assert page is not None
    assert data is not None

    stated = page.content.decode().split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    directives = {each.split()[0]: each.split()[1:] for each in page.policy.split(";")}
    assert page.policy.startswith(stated.replace("&#39;", "'"))
    assert directives["default-src"] == ["'none'"]
    assert all(source.startswith("'sha256-") for source in directives["script-src"])
    assert "connect-src" not in directives
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["trusted-types"] == ["'none'"]
    assert data.policy == NOTHING


def test_types_are_those_of_the_files() -> None:
    archive = an_archive()

    types = {
        path: file.media_type for path in ("index.html", "report.md", "manifest.json") if (file := archive.file(path))
    }
    assert types == {
        "index.html": "text/html; charset=utf-8",
        "report.md": "text/markdown; charset=utf-8",
        "manifest.json": "application/json",
    }
