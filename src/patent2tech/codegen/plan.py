"""The plan of a project: files, their functions, in which order they are written, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from patent2tech.codegen.languages import Language
from patent2tech.codegen.specification import Specification
from patent2tech.errors import BadInput


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class PlannedFunction(_Value):
    """One function, method (`Class.method`) or class, and the requirements that it implements."""

    name: str = Field(description="Name as defined; methods as Class.method.")
    signature: str = Field(description="The full signature with types.")
    summary: str = Field(description="One sentence: what it does.")
    requirements: list[str] = Field(
        default_factory=list, description="Ids such as R3 that it implements; may be empty."
    )


class PlannedFile(_Value):
    """One source file."""

    path: str = Field(description="Path in the project.")
    purpose: str = Field(description="One sentence.")
    depends_on: list[str] = Field(default_factory=list, description="Paths of files of this plan that it imports.")
    functions: list[PlannedFunction]


class PlannedAssumption(_Value):
    """Something that the code takes for granted and the patent does not say."""

    text: str = Field(description="One sentence with the concrete value or choice.")
    requirement: str = Field(default="", description="The id of the requirement that it belongs to, or empty.")


class Plan(_Value):
    """What will be written; a person may change it before money is spent on it."""

    files: list[PlannedFile]
    assumptions: list[PlannedAssumption] = Field(default_factory=list)
    example: str = Field(description="One end-to-end example: concrete inputs and the result that the claim demands.")

    def in_order(self) -> tuple[PlannedFile, ...]:
        """The files with those first that others import.

        Raises:
            ValueError: when files import each other in a circle.
        """
        waiting = {file.path: file for file in self.files}
        done: list[PlannedFile] = []
        while waiting:
            ready = [file for file in waiting.values() if not (set(file.depends_on) & waiting.keys() - {file.path})]
            if not ready:
                raise ValueError("files import each other in a circle: " + ", ".join(waiting))
            done.extend(waiting.pop(file.path) for file in ready)
        return tuple(done)

    def homes(self, requirement: str) -> Iterator[tuple[str, str]]:
        """Each file and function that implements a requirement."""
        for file in self.files:
            for function in file.functions:
                if requirement in function.requirements:
                    yield file.path, function.name.removesuffix("()")


def plan_faults(plan: Plan, specification: Specification, language: Language) -> tuple[str, ...]:
    """What forbids to follow a plan, as sentences that the planner can act on."""
    return tuple(_faults(plan, specification, language))


def _faults(plan: Plan, specification: Specification, language: Language) -> Iterator[str]:
    paths = [file.path for file in plan.files]
    if not paths:
        yield "the plan has no files"
    for path in paths:
        yield from _path_faults(path, language)
    yield from (f"{path!r} is planned twice" for path in sorted({path for path in paths if paths.count(path) > 1}))
    for file in plan.files:
        unknown = [other for other in file.depends_on if other not in paths]
        yield from (f"{file.path!r} depends on {other!r}, which is not planned" for other in unknown)
    try:
        plan.in_order()
    except ValueError as circle:
        yield str(circle)
    yield from _coverage_faults(plan, specification)


def _path_faults(path: str, language: Language) -> Iterator[str]:
    if problem := language.path_fault(path):
        yield f"{path!r}: {problem}"
    elif not path.endswith(language.suffixes):
        yield f"{path!r}: source files end in {' or '.join(language.suffixes)}"
    elif language.is_test(path):
        yield f"{path!r}: tests are written later and are no part of the plan"


def _coverage_faults(plan: Plan, specification: Specification) -> Iterator[str]:
    known = {requirement.id for requirement in specification.requirements}
    claimed = {each for file in plan.files for function in file.functions for each in function.requirements}
    for missing in sorted(known - claimed, key=lambda each: int(each[1:])):
        yield f"no function implements {missing}"
    for unknown in sorted(claimed - known):
        yield f"there is no requirement {unknown!r}"


def read_plan(content: bytes) -> Plan:
    """A plan that a person may have changed.

    Raises:
        BadInput: when it is no plan; the message says where.
    """
    try:
        return Plan.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(
            f"this is no plan: {'.'.join(map(str, first['loc'])) or 'the document'}: {first['msg']}"
        ) from None
