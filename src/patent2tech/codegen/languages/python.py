"""Python: plain, or served by FastAPI or Flask; tested by pytest."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Mapping, Sequence
from typing import Final

from patent2tech.codegen._scaffold_view import views_of
from patent2tech.codegen.escaping import Source, environment, snake
from patent2tech.codegen.languages import _python_source as source
from patent2tech.codegen.languages.language import Fault, Symbol
from patent2tech.codegen.outline import Outline
from patent2tech.codegen.project import Project, TraceRow

_RESERVED: Final = frozenset(
    {*dir(builtins), *keyword.kwlist, *keyword.softkwlist}
    | {"Any", "Assembly", "Component", "Condition", "Pipeline", "Step", "Things", "Work", "run", "build", "dataclass"}
)


class Python:
    """The language Python."""

    name = "python"
    frameworks = ("none", "fastapi", "flask")
    runner = "pytest"
    suffixes = (".py",)

    def scaffold(self, outline: Outline, framework: str) -> Project:
        """A package with one module per independent claim, and its tests in one file, which is one run."""
        package = Source(outline.package)
        modules = views_of(outline, snake, snake, _RESERVED)
        templates = environment("python")
        specification = outline.specification
        files = {
            f"{package}/__init__.py": templates.get_template("init.py.j2").render(
                modules=modules, number=specification.number, title=specification.title
            ),
            f"{package}/claimed.py": templates.get_template("claimed.py.j2").render(),
        }
        rows: list[TraceRow] = []
        test = "tests/test_claims.py"
        tests = [test]
        files[test] = templates.get_template("test_claims.py.j2").render(modules=modules, package=package)
        for module in modules:
            path = f"{package}/claim_{module.number}.py"
            files[path] = templates.get_template("claim.py.j2").render(module=module, package=package)
            rows.extend(
                TraceRow(each.id, each.claim, each.element, path, each.name, f"{test}::test_{each.label}")
                for each in module.members
            )
        if framework != "none":
            files[f"{package}/app.py"] = templates.get_template(f"{framework}.py.j2").render(package=package)
            files["tests/test_app.py"] = templates.get_template("test_app.py.j2").render(
                package=package, framework=framework
            )
            tests.append("tests/test_app.py")
        return Project(self.name, framework, files, tuple(tests), tuple(rows))

    def is_test(self, path: str) -> bool:
        """`test_*.py` anywhere."""
        return path.rsplit("/", 1)[-1].startswith("test_") and path.endswith(".py")

    def path_fault(self, path: str) -> str | None:
        """Only Python files and JSON or text data; nothing that Python or pytest would load by itself."""
        return source.path_fault(path)

    def faults(self, files: Mapping[str, str], behind: Sequence[Symbol], framework: str) -> tuple[Fault, ...]:
        """What does not parse, is not allowed, or is a stub."""
        return source.faults(files, behind, framework)

    def symbols(self, files: Mapping[str, str]) -> tuple[Symbol, ...]:
        """Functions, methods and classes."""
        return source.symbols(files)

    def calls(self, files: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
        """Test functions and methods of test classes by their pytest id."""
        return source.calls({path: content for path, content in files.items() if self.is_test(path)})

    def without_body(self, content: str, symbol: str) -> str | None:
        """The function does nothing and gives `None`."""
        return source.without_body(content, symbol)

    def extra_files(self, project: Project) -> Mapping[str, str]:
        """`requirements.txt` with what the files import."""
        needed = sorted(source.distributions(project.files, project.framework))
        return {"requirements.txt": "".join(f"{name}\n" for name in needed)}

    def stand_ins(self, framework: str) -> Mapping[str, str]:  # noqa: ARG002 - as the protocol has it
        """None: the sandbox has both frameworks."""
        return {}
