"""Keeps docs/reference.md equal to the code, and every relative link of the documents alive.

Run with --write to write the reference anew.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer

from patent2tech import errors
from patent2tech.api import create_api
from patent2tech.app import App
from patent2tech.cli.main import cli
from patent2tech.settings import Settings

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference.md"
DOCUMENTS = (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/data/**/*.md"))
_LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")


def reference() -> str:
    """The reference document that the code gives."""
    lines = [
        "# Reference",
        "",
        "Written from the code by `python scripts/check_docs.py --write`; `make check` fails when they differ.",
        "",
        "## Commands",
        "",
        *_commands(),
        "",
        "Exit codes: 0 done, 1 failed, 2 usage, 3 bad input, 4 needs something that is not configured.",
        "",
        "## HTTP",
        "",
        "| method | path | what |",
        "|---|---|---|",
        *_routes(),
        "",
        "## Settings",
        "",
        "From the environment or a `.env` file in the working folder.",
        "",
        "| variable | default | what |",
        "|---|---|---|",
        *_settings(),
        "",
        "## Errors",
        "",
        "`code` stands in `--json` and in problem documents.",
        "",
        "| code | HTTP | exit | what |",
        "|---|---|---|---|",
        *_errors(),
        "",
    ]
    return "\n".join(lines)


def _commands() -> Iterator[str]:
    yield from _commands_of(typer.main.get_command(cli), "patent2tech")


def _commands_of(group: Any, path: str) -> Iterator[str]:
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from _commands_of(command, f"{path} {name}")
            continue
        yield f"### `{path} {name}`"
        yield ""
        yield (command.help or "").strip()
        yield ""
        for parameter in command.params:
            shown = (
                ", ".join(f"`{each}`" for each in parameter.opts)
                if parameter.opts[0].startswith("-")
                else (f"`{parameter.metavar or parameter.name.upper()}`")
            )
            yield f"- {shown}: {getattr(parameter, 'help', '') or ''}"
        yield ""


def _routes() -> Iterator[str]:
    # Not the user's library: its schema may be another version's.
    with TemporaryDirectory(prefix="p2t-docs-") as folder, App(Settings(P2T_DATA_DIR=Path(folder))) as app:  # type: ignore[call-arg] # by alias
        paths = create_api(app).openapi()["paths"]
    for path, methods in sorted(paths.items()):
        for method, operation in methods.items():
            yield f"| {method.upper()} | `{path}` | {operation.get('summary', '')} |"


def _settings() -> Iterator[str]:
    for field in Settings.model_fields.values():
        if field.default_factory:
            default = "`$XDG_DATA_HOME/patent2tech`"
        else:
            default = f"`{field.default}`" if field.default is not None else "unset"
        yield f"| `{field.validation_alias}` | {default} | {field.description} |"


def _errors() -> Iterator[str]:
    for _, kind in inspect.getmembers(errors, inspect.isclass):
        if issubclass(kind, errors.P2TError):
            what = (kind.__doc__ or "").strip().split("\n")[0]
            yield f"| `{kind.code}` | {kind.status} | {kind.exit_code} | {what} |"


def dead_links() -> Iterator[str]:
    """Relative links that lead nowhere."""
    for document in DOCUMENTS:
        for target in _LINK.findall(document.read_text(encoding="utf-8")):
            if not (document.parent / target).exists():
                yield f"{document.relative_to(ROOT)}: {target}"


def main() -> int:
    """Compare, or write."""
    if "--write" in sys.argv:
        REFERENCE.write_text(reference(), encoding="utf-8")
    problems = [f"dead link in {link}" for link in dead_links()]
    if not REFERENCE.exists() or REFERENCE.read_text(encoding="utf-8") != reference():
        problems.append("docs/reference.md differs from the code: run `python scripts/check_docs.py --write`")
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
