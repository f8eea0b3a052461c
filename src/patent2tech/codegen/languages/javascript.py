"""JavaScript and TypeScript: plain, or served by Express; tested by Node's own runner, which strips types itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from patent2tech.codegen._scaffold_view import views_of
from patent2tech.codegen.escaping import Source, camel, environment
from patent2tech.codegen.languages import _script_source as source
from patent2tech.codegen.languages.language import Fault, Symbol
from patent2tech.codegen.outline import Outline
from patent2tech.codegen.project import Project, TraceRow

_RESERVED: Final = frozenset(
    "abstract arguments await boolean break byte case catch char class const continue debugger default delete do "
    "double else enum eval export extends false final finally float for function goto if implements import in "
    "instanceof int interface let long native new null package private protected public return short static super "
    "switch synchronized this throw throws transient true try typeof undefined var void volatile while with yield "
    "async of any unknown never run build constructor prototype name length Assembly Component ComponentClass "
    "Condition Parents Pipeline Step Things Work Array ArrayBuffer BigInt Boolean Buffer DataView Date Error "
    "Event Function Infinity Intl Iterator JSON Map Math NaN Number Object Promise Proxy Record Readonly Reflect "
    "RegExp Set String Symbol URL WeakMap WeakRef WeakSet Request Response Headers File Blob Worker Node Element "
    "Window Document Performance Navigator Storage Lock Crypto".split()
)
_EXPRESS: Final = "^5.1.0"


class JavaScript:
    """The language JavaScript, as modules."""

    name = "javascript"
    frameworks = ("none", "express")
    runner = "node"
    suffix = ".js"
    typed = False

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffix of its files."""
        return (self.suffix,)

    def scaffold(self, outline: Outline, framework: str) -> Project:
        """A module per independent claim in `src/`, the tests in one file, which is one run."""
        modules = views_of(outline, camel, camel, _RESERVED)
        given = {"typed": self.typed, "suffix": Source(self.suffix)}
        specification = outline.specification

        def rendered(template: str, **values: object) -> str:
            return environment("script").get_template(f"{template}.j2").render(**given, **values)

        files = {
            f"src/claimed{self.suffix}": rendered("claimed"),
            f"src/index{self.suffix}": rendered(
                "index", modules=modules, number=specification.number, title=specification.title
            ),
        }
        rows: list[TraceRow] = []
        test = f"test/claims.test{self.suffix}"
        tests = [test]
        files[test] = rendered("test_claims", modules=modules)
        for module in modules:
            path = f"src/claim_{module.number}{self.suffix}"
            files[path] = rendered("claim", module=module)
            rows.extend(
                TraceRow(each.id, each.claim, each.element, path, each.name, f"{test}::{each.label}")
                for each in module.members
            )
        if framework != "none":
            files[f"src/app{self.suffix}"] = rendered("app")
            files[f"test/app.test{self.suffix}"] = rendered("test_app")
            tests.append(f"test/app.test{self.suffix}")
        return Project(self.name, framework, files, tuple(tests), tuple(rows), self.stand_ins(framework))

    def is_test(self, path: str) -> bool:
        """`*.test.js`, `*.test.ts`."""
        return path.endswith(f".test{self.suffix}")

    def path_fault(self, path: str) -> str | None:
        """Only scripts and JSON or text data; nothing that changes how Node runs."""
        return source.path_fault(path)

    def faults(self, files: Mapping[str, str], behind: Sequence[Symbol], framework: str) -> tuple[Fault, ...]:
        """Brackets, imports and stubs."""
        return source.faults(files, behind, framework)

    def symbols(self, files: Mapping[str, str]) -> tuple[Symbol, ...]:
        """Functions, classes and methods."""
        return source.symbols(files)

    def calls(self, files: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
        """Tests of `test(...)` and `it(...)` by the file and the name that they are given."""
        return source.calls({path: content for path, content in files.items() if self.is_test(path)})

    def without_body(self, content: str, symbol: str) -> str | None:
        """The function does nothing and gives `undefined`."""
        return source.without_body(f"x{self.suffix}", content, symbol)

    def extra_files(self, project: Project) -> Mapping[str, str]:
        """`package.json`, which also says that the files are modules."""
        document: dict[str, object] = {
            "name": "patent2tech-project",
            "private": True,
            "type": "module",
            "engines": {"node": ">=24"},
            "scripts": {"test": "node --test"},
        }
        if project.framework == "express":
            document["dependencies"] = {"express": _EXPRESS}
        return {"package.json": json.dumps(document, indent=2) + "\n"}

    def stand_ins(self, framework: str) -> Mapping[str, str]:
        """What stands in for Express in a run, since nothing is installed there."""
        if framework != "express":
            return {}
        content = environment("script").get_template("express_stand_in.js.j2").render()
        package = {"name": "express", "version": "5.1.0", "type": "module", "main": "index.js"}
        return {"node_modules/express/index.js": content, "node_modules/express/package.json": json.dumps(package)}


class TypeScript(JavaScript):
    """The language TypeScript, of which only what Node can strip."""

    name = "typescript"
    suffix = ".ts"
    typed = True
