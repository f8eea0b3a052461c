"""`patent2tech code`, `eval code` and `/api/v1/codes`, with the scaffold that needs no model."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from patent2tech.api import create_api
from patent2tech.app import App, now
from patent2tech.cli.main import run
from patent2tech.reading import read
from patent2tech.settings import load_settings
from patent2tech.techpack import Order, PartName, Wishes
from patent2tech.techpack.code import CodeMaker
from patent2tech.techpack.packing import Packer

FIELDS = {
    "status", "language", "framework", "rounds", "tests", "files", "trace", "assumptions", "not_disclosed", "usage",
}  # fmt: skip


@pytest.fixture(autouse=True)
def settings(data_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("P2T_DATA_DIR", str(data_dir))
    for name in ("DATABASE_URL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "P2T_CODE_MODEL", "P2T_ANALYSIS_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_code_without_a_model_is_a_scaffold_that_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", "sample:software", "--out", str(tmp_path / "out"), "--json"]) == 0
    document = printed(capsys)
    assert document.keys() >= FIELDS
    assert document["status"] == "scaffold"
    assert document["tests"]["failed"] == 0  # type: ignore[index]
    assert document["tests"]["passed"] >= len(document["trace"])  # type: ignore[index, arg-type]
    assert document["gaps"] == []
    folder = Path(str(document["folder"]))
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert on_disk == {each["path"] for each in document["files"]}  # type: ignore[index, union-attr, attr-defined]
    assert {"README.md", "LICENSE", "NOTICE.md", "trace.json", "requirements.txt"} <= on_disk
    with zipfile.ZipFile(str(document["zip"])) as archive:
        assert {name.split("/", 1)[1] for name in archive.namelist()} == on_disk
    assert run(["code", "sample:software", "--out", str(tmp_path / "out"), "--lang", "ko"]) == 0
    assert "뼈대" in (folder / "README.md").read_text(encoding="utf-8")


def test_a_folder_with_work_of_the_user_is_never_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["code", "sample:mechanical", "--out", str(tmp_path / "out"), "--json"]
    assert run(arguments) == 0
    mine = Path(str(printed(capsys)["folder"])) / "mine.py"
    mine.write_text("x = 1\n")
    assert run(arguments) == 3
    assert "move it away" in str(printed(capsys)["error"])
    assert mine.read_text() == "x = 1\n"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--language", "cobol"], "python, javascript, typescript, c, cpp"),
        (["--framework", "django"], "none, fastapi, flask"),
        (["--language", "javascript", "--framework", "flask"], "none, express"),
        (["--language", "c", "--framework", "flask"], "choose one of: none"),
        (["--plan", "missing.json"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_can(
    options: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["code", "sample:software", *options, "--json"]) == 3
    assert told in str(printed(capsys)["error"])


def test_a_plan_and_an_evaluation_need_a_model_and_say_which_setting(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", "sample:software", "--plan-only", "--json"]) == 4
    assert "P2T_CODE_MODEL" in str(printed(capsys)["error"])
    assert run(["eval", "code", "hash", "--json"]) == 4
    assert "--recorded" in str(printed(capsys)["error"])


def test_recorded_answers_are_evaluated_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "code", "filter", "--recorded", "--json"]) == 0
    document = printed(capsys)
    assert (document["passed"], document["problems"]) == (1, 1)


def test_codes_are_made_listed_and_downloaded_over_http() -> None:
    with App(load_settings()) as app:
        app.keep("sample:software")
        client = TestClient(create_api(app), base_url="http://127.0.0.1")
        wanted = {"number": "US99900002B2", "language": "javascript", "lang": "ko"}
        made = client.post("/api/v1/codes", json=wanted, headers={"Idempotency-Key": "one"})
        assert made.status_code == 201
        item = made.json()
        assert item["code"].keys() >= FIELDS
        assert item["code"]["status"] == "scaffold"
        assert client.get(made.headers["Location"]).json() == item
        again = client.post("/api/v1/codes", json=wanted).json()
        listed = client.get("/api/v1/codes", params={"limit": 1}).json()
        assert [each["id"] for each in listed["items"]] == [again["id"]]
        assert client.get(f"/api/v1/codes/{item['id']}").status_code == 404
        archive = client.get(again["archive"])
        with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
            assert any(name.endswith("src/claim_1.js") for name in opened.namelist())


def test_code_in_c_is_made_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order = ["code", "sample:mechanical", "--language", "c", "--out", str(tmp_path / "out"), "--lang", "ko", "--json"]
    assert run(order) == 0
    document = printed(capsys)
    assert (document["status"], document["gaps"]) == ("scaffold", [])
    folder = Path(str(document["folder"]))
    assert {"Makefile", "tests/check.h", "src/claimed.c"} <= {each["path"] for each in document["files"]}  # type: ignore[index, union-attr, attr-defined]
    assert "make test" in (folder / "README.md").read_text(encoding="utf-8")
    if shutil.which("gcc"):
        assert document["tests"]["failed"] == 0  # type: ignore[index]
        assert document["tests"]["passed"] >= len(document["trace"])  # type: ignore[index, arg-type]
    else:
        assert "apt-get install" in str(document["reason"])


def test_problems_of_codes_over_http_are_told() -> None:
    with App(load_settings()) as app:
        client = TestClient(create_api(app), base_url="http://127.0.0.1")
        assert client.post("/api/v1/codes", json={"number": "US1B2"}).status_code == 404
        refused = client.post("/api/v1/codes", json={"number": "US99900002B2", "language": "cobol"})
        assert refused.status_code in {404, 422}
        assert client.get("/api/v1/codes/nonsense").status_code == 422
        assert client.get("/api/v1/codes/00000000-0000-0000-0000-000000000000").status_code == 404
        assert client.get("/api/v1/codes", params={"cursor": "x"}).status_code == 422


def test_the_pack_holds_the_code_and_its_section() -> None:
    with App(load_settings()) as app:
        number = app.keep("sample:software")
        packer = Packer(app.library, app.version, now, (CodeMaker(app.coder),))
        pack = packer.pack(number, Wishes(language="typescript"))
    assert pack.manifest.parts[PartName.CODE].present
    assert {"code/src/claim_1.ts", "code/US99900002B2-typescript.zip", "code/trace.json"} <= set(pack.files)
    page = pack.page.decode()
    assert 'data-status="scaffold"' in page
    assert 'download="US99900002B2-typescript.zip"' in page
    assert "patent2tech code US99900002B2 --language typescript --framework none" in page
    assert "## Code" in pack.report.decode()
    produced = json.loads(pack.files["provenance.json"])["produced"]
    made = next(each for each in produced if each["part"] == "code")
    assert made["engine"] == "rules"
    assert made["assumptions"]


def test_a_design_has_no_code() -> None:
    with App(load_settings()) as app:
        reading = read(app.patent("sample:design"), now().date())
        assert CodeMaker(app.coder).contribute(Order(reading, {})) is None


def test_where_no_sandbox_is_wanted_the_scaffold_says_that_nothing_was_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("P2T_SANDBOX", "none")
    assert run(["code", "sample:mechanical", "--out", "elsewhere", "--json"]) == 0
    document = printed(capsys)
    assert document["status"] == "scaffold"
    assert document["tests"] == {"passed": None, "failed": None, "report": None}
    assert "Nothing was run" in str(document["reason"])
