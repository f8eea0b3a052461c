"""The code's own section of the page and of the report: status, command, trace, tests, assumptions, files."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from markupsafe import Markup

from patent2tech.codegen import CodeResult, CodeStatus
from patent2tech.patents import Locator
from patent2tech.techpack.contributions import Section
from patent2tech.techpack.highlighting import STYLE, highlight
from patent2tech.techpack.page.anchors import fragment
from patent2tech.techpack.page.wording import both, place, said
from patent2tech.text.markdown import escape_markdown
from patent2tech.text.notes import Lang, Note

# What the page shows in full; more than this is in the ZIP, so that a patent of 200 claims still opens at once.
_MOST_SHOWN_CHARACTERS: Final = 120_000
_LARGEST_LINK_BYTES: Final = 1_000_000
_ORDER: Final = {".py": 0, ".js": 0, ".ts": 0, ".md": 2}
_STYLE: Final = (
    """
.code-status { padding: .75rem 1rem; border-left: 4px solid var(--line-strong); background: var(--sunk); }
.code-status[data-status="verified"] { border-color: #2f7d32; }
.code-status[data-status="failed"] { border-color: #b3261e; }
.code h3 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; }
.code pre {
  overflow-x: auto; padding: .75rem 1rem; background: var(--sunk); border-radius: .5rem; font-size: .8125rem;
  line-height: 1.5; overflow-wrap: normal;
}
.code-trace { max-height: 40rem; overflow: auto; border-block: 1px solid var(--line); }
.code table { width: 100%; min-width: 40rem; table-layout: fixed; border-collapse: collapse; font-size: .875rem; }
.code th:first-child { width: 3.5rem; }
.code th:nth-child(n+3) { width: 27%; }
.code thead th { position: sticky; top: 0; background: var(--paper); }
.code td a { text-underline-offset: .35em; }
.code th, .code td { padding: .4em .5em; border-bottom: 1px solid var(--line); vertical-align: top; text-align: left; }
.code td code { overflow-wrap: anywhere; }
.code .gap { color: var(--warn); font-weight: 600; }
.code ul { display: grid; gap: .25rem; }
.code-file { border-bottom: 1px solid var(--line); }
.code-file summary { padding: .5rem 0; }
.code-download {
  display: inline-block; margin: 1rem 0 0; padding: .5rem .9rem; border: 1px solid var(--accent); border-radius: .5rem;
  text-decoration: none;
}
"""
    + STYLE
)


def code_section(result: CodeResult, files: Mapping[str, bytes], name: str, archive: bytes, lang: Lang) -> Section:
    """The section of one project; `archive` is its ZIP, which the page holds so that it can be saved offline."""
    shown = dict(_shown(files))
    html = Markup("\n").join(
        [
            *_status(result),
            *_download(name, archive),
            _heading("code.command"),
            Markup("<p>{}</p>\n<pre><code>{}</code></pre>").format(both("code.command.text"), command(result)),
            *_tests(result),
            *_trace(result, list(shown)),
            *_notes("code.readme.assumptions", (said(each.note) for each in result.assumptions)),
            *_notes("code.readme.not_disclosed", _gaps(result)),
            *_files(shown, len(files) - len(shown)),
        ]
    )
    return Section(html, "\n".join(_markdown(result, name, lang)), style=_STYLE)


def command(result: CodeResult) -> str:
    """What to type to write this code again."""
    project = result.project
    return (
        f"patent2tech code {result.specification.number} --language {project.language} --framework {project.framework}"
    )


def _status(result: CodeResult) -> Iterator[Markup]:
    yield Markup('<p class="code-status" data-status="{}"><strong>{}</strong> {}</p>').format(
        result.status, both(f"code.status.{result.status}"), said(result.reason)
    )
    if result.status is not CodeStatus.VERIFIED:
        yield Markup("<p>{}</p>").format(both(f"code.not_working.{result.status}"))
    if result.project.stand_ins and result.report:
        yield Markup("<p>{}</p>").format(both("code.stand_in", framework=result.project.framework))
    yield Markup('<p class="aside">{}: {} · {}: {} · {}: {}</p>').format(
        both("code.prov.model"),
        result.model or both("code.prov.none"),
        both("code.prov.rounds"),
        len(result.rounds),
        both("code.prov.cost"),
        both("code.prov.cost.unknown") if result.usage.cost_usd is None else f"${result.usage.cost_usd:.4f}",
    )


def _download(name: str, archive: bytes) -> Iterator[Markup]:
    if len(archive) <= _LARGEST_LINK_BYTES:
        yield Markup(
            '<p><a class="code-download" download="{}.zip" href="data:application/zip;base64,{}">{}</a></p>'
        ).format(name, base64.b64encode(archive).decode("ascii"), both("code.download"))
    else:
        yield Markup("<p><code>code/{}.zip</code></p>").format(name)


def _tests(result: CodeResult) -> Iterator[Markup]:
    report = result.report
    yield _heading("code.report")
    if report is None:
        yield Markup("<p>{}</p>").format(both("code.tests.none"))
        for fault in result.rounds[-1].faults if result.rounds else ():
            yield Markup("<p><code>{}</code> {}</p>").format(fault.file or fault.code, fault.message)
        return
    told = both("code.tests.ran", passed=len(report.passed), failed=len(report.failed), backend=report.backend)
    yield Markup("<p>{}</p>").format(told)
    lines = [report.fault or "", *(f"{each.test}\n{each.message}" for each in report.failed)]
    lines += [f"passed  {test}" for test in report.passed]
    text = "\n".join(line for line in lines if line)
    if text:
        yield Markup("<details><summary>{}</summary>\n<pre>{}</pre></details>").format(both("code.report"), text)


def _trace(result: CodeResult, shown: list[str]) -> Iterator[Markup]:
    texts = {each.id: each.text for each in result.specification.requirements}
    gap = Markup('<span class="gap">{}</span>').format(both("code.trace.gap"))
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(both(f"code.trace.{column}"))
        for column in ("requirement", "element", "symbol", "test")
    )
    yield Markup('<h3 id="sec-code-trace">{}</h3>').format(both("code.readme.trace"))
    region = Markup('<div class="code-trace" tabindex="0" role="region" aria-labelledby="sec-code-trace">\n')
    yield region + Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>").format(head)
    for row in result.project.trace:
        claim = Locator.claim(row.claim)
        symbol: Markup = gap
        if row.file and row.symbol:
            symbol = _name(row.symbol)
            if row.file in shown:
                symbol = Markup('<a href="#{}">{}</a>').format(_anchor(shown.index(row.file)), symbol)
        test = _name(row.test.rsplit("::", 1)[-1]) if row.test else gap
        yield Markup(
            '<tr><td>{}</td><td lang="{}"><a class="place" href="{}">{}</a> {}</td><td>{}</td><td>{}</td></tr>'
        ).format(
            row.requirement,
            result.specification.language,
            fragment(claim.anchor),
            place(claim),
            texts[row.requirement],
            symbol,
            test,
        )
    yield Markup("</tbody>\n</table>\n</div>")


def _name(name: str) -> Markup:
    """A long name that may be broken behind its underscores."""
    return Markup("<code>{}</code>").format(Markup("_<wbr>").join(name.split("_")))


def _gaps(result: CodeResult) -> Iterator[Markup]:
    for gap in result.specification.not_disclosed:
        yield Markup("{} {}").format(gap.requirement, said(gap.note))


def _notes(code: str, items: Iterable[Markup]) -> Iterator[Markup]:
    listed = [Markup("<li>{}</li>").format(item) for item in items]
    if listed:
        yield _heading(code)
        yield Markup("<ul>\n{}\n</ul>").format(Markup("\n").join(listed))


def _files(shown: Mapping[str, str], left_out: int) -> Iterator[Markup]:
    yield _heading("code.files")
    for position, (path, content) in enumerate(shown.items()):
        yield Markup(
            '<details class="code-file" id="{}"><summary><code>{}</code></summary>\n'
            '<pre class="hl"><code>{}</code></pre></details>'
        ).format(_anchor(position), path, highlight(path, content))
    if left_out:
        yield Markup('<p class="aside">{}</p>').format(both("code.left_out", count=left_out))


def _shown(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The code first, then tests, then the rest, until the page has enough."""
    left = _MOST_SHOWN_CHARACTERS
    for path in sorted(files, key=_rank):
        content = files[path].decode("utf-8", "replace")
        if path.endswith(("code.json", "trace.json", "LICENSE")) or len(content) > left:
            continue
        left -= len(content)
        yield path, content


def _rank(path: str) -> tuple[bool, int, str]:
    suffix = f".{path.rsplit('.', 1)[-1]}"
    return path.startswith("test"), _ORDER.get(suffix, 1), path


def _anchor(position: int) -> str:
    return f"sec-code-file-{position + 1}"


def _heading(code: str) -> Markup:
    return Markup("<h3>{}</h3>").format(both(code))


def _markdown(result: CodeResult, name: str, lang: Lang) -> Iterator[str]:
    def say(code: str, **values: object) -> str:
        return escape_markdown(Note.of(code, **values).wording(lang))

    yield f"**{say(f'code.status.{result.status}')}** {escape_markdown(result.reason.wording(lang))}"
    report = result.report
    if report:
        yield ""
        yield say("code.tests.ran", passed=len(report.passed), failed=len(report.failed), backend=report.backend)
    yield from ("", f"`code/{name}.zip`", "", f"`{command(result)}`", "")
    columns = ("requirement", "element", "symbol", "test")
    yield f"| {' | '.join(say(f'code.trace.{column}') for column in columns)} |"
    yield "|---|---|---|---|"
    texts = {each.id: each.text for each in result.specification.requirements}
    for row in result.project.trace:
        cells = (
            row.requirement,
            f"{Note.of('pack.place.claim', label=row.claim).wording(lang)}: {texts[row.requirement]}",
            f"{row.file}: {row.symbol}" if row.symbol else Note("code.trace.gap").wording(lang),
            row.test or Note("code.trace.gap").wording(lang),
        )
        yield "| " + " | ".join(map(escape_markdown, cells)) + " |"
    assumed = [f"- {each.id}: {escape_markdown(each.note.wording(lang))}" for each in result.assumptions]
    yield from ("", f"**{say('code.readme.assumptions')}**", "", *assumed)
