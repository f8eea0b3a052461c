"""Reference problems: recorded answers pass their hidden judges; wrong code does not, whatever its own tests say."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

from patent2tech.codegen import CodeStatus, Effort
from patent2tech.codegen.evaluation import evaluate
from patent2tech.codegen.problems import problem_names, read_problem
from patent2tech.codegen.specifying import specify
from patent2tech.codegen.testing import SandboxTester
from patent2tech.errors import NotFound
from patent2tech.sandbox import ChosenSandbox
from patent2tech.store.derived import Derived

# A share in CI; `make eval-code` replays all.
NAMES = os.environ.get("P2T_PROBLEMS", "hash,checksum").split(",")
KINDS = frozenset(
    "checksum compression control_loop error_correcting_code filter geometry hash queueing routing scheduling "
    "sorting_network text_matching".split()
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    return Derived(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def tester(kept: Derived) -> SandboxTester:
    return SandboxTester(ChosenSandbox(), kept)


def test_there_is_a_problem_of_each_kind() -> None:
    assert set(problem_names()) == KINDS


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_plan_covers_every_element_of_the_claim(name: str) -> None:
    problem = read_problem(name)
    requirements = {each.id for each in specify(problem.reading()).requirements}
    planned = {each for file in problem.plan.files for function in file.functions for each in function.requirements}
    assert planned == requirements
    assert len(requirements) >= 3


def test_recorded_answers_pass_the_hidden_judge(tester: SandboxTester, kept: Derived) -> None:
    names = problem_names() if NAMES == ["all"] else NAMES
    found = evaluate([read_problem(name) for name in names], None, tester, kept, Effort())
    assert [each.name for each in found.judged if not each.passed] == []
    document = json.loads(json.dumps(found.document()))
    assert document["passed"] == document["problems"] == len(names)
    assert document["rounds"] >= len(names) + ("hash" in names)
    assert document["verified_but_judged_wrong"] == []


def test_code_that_fools_its_own_tests_does_not_fool_the_judge(tester: SandboxTester, kept: Derived) -> None:
    problem = read_problem("checksum")
    source = problem.files["serial_number.py"]
    # Its own tests never look at a number of more than six characters.
    wrong = source.replace("pow(BASE, at, PRIME)", "pow(BASE, min(at, 6), PRIME)")
    assert wrong != source
    found = evaluate([replace(problem, files={"serial_number.py": wrong})], None, tester, kept, Effort())
    assert found.judged[0].result.status is CodeStatus.VERIFIED
    assert not found.judged[0].passed
    assert found.document()["verified_but_judged_wrong"] == ["checksum"]
    assert found.document()["passed"] == 0


def test_the_writer_never_sees_the_judge() -> None:
    from patent2tech.codegen import prompts

    for name in problem_names():
        problem = read_problem(name)
        shown = prompts.plan_prompt(specify(problem.reading()), problem.interface, ())
        lines = [line.strip() for line in problem.judge.splitlines() if "assert" in line]
        assert lines
        assert not any(line in shown for line in lines)


def test_an_unknown_problem_is_refused_with_the_list() -> None:
    with pytest.raises(NotFound, match="sorting_network"):
        read_problem("alchemy")
