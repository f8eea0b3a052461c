"""A run gets its files, its interpreters and its packages, and gives an account."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from patent2tech.errors import BadInput, SandboxUnavailable
from patent2tech.sandbox import ChosenSandbox, Limits, Outcome, Sandbox
from patent2tech.sandbox.staged import StagedSandbox
from tests.sandboxes import BACKENDS, namespaces_can_be_made, require

if TYPE_CHECKING:
    from collections.abc import Iterator

MEBIBYTE = 1024 * 1024
LIMITS = Limits(wall_seconds=120)


@pytest.fixture(params=BACKENDS)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    return require(request.param)


def test_a_program_runs_on_its_files_and_gives_results_back(sandbox: Sandbox) -> None:
    program = (
        b"import sys, json, other\nprint('out', other.N)\nprint('err', file=sys.stderr)\n"
        b"open('r.json', 'w').write(json.dumps(sys.argv[1:]))\nsys.exit(3)\n"
    )
    run = sandbox.run({"main.py": program, "other.py": b"N = 7"}, ["python", "main.py", "a b", "c"], LIMITS, ["*.json"])
    assert (run.outcome, run.exit_code, run.output, run.errors) == (Outcome.EXITED, 3, "out 7\n", "err\n")
    assert run.files == {"r.json": b'["a b", "c"]'}
    assert run.backend == sandbox.name


def test_the_packages_for_generated_code_are_there(sandbox: Sandbox) -> None:
    program = (
        b"import pytest, numpy, scipy.signal, networkx, pandas, PIL.Image, fastapi.testclient, flask, httpx\n"
        b"print(numpy.arange(3).sum(), scipy.signal.firwin(3, 0.5).sum().round(), pandas.Series([1]).sum())\n"
        b"app = flask.Flask('x')\napp.route('/')(lambda: 'flask')\nprint(app.test_client().get('/').text)\n"
        b"api = fastapi.FastAPI()\n@api.get('/')\ndef f() -> str: return 'fastapi'\n"
        b"print(fastapi.testclient.TestClient(api).get('/').json())\n"
    )
    run = sandbox.run({"main.py": program}, ["python", "main.py"], LIMITS)
    assert (run.exit_code, run.output) == (0, "3 1.0 1\nflask\nfastapi\n"), run.errors


def test_node_runs_javascript_and_typescript(sandbox: Sandbox) -> None:
    files = {
        "a.test.ts": b"import {test} from 'node:test'; const n: number = 1; test('one', () => { if (n !== 1) throw 1 })"
    }
    run = sandbox.run(files, ["node", "--test"], LIMITS)
    assert run.exit_code == 0, run.output + run.errors
    assert "pass 1" in run.output


@pytest.mark.skipif(not shutil.which("gcc"), reason="this machine has no compiler")
def test_a_compiled_program_runs(sandbox: Sandbox) -> None:
    build = sandbox.run(
        {"a.c": b'#include <stdio.h>\nint main() { puts("built"); }'}, ["gcc", "a.c"], LIMITS, ["a.out"]
    )
    assert build.exit_code == 0, build.errors
    script = b"import os\nos.chmod('a.out', 0o700)\nos.execv('./a.out', ['a.out'])\n"
    run = sandbox.run({"a.out": build.files["a.out"], "run.py": script}, ["python", "run.py"], LIMITS)
    assert run.output == "built\n"


def test_the_time_limit_ends_a_run(sandbox: Sandbox) -> None:
    run = sandbox.run({}, ["python", "-c", "import time; time.sleep(60)"], Limits(wall_seconds=0.5))
    assert (run.outcome, run.exit_code) == (Outcome.TIMED_OUT, None)


def test_a_signal_ends_as_killed(sandbox: Sandbox) -> None:
    run = sandbox.run({}, ["python", "-c", "import os; os.kill(os.getpid(), 9)"], LIMITS)
    assert run.outcome is Outcome.KILLED


def test_memory_over_the_limit_is_noticed_across_processes(sandbox: Sandbox) -> None:
    program = (
        b"import os, time\nfor _ in range(8):\n    if not os.fork():\n        held = bytearray(b'x') * (60 << 20)\n"
        b"        time.sleep(20)\n        os._exit(0)\ntime.sleep(20)\n"
    )
    run = sandbox.run({"m.py": program}, ["python", "m.py"], Limits(wall_seconds=120, memory_bytes=160 * MEBIBYTE))
    assert run.outcome is Outcome.OUT_OF_MEMORY


def test_a_program_that_is_not_there_gives_an_account(sandbox: Sandbox) -> None:
    run = sandbox.run({}, ["./missing"], LIMITS)
    assert run.exit_code != 0


def test_wrong_files_are_refused_before_anything_runs(sandbox: Sandbox) -> None:
    with pytest.raises(BadInput, match="path inside"):
        sandbox.run({"../a": b""}, ["python", "-c", ""], LIMITS)


def test_twenty_runs_at_once_stay_apart_and_within_their_memory(sandbox: Sandbox) -> None:
    program = (
        b"import os, sys\nheld = bytearray(b'x') * (40 << 20)\nopen('mine', 'w').write(sys.argv[1])\n"
        b"print(sorted(os.listdir('.')), open('mine').read())\n"
    )
    limits = Limits(wall_seconds=120, memory_bytes=128 * MEBIBYTE)
    with ThreadPoolExecutor(20) as pool:
        runs = list(pool.map(lambda n: sandbox.run({"m.py": program}, ["python", "m.py", str(n)], limits), range(20)))
    assert [run.output for run in runs] == [f"['m.py', 'mine'] {number}\n" for number in range(20)]


@pytest.fixture
def control_group() -> Iterator[tuple[str, list[Path]]]:
    """A control group handed over for a test: its name, and its folder in each hierarchy."""
    top, name = Path("/sys/fs/cgroup"), f"patent2tech-test-{os.getpid()}"
    places = [top] if (top / "cgroup.controllers").exists() else [top / "memory", top / "pids"]
    folders = [place / name for place in places]
    try:
        for folder in folders:
            folder.mkdir()
    except OSError:
        pytest.skip("no control group can be made here")
    if not any((folder / "pids.max").exists() for folder in folders):
        folders[0].rmdir()
        pytest.skip("control groups do not count processes here")
    yield name, folders
    for folder in folders:
        folder.rmdir()


def test_a_run_lives_in_a_control_group_that_goes_with_it(control_group: tuple[str, list[Path]]) -> None:
    name, folders = control_group
    seen: dict[str, str] = {}
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.02):
            for folder in folders:
                for path in folder.glob("run-*/*"):
                    if path.name in {"pids.max", "memory.max", "memory.limit_in_bytes", "cgroup.procs"}:
                        with contextlib.suppress(OSError):
                            seen[path.name] = path.read_text() or seen.get(path.name, "")

    watcher = threading.Thread(target=look)
    watcher.start()
    sandbox = StagedSandbox("sandlock", namespaces_can_be_made(), name)
    limits = Limits(processes=20, memory_bytes=100 * MEBIBYTE, wall_seconds=120)
    run = sandbox.run({}, ["python", "-c", "import time; time.sleep(1)"], limits)
    ended.set()
    watcher.join()
    assert run.exit_code == 0, run
    assert int(seen["pids.max"]) < 40
    assert int(seen.get("memory.max") or seen["memory.limit_in_bytes"]) < 200 * MEBIBYTE
    assert seen["cgroup.procs"]
    assert not [path for folder in folders for path in folder.glob("run-*")]


def test_a_control_group_that_is_not_there_is_an_error() -> None:
    with pytest.raises(SandboxUnavailable, match="cannot confine"):
        StagedSandbox("sandlock", cgroup="no-such-group").run({}, ["python", "-c", ""], LIMITS)


def test_no_backend_means_that_nothing_is_run() -> None:
    with pytest.raises(SandboxUnavailable, match="nothing is run"):
        ChosenSandbox("none").run({}, ["python", "-c", "print(1)"], LIMITS)


def test_the_first_backend_that_passes_is_chosen_and_examined_once() -> None:
    chosen = ChosenSandbox()
    assert chosen.run({}, ["python", "-c", "print(1)"], LIMITS).output == "1\n"
    assert chosen.name == ("sandlock" if namespaces_can_be_made() else "sandlock-without-namespaces")
    assert chosen.findings is chosen.findings
    assert chosen.findings[-1].passed


def test_packages_of_ours_that_are_not_for_runs_stay_outside() -> None:
    from patent2tech.sandbox.toolbox import PACKAGES, package_paths

    names = {path.name for path in package_paths(PACKAGES)}
    assert {"numpy", "pytest", "starlette", "werkzeug"} <= names
    assert not names & {"patent2tech", "sandlock", "sqlalchemy", "openai", "mypy"}
    assert not [name for name in names if name.endswith(".pth")]
    assert all(path.exists() for path in package_paths(PACKAGES))
    assert all(Path(path).is_absolute() for path in package_paths(PACKAGES))
