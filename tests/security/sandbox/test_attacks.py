"""No attack gets out of a sandbox: every attack, on every backend that is here, as root and as an ordinary user."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.sandboxes import BACKENDS, require
from tests.security.sandbox import compiling, host, outside
from tests.security.sandbox.outside import inside

ROOT = Path(__file__).parents[3]
AS_USER = (sys.executable, "-B", "-m", "tests.security.sandbox.ordinary_user")
AT_ONCE = 6  # most of the time is waiting for limits
SECONDS_FOR_ALL = 420


ATTACKS = [*inside.ATTACKS, *host.ATTACKS]
USERS = ("root", "user") if os.geteuid() == 0 else ("user",)
# What an ordinary process may do, so that a run which may not shows the sandbox at work.
NORMAL = (
    "environment_of_another_process command_line_of_the_host secret_file secret_file_by_dots secret_file_by_link "
    "passwords source_of_the_program program_imported other_packages_imported port_of_the_host "
    "port_of_the_host_by_mapped_address datagram_to_the_host unix_socket_of_the_host abstract_socket_of_the_host "
    "set_user_id_programs_work anonymous_file_in_memory mode_and_times_of_a_host_file_changed "
    "priority_of_a_host_process folder_of_the_host_watched"
).split()


def _attacked(backend: str, user: str) -> dict[str, list[Any]]:
    """What came of all attacks; the attacker is a process of its own, since it holds secrets and is attacked."""
    command = [sys.executable, "-B", "-m", outside.__name__, backend]
    if user == "user" and os.geteuid() == 0:
        command = [*AS_USER, *command]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS_FOR_ALL, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[Any]] = json.loads(done.stdout)
    return found


@cache
def _all_attacked() -> dict[tuple[str, str], Any]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        futures = {
            (backend, user): pool.submit(_attacked, backend, user)
            for backend in BACKENDS
            for user in USERS
            if backend != "bubblewrap" or shutil.which("bwrap")
        }
        return {what: future.exception() or future.result() for what, future in futures.items()}


def _attacks_on(backend: str, user: str) -> dict[str, list[Any]]:
    require(backend)
    found = _all_attacked()[backend, user]
    if isinstance(found, BaseException):
        raise found
    assert isinstance(found, dict)
    if not found:
        pytest.skip(f"on this machine a {user} cannot make namespaces")
    return found


def test_there_are_more_than_sixty_attacks() -> None:
    assert len(set(ATTACKS)) == len(ATTACKS) >= 60


@pytest.mark.skipif(
    not (shutil.which("gcc") and shutil.which("g++")),
    reason="this machine has no compilers: apt-get install -y gcc g++",
)
def test_where_there_is_a_compiler_it_is_attacked_too() -> None:
    assert len(compiling.NAMES) == 11
    assert set(compiling.NAMES) <= set(ATTACKS)


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_fails_and_ends_in_time(attack: str, backend: str, user: str) -> None:
    succeeded, seconds, detail = _attacks_on(backend, user)[attack]
    assert not succeeded, detail
    assert seconds < host.SECONDS_FOR_ONE


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start something as another user, unconfined but harmless")
def test_without_a_sandbox_the_same_attacks_get_through() -> None:
    command = [*AS_USER, sys.executable, "-B", "-m", "tests.security.sandbox.unconfined", *NORMAL]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    assert [name for name, (succeeded, *_) in json.loads(done.stdout).items() if succeeded] == NORMAL
