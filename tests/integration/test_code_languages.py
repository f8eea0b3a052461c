"""JavaScript, TypeScript, C and C++ by a model over real HTTP: repaired, and wrong and cheating tests are caught."""

from __future__ import annotations

import re
import shutil

import pytest

from patent2tech.codegen import CodeStatus, Effort
from tests.scripted_code import Writer
from tests.scripted_languages import SCRIPTED, Scripted

COMPILERS = {"c": "gcc", "cpp": "g++"}
SCRIPTS = ("javascript", "typescript")


def scripted(language: str) -> Scripted:
    """The project in a language, or a skip that says what this machine lacks for it."""
    compiler = COMPILERS.get(language)
    if compiler and not shutil.which(compiler):
        pytest.skip(f"this machine has no {compiler}: apt-get install -y {compiler}")
    return SCRIPTED[language]


def writer(project: Scripted, **changes) -> Writer:
    """Who writes the project right, but for what is changed."""
    return Writer(**{"plan": project.plan, "files": dict(project.files), "tests": dict(project.tests), **changes})


@pytest.mark.parametrize("language", SCRIPTED)
def test_wrong_code_is_repaired_with_the_real_error_in_round_2(language, written):
    project = scripted(language)
    asked = writer(
        project,
        files={**project.files, project.main: project.wrong},
        repairs=[{project.main: project.files[project.main]}],
    )
    result = written(asked, language=language)
    assert (result.status, len(result.rounds), result.mutants) == (CodeStatus.VERIFIED, 2, 3)
    failed = {each.test.split("::")[1].replace(" ", "_") for each in result.rounds[0].report.failed}
    assert failed >= {"checksum_multiplies_by_the_position", "label_is_modulo_97"}
    assert re.search(r"expected.*11|11 !== 8|8 !== 11", asked.prompts[-1], re.DOTALL)
    rows = [(row.symbol, row.test.split("::")[1].replace(" ", "_")) for row in result.project.trace]
    assert rows == [
        ("rotate", "rotates_to_the_right"),
        ("checksum", "checksum_multiplies_by_the_position"),
        ("label", "label_is_modulo_97"),
    ]


@pytest.mark.parametrize("language", ["typescript", "c"])
def test_a_test_that_expects_the_wrong_value_fails_and_may_be_corrected(language, written):
    project = scripted(language)
    tests = {project.test: project.tests[project.test].replace("150 - 97", "150 - 96")}
    result = written(writer(project, tests=tests, repairs=[project.tests]), language=language)
    assert [each.test.split("::")[1].replace(" ", "_") for each in result.rounds[0].report.failed] == [
        "label_is_modulo_97"
    ]
    assert (result.status, len(result.rounds)) == (CodeStatus.VERIFIED, 2)


@pytest.mark.parametrize("language", ["javascript", "c"])
def test_tests_that_pass_without_the_function_are_no_proof(language, written):
    project = scripted(language)
    weak = (
        project.tests[project.test]
        .replace("assert.deepEqual(label([50, 50], 0), [50, 50, 150 - 97])", "assert.ok(label !== null)")
        .replace("assert.deepEqual(label([1, 2, 3]), [2, 3, 1, 11])", "label([1]); assert.ok(true)")
        .replace("CHECK_INTS(found, 3, 50, 50, 150 - 97)", "CHECK_INT(items[0], 50)")
        .replace("CHECK_INTS(found, 4, 2, 3, 1, 11)", "CHECK_INT(items[1], 2)")
    )
    result = written(writer(project, tests={project.test: weak}), language=language, effort=Effort(rounds=1))
    assert result.status is CodeStatus.FAILED
    assert result.rounds[0].survivors == ("label",)


HEAD = 'import assert from "node:assert/strict";\nimport { test } from "node:test";\n'
CHEATING_SCRIPTS = {
    "tests that are skipped": lambda text: text.replace('test("', 'test.skip("'),
    "tests that are to do": lambda text: re.sub(r'test\("([\w ]+)", ', r'test("\1", { todo: true }, ', text),
    "tests that are skipped by an option": lambda text: re.sub(
        r'test\("([\w ]+)", ', r'test("\1", { skip: true }, ', text
    ),
    "tests that skip themselves": lambda text: re.sub(
        r'test\("([\w ]+)", \(\) => {', r'test("\1", (context) => { context.skip(); return;', text
    ),
    "assertions that are caught": lambda text: re.sub(r"(assert\.\w+\(.*\));", r"try { \1; } catch {}", text),
    "assertions that nobody waits for": lambda text: re.sub(
        r"(assert\.\w+\(.*\));", r"setTimeout(() => { \1; }, 60_000).unref();", text
    ),
    "assertions that are changed": lambda text: (
        HEAD + "assert.equal = assert.deepEqual = () => {};\n" + text.removeprefix(HEAD)
    ),
    "an end with success": lambda text: text + "process.exit(0);\n",
    "names that are made while it runs": lambda text: text.replace('test("', 'test("" + "'),
    "functions of its own in place of the project's": lambda text: (
        re.sub(r"import \{ (?:checksum|rotate).*\n", "", text)
        + "function rotate() { return [4, 1, 2, 3]; }\nfunction checksum() { return 11; }\n"
        + "function label(items) { return items.length === 2 ? [50, 50, 53] : [2, 3, 1, 11]; }\n"
    ),
}


@pytest.mark.parametrize("cheat", CHEATING_SCRIPTS)
def test_cheating_tests_of_a_script_never_verify_wrong_code(cheat, written):
    language = SCRIPTS[list(CHEATING_SCRIPTS).index(cheat) % 2]
    project = scripted(language)
    text = CHEATING_SCRIPTS[cheat](project.tests[project.test])
    assert text != project.tests[project.test]
    wrong = writer(project, files={**project.files, project.main: project.wrong}, tests={project.test: text})
    assert written(wrong, language=language, effort=Effort(rounds=1)).status is CodeStatus.FAILED


CHEATING_C = {
    "checks that are defined": (
        "test_not_judged",
        lambda text: text.replace("TEST(rot", "#define CHECK_INT(a, b)\nTEST(rot", 1),
    ),
    "values that are computed": ("test_not_judged", lambda text: text.replace("150 - 97", "found[2]")),
    "conditions alone": (
        "test_compares_nothing",
        lambda text: text.replace("CHECK_INTS(found, 4, 4, 1, 2, 3)", "CHECK(found[0] == 4)"),
    ),
    "a constructor": ("runs_text", lambda text: text + "__attribute__((constructor)) static void f(void) { }\n"),
    "an end": ("ends_the_process", lambda text: text.replace("CHECK_INT(", "exit(0); CHECK_INT(")),
    "a header of the system": (
        "import_unknown",
        lambda text: text.replace("#include", "#include <unistd.h>\n#include", 1),
    ),
    "a file of the host": (
        "import_refused",
        lambda text: text.replace("#include", '#include "/etc/passwd"\n#include', 1),
    ),
    "a bracket too few": ("does_not_parse", lambda text: text.rstrip().removesuffix("}")),
    "no end-to-end example": ("no_example", lambda text: text.replace("example_from", "from")),
}


@pytest.mark.parametrize("cheat", CHEATING_C)
def test_cheating_tests_in_c_are_never_run(cheat, written):
    code, change = CHEATING_C[cheat]
    project = SCRIPTED["c"]
    text = change(project.tests[project.test])
    assert text != project.tests[project.test]
    result = written(writer(project, tests={project.test: text}), language="c", effort=Effort(rounds=1))
    assert (result.status, result.report) == (CodeStatus.FAILED, None)
    assert code in {fault.code for fault in result.rounds[0].faults}


def test_a_repair_in_c_takes_no_check_away(written):
    project = scripted("c")
    weaker = project.tests[project.test].replace("    CHECK_INTS(found, 3, 50, 50, 150 - 97);\n", "")
    wrong = writer(project, files={**project.files, project.main: project.wrong}, repairs=[{project.test: weaker}])
    result = written(wrong, language="c", effort=Effort(rounds=2))
    assert result.status is CodeStatus.FAILED
    assert result.project.files[project.test] == project.tests[project.test]
