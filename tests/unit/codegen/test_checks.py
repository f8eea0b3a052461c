"""Checks before anything runs: parsing, imports, stubs, tests that call what they test, and the trace."""

from __future__ import annotations

import pytest

from patent2tech.codegen.checking import check, weakened
from patent2tech.codegen.languages import LANGUAGES, Symbol, language_of
from patent2tech.codegen.plan import Plan, plan_faults, read_plan
from patent2tech.codegen.project import Project
from patent2tech.codegen.specifying import specify
from patent2tech.errors import BadInput
from tests.scripted_code import LABEL, PLAN, ROTATION, TESTS, a_reading

PYTHON, SCRIPT, TYPED = LANGUAGES[:3]


def codes(files: dict[str, str], name: str = "python", *symbols: str, framework: str = "none") -> set[str]:
    behind = [Symbol(next(iter(files)), symbol, 1) for symbol in symbols]
    return {fault.code for fault in language_of(name, framework).faults(files, behind, framework)}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("def f(:\n", "does_not_parse"),
        ("x = 1\0", "does_not_parse"),
        ("(" * 2000, "does_not_parse"),
        ("import requests", "import_unknown"),
        ("from torch import nn", "import_unknown"),
        ("import fastapi", "import_unknown"),
        ("import ctypes", "import_refused"),
        ("import subprocess", "import_refused"),
        ("import os\nos._exit(0)", "ends_the_process"),
        ("exec('1')", "runs_text"),
        ("__import__('os')", "runs_text"),
    ],
)
def test_python_that_must_not_run_is_found(content: str, code: str) -> None:
    assert codes({"a.py": content}) == {code}


def test_python_may_use_what_the_sandbox_has() -> None:
    assert codes({"a.py": "import math, numpy, scipy.signal, b\nfrom PIL import Image", "b.py": ""}) == set()
    assert codes({"a.py": "import fastapi"}, framework="fastapi") == set()


@pytest.mark.parametrize(
    "body",
    [
        "pass",
        "...",
        '"""Later."""',
        "raise NotImplementedError",
        "raise NotImplementedError('x')",
        "return None",
        "return 0",
        "return -1.5",
        "return [1, 2, 3]",
        "return {'a': (1, 2)}",
        "x = a + 1  # TODO: the rest\n    return x",
        "# FIXME\n    return a",
    ],
)
def test_a_python_stub_is_found_and_its_neighbour_is_not(body: str) -> None:
    content = f"def f(a):\n    {body}\n\n\ndef g(a):\n    return a + 1\n"
    assert codes({"a.py": content}, "python", "f") == {"stub"}
    assert codes({"a.py": content}, "python", "g") == set()


def test_classes_and_methods_are_symbols_and_stubs() -> None:
    content = "class A:\n    def f(self):\n        pass\n\n\nclass B:\n    size = 4\n"
    content += "    def g(self):\n        return self.size\n"
    assert [each.name for each in PYTHON.symbols({"a.py": content})] == ["A", "A.f", "B", "B.g"]
    assert codes({"a.py": content}, "python", "A") == {"stub"}
    assert codes({"a.py": content}, "python", "A.f") == {"stub"}
    assert codes({"a.py": content}, "python", "B", "B.g") == set()


SCRIPT_TEXT = """
import { readFileSync } from "node:fs";
// function hidden() {}
const text = "function alsoHidden() { return 1; }";
export function rotate(items, { shift = 2 } = {}) {
  const at = /[}]/.test(text) ? 1 : shift;
  return items.slice(-at).concat(`${items[0]}}`);
}
export const sum = (items) => items.reduce((a, b) => a + b, 0);
export const twice = async function (x) { return x * 2; };
export class Counter {
  #count = 0;
  constructor() { this.#count = 1; }
  add(by) { this.#count += by; return this; }
  get value() { return this.#count; }
}
"""


def test_symbols_of_javascript() -> None:
    names = [each.name for each in SCRIPT.symbols({"src/a.js": SCRIPT_TEXT})]
    assert names == ["rotate", "sum", "twice", "Counter", "Counter.add", "Counter.value"]


@pytest.mark.parametrize("symbol", ["rotate", "sum", "twice", "Counter.add", "Counter"])
def test_a_body_of_javascript_is_taken_away_and_nothing_else(symbol: str) -> None:
    emptied = SCRIPT.without_body(SCRIPT_TEXT, symbol)
    assert emptied is not None
    assert emptied != SCRIPT_TEXT
    assert codes({"src/a.js": emptied}, "javascript") == set()
    assert [each.name for each in SCRIPT.symbols({"src/a.js": emptied})] == [
        each.name for each in SCRIPT.symbols({"src/a.js": SCRIPT_TEXT})
    ]
    assert codes({"src/a.js": emptied}, "javascript", symbol) == {"stub"}


def test_typed_functions_of_typescript() -> None:
    content = (
        "export type Pair = { one: number };\n"
        "export function pair<T extends object>(a: T, b: { c: number }): { one: number } {\n  return { one: b.c };\n}\n"
        "export const half = (x: number): number => x / 2;\n"
        "export class Box<T> extends Base<T> implements Other {\n  private readonly x: T;\n"
        "  public open(key: string): Map<string, T> { return new Map([[key, this.x]]); }\n}\n"
    )
    assert [each.name for each in TYPED.symbols({"src/a.ts": content})] == ["pair", "half", "Box", "Box.open"]
    assert codes({"src/a.ts": content}, "typescript", "pair", "half", "Box") == set()
    emptied = TYPED.without_body(content, "pair")
    assert emptied is not None
    assert "{ one: number } {}" in emptied


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("export function f() { return (1; }", "does_not_parse"),
        ("import x from 'left-pad';", "import_unknown"),
        ("import x from './missing.js';", "import_unknown"),
        ("import { exec } from 'node:child_process';", "import_refused"),
        ("const vm = require('vm');", "import_refused"),
        ("process.exit(0);", "ends_the_process"),
        ("eval('1');", "ends_the_process"),
        ("const name = 'fs'; import(name);", "ends_the_process"),
    ],
)
def test_javascript_that_must_not_run_is_found(content: str, code: str) -> None:
    assert codes({"src/a.js": content}, "javascript") == {code}


@pytest.mark.parametrize(
    "body",
    ["{}", "{ return 1; }", "{ return null; }", "{ throw new Error('not implemented'); }", "{ /* TODO */ return a; }"],
)
def test_a_javascript_stub_is_found(body: str) -> None:
    assert codes({"src/a.js": f"export function f(a) {body}"}, "javascript", "f") == {"stub"}


def test_tests_of_javascript_are_known_by_name_with_what_they_call() -> None:
    content = (
        "import { test, it } from 'node:test';\nimport { rotate as turn, Counter } from '../src/a.js';\n"
        "const made = () => new Counter();\n"
        "test('it turns (really)', () => { turn([1]); });\n"
        'it("counts", async () => { made().add(1); });\n'
        "test.skip('skipped', () => { turn([2]); });\n"
    )
    found = SCRIPT.calls({"test/a.test.js": content})
    assert {name: calls & {"rotate", "Counter", "add"} for name, calls in found.items()} == {
        "test/a.test.js::it turns (really)": {"rotate"},
        "test/a.test.js::counts": {"Counter", "add"},
    }


HARMFUL = (
    "../a.py /a.py a/../b.py a\\b.py conftest.py tests/conftest.py pytest.ini sitecustomize.py a.pth a.sh .hidden.py "
    "json.py numpy/x.py"
).split()


@pytest.mark.parametrize("path", [*HARMFUL, "a b.py", "x" * 200 + ".py", ""])
def test_paths_that_could_do_harm_are_refused(path: str) -> None:
    assert PYTHON.path_fault(path)


@pytest.mark.parametrize(
    "path", ["../a.js", "node_modules/x/a.js", "package.json", "src/../a.js", "tsconfig.json", ".npmrc"]
)
def test_script_paths_that_could_do_harm_are_refused(path: str) -> None:
    assert SCRIPT.path_fault(path)


def checked(label: str = LABEL, tests: str = TESTS):
    specification = specify(a_reading())
    files = {"rotation.py": ROTATION, "label.py": label, "tests/test_label.py": tests}
    project = Project("python", "none", files, ("tests/test_label.py",))
    return check(project, Plan.model_validate(PLAN), specification, PYTHON)


def test_a_whole_project_has_a_whole_trace_and_no_faults() -> None:
    found = checked()
    assert found.faults == ()
    assert all(row.complete for row in found.project.trace)


def test_a_function_of_the_plan_that_is_missing_is_a_fault_and_a_gap() -> None:
    found = checked(LABEL.replace("def checksum", "def other"))
    assert "symbol_missing" in {fault.code for fault in found.faults}
    assert [row.complete for row in found.project.trace] == [True, False, True]


def test_a_requirement_that_no_test_calls_is_a_fault() -> None:
    found = checked(tests=TESTS.replace("rotate([1, 2, 3, 4], 1)", "[4, 1, 2, 3]"))
    assert {fault.code for fault in found.faults} == {"untested"}


def test_an_end_to_end_example_is_demanded() -> None:
    assert {fault.code for fault in checked(tests=TESTS.replace("test_example", "test_whole")).faults} == {"no_example"}


def test_deleted_and_weakened_tests_are_found() -> None:
    before = {"tests/test_label.py": TESTS}
    assert weakened(before, before, PYTHON) == ()
    renamed = {"tests/test_label.py": TESTS.replace("test_rotates", "test_turns")}
    assert [fault.code for fault in weakened(before, renamed, PYTHON)] == ["test_deleted"]
    fewer = {"tests/test_label.py": TESTS.replace("assert rotate", "rotate")}
    assert [fault.code for fault in weakened(before, fewer, PYTHON)] == ["test_weakened"]


def a_plan(**changes) -> Plan:
    return Plan.model_validate({**PLAN, **changes})


def test_plans_that_cannot_be_followed_are_told_why() -> None:
    specification = specify(a_reading())
    assert plan_faults(a_plan(), specification, PYTHON) == ()
    files = PLAN["files"]
    circle = [{**files[0], "depends_on": ["label.py"]}, files[1]]
    for wrong, told in (
        ([], "no files"),
        (files[:1], "no function implements R2"),
        (circle, "in a circle"),
        ([*files, files[0]], "planned twice"),
        ([{**files[0], "path": "../x.py"}, files[1]], "plain names"),
        ([{**files[0], "path": "tests/test_x.py"}, files[1]], "tests are written later"),
        ([{**files[0], "depends_on": ["y.py"]}, files[1]], "not planned"),
    ):
        assert any(told in each for each in plan_faults(a_plan(files=wrong), specification, PYTHON)), told


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"files": 3}', b"\xff\xfe", b'{"files": [{"path": 1}]}'])
def test_what_is_no_plan_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(BadInput, match="this is no plan"):
        read_plan(content)
