"""`patent2tech eval`: how good the product is on judged sets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from patent2tech.app import App
from patent2tech.cli.output import Console, JsonOption
from patent2tech.errors import NotConfigured
from patent2tech.search import Mode
from patent2tech.settings import load_settings

_NOT_ALL_PASSED = 1

evaluations = typer.Typer(help="Measure the product on judged sets.", no_args_is_help=True)


@evaluations.command("search")
def search(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="corpus.jsonl, queries.jsonl and qrels.tsv (BEIR).")],
    mode: Annotated[list[Mode] | None, typer.Option("--mode", help="Only this mode; may be repeated.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Another corpus.jsonl than the folder's.")] = None,
    only: Annotated[
        str | None, typer.Option(help="Only odd or even lines of queries.jsonl, or the queries of a language as ko.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Another embedding model, as P2T_EMBEDDING_MODEL.")] = None,
    json: JsonOption = False,
) -> None:
    """Rank the queries of a BEIR folder by the product's own index and print measures with 95 % intervals."""
    from patent2tech.search.evaluation import MEASURES, evaluate, read_folder

    console = Console(json=json)
    settings = load_settings()
    if model:
        settings = settings.model_copy(update={"embedding_model": model})
    judged = read_folder(folder, corpus, only)
    with console.progress("evaluating") as progress, App(settings) as app:
        found = evaluate(judged, app.trial_of, tuple(mode) if mode else tuple(Mode), progress)
    lines = [f"{found.corpus} documents, {found.queries} queries, {found.model}"]
    lines.append("  ".join(["mode".ljust(14), *(name.ljust(21) for name in MEASURES)]))
    for name, measures in found.modes.items():
        lines.append("  ".join([name.ljust(14), *(str(measures[each]).ljust(21) for each in MEASURES)]))
    for name, differences in found.against_keyword.items():
        lines.append("  ".join([f"{name}-kw".ljust(14), *(str(differences[each]).ljust(21) for each in MEASURES)]))
    console.result(found.document(), lines)


@evaluations.command("code")
def code(
    problem: Annotated[list[str] | None, typer.Argument(metavar="[PROBLEM]...", help="Default: all of them.")] = None,
    recorded: Annotated[bool, typer.Option("--recorded", help="Replay the recorded answers; needs no model.")] = False,
    language: Annotated[str, typer.Option("--language", help="python; some problems also in c, cpp.")] = "python",
    rounds: Annotated[int, typer.Option("--rounds", min=1, max=20, help="Rounds of running at most.")] = 4,
    json: JsonOption = False,
) -> int:
    """Let the model write code for reference problems; say how many pass a hidden judge, with rounds and cost."""
    from patent2tech.codegen import Effort
    from patent2tech.codegen.evaluation import evaluate as evaluate_code
    from patent2tech.codegen.problems import problem_names, read_problem

    console = Console(json=json)
    problems = [read_problem(name, language) for name in problem or problem_names(language)]
    with console.progress("evaluating") as progress, App(load_settings()) as app:
        model = None if recorded else app.code_model
        if model is None and not recorded:
            raise NotConfigured(
                "no model is configured: set P2T_CODE_MODEL with OPENAI_API_KEY or OPENAI_BASE_URL, "
                "or replay the recorded answers with --recorded"
            )
        found = evaluate_code(problems, model, app.coder.running(), app.derived, Effort(rounds), progress)
    document = found.document()
    lines = [f"{found.model}: {document['passed']} of {document['problems']} pass the hidden judge"]
    for each in found.judged:
        cost = "unknown" if each.result.usage.cost_usd is None else f"${each.result.usage.cost_usd:.4f}"
        verdict = "passed" if each.passed else "wrong " if each.result.status == "verified" else "failed"
        lines.append(f"  {verdict}  {each.name:24} {each.result.status}, {len(each.result.rounds)} rounds, {cost}")
    total = "unknown" if document["cost_usd"] is None else f"${document['cost_usd']:.4f}"
    lines.append(f"rounds  {document['rounds']}, cost {total}")
    console.result(document, lines)
    return 0 if document["passed"] == document["problems"] else _NOT_ALL_PASSED
