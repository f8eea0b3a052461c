"""Code written by a model over real HTTP, run in a real sandbox, repaired, stopped, and never believed too early."""

from __future__ import annotations

from decimal import Decimal

import pytest

from patent2tech.codegen import CodeStatus, Effort, Ending, Plan
from patent2tech.errors import BadInput
from patent2tech.sandbox import ChosenSandbox
from tests.scripted_code import LABEL, TESTS, WRONG_LABEL, Writer


def test_code_that_works_at_once_is_verified_in_one_round(written):
    result = written(Writer())
    assert (result.status, result.ending, len(result.rounds)) == (CodeStatus.VERIFIED, Ending.PASSED, 1)
    assert result.report.failed == ()
    assert len(result.report.passed) == 4
    assert result.mutants == 3
    assert result.usage.calls == 4
    assert result.usage.cost_usd > 0
    assert [(row.file, row.symbol, row.test.split("::")[1]) for row in result.project.trace] == [
        ("rotation.py", "rotate", "test_rotates_to_the_right"),
        ("label.py", "checksum", "test_checksum_multiplies_by_the_position"),
        ("label.py", "label", "test_label_is_modulo_97"),
    ]
    assert [each.note.wording() for each in result.assumptions][-1] == "Positions count from 1."


def test_wrong_code_is_repaired_with_the_real_error_in_round_2(written):
    writer = Writer(files={**Writer().files, "label.py": WRONG_LABEL}, repairs=[{"label.py": LABEL}])
    result = written(writer)
    assert (result.status, len(result.rounds)) == (CodeStatus.VERIFIED, 2)
    assert {each.test.split("::")[1] for each in result.rounds[0].report.failed} >= {
        "test_checksum_multiplies_by_the_position",
        "test_label_is_modulo_97",
    }
    assert "test_label_is_modulo_97" in writer.prompts[-1]
    assert "assert [50, 50, 50] == [50, 50, 53]" in writer.prompts[-1]


def test_code_that_never_passes_has_failed_and_keeps_its_last_report(written):
    worse = [{"label.py": WRONG_LABEL.replace("% 98", f"% {modulus}")} for modulus in (99, 100, 101, 102)]
    result = written(Writer(files={**Writer().files, "label.py": WRONG_LABEL}, repairs=worse), effort=Effort(rounds=4))
    assert (result.status, result.ending) == (CodeStatus.FAILED, Ending.PLATEAU)
    assert result.report.failed
    assert len(result.rounds) == 3


def test_a_plan_is_priced_and_a_changed_one_is_followed_without_asking_again(written):
    writer = Writer()
    planned = written(writer, only_plan=True)
    assert writer.asked == ["Plan"]
    estimate = planned.estimate
    assert (estimate.calls_least, estimate.calls_most) == (3, 6)
    assert 0 < estimate.usd_least < estimate.usd_most
    changed = planned.plan.model_copy(update={"assumptions": []})
    result = written(writer, plan=changed)
    assert writer.asked == ["Plan", "FileAnswer", "FileAnswer", "TestsAnswer"]
    assert result.status is CodeStatus.VERIFIED
    assert result.usage.cost_usd <= estimate.usd_most
    assert all(each.note.code != "code.assumption.planned" for each in result.assumptions)


def test_a_plan_that_a_person_broke_is_refused_before_anything_is_paid(written):
    writer = Writer()
    broken = Plan.model_validate({**writer.plan, "files": writer.plan["files"][:1]})
    with pytest.raises(BadInput, match="no function implements R2"):
        written(writer, plan=broken)
    assert writer.asked == []


def test_the_number_of_rounds_is_a_limit(written):
    writer = Writer(files={**Writer().files, "label.py": WRONG_LABEL}, repairs=[{"label.py": LABEL}])
    result = written(writer, effort=Effort(rounds=1))
    assert (result.status, result.ending, len(result.rounds)) == (CodeStatus.FAILED, Ending.ROUNDS, 1)
    assert "RepairAnswer" not in writer.asked


def test_work_over_its_budget_stops_before_the_call_that_would_break_it(written):
    writer = Writer()
    result = written(writer, limit_usd=Decimal("0.038"))
    assert (result.status, result.ending) == (CodeStatus.FAILED, Ending.BUDGET)
    assert result.usage.cost_usd <= Decimal("0.038")
    assert 0 < len(writer.asked) < 4


def test_code_is_not_executed_where_no_sandbox_works(written):
    result = written(Writer(), sandbox=ChosenSandbox("none"))
    assert (result.status, result.ending) == (CodeStatus.NOT_EXECUTED, Ending.NO_SANDBOX)
    assert result.report is None
    assert result.project.files["label.py"] == LABEL


def test_work_over_its_time_stops(written):
    result = written(Writer(), effort=Effort(seconds=0.0))
    assert (result.status, result.ending) == (CodeStatus.FAILED, Ending.TIME)


STUBS = {
    "empty": "    pass",
    "ellipsis": "    ...",
    "not implemented": '    raise NotImplementedError("later")',
    "constant": "    return 11",
    "to do": "    # TODO: sum the products\n    return sum(items)",
}


@pytest.mark.parametrize("body", STUBS.values(), ids=STUBS)
def test_a_stub_behind_a_requirement_is_never_run(body, written):
    stub = LABEL.replace("    return sum(item * position for position, item in enumerate(items, 1))", body)
    result = written(Writer(files={**Writer().files, "label.py": stub}, repairs=[{"label.py": stub}]))
    assert result.status is CodeStatus.FAILED
    assert result.report is None
    assert {fault.code for fault in result.rounds[0].faults} == {"stub"}


def test_tests_that_pass_without_the_function_are_no_proof(written):
    weak = TESTS.replace("== [50, 50, 150 - 97]", "!= []").replace("== [2, 3, 1, 11]", "!= []")
    writer = Writer(tests={"tests/test_label.py": weak}, repairs=[{"tests/test_label.py": TESTS}])
    result = written(writer)
    assert result.rounds[0].survivors == ("label",)
    assert "every test still passes when label does nothing" in writer.prompts[-1]
    assert (result.status, len(result.rounds)) == (CodeStatus.VERIFIED, 2)


CHEATS = {
    "a conftest that passes everything": {
        "conftest.py": "import pytest\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_runtest_makereport(item, call):\n"
        "    outcome = yield\n    outcome.get_result().outcome = 'passed'\n"
    },
    "an end of the process with success": {"label.py": "import os\n" + WRONG_LABEL + "\nos._exit(0)\n"},
    "an end by sys.exit": {"label.py": "import sys\n" + WRONG_LABEL + "\nsys.exit(0)\n"},
    "a forged report": {
        "label.py": "import pathlib\n" + WRONG_LABEL + "\nfor place in ('report.xml', 'report.json', 'report'):\n"
        "    pathlib.Path(place).write_text('{\"passed\": 4, \"failed\": 0}')\nprint('4 passed in 0.01s')\n"
    },
    "a test runner that is patched": {
        "label.py": "import pytest\npytest.Item.runtest = lambda self: None\n"
        "pytest.Function.runtest = lambda self: None\n" + WRONG_LABEL
    },
    "assertions that are patched away": {
        "label.py": WRONG_LABEL + "\nclass Always(list):\n    __eq__ = lambda self, other: True\n    __hash__ = None\n"
        "import builtins\nbuiltins.AssertionError = type('Quiet', (Exception,), {})\n"
    },
    "tests that are deleted": {"tests/test_label.py": "def test_example():\n    assert True\n"},
    "tests that are skipped": {
        "tests/test_label.py": TESTS.replace("def test_", "@pytest.mark.skip\ndef test_").replace(
            '"""Tests of the labelled list."""', "import pytest"
        )
    },
    "tests without assertions": {"tests/test_label.py": TESTS.replace("assert ", "")},
    "a project of a module of Python": {"unittest.py": "def main(): pass\n", "label.py": WRONG_LABEL},
    "settings of the runner": {"pytest.ini": "[pytest]\naddopts = --co\n", "tests/pytest.ini": "[pytest]\n"},
    "a start-up file": {"sitecustomize.py": "import os\nos._exit(0)\n", "x.pth": "import os; os._exit(0)\n"},
}


@pytest.mark.parametrize("change", CHEATS.values(), ids=CHEATS)
def test_cheating_in_a_repair_never_verifies_wrong_code(change, written):
    writer = Writer(files={**Writer().files, "label.py": WRONG_LABEL}, repairs=[change])
    result = written(writer, effort=Effort(rounds=2))
    assert result.status is CodeStatus.FAILED
    assert not {"conftest.py", "pytest.ini", "sitecustomize.py", "x.pth", "unittest.py"} & result.project.files.keys()
    assert len([test for row in result.project.trace if (test := row.test)]) == 3


def test_a_repair_cannot_take_tests_away(written):
    writer = Writer(
        files={**Writer().files, "label.py": WRONG_LABEL},
        repairs=[{"tests/test_label.py": "def test_example():\n    assert True\n"}],
    )
    result = written(writer, effort=Effort(rounds=2))
    assert result.project.files["tests/test_label.py"] == TESTS


def test_a_plan_that_leaves_a_claim_element_out_is_asked_for_again_with_the_reason(written):
    gap = {**Writer().plan, "files": Writer().plan["files"][:1]}
    writer = Writer(plan=gap)
    result = written(writer)
    assert (result.status, result.ending) == (CodeStatus.FAILED, Ending.PLAN)
    assert writer.asked == ["Plan"] * 3
    assert "no function implements R2" in writer.prompts[1]
