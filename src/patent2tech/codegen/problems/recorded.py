"""A model that gives the answers recorded with a problem: it costs nothing and always says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import TypeVar

from pydantic import BaseModel

from patent2tech.codegen.problems.problem import Problem
from patent2tech.errors import ModelUnavailable
from patent2tech.llm import Answer, Ask, Budget, Embedded, Usage

T = TypeVar("T", bound=BaseModel)

_ASKED_FILE = re.compile(r"^Write (\S+) now\.\Z", re.MULTILINE)


class RecordedModel:
    """A `LanguageModel` for one problem."""

    context_tokens = 200_000

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        # Other answers are another model, so that no step of an earlier recording is taken for one of these.
        self.name = f"recorded:{sha256(repr(problem).encode()).hexdigest()[:12]}"

    def answer(self, ask: Ask[T], budget: Budget | None = None) -> Answer[T]:  # noqa: ARG002 - nothing is spent
        """The recorded answer.

        Raises:
            ModelUnavailable: when none was recorded for what is asked.
        """
        return Answer(ask.output.model_validate(self._values(ask)), self.name, Usage())

    def stream(self, ask: Ask[T], budget: Budget | None = None) -> Iterator[T | Answer[T]]:
        """The recorded answer at once."""
        yield self.answer(ask, budget)

    def embed(self, *_: object) -> Embedded:
        """No vectors are recorded.

        Raises:
            ModelUnavailable: always.
        """
        raise ModelUnavailable(f"no vectors are recorded for {self._problem.name}")

    def count_tokens(self, text: str) -> int:
        """About a token for each four bytes."""
        return len(text.encode()) // 4 + 1

    def _values(self, ask: Ask[T]) -> dict[str, object]:
        problem = self._problem
        match ask.purpose:
            case "code.plan":
                return problem.plan.model_dump()
            case "code.file":
                asked = _ASKED_FILE.search(ask.prompt)
                content = {**problem.files, **problem.first}.get(asked[1] if asked else "")
                if content is not None:
                    return {"content": content}
            case "code.tests":
                return {"files": _listed(problem.tests)}
            case "code.repair" if problem.first:
                return {"cause": "recorded", "files": _listed({path: problem.files[path] for path in problem.first})}
        raise ModelUnavailable(f"nothing is recorded for {ask.purpose} of {problem.name}")


def _listed(files: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"path": path, "content": content} for path, content in files.items()]
