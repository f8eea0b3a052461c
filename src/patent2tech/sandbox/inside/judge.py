"""Runs one test module and writes a report that the tested code cannot write.

It is called as `python judge.py KEY REPORT CHILD MODULE ROOT...`; CHILD is `pytest`, or the path of the program for
Node. The parent never loads the tested code. It holds the key that the report is signed with, read and removed after
the child has been split off; the child that runs the tests signs each result with a key of its own, tells the parent
through a pipe, and ends with a result that says that it came to the end. Tests of ours with names made up on the spot,
one that must pass and one that must fail, run before and after the others: where they end otherwise, the machinery of
testing was changed by what it tests.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import sys
from typing import Any

_MAX_REPORT = 1024 * 1024
_MAX_TEXT = 4000
_DUMPABLE = 4
# What only code has use for that looks for us; numbers libraries use some of it themselves.
_SUSPICIOUS = ("ctypes.", "gc.get_", "sys._current_frames", "sys.settrace", "sys.setprofile")


def main() -> None:
    """Split off the child, gather what it tells, and write the signed report."""
    key_path, report_path, kind, module, *roots = sys.argv[1:]
    results, telling = os.pipe()
    waiting, going = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(results)
        os.close(going)
        os.setsid()
        if kind == "pytest":
            _run_pytest(telling, os.read(waiting, 64), module, roots)
        _run_node(kind, telling, waiting, module)
    os.close(telling)
    os.close(waiting)
    with open(key_path, "rb") as file:  # noqa: PTH123 - nothing is loaded that is not needed
        key = file.read()
    os.unlink(key_path)  # noqa: PTH108 - as above
    _hide()
    own_key = secrets.token_bytes(32)
    os.write(going, own_key)
    told = _read_all(results)
    _, status = os.waitpid(child, 0)
    report = json.dumps({"results": _genuine(told, own_key), "status": os.waitstatus_to_exitcode(status)})
    with open(report_path, "x", encoding="utf-8") as file:  # noqa: PTH123 - as above
        file.write(hmac.new(key, report.encode(), hashlib.sha256).hexdigest() + "\n" + report)


def _hide() -> None:
    """Close this process to others of the same user."""
    import ctypes

    ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)


def _read_all(source: int) -> bytes:
    told = b""
    while len(told) < _MAX_REPORT:
        piece = os.read(source, 65536)
        if not piece:
            break
        told += piece
    return told


def _genuine(told: bytes, key: bytes) -> list[Any]:
    """The results that bear the child's signature, in the order in which they were signed."""
    results: list[Any] = []
    for line in told.splitlines():
        signature, _, body = line.partition(b" ")
        signed = hmac.new(key, f"{len(results)} ".encode() + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(signature, signed.encode()):
            return [*results, {"kind": "forged"}]
        results.append(json.loads(body))
    return results


class _Teller:
    """A pytest plugin that tells each result as it comes."""

    def __init__(self, pipe: int, key: bytes) -> None:
        signer, write, dumps, count = hmac.new, os.write, json.dumps, [0]

        def tell(result: dict[str, Any]) -> None:
            body = dumps(result).encode()
            signed = signer(key, f"{count[0]} ".encode() + body, hashlib.sha256).hexdigest()
            count[0] += 1
            write(pipe, signed.encode() + b" " + body + b"\n")

        self.tell = tell

    def pytest_runtest_logreport(self, report: Any) -> None:
        """One phase of one test: its set-up, its call or its tear-down."""
        outcome = "xfailed" if hasattr(report, "wasxfail") else report.outcome
        text = report.longreprtext[-_MAX_TEXT:]
        self.tell({"kind": "test", "id": report.nodeid, "when": report.when, "outcome": outcome, "text": text})

    def pytest_collectreport(self, report: Any) -> None:
        """A module that could not be loaded."""
        if report.failed:
            self.tell({"kind": "collect", "id": report.nodeid, "text": report.longreprtext[-_MAX_TEXT:]})


def _run_node(program: str, telling: int, waiting: int, module: str) -> None:
    """The child becomes Node."""
    os.set_inheritable(telling, True)
    os.set_inheritable(waiting, True)
    node = os.path.join(os.path.dirname(sys.executable), "node")  # noqa: PTH118, PTH120 - as above
    reporter = "file://" + os.path.abspath(program)  # noqa: PTH100 - as above
    options = [f"--test-reporter={reporter}", "--test-reporter-destination=stdout"]
    os.execv(node, ["node", *options, program, str(telling), str(waiting), module])  # noqa: S606 - all of it is ours


def _run_pytest(telling: int, key: bytes, module: str, roots: list[str]) -> None:
    """The child; it never returns."""
    import pytest

    teller = _Teller(telling, key)
    names = [f"test_{secrets.token_hex(4)}" for _ in range(4)]
    own = os.path.join(os.environ["TMPDIR"], secrets.token_hex(8))  # noqa: PTH118 - as above
    os.mkdir(own)  # noqa: PTH102 - as above
    probes = []
    for number in (0, 2):
        passing, failing = names[number], names[number + 1]
        probes.append(f"{own}/{passing}.py")
        with open(probes[-1], "w", encoding="utf-8") as file:  # noqa: PTH123 - as above
            file.write(f"def {passing}():\n    assert 1\n\ndef {failing}():\n    assert 0\n")
    teller.tell({"kind": "probes", "pass": [names[0], names[2]], "fail": [names[1], names[3]]})
    settings = f"{own}/pytest.ini"
    with open(settings, "w", encoding="utf-8") as file:  # noqa: PTH123 - as above
        file.write("[pytest]\n")
    # Behind our own packages, so that no file of the project can stand for one of them.
    sys.path.extend(os.path.abspath(root) for root in roots)  # noqa: PTH100 - as above
    before = _machinery()
    _watch_for_intruders(teller)
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:anyio", "--noconftest", "-c", settings, "--rootdir=."]
    status = pytest.main(
        [*options, "--import-mode=importlib", "--tb=short", probes[0], module, probes[1]], plugins=[teller]
    )
    after = _machinery()
    changed = [name for name in before if after.get(name) is not before[name]]
    if changed:
        teller.tell({"kind": "intruder", "event": f"{changed[0]} was changed", "file": module})
    teller.tell({"kind": "finished", "status": int(status)})
    os._exit(0)


def _machinery() -> dict[str, object]:
    """The code of every function that testing is done with."""
    found: dict[str, object] = {}
    for module, loaded in list(sys.modules.items()):
        if module.partition(".")[0] in {"_pytest", "pluggy", "builtins", "unittest"}:
            for name, value in list(vars(loaded).items()):
                _note(found, f"{module}.{name}", value)
                if isinstance(value, type):
                    for inner, member in list(vars(value).items()):
                        _note(found, f"{module}.{name}.{inner}", member)
    return found


def _note(found: dict[str, object], name: str, value: Any) -> None:
    value = getattr(value, "__func__", value)
    if callable(value):
        found[name] = getattr(value, "__code__", value)


def _watch_for_intruders(teller: _Teller) -> None:
    """Tell when code of the project reaches for the insides of the interpreter; such a hook cannot be removed."""
    project = os.getcwd() + os.sep  # noqa: PTH109 - as above
    frame_of, tell = sys._getframe, teller.tell  # noqa: SLF001 - the only way to know who called
    told: set[str] = set()

    def hook(event: str, _arguments: tuple[Any, ...]) -> None:
        if event.startswith(_SUSPICIOUS) and event not in told:
            caller = frame_of(1).f_code.co_filename
            if caller.startswith((project, "<")) and not caller.startswith("<frozen"):
                told.add(event)
                tell({"kind": "intruder", "event": event, "file": caller.removeprefix(project)})

    sys.addaudithook(hook)


if __name__ == "__main__":
    main()
