"""JavaScript and TypeScript source by its tokens: imports, definitions, tests, stubs, bodies taken away.

There is no parser of JavaScript in Python that is kept up, so brackets are matched on the text with comments and
strings blanked out. Whether it parses is said by Node in the sandbox.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from patent2tech.codegen.languages._script_definitions import Definition, definitions_of, is_class
from patent2tech.codegen.languages._script_text import masked_text, without_comments
from patent2tech.codegen.languages.language import Fault, Symbol
from patent2tech.sandbox.brackets import closing, unbalanced

_PATH: Final = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*(/[A-Za-z_][A-Za-z0-9_.]*)*\.(js|mjs|ts|mts|json|csv|txt|md)$")
_LOADED_UNASKED: Final = re.compile(
    r"(^|/)(node_modules|package\.json|tsconfig\.json|\.npmrc|setup\.m?[jt]s)", re.IGNORECASE
)
_IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*(?P<quote>["'`])""")
_TEST: Final = re.compile(r"""(?:^|[\n;{}(])[^\S\n]*+(?:test|it)(?P<modifier>\.\w++)?\s*+\(\s*+(?P<quote>["'`])""")
_CALL: Final = re.compile(
    r"(?<![\w$])([A-Za-z_$][\w$]*+)\s*+(?:<[^<>()]*+>)?\s*+\(|\bnew\s++(?:[\w$]++\.)*([A-Za-z_$][\w$]*+)"
)
_RENAMED: Final = re.compile(r"(?<![\w$])([A-Za-z_$][\w$]*+)\s++as\s++([A-Za-z_$][\w$]*+)")
_UNFINISHED: Final = re.compile(
    r"^(?>.*?(?://|\*)).*\b(?:TODO|FIXME|XXX|HACK|not implemented|placeholder|stub)\b", re.IGNORECASE | re.MULTILINE
)
_THROWS: Final = re.compile(
    r"^\s*throw\b[^;]*(?:not\s+(?:yet\s+)?implemented|unimplemented|todo)[^;]*;?\s*$", re.IGNORECASE
)
_CONSTANT: Final = re.compile(
    r"""^\s*+(?:return)?\s*+(?:[-+]?[\d.]+(?:e[-+]?\d+)?n?|true|false|null|undefined|void 0|NaN|Infinity|"""
    r""""\s*"|'\s*'|`\s*`|\[\s*\]|\{\s*\}|)\s*+;?\s*+$"""
)
_REFUSED: Final = frozenset(
    "child_process cluster worker_threads vm inspector repl v8 process module dgram net tls http2 dns async_hooks "
    "diagnostics_channel wasi sqlite trace_events".split()
)
_NODE: Final = frozenset(
    "assert buffer crypto events fs http https os path perf_hooks querystring readline stream string_decoder test "
    "timers url util zlib console constants punycode".split()
)
_ENDING: Final = re.compile(
    r"\bprocess\s*\.\s*(?:exit|reallyExit|abort|kill|binding|dlopen|exitCode)\b|\beval\s*\(|\bnew\s+Function\s*\(|\bimport\s*\(\s*[^\"'`\s]"
)


def path_fault(path: str) -> str | None:
    """Why a file may not have this path."""
    if _LOADED_UNASKED.search(path):
        return "this file would change how Node runs the project"
    if not _PATH.match(path) or ".." in path or len(path) > 120 or path.count("/") > 4:  # noqa: PLR2004 - a path that a person can read
        return (
            "paths consist of plain names, at most five deep, and end in .js, .mjs, .ts, .mts, .json, .csv, .txt or .md"
        )
    return None


def faults(files: Mapping[str, str], behind: Sequence[Symbol], framework: str) -> tuple[Fault, ...]:
    """Brackets that do not match, imports that are not allowed, stubs."""
    found: list[Fault] = []
    scripts = {path: content for path, content in files.items() if is_script(path)}
    for path, content in scripts.items():
        masked = masked_text(path, content)
        if problem := unbalanced(masked):
            found.append(Fault("does_not_parse", path, problem))
        found.extend(_import_faults(path, content, masked, files, framework))
        if match := _ENDING.search(masked):
            found.append(Fault("ends_the_process", path, f"{match.group().strip()} has no place in such a project"))
    for symbol in behind:
        if symbol.file in scripts:
            found.extend(_stub_faults(symbol, scripts[symbol.file]))
    return tuple(found)


def symbols(files: Mapping[str, str]) -> tuple[Symbol, ...]:
    """Functions, classes and methods by their dotted names."""
    return tuple(
        Symbol(path, each.name, content.count("\n", 0, each.start) + 1)
        for path, content in files.items()
        if is_script(path)
        for each in definitions_of(path, content)
    )


def calls(files: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Each test by `path::name` with the names that it calls."""
    found: dict[str, frozenset[str]] = {}
    for path, content in files.items():
        masked = masked_text(path, content)
        renamed = {match[2]: match[1] for match in _RENAMED.finditer(masked)}
        own = {each.name: masked[slice(*each.body)] for each in definitions_of(path, content)}
        for match in _TEST.finditer(masked):
            end = masked.find(match["quote"], match.end())
            close = closing(masked, masked.rfind("(", 0, match.start("quote")))
            if end < 0 or close is None or match["modifier"] in {".skip", ".todo"}:
                continue
            names = _called(masked[end:close], own, set())
            found[f"{path}::{content[match.end() : end]}"] = frozenset(renamed.get(each, each) for each in names)
    return found


def without_body(path: str, content: str, symbol: str) -> str | None:
    """The content with a symbol's body emptied; of a class, those of all its methods but the constructor."""
    wanted = [
        each
        for each in definitions_of(path, content)
        if (each.name == symbol and not is_class(content, each)) or each.name.startswith(f"{symbol}.")
    ]
    if not wanted:
        return None
    for each in sorted(wanted, key=lambda one: -one.body[0]):
        start, end = each.body
        content = f"{content[:start]}{'{}' if content[start] == '{' else 'undefined'}{content[end:]}"
    return content


def is_script(path: str) -> bool:
    """Whether a file is code."""
    return path.endswith((".js", ".mjs", ".ts", ".mts"))


def _import_faults(path: str, content: str, masked: str, files: Mapping[str, str], framework: str) -> Iterator[Fault]:
    for match in _IMPORT.finditer(masked):
        end = content.find(match["quote"], match.end())
        name = content[match.end() : end]
        bare = name.removeprefix("node:").split("/")[0]
        if name.startswith("."):
            if _joined(path, name) not in files:
                yield Fault("import_unknown", path, f"{name} is no file of this project (write the suffix too)")
        elif bare in _REFUSED:
            yield Fault("import_refused", path, f"{name} has no place in such a project; do without it")
        elif bare not in _NODE and name != framework:
            yield Fault(
                "import_unknown", path, f"{name} is not installed; allowed are node:{', node:'.join(sorted(_NODE))}"
            )


def _joined(path: str, name: str) -> str:
    steps = path.split("/")[:-1]
    for step in name.split("/"):
        if step == "..":
            steps = steps[:-1] if steps else ["?"]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _stub_faults(symbol: Symbol, content: str) -> Iterator[Fault]:
    definitions = definitions_of(symbol.file, content)
    own = [each for each in definitions if each.name == symbol.name]
    methods = [each for each in definitions if each.name.startswith(f"{symbol.name}.")]
    for each in own:
        if _UNFINISHED.search(content[each.start : each.body[1]]):
            yield Fault("stub", symbol.file, f"{symbol.name} holds a TODO; write the code")
        if is_class(content, each):
            if not methods and not masked_text(symbol.file, content)[each.body[0] + 1 : each.body[1] - 1].strip():
                yield Fault("stub", symbol.file, f"{symbol.name} is an empty class")
            if methods and all(_is_stub(symbol.file, content, method) for method in methods):
                yield Fault("stub", symbol.file, f"no method of {symbol.name} has a body of its own")
        elif _is_stub(symbol.file, content, each):
            yield Fault(
                "stub", symbol.file, f"{symbol.name} has no body of its own: it is empty, throws or gives a constant"
            )


def _is_stub(path: str, content: str, definition: Definition) -> bool:
    start, end = definition.body
    block = content[start] == "{"
    inside = slice(start + 1, end - 1) if block else slice(start, end)
    masked, raw = masked_text(path, content)[inside], without_comments(path, content)[inside]
    return bool(_CONSTANT.match(masked) or _THROWS.match(raw))


def _called(text: str, own: Mapping[str, str], seen: set[str]) -> set[str]:
    names = {match[1] or match[2] for match in _CALL.finditer(text)}
    for name in sorted(names & own.keys() - seen):
        seen.add(name)
        names |= _called(own[name], own, seen)
    return names
