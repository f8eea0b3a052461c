"""A writer of code that is killed between two rounds goes on where it was, and pays for nothing twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from patent2tech.store.cluster import Cluster
from tests.fake_openai import Behaviour, fake_server
from tests.scripted_code import LABEL, WRONG_LABEL, Writer

HALF_RIGHT = LABEL.replace("% 97", "% 98")
PATENT = """\
US 99911111 B2
Labelled list

ABSTRACT
A list is rotated and labelled.

CLAIMS
1. A method of labelling a list of numbers, the method comprising:
rotating the list to the right by a shift;
summing products of each item of the rotated list and a position of the item to a checksum; and
appending the checksum modulo 97 to the rotated list.

DESCRIPTION
[0001] The list is rotated to the right by a shift of 2, so that the last two items come first.
[0002] Each item of the rotated list is multiplied by its position, counted from 1.
"""
# One interpreter name, so that the test does not depend on how the command was installed.
COMMAND = (sys.executable, "-m", "patent2tech", "code", "patent.txt", "--out", "code", "--json")


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("killed")
    for above in (made, *made.parents[:3]):
        above.chmod(above.stat().st_mode | 0o011)
    (made / "patent.txt").write_text(PATENT)
    yield made
    Cluster(made / "data" / "postgres").stop()


def test_a_killed_writer_goes_on_without_paying_again(folder: Path) -> None:
    reached = threading.Event()
    killed = threading.Event()
    writer = Writer(
        files={**Writer().files, "label.py": WRONG_LABEL}, repairs=[{"label.py": HALF_RIGHT}, {"label.py": LABEL}]
    )

    def say(body):
        answer = writer.say(body)
        if writer.asked.count("RepairAnswer") == 2 and not killed.is_set():
            # Round 2 has failed and its repair is asked for: the moment between two rounds.
            writer.asked.pop()
            reached.set()
            killed.wait(400)
            raise ConnectionError("the client is dead")
        return answer

    with fake_server(Behaviour(say)) as server:
        environment = {
            **os.environ,
            "P2T_DATA_DIR": str(folder / "data"),
            "OPENAI_BASE_URL": server.url,
            "P2T_CODE_MODEL": "writer",
            "P2T_MODEL_PRICES": json.dumps({"writer": [1, 4]}),
            "P2T_CONTEXT_TOKENS": "60000",
        }
        environment.pop("DATABASE_URL", None)
        first = subprocess.Popen(COMMAND, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
        assert reached.wait(400)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        killed.set()
        assert not (folder / "code").exists()
        before = Counter(writer.asked)
        assert before == {"Plan": 1, "FileAnswer": 2, "TestsAnswer": 1, "RepairAnswer": 1}

        second = subprocess.run(COMMAND, cwd=folder, env=environment, capture_output=True, check=False, timeout=400)
        document = json.loads(second.stdout)
    assert second.returncode == 0, second.stderr
    assert document["status"] == "verified"
    assert document["rounds"] == 3
    assert Counter(writer.asked) - before == {"RepairAnswer": 1}
    assert document["usage"]["calls"] == 6
    assert (folder / "code" / "US99911111B2-python" / "label.py").read_text() == LABEL
