import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import pytest

from patent2tech.analysis.model import ChartVerdict, Standing
from patent2tech.cli.main import run
from patent2tech.codegen.result import CodeStatus
from patent2tech.figures import model as figures
from patent2tech.figures.model import Projection, Role
from patent2tech.library import KeptStatus
from patent2tech.patents.patent import PatentType
from patent2tech.reading import model as reading
from patent2tech.reading.model import ClaimCategory
from patent2tech.samples import sample_names
from patent2tech.shape import model as shape
from patent2tech.techpack import read_manifest
from patent2tech.text import Lang, wordings
from tests.uspto_xml import claim_xml, uspto_document

SECTIONS = {"problem", "solution", "advantage"}
READ_FIELDS = {
    "number", "kind", "office", "title", "abstract", "language", "dates", "applicants", "inventors", "assignees", "cpc",
    "ipc", "citations", "claims", "paragraphs", "figures", "parts", "terms", "statements", "status", "warnings",
}  # fmt: skip


@pytest.fixture(autouse=True)
def settings(data_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("P2T_DATA_DIR", str(data_dir))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    """The one JSON document on standard output."""
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("name", sample_names())
def test_read_gives_the_fields_of_the_design(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", f"sample:{name}", "--json"]) == 0
    document = printed(capsys)
    assert document.keys() >= READ_FIELDS
    assert set(document["statements"]) == SECTIONS  # type: ignore[call-overload]


def test_read_for_a_person_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "sample:korean", "--lang", "ko"]) == 0
    assert "관수 밸브" in capsys.readouterr().out


def test_pack_writes_folder_and_zip_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "sample:mechanical", "--out", str(tmp_path / "out"), "--json"]) == 0
    document = printed(capsys)
    folder = Path(str(document["folder"]))
    manifest = read_manifest((folder / "manifest.json").read_bytes())
    assert manifest is not None
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert on_disk == manifest.paths
    assert {"index.html", "report.md", "patent.json", "reading.json", "provenance.json"} <= on_disk
    assert len([path for path in on_disk if path.startswith("figures/")]) >= 6
    with zipfile.ZipFile(str(document["zip"])) as archive:
        assert {name.split("/", 1)[1] for name in archive.namelist()} == on_disk
    present = {"patent": True, "reading": True, "figures": True, "analysis": True, "code": True}
    assert document["parts"].items() >= present.items()  # type: ignore[attr-defined]


def test_a_kept_patent_is_packed_and_read_by_its_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "week.xml"
    source.write_text("".join(uspto_document(number=f"0990000{n}", claims=[claim_xml(1, "A cup.")]) for n in (3, 4)))
    assert run(["import", str(source), "--json"]) == 0
    assert [each["status"] for each in printed(capsys)["kept"]] == ["added", "added"]  # type: ignore[attr-defined]
    assert run(["import", str(source), "--json"]) == 0
    assert [each["status"] for each in printed(capsys)["kept"]] == ["unchanged"] * 2  # type: ignore[attr-defined]
    assert run(["read", "US 9,900,003", "--json"]) == 0
    assert printed(capsys)["number"] == "US9900003B2"
    assert run(["pack", "9900004", "--out", "out"]) == 0
    assert (tmp_path / "out" / "US9900004B2" / "index.html").is_file()


def test_what_was_imported_without_the_index_is_found_by_the_next_search(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "week.xml"
    source.write_text(uspto_document(number="09900011", title="Zeppelin mooring", claims=[claim_xml(1, "A mast.")]))
    assert run(["import", str(source), "--no-index", "--json"]) == 0
    assert printed(capsys)["documents"] == 1
    assert run(["search", "zeppelin mooring", "--mode", "keyword", "--json"]) == 0
    assert [hit["number"] for hit in printed(capsys)["hits"]] == ["US9900011B2"]  # type: ignore[attr-defined]


def test_files_of_no_known_format_in_a_folder_are_counted_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "week"
    (folder / "letters").mkdir(parents=True)
    (folder / "week.xml").write_text(uspto_document(number="09900021"))
    (folder / "sheet.tif").write_bytes(b"a drawing sheet, whatever it holds")
    (folder / "notes.bin").write_bytes(b"\0\1\2")
    assert run(["import", str(folder), "--no-index"]) == 0
    assert "1 file was of no known format and was passed by: notes.bin" in capsys.readouterr().err
    (folder / "letters" / "a.bin").write_bytes(b"\0")
    assert run(["import", str(folder), "--no-index", "--lang", "ko"]) == 0
    assert "형식을 알 수 없어 건너뛴 파일 2개: letters/a.bin, notes.bin" in capsys.readouterr().err
    assert run(["import", str(folder), "--no-index", "--json"]) == 0
    assert printed(capsys)["unknown"] == {"count": 2, "files": ["letters/a.bin", "notes.bin"]}


def test_an_import_that_passed_nothing_by_does_not_speak_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "week.xml").write_text(uspto_document(number="09900022"))
    assert run(["import", str(tmp_path), "--no-index"]) == 0
    assert "passed by" not in capsys.readouterr().err


def test_a_file_of_several_patents_names_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "week.xml"
    source.write_text("".join(uspto_document(number=f"0990000{n}") for n in (3, 4)))
    assert run(["pack", str(source), "--json"]) == 3
    assert "US9900003B2, US9900004B2" in str(printed(capsys)["error"])


def test_one_bad_document_is_reported_and_others_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = uspto_document(number="09900007")
    source = tmp_path / "week.xml"
    source.write_text(whole[: len(whole) // 2] + "\n" + whole)
    assert run(["import", str(source), "--json"]) == 0
    document = printed(capsys)
    assert [each["number"] for each in document["kept"]] == ["US9900007B2"]  # type: ignore[attr-defined]
    (rejected,) = document["rejected"]  # type: ignore[misc]
    assert (rejected["source"], rejected["document"], rejected["code"]) == ("week.xml", 1, "malformed")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ('"cam lever', "따옴표의 짝이 없습니다. 구절을 닫거나 따옴표를 지우세요 (검색어의 1번째 글자)"),
        ("latch colour:red", "'colour'(이)라는 항목이 없습니다"),
        ("filed:2020-02-31", "2020-02-31은(는) 없는 날짜입니다"),
        ("a" * 25_000, "검색어가 25000자인데"),
        ("a\x07b", "제어 문자 U+0007는 검색할 수 없습니다"),
        ("", "검색어가 비어 있습니다"),
    ],
)
@pytest.mark.parametrize("option", [["--lang", "ko"], ["--lang=ko"]])
def test_a_question_that_cannot_be_is_refused_in_korean(
    query: str, told: str, option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", query, *option]) == 3
    assert told in capsys.readouterr().err
    assert run(["search", query, *option, "--json"]) == 3
    assert printed(capsys)["error"]["code"] == "bad_query"  # type: ignore[index]


@pytest.mark.parametrize(
    ("family", "values"),
    [
        ("cli.import", KeptStatus),
        ("cli.projection", Projection),
        ("cli.role", set(Role) - {Role.WHOLE}),
        ("cli.shape", shape.Status),
        ("cli.standing", Standing),
        ("cli.verdict", ChartVerdict),
        ("code.status", CodeStatus),
        ("pack.category", ClaimCategory),
        ("pack.status", reading.Status),
        ("pack.type", PatentType),
        ("pack.view", figures.Side),
    ],
)
def test_every_value_that_the_terminal_names_has_its_word(family: str, values: Iterable[str]) -> None:
    assert {f"{family}.{value}" for value in values} <= wordings(Lang.KO).keys()


def test_what_a_person_reads_of_the_terminal_is_korean_where_korean_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = uspto_document(number="09900008")
    source = tmp_path / "week.xml"
    source.write_text(whole[: len(whole) // 2] + "\n" + whole)
    assert run(["import", str(source), "--no-index", "--lang", "ko"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("1건 추가, 0건 변경 없음, 0건 갱신, 1건 거부, 0건 건너뜀 (문서 2건, ")
    assert shown.err.startswith("거부     week.xml의 1번째 문서: ")
    assert run(["read", "sample:mechanical", "--lang", "ko"]) == 0
    labels = {line.split("  ")[0] for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")}
    assert labels >= {"청구항", "부품", "도면", "용어", "상태"}


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["pack", "US1234567"], 3, "not_found"),
        (["pack", "no-such-file.xml"], 3, "bad_input"),
        (["read", "sample:nothing"], 3, "not_found"),
        (["pack"], 2, "usage"),
        (["no-such-command"], 2, "usage"),
        (["read", "sample:design", "--lang", "fr"], 2, "usage"),
        (["import", "missing.xml"], 3, None),
    ],
)
def test_exit_codes_and_one_json_document_for_every_failure(
    arguments: list[str], code: int, named: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--json"]) == code
    document = printed(capsys)
    if named:
        assert document["error"]["code"] == named  # type: ignore[index]
    assert run(arguments) == code
    shown = capsys.readouterr()
    assert len(shown.err.strip().splitlines()) == 1


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://nowhere")
    assert run(["doctor", "--json"]) == 1
    assert "DATABASE_URL" in str(printed(capsys))
    monkeypatch.setenv("P2T_PORT", "a-port")
    assert run(["read", "sample:design"]) == 4
    assert "P2T_PORT" in capsys.readouterr().err


def test_doctor_finds_and_mends_a_missing_file(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "sample:design", "--out", "out", "--json"]) == 0
    printed(capsys)
    assert run(["doctor", "--fix", "--json"]) == 0
    assert printed(capsys)["ok"] is True
    orphan = data_dir / "blobs" / "ab"
    orphan.mkdir(exist_ok=True)
    blob = next(path for path in (data_dir / "blobs").rglob("*") if path.is_file())
    content = blob.read_bytes()
    blob.unlink()
    assert run(["doctor", "--json"]) == 1
    assert "missing" in str(printed(capsys))
    blob.write_bytes(content)
    assert run(["doctor", "--json"]) == 0
    printed(capsys)


def test_doctor_says_which_sandbox_there_is(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def sandbox() -> dict[str, object]:
        assert run(["doctor", "--json"]) == 0
        return next(finding for finding in printed(capsys)["findings"] if finding["what"] == "sandbox")

    assert sandbox() == {"what": "sandbox", "ok": True, "detail": "sandlock, passed its self-test"}
    monkeypatch.setenv("P2T_SANDBOX", "none")
    assert str(sandbox()["detail"]).startswith("none: no sandbox works on this machine, so nothing is run")


def test_text_of_strangers_cannot_drive_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "x.xml"
    source.write_text(uspto_document(title="Cup \u009b31m\u202eevil"))
    assert run(["read", str(source)]) == 0
    shown = capsys.readouterr().out
    assert "\u009b" not in shown
    assert "\u202e" not in shown


def test_figures_are_written_with_their_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "figures"
    assert run(["figures", "sample:mechanical", "--out", str(out), "--json"]) == 0
    document = printed(capsys)
    assert document.keys() >= {"sheets", "figures", "warnings", "folder"}
    figures = cast("list[dict[str, Any]]", document["figures"])
    assert [figure["label"] for figure in figures] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert figures[1]["view"]["direction"] == ["front"]
    assert figures[4]["view"]["section"] == {"line": "5-5", "figure": "4"}
    assert any(numeral["part"] for numeral in figures[0]["numerals"])
    for figure in figures:
        assert (out / figure["image"]).read_bytes().startswith(b"\x89PNG")
        assert b"<svg" in (out / figure["overlay"]).read_bytes()
    kept = json.loads((out / "figures.json").read_text())
    assert kept["figures"] == figures
    assert not list(out.glob(".*"))


def test_figures_of_a_patent_without_sheets_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "patent.xml"
    source.write_text(uspto_document(claims=[claim_xml(1, "A latch.")]))
    assert run(["figures", str(source), "--json"]) == 0
    assert printed(capsys)["figures"] == []


def test_analyse_gives_the_fields_of_the_design(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyse", "sample:mechanical", "--question", "How wide is the open slot?", "--json"]) == 0
    document = printed(capsys)
    assert document.keys() >= {"engine", "model", "lang", "sections", "answer", "coverage", "usage"}
    assert document["engine"] == "rules"
    assert "8.4 mm" in json.dumps(document["answer"])
    assert run(["analyse", "sample:korean", "--lang", "ko"]) == 0
    assert "언어 모델 없이는 제공되지 않습니다" in capsys.readouterr().out


def test_analyse_charts_a_claim_against_a_text_and_compares_patents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    product = tmp_path / "product.txt"
    product.write_text("Our clamp has a base plate.", encoding="utf-8")
    assert run(["analyse", "sample:mechanical", "--claim", "1", "--against", str(product), "--json"]) == 0
    assert {row["verdict"] for row in printed(capsys)["rows"]} >= {"found", "not_found"}  # type: ignore[attr-defined]
    assert run(["analyse", "sample:mechanical", "--against", "sample:korean", "--json"]) == 0
    assert printed(capsys)["second"] == "KR102990001B1"
    assert run(["analyse", "sample:mechanical", "--claim", "1", "--json"]) == 2


def test_a_dead_model_server_fails_with_one_sentence_and_doctor_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("P2T_ANALYSIS_MODEL", "none")
    monkeypatch.setenv("P2T_EMBEDDING_MODEL", "openai:none")
    monkeypatch.setenv("P2T_MODEL_TIMEOUT", "1")
    assert run(["analyse", "sample:mechanical", "--json"]) == 1
    assert printed(capsys)["error"]["code"] == "model_unavailable"  # type: ignore[index]
    assert run(["doctor", "--json"]) == 1
    findings = printed(capsys)["findings"]
    failed = {each["what"] for each in findings if not each["ok"]}  # type: ignore[attr-defined]
    assert failed == {"analysis model", "code model", "embedding model"}


def test_pack_answers_a_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = "How wide is the open slot?"
    assert run(["pack", "sample:mechanical", "--out", str(tmp_path), "--question", question, "--json"]) == 0
    folder = Path(str(printed(capsys)["folder"]))
    assert "8.4 mm" in json.dumps(json.loads((folder / "analysis.json").read_text())["answer"])
    assert question in (folder / "report.md").read_text()
