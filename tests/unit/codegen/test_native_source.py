"""C and C++ are read without a compiler: definitions, calls, stubs, includes; and their packages can be built."""

from __future__ import annotations

import shutil

import pytest

from patent2tech.codegen.languages import Symbol, language_of
from patent2tech.codegen.project import Project
from patent2tech.sandbox import ChosenSandbox, Limits
from tests.scripted_languages import SCRIPTED

C, CPP = language_of("c"), language_of("cpp")
C_SOURCE = """#include <stdio.h>
/** not(this) { */
#define MORE(a) { a }
static const int TABLE[] = {1, 2};
typedef struct { int a; } Plain;
struct Pair { int a, b; };
enum Kind { ONE, TWO };
int32_t rotate(const int *items, size_t count) { if (count) { return items[0]; } return 0; }
static inline const char *name(int x)
{
    return x ? "a{" : "}";
}
struct Pair made(int a) { return (struct Pair){a, a}; }
void nothing(void) { }
"""
CPP_SOURCE = """#pragma once
#include <vector>
namespace a::b {
enum class Kind { ONE, TWO };
class Queue final : public Base<int> {
 public:
  explicit Queue(int n) : n_{n}, items_(n) { n_++; }
  ~Queue() {}
  int size() const noexcept { return n_; }
  auto first() const -> int { return 3 + n_; }
  bool operator==(const Queue &other) const { return n_ == other.n_; }
 private:
  int n_{0};
  std::vector<int> items_ = {1, 2};
};
template <typename T> std::vector<T> rotate(std::vector<T> items, int k) { return items; }
std::vector<int> other(int a) { auto f = [&](int b) { return a + b; }; return {f(1)}; }
int Queue::pop() { return n_--; }
const std::string &label() { static std::string text{"x"}; return text; }
}
"""


def test_definitions_are_found_whatever_stands_between_them() -> None:
    assert [each.name for each in C.symbols({"a.c": C_SOURCE})] == ["Pair", "rotate", "name", "made", "nothing"]
    assert [each.name for each in CPP.symbols({"a.hpp": CPP_SOURCE})] == [
        "Queue", "Queue.Queue", "Queue.~Queue", "Queue.size", "Queue.first", "Queue.operator==", "rotate", "other",
        "Queue.pop", "label",
    ]  # fmt: skip
    assert [each.line for each in C.symbols({"a.c": C_SOURCE})] == [6, 8, 9, 13, 14]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("rotate", "{ static int32_t nothing; return nothing; }"),
        ("name", "{ static const char * nothing; return nothing; }"),
        ("made", "{ static struct Pair nothing; return nothing; }"),
        ("nothing", "{ }"),
    ],
)
def test_a_body_in_c_is_replaced_by_a_zero_of_its_type(name: str, body: str) -> None:
    changed = C.without_body(C_SOURCE, name)
    assert changed
    assert body in changed
    assert len(C.symbols({"a.c": changed})) == 5


def test_bodies_in_cpp_are_replaced_but_for_those_that_make_and_end_an_object() -> None:
    changed = CPP.without_body(CPP_SOURCE, "Queue")
    assert changed
    assert ": n_{n}, items_(n) { n_++; }" in changed
    assert "~Queue() {}" in changed
    for head in (
        "size() const noexcept",
        "first() const -> int",
        "operator==(const Queue &other) const",
        "Queue::pop()",
    ):
        assert f"{head} {{ return {{}}; }}" in changed
    label = CPP.without_body(CPP_SOURCE, "label")
    assert label
    assert "{ static std::string nothing{}; return nothing; }" in label
    assert CPP.without_body(CPP_SOURCE, "missing") is None


def test_calls_of_a_test_go_through_the_functions_of_its_file() -> None:
    source = (
        "static int helped(void) { return rotate(1); }\n"
        "TEST(one) { CHECK_INT(helped(), 1); Queue queue{3}; queue.pop(); }\n"
    )
    found = CPP.calls({"tests/test_a.cpp": source, "src/a.cpp": "TEST(no) { }"})
    assert found.keys() == {"tests/test_a.cpp::one"}
    assert {"helped", "rotate", "Queue", "pop"} <= found["tests/test_a.cpp::one"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("int f(void) { return 3; }", "stub"),
        ("int f(void) { /* TODO: later */ return g(); }", "stub"),
        ("void f(void) { }", "stub"),
        ("const char *f(void) { return NULL; }", "stub"),
        ("int f(void) { exit(0); return g(); }", "ends_the_process"),
        ('int f(void) { __asm__("nop"); return g(); }', "runs_text"),
        ("#define X __attribute__((constructor))\nint f(void) { return g(); }", "runs_text"),
        ('#pragma GCC optimize("O3")\nint f(void) { return g(); }', "runs_text"),
        ("#include <sys/socket.h>\nint f(void) { return g(); }", "import_unknown"),
        ('#include "other.h"\nint f(void) { return g(); }', "import_unknown"),
        ('#include "/dev/zero"\nint f(void) { return g(); }', "import_refused"),
        ("#include NAME\nint f(void) { return g(); }", "import_refused"),
        ("int f(void) { return g(; }", "does_not_parse"),
        ("#include <math.h>\n#include \"a.h\"\nint f(void) { return g() + 'x'; }", None),
    ],
)  # fmt: skip
def test_what_has_no_place_in_a_project_is_a_fault(content: str, code: str | None) -> None:
    found = C.faults({"src/a.c": content, "src/a.h": ""}, (Symbol("src/a.c", "f", 1),), "none")
    assert {fault.code for fault in found} == ({code} if code else set())


@pytest.mark.parametrize(
    "path", ["Makefile", "tests/check.h", "-o.c", "@x.c", "a b.c", "../a.c", "/a.c", "a.s", "a.so", "a.cpp", "a..c"]
)
def test_paths_that_change_how_a_project_is_built_are_refused(path: str) -> None:
    assert C.path_fault(path)


@pytest.mark.parametrize("name", ["c", "cpp"])
def test_anyone_can_build_and_run_the_package(name: str) -> None:
    language, project = language_of(name), SCRIPTED[name]
    if not (shutil.which("make") and shutil.which({"c": "gcc", "cpp": "g++"}[name])):
        pytest.skip("this machine has no make or no compiler: apt-get install -y make gcc g++")
    ours = language.extra_files(Project(name, "none", project.files, tuple(project.tests)))
    files = {path: text.encode() for path, text in {**ours, **project.files, **project.tests}.items()}
    flags = {"c": "-std=gnu17 -Wall -Wextra -Werror", "cpp": "-std=gnu++20 -Wall -Wextra -Werror"}[name]
    build = (
        f"import subprocess\nprint(subprocess.run(['make', 'test', {f'FLAGS={flags}'!r}]).returncode)\n"
        f"text = open({project.main!r}).read().replace('% 97', '% 96')\nopen({project.main!r}, 'w').write(text)\n"
        f"print(subprocess.run(['make', 'test', {f'FLAGS={flags}'!r}]).returncode)\n"
    ).encode()
    run = ChosenSandbox().run({**files, "build.py": build}, ["python", "-u", "build.py"], Limits(wall_seconds=300))
    assert "4 tests, 0 failed checks\n" in run.output, run.output + run.errors
    assert [line for line in run.output.splitlines() if line.isdigit()] == ["0", "2"]
    assert "tests/test_label" in run.output
