"""The commands put together, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import gc
import logging
import signal
import sys
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from patent2tech.app import version
from patent2tech.cli import (
    analysing,
    coding,
    doctor,
    evaluating,
    figures,
    importing,
    pack,
    reading,
    searching,
    serving,
    shaping,
)
from patent2tech.cli.output import Console, asked_language, wants_json
from patent2tech.errors import P2TError
from patent2tech.search.wording import refused
from patent2tech.settings import keep_to_one_thread
from patent2tech.text.notes import Lang

_INTERRUPTED = 130
_FAILED = 1
_GARBAGE_THRESHOLD = 100_000
_USAGE = 2

cli = typer.Typer(
    name="patent2tech",
    help="Turn a patent into something that an engineer can build from: a tech pack.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _print_version(asked: bool) -> None:
    if asked:
        Console(json=False).result(None, (version(),))
        raise typer.Exit


@cli.callback()
def _about(
    version_asked: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Options of the program as a whole."""


cli.command("pack")(pack.pack)
cli.command("read")(reading.read)
cli.command("code")(coding.code)
cli.command("analyse")(analysing.analyse)
cli.command("figures")(figures.figures)
cli.command("shape")(shaping.shape)
cli.command("import")(importing.import_)
cli.command("search")(searching.search)
cli.add_typer(searching.index, name="index")
cli.add_typer(evaluating.evaluations, name="eval")
cli.command("serve")(serving.serve)
cli.command("doctor")(doctor.doctor)


def main() -> None:
    """Run a command; exit codes: 0 done, 1 failed, 2 usage, 3 bad input, 4 needs something not configured."""
    # A command's objects live until its end; looking for garbage among them often costs a tenth of a pack's time.
    gc.set_threshold(_GARBAGE_THRESHOLD)
    keep_to_one_thread()
    # Python would die at once on SIGTERM and leave the embedded database running.
    signal.signal(signal.SIGTERM, _leave)
    sys.exit(run(sys.argv[1:]))


def _leave(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


def run(arguments: list[str]) -> int:
    """Run a command and give its exit code."""
    try:
        code = cli(arguments, standalone_mode=False)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one place where anything becomes a message
        code, name, message = _explained(error, asked_language(arguments))
        if message:
            Console(json=wants_json(arguments)).error(name, message)
    return code if isinstance(code, int) else 0


def _explained(error: Exception, lang: Lang) -> tuple[int, str, str]:
    """Exit code, name and one sentence for an error."""
    match error:
        case P2TError():
            return error.exit_code, error.code, refused(error, lang)
        case typer.Abort():
            return _INTERRUPTED, "interrupted", "interrupted"
        case TyperException():
            return _USAGE, "usage", getattr(error, "format_message", error.__str__)()
        case OSError():
            place = f": {error.filename}" if error.filename else ""
            return _FAILED, "failed", f"{error.strerror or error}{place}"
        case _:
            logging.getLogger("patent2tech").debug("unexpected", exc_info=error)
            kind = f"{type(error).__name__}: {error}"
            return _FAILED, "defect", f"this is a defect of patent2tech, please report it: {kind}"
