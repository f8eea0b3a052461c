"""Compiles a project in C or C++ with one test module, runs each test in a process of its own, and tells what it said.

It is called as `python native_judge.py KEY REPORT ORDER`. It never loads anything of the project and holds no expected
value: what a test reports is a claim, which whoever asked compares with what the test's text demands. The report is
signed with a key that is read and removed before the first compiler starts.
"""

from __future__ import annotations

import ctypes
import hashlib
import hmac
import json
import os
import secrets
import select
import signal
import subprocess
import sys
import time
from typing import Any

_DUMPABLE = 4
_MAX_TEXT = 4000
_MAX_TOLD = 4 * 1024 * 1024
_MOST_VALUES = 3  # a check in a loop reports often; wrong values show in the first few that differ
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}


def main() -> None:
    """Compile, run, and write the signed report."""
    key_path, report_path, order_path = sys.argv[1:]
    ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)  # closed to others of the same user
    with open(key_path, "rb") as file:  # noqa: PTH123 - nothing is loaded that is not needed
        key = file.read()
    with open(order_path, encoding="utf-8") as file:  # noqa: PTH123 - as above
        order = json.load(file)
    for path in (key_path, order_path):
        os.unlink(path)  # noqa: PTH108 - as above
    report = json.dumps(_judged(order))
    with open(report_path, "x", encoding="utf-8") as file:  # noqa: PTH123 - as above
        file.write(hmac.new(key, report.encode(), hashlib.sha256).hexdigest() + "\n" + report)


def _judged(order: dict[str, Any]) -> dict[str, Any]:
    folder = os.path.join(os.environ["TMPDIR"], secrets.token_hex(8))  # noqa: PTH118 - as above
    os.mkdir(folder, 0o700)  # noqa: PTH102 - as above
    program = f"{folder}/program"
    try:
        problem, warnings = _compiled(order, folder, program)
    except FileNotFoundError:
        return {"missing": order["compiler"]}
    if problem:
        return {"problem": problem, "tests": []}
    return {"problem": "", "warnings": warnings, "tests": [_ran(order, program, at) for at in range(order["count"])]}


def _compiled(order: dict[str, Any], folder: str, program: str) -> tuple[str, str]:
    """Why there is no program, if there is none, and what the compiler warned of."""
    os.makedirs(os.path.dirname(order["module"]) or ".", exist_ok=True)  # noqa: PTH103, PTH120 - as above
    objects: list[str] = []
    warnings = ""
    for compiler, flags, path in order["units"]:
        objects.append(f"{folder}/{len(objects)}.o")
        said = _called([compiler, *flags, "-c", f"./{path}", "-o", objects[-1]])
        if said[0]:
            return said[1] or f"{path}: the compiler was ended", ""
        warnings += said[1]
    for path in order["own"]:
        os.unlink(path)  # noqa: PTH108 - as above
    status, said_ = _called([order["compiler"], *order["link"], *objects, "-lm", "-o", program])
    for path in objects:
        os.unlink(path)  # noqa: PTH108 - as above
    return (said_ or "the linker was ended" if status else ""), warnings[-_MAX_TEXT:]


def _called(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(
        command,
        env={**_ENVIRONMENT, "TMPDIR": os.environ["TMPDIR"]},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace")[:_MAX_TEXT]


def _ran(order: dict[str, Any], program: str, test: int) -> dict[str, Any]:
    """What one test claimed: the values of its checks, whether it came to its end, and how its process ended."""
    results, telling = os.pipe()
    asking, saying = os.pipe()
    word = secrets.token_hex(16)
    os.write(saying, word.encode())
    os.close(saying)
    errors = os.open(f"{program}.errors", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    os.unlink(f"{program}.errors")  # noqa: PTH108 - as above
    process = subprocess.Popen(
        [program, str(telling), str(asking), str(test)],
        env=_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stderr=errors,
        pass_fds=(telling, asking),
        start_new_session=True,
    )
    os.close(telling)
    os.close(asking)
    told, timed_out = _heard(results, process, time.monotonic() + order["seconds"])
    os.close(results)
    said = os.pread(errors, _MAX_TEXT, max(0, os.fstat(errors).st_size - _MAX_TEXT)).decode("utf-8", "replace")
    os.close(errors)
    claims, ended = _claims(told, word)
    return {"claims": claims, "ended": ended, "status": process.returncode, "timed_out": timed_out, "text": said}


def _heard(source: int, process: subprocess.Popen[bytes], deadline: float) -> tuple[bytes, bool]:
    """All that comes until the process has ended; what others hold open is not waited for."""
    ended, told = os.pidfd_open(process.pid), b""
    os.set_blocking(source, False)
    over = timed_out = False
    while not over:
        left = deadline - time.monotonic()
        timed_out = left <= 0
        ready = [] if timed_out else select.select([source, ended], [], [], left)[0]
        over = timed_out or ended in ready or len(told) > _MAX_TOLD
        told += _read(source, told)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    os.close(ended)
    return told, timed_out


def _read(source: int, told: bytes) -> bytes:
    found = b""
    try:
        while len(told) + len(found) <= _MAX_TOLD and (piece := os.read(source, 65536)):
            found += piece
    except BlockingIOError:
        pass
    return found


def _claims(told: bytes, word: str) -> tuple[list[list[str]], bool]:
    """Each check with the values that were told of it under the run's word, and whether the test told its end."""
    found: dict[str, list[str]] = {}
    ended = False
    for line in told.decode("ascii", "replace").split("\n"):
        if not line:
            continue
        if ended or not line.startswith(f"{word} "):
            return [["forged"]], False
        check, _, value = line[len(word) + 1 :].partition(" ")
        if check == "end" and not value:
            ended = True
        elif value not in found.setdefault(check, []) and len(found[check]) < _MOST_VALUES:
            found[check].append(value[:10_000])
    return [[check, *values] for check, values in found.items()], ended


if __name__ == "__main__":
    main()
