from pathlib import Path

from patent2tech.store.derived import Derived


def test_a_result_comes_back_for_its_kind_and_key_only(tmp_path: Path) -> None:
    derived = Derived(tmp_path)
    derived.put("ocr-1", "sheet", b"text")
    assert derived.get("ocr-1", "sheet") == b"text"
    assert derived.get("ocr-2", "sheet") is None
    assert derived.get("ocr-1", "../sheet") is None


def test_a_result_that_cannot_be_kept_is_no_failure_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    derived = Derived(tmp_path / "file")
    derived.put("ocr-1", "sheet", b"text")
    assert derived.get("ocr-1", "sheet") is None
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
