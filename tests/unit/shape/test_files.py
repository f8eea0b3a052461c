"""The files of a model, as other programs read them."""

from __future__ import annotations

import io
import json

import pytest
import trimesh
from PIL import Image

from patent2tech.errors import Malformed
from patent2tech.figures.model import Side
from patent2tech.shape.files import files_of
from patent2tech.shape.model import ShapeOptions
from patent2tech.shape.modelling import models_from
from patent2tech.shape.views_file import read_corrections
from patent2tech.text.notes import Lang
from tests.unit.shape.drawing import a_box, a_tray


@pytest.fixture(scope="module")
def files():
    return files_of(models_from(a_tray(), "Tray", ShapeOptions()))


@pytest.mark.parametrize("kind", ["glb", "ply", "stl"])
def test_every_format_opens_elsewhere_as_the_same_closed_solid(files, kind) -> None:
    mesh = trimesh.load_mesh(io.BytesIO(files[f"model.{kind}"]), file_type=kind)
    mesh.merge_vertices()
    assert mesh.is_watertight
    assert mesh.extents == pytest.approx([1.0, 0.3, 0.7], abs=0.01)


def test_the_glb_names_its_node_and_is_of_version_2(files) -> None:
    content = files["model.glb"]
    assert content[:4] == b"glTF"
    assert int.from_bytes(content[4:8], "little") == 2
    document = json.loads(content[20 : 20 + int.from_bytes(content[12:16], "little")])
    assert "body" in {node.get("name") for node in document["nodes"]}


def test_the_report_has_every_field_that_programs_rely_on(files) -> None:
    report = json.loads(files["report.json"])
    assert report["status"] == "model"
    assert 0 <= report["quality"] <= 1
    assert set(report["files"]) == {"glb", "ply", "stl"}
    assert {"figure", "view", "used", "silhouette_iou", "line_score"} <= set(report["views"][0])
    assert report["assumed_depths"][0]["basis"] == "equal_wall"
    assert report["missing_views"] == ["rear", "left"]
    assert all(name in files for name in report["renders"])
    assert all(view["drawn"] in files for view in report["views"])


def test_the_pictures_are_eight_renders_and_a_turntable(files) -> None:
    renders = [name for name in files if name.startswith("renders/") and name.endswith(".png")]
    assert len(renders) == 8
    with Image.open(io.BytesIO(files["renders/turntable.webp"])) as turn:
        assert turn.n_frames > 12


def test_a_refusal_is_a_report_without_a_model() -> None:
    seen = a_box()
    files = files_of(models_from(type(seen)((), seen.figures[:1]), "Box", ShapeOptions()), Lang.KO)
    report = json.loads(files["report.json"])
    assert report["status"] == "refused"
    assert report["files"] == {"glb": None, "ply": None, "stl": None}
    assert "입체" in report["reason"]["text"]
    assert "model.glb" not in files


def test_views_json_can_be_handed_back_as_it_is(files) -> None:
    corrections = read_corrections(files["views.json"])
    again = models_from(a_tray(), "Tray", ShapeOptions(pictures=False, corrections=corrections))[0]
    assert {fix.figure for fix in corrections.views} == {"1", "2", "3", "4"}
    assert again.mesh.extents == pytest.approx([1.0, 0.3, 0.7], abs=0.01)
    assert corrections.depths[0].side is Side.TOP


@pytest.mark.parametrize("content", ["", "[]", '{"views": [{"figure": "1", "view": "sideways"}]}', '{"depths": [{}]}'])
def test_a_views_json_that_cannot_be_used_says_which_field(content) -> None:
    with pytest.raises(Malformed, match=r"views\.json cannot be used"):
        read_corrections(content)
