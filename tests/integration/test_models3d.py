"""From a sample's sheets to its model, over HTTP and from the command line."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
import trimesh

from patent2tech.cli.main import run
from tests.unit.api.serving import a_client, an_app, sample

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from patent2tech.library import Library

NUMBER = "USD9990001S1"


@pytest.fixture
def client(library: Library, tmp_path: Path) -> TestClient:
    client = a_client(an_app(library, tmp_path))
    name, content = sample("design")
    assert client.post("/api/v1/patents", files={"file": (name, content)}).status_code == 201
    return client


def test_a_design_is_modelled_read_and_downloaded(client: TestClient) -> None:
    made = client.post("/api/v1/models3d", json={"number": NUMBER})
    assert made.status_code == 201
    assert made.json()["status"] == "model"
    assert made.headers["location"] == f"/api/v1/models3d/{NUMBER}"
    again = client.get(made.headers["location"])
    assert again.json() == made.json()
    glb = client.get(f"{made.headers['location']}/model.glb")
    assert glb.headers["content-type"] == "model/gltf-binary"
    assert trimesh.load_mesh(io.BytesIO(glb.content), file_type="glb").is_watertight
    known = client.get(f"{made.headers['location']}/model.glb", headers={"If-None-Match": glb.headers["etag"]})
    assert known.status_code == 304
    assert client.get(f"{made.headers['location']}/nothing.glb").status_code == 404
    assert client.get("/api/v1/models3d/US1B2").status_code == 404


def test_the_command_writes_files_stages_and_one_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("P2T_DATA_DIR", str(tmp_path / "data"))
    out = tmp_path / "out"
    assert run(["shape", "sample:design", "--out", str(out), "--keep-stages", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["status"] == "model"
    assert json.loads((out / "report.json").read_text())["quality"] == document["quality"]
    assert {path.name[0] for path in (out / "stages").iterdir()} == set("1234567")
    assert (out / "renders" / "turntable.webp").stat().st_size > 1000
    broken = tmp_path / "views.json"
    broken.write_text("{")
    assert run(["shape", "sample:design", "--out", str(out), "--views", str(broken), "--json"]) == 3
