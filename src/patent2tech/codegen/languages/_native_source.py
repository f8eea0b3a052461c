"""C and C++ source by its brackets: includes, definitions, tests, stubs, bodies taken away.

Whether it compiles is said by the compiler in the sandbox; here stands what can be known before that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from patent2tech.codegen.languages._native_definitions import Definition, definitions_of
from patent2tech.codegen.languages.language import Fault, Symbol
from patent2tech.sandbox.c_text import CText, c_text
from patent2tech.sandbox.native_tests import NotRead, read_module

_PATH: Final = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*(/[A-Za-z_][A-Za-z0-9_]*)*\.(c|h|cpp|hpp|json|csv|txt|md)$")
_LOADED_UNASKED: Final = re.compile(r"(^|/)(check\.h|Makefile)$", re.IGNORECASE)
_INCLUDE: Final = re.compile(r"""^[ \t]*#[ \t]*include(?:_next)?[ \t]*(?P<name>.*)$""", re.MULTILINE)
_C_HEADERS: Final = frozenset(
    "assert complex ctype errno fenv float inttypes iso646 limits locale math stdalign stdarg stdbool stddef stdint "
    "stdio stdlib stdnoreturn string tgmath time uchar wchar wctype".split()
)
_CPP_HEADERS: Final = frozenset(
    "algorithm any array atomic bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits "
    "cmath compare complex concepts cstdarg cstddef cstdint cstdio cstdlib cstring ctime deque exception "
    "forward_list functional initializer_list iomanip ios iosfwd iostream istream iterator limits list map memory "
    "memory_resource new numbers numeric optional ostream queue random ranges ratio regex set span sstream stack "
    "stdexcept streambuf string string_view tuple type_traits typeindex typeinfo unordered_map unordered_set "
    "utility valarray variant vector version".split()
)
# What a project that implements a claim has no reason to do; the sandbox and the judge are what protect us.
_ENDING: Final = re.compile(
    r"\b(?:exit|_exit|_Exit|quick_exit|atexit|at_quick_exit|abort|terminate|raise|kill|fork|vfork|clone|"
    r"exec[lv]p?e?|"
    r"system|popen|signal|sigaction|setjmp|longjmp|dlopen|dlsym|syscall|ptrace|daemon|getenv|setenv|putenv)\s*\("
)
_HIDDEN: Final = re.compile(
    r"\b(?:asm|__asm__?|__attribute__|__attribute|__declspec|_Pragma|__builtin_\w+)\b|\[\[\s*(?:gnu|using)\b"
)
_DIRECTIVES: Final = re.compile(
    r"^[ \t]*#[ \t]*(?:pragma(?![ \t]+once\b)|include_next|line|ident|sccs)\b", re.MULTILINE
)
_CALL: Final = re.compile(r"(?<!\w)([A-Za-z_]\w*+)\s*+(?:<[^<>;(){}]*+>)?\s*+[({]")
_DECLARED: Final = re.compile(r"\b([A-Z]\w*)\b")
_UNFINISHED: Final = re.compile(
    r"^(?>.*?(?://|\*)).*\b(?:TODO|FIXME|XXX|HACK|not implemented|placeholder|stub)\b", re.IGNORECASE | re.MULTILINE
)
_CONSTANT: Final = re.compile(
    r"""^\s*+(?:\(void\)\s*+\w++\s*+;\s*+)*(?:return)?\s*+(?:[-+]?[\d.]+(?:e[-+]?\d+)?[uUlLfF]*|true|false|NULL|nullptr|"""
    r""""\s*"|\{\s*\}|[A-Z]+_(?:MAX|MIN)|)\s*+;?\s*+$"""
)
_THROWS: Final = re.compile(
    r"^\s*(?:throw\b|assert\s*\()[^;]*(?:not\s+(?:yet\s+)?implemented|unimplemented|todo)[^;]*;?\s*$", re.IGNORECASE
)


def path_fault(path: str) -> str | None:
    """Why a file may not have this path."""
    if _LOADED_UNASKED.search(path):
        return "this file is ours: the tests' checks and how they are built"
    if not _PATH.match(path) or len(path) > 120 or path.count("/") > 4:  # noqa: PLR2004 - a path that a person can read
        return (
            "paths consist of plain names, at most five deep, and end in .c, .h, .cpp, .hpp, .json, .csv, .txt or .md"
        )
    return None


def faults(
    files: Mapping[str, str], behind: Sequence[Symbol], tests: frozenset[str], *, plus: bool
) -> tuple[Fault, ...]:
    """What cannot compile, is not allowed, cannot be judged, or is a stub."""
    found: list[Fault] = []
    for path, content in files.items():
        if not is_native(path):
            continue
        text = c_text(content)
        if problem := text.unbalanced():
            found.append(Fault("does_not_parse", path, problem))
        found.extend(_include_faults(path, text, files, plus=plus))
        found.extend(_hidden_faults(path, text))
        if path in tests:
            found.extend(_test_faults(path, content))
    for symbol in behind:
        if symbol.file in files:
            found.extend(_stub_faults(symbol, files[symbol.file]))
    return tuple(found)


def symbols(files: Mapping[str, str]) -> tuple[Symbol, ...]:
    """Functions, types and methods by their dotted names."""
    return tuple(
        Symbol(path, each.name, c_text(content).line(each.start))
        for path, content in files.items()
        if is_native(path)
        for each in definitions_of(content)
    )


def calls(files: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Each test by `path::name` with the names that it calls, also through the functions of its own file."""
    found: dict[str, frozenset[str]] = {}
    for path, content in files.items():
        masked = c_text(content).masked
        definitions = definitions_of(content)
        own = {
            each.name: masked[slice(*each.body)] for each in definitions if not each.is_type and " " not in each.name
        }
        for each in definitions:
            if each.name.startswith("TEST "):
                names = _called(masked[slice(*each.body)], own, set())
                found[f"{path}::{each.name.removeprefix('TEST ')}"] = frozenset(names)
    return found


def without_body(content: str, symbol: str, *, plus: bool) -> str | None:
    """The content with a symbol's body replaced by one that gives zeros; of a type, those of all its methods."""
    wanted = [
        each
        for each in definitions_of(content)
        if not each.is_type and (each.name == symbol or each.name.startswith(f"{symbol}."))
    ]
    bodies = [(each.body, _nothing(each, plus=plus)) for each in wanted]
    changed = [(body, text) for body, text in bodies if text is not None]
    for (start, end), text in sorted(changed, key=lambda one: -one[0][0]):
        content = f"{content[:start]}{text}{content[end:]}"
    return content if changed else None


def is_native(path: str) -> bool:
    """Whether a file is code."""
    return path.endswith((".c", ".h", ".cpp", ".hpp"))


def _nothing(definition: Definition, *, plus: bool) -> str | None:
    """A body that does nothing and gives a zero of the function's own type; a constructor keeps its own."""
    words = re.sub(
        r"\b(?:static|inline|extern|constexpr|consteval|virtual|explicit|friend|_Noreturn|register)\b",
        " ",
        definition.head,
    )
    kind = " ".join(re.sub(r"\btemplate\s*<[^{};]*?>\s*(?=[A-Za-z_:])", " ", words).split())
    last = definition.name.rsplit(".", 1)
    if not kind or "~" in definition.name or (len(last) > 1 and last[0].rsplit(".", 1)[-1] == last[1]):
        return None
    if re.fullmatch(r"(?:const\s+)?void", kind):
        return "{ }"
    if not plus:
        return f"{{ static {re.sub(r'^const (?!.*[*])', '', kind)} nothing; return nothing; }}"
    if kind.endswith("&"):
        bare = kind.rstrip("& ").removeprefix("const ")
        return f"{{ static {bare} nothing{{}}; return nothing; }}"
    return "{ throw 0; }" if kind == "auto" else "{ return {}; }"


def _include_faults(path: str, text: CText, files: Mapping[str, str], *, plus: bool) -> Iterator[Fault]:
    standard = {f"{name}.h" for name in _C_HEADERS} | (_CPP_HEADERS if plus else frozenset())
    for match in _INCLUDE.finditer(text.plain):
        name = match["name"].strip()
        if name.startswith("<"):
            if name[1:-1] not in standard or name[-1] != ">":
                yield Fault(
                    "import_unknown",
                    path,
                    f"{name} is not allowed; allowed are the headers of the standard library that need no system",
                )
        elif not name.startswith('"') or not name.endswith('"') or "/dev" in name or name[1:2] == "/":
            yield Fault("import_refused", path, f"{name[:80]} is no plain include; name one file of this project")
        elif name[1:-1].rsplit("/", 1)[-1] != "check.h" and not (_places(path, name[1:-1]) & files.keys()):
            yield Fault("import_unknown", path, f"{name} is no file of this project")


def _places(path: str, name: str) -> set[str]:
    """Where an include may find a file: beside the file, and in the folders that the compiler is told."""
    found = set()
    for folder in (path.rpartition("/")[0], "", "src", "include"):
        steps = folder.split("/") if folder else []
        for step in name.split("/"):
            if step == "..":
                steps = steps[:-1] if steps else ["?"]
            elif step != ".":
                steps = [*steps, step]
        found.add("/".join(steps))
    return found


def _hidden_faults(path: str, text: CText) -> Iterator[Fault]:
    if match := _ENDING.search(text.masked):
        yield Fault(
            "ends_the_process",
            path,
            f"line {text.line(match.start())}: {match.group(0).strip('( ')} has no place in such a project",
        )
    for pattern, view in ((_HIDDEN, text.masked), (_HIDDEN, _directives(text)), (_DIRECTIVES, text.plain)):
        if match := pattern.search(view):
            yield Fault(
                "runs_text",
                path,
                f"line {text.line(match.start())}: {match.group(0).strip()} has no place in such a project",
            )
            return


def _directives(text: CText) -> str:
    """The directives alone, which the masked view leaves out."""
    return "".join(letter if letter == "\n" or text.masked[at] == " " else " " for at, letter in enumerate(text.plain))


def _test_faults(path: str, content: str) -> Iterator[Fault]:
    try:
        module = read_module(content)
    except NotRead as error:
        yield Fault("test_not_judged", path, str(error))
        return
    for test in module.tests:
        if not any(check.of_value for check in test.checks.values()):
            yield Fault(
                "test_compares_nothing", path, f"{test.name} needs a CHECK_INT, CHECK_REAL, CHECK_TEXT or CHECK_INTS"
            )


def _stub_faults(symbol: Symbol, content: str) -> Iterator[Fault]:
    definitions = definitions_of(content)
    methods = [each for each in definitions if each.name.startswith(f"{symbol.name}.")]
    for each in (one for one in definitions if one.name == symbol.name):
        if _UNFINISHED.search(content[each.start : each.body[1]]):
            yield Fault("stub", symbol.file, f"{symbol.name} holds a TODO; write the code")
        if each.is_type:
            if methods and all(_is_stub(content, method) for method in methods):
                yield Fault("stub", symbol.file, f"no method of {symbol.name} has a body of its own")
            elif not c_text(content).masked[each.body[0] + 1 : each.body[1] - 1].strip():
                yield Fault("stub", symbol.file, f"{symbol.name} is an empty type")
        elif _is_stub(content, each):
            yield Fault("stub", symbol.file, f"{symbol.name} has no body of its own: it is empty or gives a constant")


def _is_stub(content: str, definition: Definition) -> bool:
    inside = slice(definition.body[0] + 1, definition.body[1] - 1)
    text = c_text(content)
    return bool(_CONSTANT.match(text.masked[inside]) or _THROWS.match(text.plain[inside]))


def _called(body: str, own: Mapping[str, str], seen: set[str]) -> set[str]:
    names = {match[1] for match in _CALL.finditer(body)} | {match[1] for match in _DECLARED.finditer(body)}
    for name in sorted(names & own.keys() - seen):
        seen.add(name)
        names |= _called(own[name], own, seen)
    return names
