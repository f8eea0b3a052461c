"""Input that is meant to do harm: exit code 3, one clear sentence, nothing written. Run as its user would."""

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.uspto_xml import claim_xml, uspto_document

MEMORY_BYTES = 1_500_000_000
WHOLE = uspto_document(claims=[claim_xml(1, "A valve.")], sheets=["US1-D00001.TIF"])
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE us-patent-grant [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><us-patent-grant>&j;</us-patent-grant>"
)
EXTERNAL = WHOLE.replace("[ ]", '[<!ENTITY x SYSTEM "file:///etc/passwd">]').replace("A valve", "&x;")


def zipped(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def absurd_tiff() -> bytes:
    """A TIFF header that claims 900,000 x 900,000 pixels."""
    entries = [(256, 900_000), (257, 900_000), (258, 1), (259, 4), (262, 0), (273, 8), (278, 900_000), (279, 4)]
    directory = len(entries).to_bytes(2, "little") + b"".join(
        tag.to_bytes(2, "little") + b"\x04\x00\x01\x00\x00\x00" + value.to_bytes(4, "little") for tag, value in entries
    )
    return b"II*\x00\x0c\x00\x00\x00" + b"\x00" * 4 + directory + b"\x00" * 4


def sparse_gigabyte(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(1_000_000_000)


def gigabyte_behind_a_root(path: Path) -> None:
    with path.open("wb") as stream:
        stream.write(b'<?xml version="1.0"?><us-patent-grant>')
        for _ in range(1000):
            stream.write(b" " * 1_000_000)
        stream.write(b"</us-patent-grant>")


def folder_with(sheet: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.mkdir()
        (path / "US1.XML").write_text(WHOLE)
        (path / "US1-D00001.TIF").write_bytes(sheet)

    return make


CASES: dict[str, bytes | Callable[[Path], None]] = {
    "not XML": b"Dear Sir, please find enclosed my invention.",
    "binary": bytes(range(256)) * 100,
    "empty file": b"",
    "truncated": WHOLE.encode()[: len(WHOLE) // 2],
    "truncated in the head": WHOLE.encode()[:30],
    "wrong root": b'<?xml version="1.0"?><html><body>patent</body></html>',
    "no front page": b'<?xml version="1.0"?><us-patent-grant></us-patent-grant>',
    "1 GB of nothing": sparse_gigabyte,
    "1 GB of nothing behind a root": gigabyte_behind_a_root,
    "entity bomb": BILLION_LAUGHS.encode(),
    "entity bomb in UTF-16": BILLION_LAUGHS.encode("utf-16"),
    "external entity": EXTERNAL.encode(),
    "zip bomb": zipped("US1.XML", b" " * 300_000_000),
    "zip with a path": zipped("../../US1.XML", WHOLE.encode()),
    "zip with an absolute path": zipped("/tmp/US1.XML", WHOLE.encode()),
    "half a zip": zipped("US1.XML", WHOLE.encode())[:200],
    "empty zip": b"PK\x05\x06" + b"\x00" * 18,
    "zip of nothing": zipped("readme.md", b"hello"),
    "absurd sheet": folder_with(absurd_tiff()),
    "empty folder": Path.mkdir,
}


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES * 3, MEMORY_BYTES * 3))


@pytest.mark.parametrize("command", ["pack", "read", "import"])
@pytest.mark.parametrize("case", CASES)
def test_harm_is_refused_in_one_sentence_and_nothing_is_written(case: str, command: str, tmp_path: Path) -> None:
    made = CASES[case]
    source = tmp_path / "source"
    if callable(made):
        made(source)
    else:
        source.write_bytes(made)
    out, data = tmp_path / "out", tmp_path / "data"
    arguments = [command, str(source), *(["--out", str(out)] if command == "pack" else [])]
    program = "import sys; from patent2tech.cli.main import run; sys.exit(run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "P2T_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=limit_memory,
    )
    assert done.returncode == 3, done.stderr
    sentences = [line for line in done.stderr.splitlines() if line]
    assert len(sentences) == 1, done.stderr
    assert "defect" not in sentences[0]
    assert "Traceback" not in done.stderr
    assert not out.exists()
    assert not data.exists() or not any(data.rglob("blobs/*/*"))
