"""A verdict on tests is ours: tested code can fail, but not make a failure look like a success."""

from __future__ import annotations

import pytest

from patent2tech.sandbox import ChosenSandbox, Limits
from patent2tech.sandbox.verdict import Result, Verdict, expected_node_tests, expected_tests, judge_node, judge_python

SANDBOX = ChosenSandbox()
LIMITS = Limits(wall_seconds=120)
TEST = """
import pytest
from pump import lift

@pytest.mark.parametrize("x", [1, 2])
def test_lifts(x):
    assert lift(x) == x + 1

class TestPump:
    def test_from_zero(self):
        assert lift(0) == 1
"""
GOOD, BAD = "def lift(x): return x + 1\n", "def lift(x): return x\n"
NODE_TEST = """
import { test, describe, it } from "node:test";
import assert from "node:assert";
import { lift } from "../pump.mjs";
test("lifts", () => assert.equal(lift(1), 2));
describe("pump", () => { it('from zero', async () => { assert.equal(lift(0), 1); }); });
"""
NODE_GOOD, NODE_BAD = "export const lift = (x) => x + 1;\n", "export const lift = (x) => x;\n"

CHEATS = {
    "leaves with success": "import os\ndef lift(x): os._exit(0)\n",
    "leaves with success when loaded": "import os\nos._exit(0)\n",
    "ends the interpreter": "print('10 passed')\nraise SystemExit(0)\n",
    "leaves with success at the end": "import atexit, os\natexit.register(os._exit, 0)\n" + BAD,
    "kills the judge": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n" + BAD,
    "makes every report a success": (
        "import _pytest.reports as r\nold = r.TestReport.from_item_and_call.__func__\n"
        "def new(cls, item, call):\n    made = old(cls, item, call)\n    made.outcome = 'passed'\n"
        "    made.longrepr = None\n    return made\nr.TestReport.from_item_and_call = classmethod(new)\n" + BAD
    ),
    "makes only its own tests a success": (
        "import _pytest.python as p\nold = p.Function.runtest\ndef new(self):\n"
        "    if 'pump' not in self.nodeid: return old(self)\np.Function.runtest = new\n" + BAD
    ),
    "takes the tests away": (
        "import sys\nfor module in list(sys.modules.values()):\n"
        "    for name in [n for n in vars(module) if n.startswith('test_')]: delattr(module, name)\n" + BAD
    ),
    "writes to every open file": (
        'import os\nfor n in range(3, 64):\n    try: os.write(n, b\'{"kind": "finished", "status": 0}\\n\')\n'
        "    except OSError: pass\n" + GOOD
    ),
    "looks through all objects": "import gc\ngc.get_objects()\n" + GOOD,
    "writes a report": (
        "import glob\nfor folder in glob.glob('judge-*'):\n    open(folder + '/report', 'w').write('00\\n{}')\n" + GOOD
    ),
    "rewrites the judge": (
        "import glob\nfor path in glob.glob('judge-*/*'):\n    open(path, 'w').write('raise SystemExit(0)')\n" + BAD
    ),
}
PLUGINS = {
    "conftest.py": "def pytest_collection_modifyitems(items): items.clear()\n",
    "tests/conftest.py": "collect_ignore_glob = ['*']\nraise SystemExit(0)\n",
    "pytest.ini": "[pytest]\naddopts = --collect-only\n",
    "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '--co'\n",
    "tox.ini": "[pytest]\naddopts = --co\n",
    "sitecustomize.py": "raise SystemExit(0)\n",
    "pytest.py": "def main(*a, **k): return 0\n",
    "json.py": "raise SystemExit(0)\n",
}
NODE_CHEATS = {
    "leaves with success": "export const lift = () => process.exit(0);\n",
    "leaves with success when loaded": "process.exit(0); export const lift = 1;\n",
    "makes assertions pass": "import a from 'node:assert'; a.equal = () => {};\n" + NODE_BAD,
    "writes to every open file": (
        "import fs from 'fs'; for (let n = 3; n < 64; n++) { try { fs.writeSync(n, '{}\\n'); } catch {} }\n" + NODE_GOOD
    ),
}


def python(pump: str, test: str = TEST, **others: str) -> Verdict:
    files = {"pump.py": pump, "tests/test_pump.py": test, **others}
    return judge_python(SANDBOX, {name: text.encode() for name, text in files.items()}, ["tests/test_pump.py"], LIMITS)


def node(pump: str, test: str = NODE_TEST) -> Verdict:
    files = {"pump.mjs": pump, "tests/pump.test.mjs": test}
    return judge_node(SANDBOX, {name: text.encode() for name, text in files.items()}, ["tests/pump.test.mjs"], LIMITS)


def test_a_good_project_passes() -> None:
    verdict = python(GOOD)
    assert verdict.passed, verdict
    assert [(test.id, test.result) for test in verdict.results] == [
        ("tests/test_pump.py::test_lifts", Result.PASSED),
        ("tests/test_pump.py::TestPump::test_from_zero", Result.PASSED),
    ]


def test_a_bad_project_fails_with_the_reason() -> None:
    verdict = python(BAD)
    assert not verdict.passed
    assert not verdict.problems
    assert "assert 1 == (1 + 1)" in verdict.results[0].text


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_cheating_project_does_not_pass(cheat: str) -> None:
    verdict = python(CHEATS[cheat])
    assert not verdict.passed


def test_configuration_and_plugins_of_the_project_change_nothing() -> None:
    assert python(GOOD, **PLUGINS).passed
    verdict = python(BAD, **PLUGINS)
    assert [test.result for test in verdict.results] == [Result.FAILED, Result.FAILED]


@pytest.mark.parametrize(
    ("addition", "result"),
    [
        ("\n@pytest.mark.skip\ndef test_more(): pass\n", Result.SKIPPED),
        ("\n@pytest.mark.xfail\ndef test_more(): assert 0\n", Result.SKIPPED),
        ("\ndef test_more(): pass\ndel test_more\n", Result.MISSING),
        ("\ndef test_more(): pass\ntest_more.__test__ = False\n", Result.MISSING),
        ("\ndef test_more(): pytest.skip('no')\n", Result.SKIPPED),
    ],
)
def test_a_test_that_is_not_run_is_no_success(addition: str, result: Result) -> None:
    verdict = python(GOOD, TEST + addition)
    assert not verdict.passed
    assert verdict.results[-1].result is result


def test_a_module_without_a_test_or_that_cannot_be_parsed_is_a_problem() -> None:
    assert python(GOOD, "x = 1").problems == ("tests/test_pump.py holds no test",)
    assert not python(GOOD, "def test_(:").passed
    assert not judge_python(SANDBOX, {}, [], LIMITS).passed


def test_words_of_a_failure_carry_no_control_sequences() -> None:
    verdict = python("def lift(x): raise ValueError('\x1b[31mred\x1b]0;title\x07 \u202eend')\n")
    assert "ValueError" in verdict.results[0].text
    assert not {"\x1b", "\x07", "\u202e"} & set(verdict.results[0].text)


def test_a_run_without_end_is_a_problem() -> None:
    files = {"test_a.py": b"def test_a():\n    while True: pass\n"}
    verdict = judge_python(SANDBOX, files, ["test_a.py"], Limits(wall_seconds=3))
    assert verdict.problems == ("test_a.py: the run was ended: timed_out",)


def test_good_and_bad_javascript_are_told_apart() -> None:
    good, bad = node(NODE_GOOD), node(NODE_BAD)
    assert good.passed, good
    assert [(test.id, test.result) for test in bad.results] == [
        ("tests/pump.test.mjs::lifts", Result.FAILED),
        ("tests/pump.test.mjs::from zero", Result.FAILED),
    ]


@pytest.mark.parametrize("cheat", NODE_CHEATS)
def test_a_cheating_javascript_project_does_not_pass(cheat: str) -> None:
    assert not node(NODE_CHEATS[cheat]).passed


def test_expected_tests_are_read_from_the_text() -> None:
    source = b"async def test_a(): 1\ndef help(): 1\nclass TestB:\n    def test_c(self): pass\n    def n(self): 1\n"
    assert list(expected_tests("t.py", source)) == ["t.py::test_a", "t.py::TestB::test_c"]
    assert list(expected_tests("t.py", b"\0")) == []
    script = b"test('a b', f); it(\"c\", f); latest('no'); x.test('no'); test(`d`, f); test('a b', f)"
    assert list(expected_node_tests("t.mjs", script)) == ["t.mjs::a b", "t.mjs::c", "t.mjs::d"]
