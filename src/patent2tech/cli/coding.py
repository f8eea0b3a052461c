"""`patent2tech code`: write code for a patent, run its tests, and say what may be said of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from patent2tech.app import App, now
from patent2tech.cli.output import Console, JsonOption, LangOption, SourceArgument, labelled
from patent2tech.errors import BadInput
from patent2tech.reading import read
from patent2tech.settings import load_settings
from patent2tech.text.notes import Lang, Note

if TYPE_CHECKING:
    from patent2tech.codegen import CodeOrder, CodeResult, PlannedCode

_FAILED = 1


def code(
    source: SourceArgument,
    language: Annotated[str, typer.Option("--language", help="python, javascript, typescript, c, cpp.")] = "python",
    framework: Annotated[str, typer.Option("--framework", help="none; fastapi, flask (Python); express.")] = "none",
    out: Annotated[Path, typer.Option("--out", help="Folder that receives the project's folder and ZIP.")] = Path(
        "code"
    ),
    claim: Annotated[
        list[int] | None, typer.Option("--claim", help="A claim to implement; may be repeated. Default: the main one.")
    ] = None,
    interface: Annotated[str, typer.Option("--interface", help="What the code must offer, as its signature.")] = "",
    plan: Annotated[
        Path | None, typer.Option("--plan", help="Follow this plan (a file that --plan-only wrote).")
    ] = None,
    plan_only: Annotated[
        bool, typer.Option("--plan-only", help="Write the plan to OUT/plan.json, say what it may cost, and stop.")
    ] = False,
    scaffold: Annotated[bool, typer.Option("--scaffold", help="Write the scaffold even where a model is set.")] = False,
    rounds: Annotated[int, typer.Option("--rounds", min=1, max=20, help="Rounds of running at most.")] = 4,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="Seconds that the work may take.")] = 900.0,
    max_cost: Annotated[float | None, typer.Option("--max-cost", min=0, help="US dollars that it may cost.")] = None,
    lang: LangOption = Lang.EN,
    json: JsonOption = False,
) -> int:
    """Write code for a patent's claim, run its tests in the sandbox, repair it, and pack it with its trace."""
    from patent2tech.codegen import CodeOrder, Effort, read_plan

    console = Console(json=json)
    order = CodeOrder(
        language=language,
        framework=framework,
        claims=tuple(claim or ()),
        interface=interface,
        plan=read_plan(_content(plan)) if plan else None,
        effort=Effort(rounds, seconds),
        limit_usd=None if max_cost is None else Decimal(str(max_cost)),
        scaffold=scaffold,
    )
    with console.progress(f"code for {source}") as progress, App(load_settings()) as app:
        reading = read(app.patent(source), now().date())
        if plan_only:
            _tell_plan(app.coder.plan(reading, order, progress), out, lang, console)
            return 0
        result = app.coder.build(reading, order, progress)
        _tell_result(result, order, out, lang, console)
    return _FAILED if result.status == "failed" else 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"the plan {path} cannot be read: {error.strerror}") from None


def _tell_plan(planned: PlannedCode, out: Path, lang: Lang, console: Console) -> None:
    out.mkdir(parents=True, exist_ok=True)
    path = out / "plan.json"
    path.write_text(planned.plan.model_dump_json(indent=2) + "\n", encoding="utf-8")
    estimate = planned.estimate
    document = {
        "number": planned.specification.number,
        "plan": planned.plan.model_dump(mode="json"),
        "file": str(path.resolve()),
        "estimate": {
            "calls_least": estimate.calls_least,
            "calls_most": estimate.calls_most,
            "usd_least": _number(estimate.usd_least),
            "usd_most": _number(estimate.usd_most),
        },
    }
    lines = [labelled("plan", lang, path)]
    for file in planned.plan.files:
        lines.append(f"  {file.path}: {file.purpose}")
        lines += [f"    {each.signature}  [{', '.join(each.requirements)}]" for each in file.functions]
    lines += [labelled("assumed", lang, each.text) for each in planned.plan.assumptions]
    calls = {"calls": estimate.calls_least, "most_calls": estimate.calls_most}
    price = (
        Note.of("cli.code.price_unknown", **calls)
        if estimate.usd_most is None
        else Note.of("cli.code.price", usd=f"{estimate.usd_least:.4f}", most=f"{estimate.usd_most:.4f}", **calls)
    )
    lines.append(labelled("price", lang, price.wording(lang)))
    console.result(document, lines)


def _tell_result(result: CodeResult, order: CodeOrder, out: Path, lang: Lang, console: Console) -> None:
    from patent2tech.codegen import CodeRead, package, package_name, write_package

    files = package(result, lang)
    folder, archive = write_package(package_name(result), files, out)
    document = CodeRead.of(result, files, lang).model_dump(mode="json")
    report = result.report
    tests = (
        Note.of("code.tests.ran", passed=len(report.passed), failed=len(report.failed), backend=report.backend)
        if report
        else Note("code.tests.none")
    )
    rows = result.project.trace
    trace = Note.of("cli.code.trace", complete=sum(row.complete for row in rows), number=len(rows))
    lines = [
        f"{result.specification.number}  {order.language}, {order.framework}",
        labelled("status", lang, f"{Note(f'code.status.{result.status}').wording(lang)} {result.reason.wording(lang)}"),
        labelled("tests", lang, tests.wording(lang)),
        labelled("trace", lang, trace.wording(lang)),
        labelled("folder", lang, folder),
        labelled("zip", lang, archive),
    ]
    console.result({**document, "folder": str(folder.resolve()), "zip": str(archive.resolve())}, lines)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
