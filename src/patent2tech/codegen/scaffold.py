"""Code without a model: a project that shows the structure of the claims, runs, and says what a person must write."""

from __future__ import annotations

from dataclasses import replace

from patent2tech.codegen.languages import Language
from patent2tech.codegen.outline import outline_of
from patent2tech.codegen.project import Project
from patent2tech.codegen.reports import Tester
from patent2tech.codegen.result import CodeResult, CodeStatus, Ending, Round, not_run
from patent2tech.codegen.specification import Specification
from patent2tech.codegen.tracing import TRACE_FILE, trace_json
from patent2tech.errors import SandboxUnavailable
from patent2tech.text import Note


def scaffold(specification: Specification, language: Language, framework: str) -> Project:
    """The scaffold of all claims of a specification, with the trace that its tests read."""
    project = language.scaffold(outline_of(specification), framework)
    return replace(project, files={**project.files, TRACE_FILE: trace_json(specification, project)})


def scaffolded(
    specification: Specification, language: Language, framework: str, tester: Tester | None, reason: Note
) -> CodeResult:
    """The scaffold with the tests of its structure run, where that is possible; its status is never more."""
    project = scaffold(specification, language, framework)
    rounds: tuple[Round, ...] = ()
    if tester:
        expected = tuple(language.calls({path: project.files[path] for path in project.tests}))
        try:
            rounds = (Round(1, (), tester.test(project, expected)),)
        except SandboxUnavailable as error:
            reason = not_run(error)
    return CodeResult(specification, project, CodeStatus.SCAFFOLD, Ending.NO_MODEL, reason, rounds)
