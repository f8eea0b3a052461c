"""`patent2tech doctor`: what is set up, whether it works, and mending what can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption
from patent2tech.errors import P2TError
from patent2tech.settings import load_settings

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
    except P2TError as error:
        yield Finding("database", False, str(error))


def _sandbox(app: App) -> Finding:
    """Fine without one, since the program then says of each code that it was not run."""
    try:
        return Finding("sandbox", True, f"{app.sandbox.name}, passed its self-test")
    except P2TError as error:
        return Finding("sandbox", True, f"none: {error}")


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
