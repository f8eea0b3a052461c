"""C and C++: plain, with the headers of the standard library; what their tests expect is compared outside the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from patent2tech.codegen._scaffold_view import ModuleView, views_of
from patent2tech.codegen.escaping import Source, environment, snake
from patent2tech.codegen.languages import _native_source as source
from patent2tech.codegen.languages.language import Fault, Symbol
from patent2tech.codegen.outline import Outline
from patent2tech.codegen.project import Project, TraceRow

# Words of both languages, and names that stand in the scaffold's own files.
_RESERVED: Final = frozenset(
    "alignas alignof and and_eq asm atomic auto bitand bitor bool break case catch char class co_await co_return "
    "co_yield compl concept const consteval constexpr constinit const_cast continue decltype default delete do "
    "double dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable "
    "namespace new noexcept not not_eq nullptr operator or or_eq private protected public register "
    "reinterpret_cast requires restrict return short signed sizeof static static_assert static_cast struct switch "
    "template this thread_local throw true try typedef typeid typename typeof union unsigned using virtual void "
    "volatile wchar_t while xor xor_eq linux unix main claimed components work things self std errno assert stdin "
    "stdout stderr".split()
)


class C:
    """The language C."""

    name = "c"
    frameworks = ("none",)
    runner = "native"
    suffix = ".c"
    header = ".h"
    plus = False

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Sources and headers."""
        return (self.suffix, self.header)

    def scaffold(self, outline: Outline, framework: str) -> Project:
        """A source with its header per independent claim in `src/`, the tests in one file, which is one run."""
        modules = views_of(outline, snake, snake, _RESERVED, component=snake)
        given = {"modules": modules, "chains": {each.number: tuple(_chains(each)) for each in modules}}
        test = f"tests/test_claims{self.suffix}"
        files = {
            f"src/claimed{self.header}": self._rendered(f"claimed{self.header}"),
            f"src/claimed{self.suffix}": self._rendered(f"claimed{self.suffix}"),
            test: self._rendered(f"test_claims{self.suffix}", **given),
        }
        rows: list[TraceRow] = []
        for module in modules:
            path = f"src/claim_{module.number}"
            for suffix in self.suffixes:
                files[f"{path}{suffix}"] = self._rendered(f"claim{suffix}", module=module)
            prefix = "" if self.plus else f"claim_{module.number}_"
            rows.extend(
                TraceRow(
                    each.id,
                    each.claim,
                    each.element,
                    f"{path}{self.suffix}",
                    f"{prefix}{each.name}",
                    f"{test}::{each.label}",
                )
                for each in module.members
            )
        return Project(self.name, framework, files, (test,), tuple(rows))

    def is_test(self, path: str) -> bool:
        """`test_*.c` anywhere."""
        return path.rsplit("/", 1)[-1].startswith("test_") and path.endswith(self.suffix)

    def path_fault(self, path: str) -> str | None:
        """Only sources, headers and data; nothing that changes how the project is built."""
        if path.endswith((".cpp", ".hpp") if not self.plus else ".c"):
            return f"source files end in {self.suffix}, headers in {self.header}"
        return source.path_fault(path)

    def faults(self, files: Mapping[str, str], behind: Sequence[Symbol], framework: str) -> tuple[Fault, ...]:  # noqa: ARG002 - as the protocol has it
        """Brackets, includes, checks that cannot be judged, and stubs."""
        return source.faults(files, behind, frozenset(filter(self.is_test, files)), plus=self.plus)

    def symbols(self, files: Mapping[str, str]) -> tuple[Symbol, ...]:
        """Functions, types and methods."""
        return source.symbols(files)

    def calls(self, files: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
        """Tests of the form `TEST(name) { ... }`."""
        return source.calls({path: content for path, content in files.items() if self.is_test(path)})

    def without_body(self, content: str, symbol: str) -> str | None:
        """The function does nothing and gives a zero of its type."""
        return source.without_body(content, symbol, plus=self.plus)

    def extra_files(self, project: Project) -> Mapping[str, str]:  # noqa: ARG002 - as the protocol has it
        """The checks as a header and a `Makefile`, with which anyone can run the tests."""
        made = self._rendered("Makefile", plus=self.plus, suffix=Source(self.suffix))
        return {"Makefile": made, "tests/check.h": self._rendered("check.h")}

    def stand_ins(self, framework: str) -> Mapping[str, str]:  # noqa: ARG002 - as the protocol has it
        """None."""
        return {}

    @staticmethod
    def _rendered(name: str, **values: object) -> str:
        return environment("native").get_template(f"{name}.j2").render(**values)


class Cpp(C):
    """The language C++."""

    name = "cpp"
    suffix = ".cpp"
    header = ".hpp"
    plus = True


def _chains(module: ModuleView) -> Iterator[tuple[int, Source, Source, Source]]:
    """Each claim of a module with its requirements of each kind, in the order of the claims that it builds on."""
    parents = dict(module.parents)
    for number in parents:
        chain: list[int] = []
        at = number
        while at and at not in chain:
            chain.insert(0, at)
            at = parents.get(at, 0)
        found = (
            Source(" ".join(each.id for claim in chain for each in members if each.claim == claim))
            for members in (module.steps, module.components, module.conditions)
        )
        yield (number, *found)  # type: ignore[misc]  # three kinds of members, as said above
