"""The parts of the stage that can be looked at one by one: the filter, the removal of folders, the users of runs."""

from __future__ import annotations

import errno
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from patent2tech.sandbox.stage.filters import filter_program
from patent2tech.sandbox.stage.removal import remove
from patent2tech.sandbox.toolbox import TOOLS, command_inside
from patent2tech.sandbox.users import lease_user

if TYPE_CHECKING:
    from collections.abc import Sequence

X86 = 0xC000003E
ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, ENOSYS, NO_FAMILY = (0x50000 | number for number in (errno.EPERM, errno.ENOSYS, errno.EAFNOSUPPORT))


def decide(program: bytes, number: int, arguments: Sequence[int] = (), machine: int = X86) -> int:
    """What the kernel would answer: an interpreter of the few instructions that a filter has."""
    data = struct.pack("<IIQ6Q", number, machine, 0, *(list(arguments) + [0] * 6)[:6])
    steps = [struct.unpack_from("<HBBI", program, at) for at in range(0, len(program), 8)]
    at = accumulator = 0
    while True:
        code, if_true, if_false, value = steps[at]
        at += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, value)
        elif code == 0x06:
            return value
        else:
            held = {0x15: accumulator == value, 0x35: accumulator >= value, 0x45: bool(accumulator & value)}[code]
            at += if_true if held else if_false


@pytest.fixture(params=[False, True], ids=["confined", "supervisor"])
def program(request: pytest.FixtureRequest) -> bytes:
    if os.uname().machine != "x86_64":
        pytest.skip("the numbers here are those of x86-64")
    return filter_program(supervisor=request.param)


def test_ordinary_calls_pass(program: bytes) -> None:
    ordinary = (0, 1, 2, 3, 9, 12, 39, 59, 60, 61, 231, 257, 262, 293, 302, 318, 332)
    assert {decide(program, number) for number in ordinary} == {ALLOW}


def test_calls_into_the_kernel_are_refused(program: bytes) -> None:
    refused = (29, 64, 103, 155, 161, 165, 166, 169, 175, 250, 272, 298, 303, 308, 321, 323, 425, 428, 430, 442)
    assert {decide(program, number) for number in refused} == {EPERM}
    assert decide(program, 435) == ENOSYS


def test_calls_into_other_processes_are_for_a_supervisor_only() -> None:
    for number in (101, 310, 311, 317, 319, 438):
        assert decide(filter_program(supervisor=False), number) == EPERM
        assert decide(filter_program(supervisor=True), number) == ALLOW


def test_the_fork_that_is_not_counted_is_closed_under_a_supervisor() -> None:
    assert decide(filter_program(supervisor=True), 57) == EPERM
    assert decide(filter_program(supervisor=False), 57) == ALLOW


def test_new_namespaces_are_refused_and_processes_are_not(program: bytes) -> None:
    assert decide(program, 56, [17]) == ALLOW
    assert decide(program, 56, [0x3D0F00]) == ALLOW
    for flag in (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        assert decide(program, 56, [flag | 17]) == EPERM


def test_only_three_families_of_sockets_exist(program: bytes) -> None:
    answers = {family: decide(program, 41, [family]) for family in range(50)}
    assert {family for family, answer in answers.items() if answer == ALLOW} == {1, 2, 10}
    assert {answer for family, answer in answers.items() if family not in {1, 2, 10}} == {NO_FAMILY}


def test_other_numberings_of_calls_end_the_process(program: bytes) -> None:
    assert decide(program, 39, machine=0x40000003) == KILL
    assert decide(program, 0x40000000 + 39) == KILL


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers here are those of x86-64")
def test_among_our_own_files_and_processes_a_run_changes_only_its_own() -> None:
    among, apart = filter_program(supervisor=True, among_ours=True), filter_program(supervisor=True)
    assert {decide(among, number) for number in (92, 93, 141, 144, 188, 251, 260)} == {EPERM}
    assert {decide(among, number) for number in (90, 91, 132, 235, 268, 280, 452)} == {0x50000}
    assert {decide(among, number, [0]) for number in (203, 302)} == {ALLOW}
    assert {decide(among, number, [77]) for number in (203, 302)} == {EPERM}
    assert {decide(apart, number, [77]) for number in (90, 92, 141, 188, 203, 302)} == {ALLOW}


def test_a_folder_is_removed_however_deep_and_locked(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("kept")
    folder = tmp_path / "run"
    folder.mkdir()
    here = os.open(folder, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    (folder / "way").symlink_to(tmp_path)
    (folder / "locked").mkdir()
    (folder / "locked" / "file").touch()
    (folder / "locked").chmod(0)
    remove(str(folder))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives runs a user of their own")
def test_no_two_runs_share_a_user() -> None:
    with lease_user() as first, lease_user() as second:
        assert first.uid != second.uid
        assert min(first.uid or 0, second.uid or 0) >= 65_536


@pytest.mark.parametrize(
    ("command", "inside"),
    [
        (["python", "main.py", "x"], [f"{TOOLS}/bin/python", "-E", "-s", "-B", "main.py", "x"]),
        (["python", "-m", "pytest"], [f"{TOOLS}/bin/python", "-I", "-B", "-m", "pytest"]),
        (["python"], [f"{TOOLS}/bin/python", "-I", "-B"]),
        (["node", "--test"], [f"{TOOLS}/bin/node", "--test"]),
        (["gcc", "a.c"], ["/usr/bin/gcc", "a.c"]),
        (["./a.out"], ["./a.out"]),
    ],
)
def test_interpreters_are_ours(command: list[str], inside: list[str]) -> None:
    assert command_inside(command, TOOLS) == inside


def test_tools_of_runs_without_namespaces_are_made_once_and_go_with_their_process() -> None:
    program = (
        "import os, signal, sys\nfrom patent2tech.sandbox.shared_tools import shared_tools\n"
        "from patent2tech.sandbox.toolbox import installed_tools\nos.umask(0o077)\n"
        "first, second = (shared_tools(installed_tools()) for _ in range(2))\nassert first == second\n"
        "print(first, oct(os.stat(first + '/opt/tools/lib').st_mode), flush=True)\n"
        "if sys.argv[1] == 'killed': os.kill(os.getpid(), signal.SIGKILL)\n"
    )

    def made(ending: str) -> Path:
        command = [sys.executable, "-B", "-c", program, ending]
        folder, mode = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
        assert mode == "0o40755"
        return Path(folder)

    assert not made("ended").exists()
    left = made("killed")
    assert left.exists()
    assert not made("ended").exists()
    assert not left.exists()
