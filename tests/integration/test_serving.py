"""`patent2tech serve` as its user runs it: it answers, and a stop leaves nothing running."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

_PATIENCE_SECONDS = 120
"""For a busy machine; only the state counts."""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_and_leaves_no_database_behind(stop: signal.Signals) -> None:
    with tempfile.TemporaryDirectory(prefix="p2t-serve-") as folder:
        Path(folder).chmod(0o755)
        environment = {**os.environ, "P2T_DATA_DIR": str(Path(folder) / "data"), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "patent2tech", "serve", "--samples", "--port", "0"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            line = server.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", line)
            assert address, line
            answer = json.loads(fetched(f"{address[0]}api/v1/patents"))
            assert len(answer["items"]) == 4
            server.send_signal(stop)
            server.wait(_PATIENCE_SECONDS)
        assert not running_in(folder)


def fetched(url: str) -> bytes:
    """What is there from the moment on at which the address was told."""
    with urllib.request.urlopen(url, timeout=_PATIENCE_SECONDS) as response:
        return bytes(response.read())


def running_in(folder: str) -> list[str]:
    """Command lines of processes that name the folder, after a moment to go."""
    found: list[str] = []
    for _ in range(_PATIENCE_SECONDS * 10):
        lines = (entry.joinpath("cmdline") for entry in Path("/proc").iterdir() if entry.name.isdigit())
        found = [text for text in map(read_quietly, lines) if folder in text]
        if not found:
            break
        time.sleep(0.1)
    return found


def read_quietly(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
