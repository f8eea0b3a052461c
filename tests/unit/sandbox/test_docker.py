"""The container backend against an engine that speaks the real interface and runs what it is told, unconfined."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from patent2tech.errors import BadInput, SandboxUnavailable
from patent2tech.sandbox import ChosenSandbox, DockerSandbox, Limits, Outcome
from patent2tech.sandbox.docker import _unpack
from tests.unit.sandbox.engine_stand_in import EngineStandIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LIMITS = Limits(wall_seconds=120, output_bytes=1000, memory_bytes=1 << 30)
Connect = "Callable[..., tuple[DockerSandbox, EngineStandIn]]"


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Callable[..., tuple[DockerSandbox, EngineStandIn]]]:
    engines = []

    def make(broken: str = "", **options: Any) -> tuple[DockerSandbox, EngineStandIn]:
        path = tmp_path / f"engine{len(engines)}.sock"
        engines.append(EngineStandIn(path, broken=broken))
        return DockerSandbox(f"unix://{path}", **options), engines[-1]

    yield make
    for engine in engines:
        assert engine.left == {}, "a container was left"
        engine.close()


def test_a_program_runs_on_its_files_and_gives_results_back(connect) -> None:
    sandbox, _ = connect()
    program = (
        b"import sys, other, os\nprint('out', other.N)\nprint('err', file=sys.stderr)\n"
        b"os.makedirs('deep')\nopen('deep/r.json', 'w').write('{}')\nos.symlink('/etc/passwd', 'l.json')\nsys.exit(3)\n"
    )
    run = sandbox.run({"main.py": program, "other.py": b"N = 7"}, ["python", "main.py"], LIMITS, ["*.json"])
    assert (run.outcome, run.exit_code, run.output, run.errors) == (Outcome.EXITED, 3, "out 7\n", "err\n")
    assert run.files == {"deep/r.json": b"{}"}
    assert run.backend == "docker"


def test_the_engine_is_asked_for_every_limit(connect) -> None:
    sandbox, engine = connect(runtime="runsc", image="ours:1")
    sandbox.run({}, ["python", "-c", ""], LIMITS)
    sandbox.run({}, ["python", "-c", ""], LIMITS)
    first, second = engine.asked
    host = first["HostConfig"]
    assert (first["Image"], host["Runtime"]) == ("ours:1", "runsc")
    assert (host["NetworkMode"], first["NetworkDisabled"], host["ReadonlyRootfs"]) == ("none", True, True)
    assert (host["CapDrop"], host["SecurityOpt"], host["IpcMode"]) == (["ALL"], ["no-new-privileges"], "none")
    assert host["Memory"] == host["MemorySwap"] == LIMITS.memory_bytes
    assert host["PidsLimit"] == LIMITS.processes + 1
    assert f"size={LIMITS.workspace_bytes},nr_inodes={LIMITS.workspace_files}" in host["Tmpfs"]["/work"]
    assert not {"Binds", "Mounts", "Privileged", "CapAdd", "Devices", "PidMode"} & set(host)
    assert first["Env"] == []
    assert first["User"] != second["User"]
    assert min(int(asked["User"].split(":")[0]) for asked in engine.asked) >= 200_000


def test_time_output_and_signals_are_accounted_for(connect) -> None:
    sandbox, _ = connect()
    slow = sandbox.run({}, ["python", "-c", "import time; time.sleep(60)"], Limits(wall_seconds=1))
    assert (slow.outcome, slow.exit_code) == (Outcome.TIMED_OUT, None)
    loud = sandbox.run({}, ["python", "-c", "print('\\x1b[31mx' * 9999)"], LIMITS)
    assert loud.output_cut
    assert len(loud.output) <= LIMITS.output_bytes
    assert "\x1b" not in loud.output
    killed = sandbox.run({}, ["python", "-c", "import os; os.kill(os.getpid(), 9)"], LIMITS)
    assert (killed.outcome, killed.exit_code) == (Outcome.KILLED, -9)


def test_output_without_end_is_ended(connect) -> None:
    sandbox, _ = connect()
    limits = Limits(wall_seconds=120, output_bytes=1000, workspace_bytes=10_000)
    run = sandbox.run({}, ["python", "-c", "while True: print('x' * 1000)"], limits)
    assert run.outcome is Outcome.KILLED
    assert run.output_cut


def test_a_first_process_that_dies_is_no_success(connect) -> None:
    sandbox, _ = connect()
    code = "import os; os.kill(os.getppid(), 9)"
    assert sandbox.run({}, ["python", "-c", code], LIMITS).outcome is Outcome.KILLED
    short, _ = connect(broken="memory")
    assert short.run({}, ["python", "-c", code], LIMITS).outcome is Outcome.OUT_OF_MEMORY


@pytest.mark.parametrize("step", ["create", "attach", "start"])
def test_an_engine_that_fails_says_so_and_keeps_nothing(connect, step: str) -> None:
    sandbox, _ = connect(broken=step)
    with pytest.raises(SandboxUnavailable, match=f"cannot {step}"):
        sandbox.run({}, ["python", "-c", ""], LIMITS)


def test_no_engine_and_an_engine_elsewhere_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="does not serve"):
        DockerSandbox(f"unix://{tmp_path}/none.sock").run({}, ["python", "-c", ""], LIMITS)
    with pytest.raises(SandboxUnavailable, match="DOCKER_HOST"):
        DockerSandbox("tcp://10.0.0.1:2375").run({}, ["python", "-c", ""], LIMITS)


def test_an_engine_that_confines_nothing_is_not_used(connect) -> None:
    sandbox, engine = connect()
    chosen = ChosenSandbox("docker", sandbox)
    with pytest.raises(SandboxUnavailable, match="nothing is run"):
        chosen.run({}, ["python", "-c", ""], LIMITS)
    assert {
        "could read a file of the host",
        "could reach a port of the host",
        "could reach an abstract socket of the host",
        "could fork without end",
        "could fill the disk",
    } <= set(chosen.findings[0].failures)
    assert len(engine.asked) == 2


def test_paths_that_lead_out_are_refused_before_the_engine_is_asked(connect) -> None:
    sandbox, engine = connect()
    for files in ({"../a": b""}, {"/a": b""}, {"a": b"", "a/b": b""}):
        with pytest.raises(BadInput):
            sandbox.run(files, ["python", "-c", ""], LIMITS)
    assert engine.asked == []


def test_an_archive_that_nobody_vouches_for_gives_only_plain_files() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, kind in (
            ("../up", b"0"),
            ("/abs", b"0"),
            ("link", b"2"),
            ("hard", b"1"),
            ("pipe", b"6"),
            ("good", b"0"),
        ):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname, entry.size = kind, "/etc/passwd", 4 if kind == b"0" else 0
            archive.addfile(entry, io.BytesIO(b"data") if kind == b"0" else None)
        entry = tarfile.TarInfo("large")
        entry.size = 500
        archive.addfile(entry, io.BytesIO(bytes(500)))
    limits = Limits(file_bytes=400)
    assert _unpack(packed.getvalue(), ["*"], limits).files == {"good": b"data"}
    assert len(_unpack(packed.getvalue(), ["*"], limits).left_out) == 6
    assert _unpack(b"nonsense" * 200, ["*"], limits).left_out == ["'': the archive of results is broken"]
    assert _unpack(packed.getvalue()[:700], ["*"], limits).files == {}
