"""The builder: code for a patent by a configured model, or its scaffold, tested where a sandbox allows it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from patent2tech.codegen.generating import Effort, Generation
from patent2tech.codegen.languages import language_of
from patent2tech.codegen.plan import Plan, plan_faults
from patent2tech.codegen.pricing import Estimate, estimate
from patent2tech.codegen.prompts import PROMPT_VERSION
from patent2tech.codegen.reports import Tester
from patent2tech.codegen.result import CodeResult
from patent2tech.codegen.scaffold import scaffolded
from patent2tech.codegen.specification import Specification
from patent2tech.codegen.specifying import main_claim, specify
from patent2tech.codegen.steps import Steps
from patent2tech.errors import BadInput, NotConfigured, SandboxUnavailable
from patent2tech.llm import LanguageModel
from patent2tech.llm.budget import SpendingLimit
from patent2tech.reading import Reading
from patent2tech.store.derived import Derived
from patent2tech.text import Note

SCAFFOLD_VERSION = "scaffold-2"


@dataclass(frozen=True, slots=True)
class CodeOrder:
    """What code is asked for: without `claims` the main claim, with a `limit_usd` never at a higher price.

    `interface` is what the code must offer, as its signature. `scaffold` asks for no more than the structure.
    """

    language: str = "python"
    framework: str = "none"
    claims: tuple[int, ...] = ()
    interface: str = ""
    plan: Plan | None = None
    effort: Effort = field(default_factory=Effort)
    limit_usd: Decimal | None = None
    scaffold: bool = False


@dataclass(frozen=True, slots=True)
class PlannedCode:
    """A plan to look at and change before money is spent on it, with what following it may cost."""

    specification: Specification
    plan: Plan
    estimate: Estimate


def silent(_: str) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class CodeBuilder:
    """Writes code for patents; `model` gives `None` where none is configured."""

    model: Callable[[], LanguageModel | None]
    tester: Tester | None
    kept: Derived

    def running(self) -> Tester:
        """The tester.

        Raises:
            SandboxUnavailable: when there is none.
        """
        if self.tester is None:
            raise SandboxUnavailable("code is not run here, because no sandbox is set up: P2T_SANDBOX names one")
        return self.tester

    def fingerprint(self, order: CodeOrder) -> str:
        """Changes when the same reading would give other code."""
        try:
            model = None if order.scaffold else self.model()
            name = model.name if model else ""
        except NotConfigured as error:
            name = str(error)
        parts = [SCAFFOLD_VERSION, PROMPT_VERSION, name, repr(order)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    def build(self, reading: Reading, order: CodeOrder, progress: Callable[[str], None] = silent) -> CodeResult:
        """Write the code, run its tests and repair it; without a model, the scaffold of all claims.

        Raises:
            BadInput: when language, framework, claims or plan are none that can be followed.
        """
        language = language_of(order.language, order.framework)
        model = None if order.scaffold else self.model()
        if model is None:
            specification = _some(specify(reading))
            progress("scaffold")
            reason = Note.of("code.ending.no_model")
            return scaffolded(specification, language, order.framework, self.tester, reason)
        return self._generation(reading, order, model, progress).run()

    def plan(self, reading: Reading, order: CodeOrder, progress: Callable[[str], None] = silent) -> PlannedCode:
        """Make the plan alone, with an estimate of what following it may cost.

        Raises:
            NotConfigured: when there is no model.
            BadInput: when no plan without faults came of it.
        """
        model = self.model()
        if model is None:
            raise NotConfigured(
                "a plan needs a model: set P2T_CODE_MODEL with OPENAI_API_KEY or OPENAI_BASE_URL; "
                "without one, `patent2tech code` writes a scaffold"
            )
        generation = self._generation(reading, order, model, progress)
        plan = generation.planned()
        if plan is None:
            raise BadInput("the model gave no plan that covers the claims; try another model, or fewer claims")
        return PlannedCode(generation.specification, plan, estimate(plan, generation))

    def _generation(
        self, reading: Reading, order: CodeOrder, model: LanguageModel, progress: Callable[[str], None]
    ) -> Generation:
        language = language_of(order.language, order.framework)
        specification = chosen(specify(reading), order.claims)
        if order.plan and (faults := plan_faults(order.plan, specification, language)):
            raise BadInput(f"the plan cannot be followed: {faults[0]}")
        budget = None if order.limit_usd is None else SpendingLimit(order.limit_usd)
        return Generation(
            specification,
            language,
            order.framework,
            Steps(model, self.kept, budget),
            self.tester,
            order.effort,
            order.interface,
            progress,
            order.plan,
        )


def chosen(specification: Specification, claims: tuple[int, ...]) -> Specification:
    """The specification with the claims asked for and all that they build on; without any, the main claim.

    Raises:
        BadInput: when a claim is not there.
    """
    specification = _some(specification)
    wanted = list(claims) or [main_claim(specification) or 0]
    numbers: set[int] = set()
    while wanted:
        number = wanted.pop()
        claim = specification.claim(number)
        if claim is None:
            raise BadInput(f"there is no claim {number} to implement; its number may be cancelled")
        numbers.add(number)
        if claim.parent is not None and claim.parent not in numbers:
            wanted.append(claim.parent)
    return specification.only(frozenset(numbers))


def _some(specification: Specification) -> Specification:
    if not specification.claims:
        raise BadInput("the document has no claims, so there is nothing to write code for")
    return specification
