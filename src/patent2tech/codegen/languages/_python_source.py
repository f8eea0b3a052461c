"""Python source as a syntax tree: what it imports, defines and tests, which functions are stubs, bodies taken away."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from patent2tech.codegen.languages.language import Fault, Symbol
from patent2tech.sandbox.syntax import parsed

ALLOWED: Final = frozenset({"numpy", "scipy", "networkx", "pandas", "PIL", "pytest"})
_FRAMEWORKS: Final = {
    "none": (),
    "fastapi": ("fastapi", "pydantic", "starlette", "httpx"),
    "flask": ("flask", "werkzeug"),
}
_INSTALLED: Final = ALLOWED | {name for names in _FRAMEWORKS.values() for name in names}
_DISTRIBUTIONS: Final = {"PIL": "pillow", "starlette": "fastapi", "werkzeug": "flask"}
# What a model's code has no reason to touch in a project that implements a claim; the sandbox is what protects us.
_REFUSED: Final = frozenset(
    {"ctypes", "subprocess", "multiprocessing", "signal", "pty", "_pytest", "pluggy", "gc", "atexit"}
)
_LOADED_UNASKED: Final = re.compile(
    r"(^|/)(conftest|sitecustomize|usercustomize|pytest|_pytest|setup|site|noxfile|tasks)\.py$|\.(pth|ini|cfg|toml|so|pyd|pyc)$",
    re.IGNORECASE,
)
_PATH: Final = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*(/[A-Za-z_][A-Za-z0-9_]*)*\.(py|json|csv|txt|md)$")
_UNFINISHED: Final = re.compile(
    r"^(?>.*?#).*\b(?:TODO|FIXME|XXX|HACK|not implemented|placeholder|stub)\b", re.IGNORECASE | re.MULTILINE
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def path_fault(path: str) -> str | None:
    """Why a file may not have this path."""
    if _LOADED_UNASKED.search(path):
        return "this file would be loaded by Python or pytest without being asked for"
    top = path.split("/", maxsplit=1)[0].removesuffix(".py")
    if top in sys.stdlib_module_names or top in _INSTALLED:
        return f"{top} is the name of an installed module, which would be imported in its place"
    if not _PATH.match(path) or len(path) > 120 or path.count("/") > 4:  # noqa: PLR2004 - a path that a person can read
        return "paths consist of plain names, at most five deep, and end in .py, .json, .csv, .txt or .md"
    return None


def faults(files: Mapping[str, str], behind: Sequence[Symbol], framework: str) -> tuple[Fault, ...]:
    """What does not parse, is not allowed, or is a stub."""
    found: list[Fault] = []
    trees: dict[str, ast.Module] = {}
    for path, content in files.items():
        if path.endswith(".py"):
            try:
                trees[path] = parsed(content)
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                line = getattr(error, "lineno", None)
                found.append(Fault("does_not_parse", path, f"line {line}: {getattr(error, 'msg', None) or error}"))
    for path, tree in trees.items():
        found.extend(_import_faults(path, tree, files, framework))
        found.extend(_ending_faults(path, tree))
    for symbol in behind:
        node = _find(trees.get(symbol.file), symbol.name)
        if node is not None:
            found.extend(_stub_faults(symbol, node, files[symbol.file]))
    return tuple(found)


def symbols(files: Mapping[str, str]) -> tuple[Symbol, ...]:
    """Functions, methods and classes by their dotted names."""
    found: list[Symbol] = []
    for path, content in files.items():
        tree = _parsed(path, content)
        if tree:
            found.extend(Symbol(path, name, node.lineno) for name, node in _definitions(tree))
    return tuple(found)


def calls(files: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Each test by its pytest id with the names that it calls."""
    found: dict[str, frozenset[str]] = {}
    for path, content in files.items():
        tree = _parsed(path, content)
        if not tree:
            continue
        definitions = dict(_definitions(tree))
        renamed = _renamed(tree)
        for name, node in definitions.items():
            last = name.rsplit(".", 1)[-1]
            if last.startswith("test") and isinstance(node, Function):
                names = _called(node, definitions, set())
                found[f"{path}::{name.replace('.', '::')}"] = frozenset(renamed.get(each, each) for each in names)
    return found


def without_body(content: str, symbol: str) -> str | None:
    """The content with a symbol's statements replaced by `return None`; of a class, those of all its methods."""
    tree = _parsed("x.py", content)
    node = _find(tree, symbol)
    if tree is None or node is None:
        return None
    functions = [node] if isinstance(node, Function) else [each for each in node.body if isinstance(each, Function)]
    for function in functions:
        if not (isinstance(node, ast.ClassDef) and function.name == "__init__"):
            function.body = [ast.Return(ast.Constant(None))]
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n" if functions else None


def distributions(files: Mapping[str, str], framework: str) -> frozenset[str]:
    """What must be installed to use the files."""
    named = {module for path, content in files.items() for module in _imported(_parsed(path, content))}
    known = (ALLOWED | set(_FRAMEWORKS[framework])) & named
    return frozenset(_DISTRIBUTIONS.get(module, module) for module in known)


def _import_faults(path: str, tree: ast.Module, files: Mapping[str, str], framework: str) -> Iterator[Fault]:
    own = {each.split("/")[0].removesuffix(".py") for each in files}
    allowed = ALLOWED | set(_FRAMEWORKS[framework]) | own
    for module in sorted(_imported(tree)):
        if module in _REFUSED:
            yield Fault("import_refused", path, f"{module} has no place in such a project; do without it")
        elif module not in allowed and module not in sys.stdlib_module_names:
            yield Fault(
                "import_unknown",
                path,
                f"{module} is not installed; allowed are the standard library, {', '.join(sorted(allowed - own))}",
            )


def _ending_faults(path: str, tree: ast.Module) -> Iterator[Fault]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"_exit", "abort", "kill"}:
            yield Fault("ends_the_process", path, f"line {node.lineno}: {node.attr} would end the test run")
        if isinstance(node, ast.Name) and node.id in {"eval", "exec", "__import__", "compile"}:
            yield Fault("runs_text", path, f"line {node.lineno}: {node.id} hides code from the checks")


def _stub_faults(symbol: Symbol, node: Function | ast.ClassDef, content: str) -> Iterator[Fault]:
    text = ast.get_source_segment(content, node) or ""
    if _UNFINISHED.search(text):
        yield Fault("stub", symbol.file, f"{symbol.name} holds a TODO; write the code")
    functions = [node] if isinstance(node, Function) else [each for each in node.body if isinstance(each, Function)]
    if isinstance(node, ast.ClassDef) and not functions and not _has_content(node):
        yield Fault("stub", symbol.file, f"{symbol.name} is an empty class")
    real = [each for each in functions if not _is_stub(each)]
    if isinstance(node, Function) and not real:
        yield Fault(
            "stub", symbol.file, f"{symbol.name} has no body of its own: it is empty, raises or gives a constant"
        )
    elif functions and not real:
        yield Fault("stub", symbol.file, f"no method of {symbol.name} has a body of its own")


def _has_content(node: ast.ClassDef) -> bool:
    return any(not isinstance(each, ast.Pass) and not _is_text(each) for each in node.body)


def _is_stub(function: Function) -> bool:
    """Whether a function does nothing: only a docstring, `pass`, `...`, a raise of NotImplementedError, a constant."""
    body = [each for each in function.body if not _is_text(each) and not isinstance(each, ast.Pass)]
    if not body:
        return True
    first = body[0]
    if isinstance(first, ast.Raise):
        raised = first.exc.func if isinstance(first.exc, ast.Call) else first.exc
        if isinstance(raised, ast.Name) and raised.id in {"NotImplementedError", "NotImplemented"}:
            return True
    return len(body) == 1 and isinstance(first, ast.Return) and _is_constant(first.value)


def _is_constant(value: ast.expr | None) -> bool:
    if value is None or isinstance(value, ast.Constant):
        return True
    if isinstance(value, ast.UnaryOp):
        return _is_constant(value.operand)
    if isinstance(value, ast.List | ast.Tuple | ast.Set):
        return all(map(_is_constant, value.elts))
    if isinstance(value, ast.Dict):
        return all(_is_constant(each) for each in (*value.values, *filter(None, value.keys)))
    return False


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _parsed(path: str, content: str) -> ast.Module | None:
    if not path.endswith(".py"):
        return None
    try:
        return parsed(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _definitions(tree: ast.Module) -> Iterator[tuple[str, Function | ast.ClassDef]]:
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, Function))


def _find(tree: ast.Module | None, name: str) -> Function | ast.ClassDef | None:
    return dict(_definitions(tree)).get(name) if tree else None


def _imported(tree: ast.Module | None) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def _renamed(tree: ast.Module) -> dict[str, str]:
    """Names that an import gives to others: `from a import b as c`."""
    return {
        alias.asname: alias.name.rsplit(".", 1)[-1]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }


def _called(node: ast.AST, definitions: Mapping[str, ast.AST], seen: set[str]) -> set[str]:
    """The names that a test calls, also through fixtures and functions of its own file."""
    names: set[str] = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            target = each.func
            if isinstance(target, ast.Attribute):
                names.add(target.attr)
            elif isinstance(target, ast.Name):
                names.add(target.id)
        elif isinstance(each, ast.arg):
            names.add(each.arg)
    for name in sorted(names & definitions.keys() - seen):
        seen.add(name)
        names |= _called(definitions[name], definitions, seen)
    return names
