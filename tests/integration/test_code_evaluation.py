"""Reference problems: recorded answers pass their hidden judges; wrong code does not, whatever its own tests say."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace

import pytest

from patent2tech.codegen import CodeBuilder, CodeOrder, CodeStatus, Effort
from patent2tech.codegen.evaluation import evaluate, judge
from patent2tech.codegen.problems import RecordedModel, problem_names, read_problem
from patent2tech.codegen.specifying import specify
from patent2tech.codegen.testing import SandboxTester
from patent2tech.errors import BadInput, NotFound
from patent2tech.sandbox import ChosenSandbox
from patent2tech.store.derived import Derived

# A share in CI; `make eval-code` replays all.
NAMES = os.environ.get("P2T_PROBLEMS", "hash,checksum").split(",")
KINDS = frozenset(
    "checksum compression control_loop error_correcting_code filter geometry hash queueing routing scheduling "
    "sorting_network text_matching".split()
)


NATIVE = ("checksum", "hash", "sorting_network")
PROBLEMS = [*(("python", name) for name in sorted(KINDS)), *((each, name) for each in ("c", "cpp") for name in NATIVE)]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    return Derived(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def tester(kept: Derived) -> SandboxTester:
    return SandboxTester(ChosenSandbox(), kept)


def test_there_is_a_problem_of_each_kind() -> None:
    assert set(problem_names()) == KINDS
    assert problem_names("c") == problem_names("cpp") == NATIVE
    assert problem_names("typescript") == ()


@pytest.mark.parametrize(("language", "name"), PROBLEMS)
def test_the_plan_covers_every_element_of_the_claim(language: str, name: str) -> None:
    problem = read_problem(name, language)
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


@pytest.mark.parametrize("language", ["c", "cpp"])
def test_recorded_answers_in_c_and_cpp_pass_the_hidden_judge(
    language: str, tester: SandboxTester, kept: Derived
) -> None:
    compiler = {"c": "gcc", "cpp": "g++"}[language]
    if not shutil.which(compiler):
        pytest.skip(f"this machine has no {compiler}: apt-get install -y {compiler}")
    if NAMES != ["all"] and language == "cpp":
        pytest.skip("replayed by `make eval-code OPTIONS='--recorded --language cpp'`, since it takes a minute")
    names = NATIVE if NAMES == ["all"] else ("checksum",)
    found = evaluate([read_problem(name, language) for name in names], None, tester, kept, Effort())
    assert [each.name for each in found.judged if not each.passed] == []


def test_c_that_fools_its_own_tests_does_not_fool_the_judge(tester: SandboxTester, kept: Derived) -> None:
    if not shutil.which("gcc"):
        pytest.skip("this machine has no gcc: apt-get install -y gcc")
    problem = read_problem("checksum", "c")
    source = problem.files["src/serial_number.c"]
    wrong = source.replace("weight = weight * BASE % PRIME", "weight = weight > 30 ? weight : weight * BASE % PRIME")
    assert wrong != source
    builder = CodeBuilder(lambda: RecordedModel(problem), tester, kept)
    result = builder.build(problem.reading(), CodeOrder(language="c"))
    changed = replace(result, project=replace(result.project, files={**problem.files, "src/serial_number.c": wrong}))
    report = judge(problem, changed, tester)
    assert [each.test.split("::")[1] for each in report.failed][:1] == ["check_characters"]


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

    for language, name in PROBLEMS:
        problem = read_problem(name, language)
        shown = prompts.plan_prompt(specify(problem.reading()), problem.interface, ())
        lines = [line.strip() for line in problem.judge.splitlines() if "assert" in line or "CHECK" in line]
        assert lines
        assert not any(line in shown for line in lines)


def test_an_unknown_problem_is_refused_with_the_list() -> None:
    with pytest.raises(NotFound, match="sorting_network"):
        read_problem("alchemy")
    with pytest.raises(NotFound, match="in c; there are checksum, hash, sorting_network"):
        read_problem("filter", "c")
    with pytest.raises(BadInput, match="javascript"):
        read_problem("hash", "cobol")
