"""The GLB in three.js (the one that ships with trimesh), in a real browser: opened and drawn without a warning."""

from __future__ import annotations

import base64
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from trimesh import resources

from patent2tech.shape.files import glb_of
from patent2tech.shape.model import ShapeOptions
from patent2tech.shape.modelling import models_from
from tests.unit.shape.drawing import a_block_on_a_table, a_tray

CHROMIUM = Path("/usr/bin/chromium")
WITH_WEBGL = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
OPEN = """
  const seen = {};
  const done = () => { document.title = JSON.stringify(seen); };
  new THREE.GLTFLoader().load("data:model/gltf-binary;base64,$GLB", (gltf) => {
    const scene = new THREE.Scene();
    scene.add(new THREE.AmbientLight(0xffffff), gltf.scene);
    const renderer = new THREE.WebGLRenderer();
    renderer.setSize(200, 200);
    const camera = new THREE.PerspectiveCamera(45, 1, 0.1, 10);
    camera.position.set(1.5, 1.2, 2);
    camera.lookAt(0, 0, 0);
    renderer.render(scene, camera);
    gltf.scene.traverse((node) => { if (node.isMesh) seen[node.name] = node.geometry.index.count / 3; });
    seen.drawn = renderer.info.render.triangles;
    done();
  }, undefined, (error) => { seen.error = String(error); done(); });
</script>"""

if not CHROMIUM.exists() and not os.environ.get("CI"):
    pytest.skip(f"{CHROMIUM} is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=WITH_WEBGL)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def opened(page: Page, glb: bytes) -> tuple[dict[str, int], list[str]]:
    """What three.js finds in a GLB, and all that it or the browser complains of."""
    with zipfile.ZipFile(io.BytesIO(resources.get_bytes("templates/viewer.zip"))) as archive:
        viewer = archive.read("viewer.html.template").decode()
    head, start, _ = viewer.rpartition("init();</script>")
    assert start, "trimesh's viewer has changed"
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"warning", "error"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_content(head + OPEN.replace("$GLB", base64.b64encode(glb).decode()))
    page.wait_for_function("document.title.startsWith('{')")
    return page.evaluate("JSON.parse(document.title)"), complaints


def test_three_opens_a_model_without_a_warning(page: Page) -> None:
    model = models_from(a_tray(), "Tray", ShapeOptions(pictures=False))[0]
    seen, complaints = opened(page, glb_of(model))
    assert seen == {"body": len(model.mesh.faces), "drawn": len(model.mesh.faces)}
    assert complaints == []


def test_three_opens_a_model_with_what_is_around_it_as_a_node_of_its_own(page: Page) -> None:
    model = models_from(a_block_on_a_table(), "Block", ShapeOptions(pictures=False))[0]
    seen, complaints = opened(page, glb_of(model))
    faces = {"body": len(model.mesh.faces), "environment": len(model.environment.faces)}
    assert seen == {**faces, "drawn": sum(faces.values())}
    assert complaints == []


def test_a_damaged_model_would_be_told(page: Page) -> None:
    model = models_from(a_tray(), "Tray", ShapeOptions(pictures=False))[0]
    seen, _ = opened(page, glb_of(model)[:200])
    assert "error" in seen
