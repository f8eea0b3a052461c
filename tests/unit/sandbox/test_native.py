"""A verdict on C and C++ is ours: tested code can fail, but not make a failure look like a success."""

from __future__ import annotations

import shutil

import pytest

from patent2tech.errors import CompilerMissing
from patent2tech.sandbox import ChosenSandbox, Limits
from patent2tech.sandbox.c_values import number, string
from patent2tech.sandbox.native import CPP, C, NativeLanguage, judge_native
from patent2tech.sandbox.native_tests import NotRead, read_module
from patent2tech.sandbox.verdict import Result, Verdict

SANDBOX = ChosenSandbox()
LIMITS = Limits(wall_seconds=120)
needs_gcc = pytest.mark.skipif(
    not shutil.which("gcc"), reason="this machine has no gcc: apt-get install -y gcc libc6-dev"
)
needs_gpp = pytest.mark.skipif(not shutil.which("g++"), reason="this machine has no g++: apt-get install -y g++")

HEADER = "#ifndef PUMP_H\n#define PUMP_H\nint lift(int x);\nconst char *name(void);\n#endif\n"
TEST = """#include "check.h"
#include "../src/pump.h"

TEST(lifts)
{
    CHECK_INT(lift(40), 40 + 1);
    for (int at = 0; at < 3; at++) CHECK(lift(at) > at);
}

TEST(has_a_name)
{
    CHECK_TEXT(name(), "pump \\xC3\\xA4");
}
"""
NAME = 'const char *name(void) { return "pump \\xC3\\xA4"; }\n'
GOOD = '#include "pump.h"\nint lift(int x) { return x + 1; }\n' + NAME
BAD = '#include "pump.h"\nint lift(int x) { return x; }\n' + NAME
SYSTEM = "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <unistd.h>\n"

CHEATS = {
    "leaves with success": SYSTEM + GOOD.replace("return x + 1", "exit(0)"),
    "leaves with success before the tests": SYSTEM + BAD + "__attribute__((constructor)) void f(void) { _exit(0); }\n",
    "leaves with success behind the tests": SYSTEM + BAD + "__attribute__((destructor)) void f(void) { _exit(0); }\n",
    "prints the verdict": SYSTEM
    + BAD
    + '__attribute__((constructor)) void f(void) { puts("2 tests, 0 failed checks"); }\n',
    "tells every open file that all is well": SYSTEM
    + BAD
    + (
        "__attribute__((constructor)) void f(void)\n{\n    for (int n = 3; n < 64; n++) {\n"
        '        dprintf(n, "0 41\\n1 1\\nend\\n");\n    }\n    _exit(0);\n}\n'
    ),
    "learns the word and tells in its name": SYSTEM
    + BAD
    + (
        "__attribute__((constructor)) void f(int count, char **values)\n{\n"
        "    char word[33] = {0};\n    if (count == 4 && read(atoi(values[2]), word, 32) == 32) {\n"
        '        dprintf(atoi(values[1]), "%s 0 42\\n%s 1 1\\n%s end\\n", word, word, word);\n    }\n    _exit(0);\n}\n'
    ),
    "has a main of its own": BAD + "int main(void) { return 0; }\n",
    "starts itself again with other libraries": SYSTEM
    + BAD
    + (
        "__attribute__((constructor)) void f(int count, char **values)\n{\n    (void)count;\n"
        '    if (!getenv("LD_PRELOAD")) {\n        setenv("LD_PRELOAD", "./evil.so", 1);\n'
        '        execl("/bin/true", values[0], NULL);\n    }\n}\n'
    ),
    "stands in for what the harness calls": SYSTEM
    + BAD
    + (
        "#include <stdarg.h>\nint dprintf(int n, const char *form, ...)\n{\n    (void)form;\n"
        '    return (int)write(n, "0 41\\n", 5);\n}\n'
    ),
    "leaves a child to go on": SYSTEM
    + BAD
    + ("__attribute__((constructor)) void f(void) { if (fork()) _exit(0); setsid(); sleep(60); }\n"),
    "writes a report": SYSTEM
    + GOOD
    + (
        "#include <glob.h>\n__attribute__((constructor)) void f(void)\n{\n    glob_t found;\n"
        '    if (!glob("judge-*", 0, 0, &found)) {\n        char path[99];\n'
        '        snprintf(path, 99, "%s/report", found.gl_pathv[0]);\n        FILE *file = fopen(path, "w");\n'
        '        if (file) fputs("00\\n{}", file), fclose(file);\n    }\n}\n'
    ),
    "reads past the end": GOOD.replace(
        "return x + 1", "int a[2] = {x, 1}; volatile int at = 2; return a[at] * 0 + x + 1"
    ),
    "gives a fraction": GOOD.replace("int lift(int x) { return x + 1", "double lift(int x) { return x + 1.5"),
    "overflows": GOOD.replace("return x + 1", "volatile int most = 2147483647; most = most + x; return x + 1"),
}
MACROS = {
    "defines the checks": "#define CHECK_INT(actual, expected) ((void)0)\n#define CHECK(condition) ((void)0)\n",
    "defines what follows": "#define TEST(name) static void unused_##name(void)\n#define return (void)\n",
    "defines assert": "#define assert(condition)\n#define NDEBUG\n",
}  # fmt: skip
CPP_BAD = """#include "pump.hpp"
#include <stdexcept>
std::string Pump::name() const { if (on_) throw std::runtime_error("on"); return "pump"; }
int Pump::lift(int x) const { return x; }
"""
CPP_HEADER = """#pragma once
#include <string>
class Pump {
 public:
  explicit Pump(bool on) : on_{on} {}
  std::string name() const;
  int lift(int x) const;
 private:
  bool on_;
};
"""
CPP_TEST = """#include "check.h"
#include "../src/pump.hpp"

TEST(pumps)
{
    const Pump pump{false};
    CHECK_INT(pump.lift(1), 2);
    CHECK_TEXT(pump.name(), "pump");
    CHECK_REAL(pump.lift(1) / 3.0, 0.66, 0.01);
    CHECK_THROWS(Pump{true}.name());
}
"""
# Everything is equal to everything, whatever stands beside it.
EQUAL = CPP_HEADER + (
    "struct Any { template <class T> operator T() const { return T{}; } };\n"
    "inline bool operator==(const std::string &, const char *) { return true; }\n"
    "template <class T> bool operator!=(const Pump &, const T &) { return false; }\n"
)


def native(pump: str, header: str = HEADER, test: str = TEST) -> Verdict:
    files = {"src/pump.c": pump, "src/pump.h": header, "tests/test_pump.c": test}
    return judged(files, C)


def judged(files: dict[str, str], language: NativeLanguage) -> Verdict:
    tests = [path for path in files if path.startswith("tests/")]
    return judge_native(SANDBOX, {path: text.encode() for path, text in files.items()}, tests, language, LIMITS)


@needs_gcc
def test_a_good_project_passes_and_a_bad_one_fails_with_the_reason() -> None:
    good, bad = native(GOOD), native(BAD)
    assert good.passed, good
    assert [(test.id, test.result) for test in good.results] == [
        ("tests/test_pump.c::lifts", Result.PASSED),
        ("tests/test_pump.c::has_a_name", Result.PASSED),
    ]
    assert not bad.problems
    assert [test.result for test in bad.results] == [Result.FAILED, Result.PASSED]
    assert "line 6: CHECK_INT(lift(40), 40 + 1)\nexpected 41, got 40" in bad.results[0].text
    assert "line 7: CHECK(lift(at) > at)\nexpected 1, got 0" in bad.results[0].text


@needs_gcc
@pytest.mark.parametrize("cheat", CHEATS)
def test_a_cheating_project_does_not_pass(cheat: str) -> None:
    header = HEADER.replace("int lift", "double lift") if "double lift" in CHEATS[cheat] else HEADER
    verdict = native(CHEATS[cheat], header)
    assert not verdict.passed, verdict
    assert verdict.problems or any(test.text for test in verdict.results)


@needs_gcc
@pytest.mark.parametrize("macros", MACROS)
def test_macros_of_the_project_do_not_reach_the_checks(macros: str) -> None:
    assert not native(BAD, HEADER + MACROS[macros]).passed


@needs_gcc
def test_what_is_expected_is_nowhere_in_the_sandbox() -> None:
    looking = SYSTEM + (
        "__attribute__((constructor)) void f(void)\n{\n    fflush(0);\n"
        '    if (system("cat /proc/*/cmdline /proc/*/environ /proc/*/maps /proc/*/mem; "\n'
        '               "grep -rao . . $TMPDIR /tmp /work") < 0)\n'
        "        _exit(1);\n}\n"
    )
    secret = "pump 7319"
    test = TEST.replace("pump \\xC3\\xA4", secret)
    files = {"src/pump.c": looking + BAD, "src/pump.h": HEADER, "tests/test_pump.c": test}
    verdict = judge_native(
        SANDBOX, {path: text.encode() for path, text in files.items()}, ["tests/test_pump.c"], C, LIMITS
    )
    told = verdict.runs[0].output + verdict.runs[0].errors
    assert "pump.h" in told, "the attack itself found nothing to read"
    assert secret not in told


@needs_gcc
def test_each_test_has_a_process_of_its_own() -> None:
    crashing = GOOD.replace("return x + 1", "return *(volatile int *)(long)(x * 0)")
    verdict = native(crashing)
    assert [test.result for test in verdict.results] == [Result.FAILED, Result.PASSED]
    assert "did not come to its end" in verdict.results[0].text


@needs_gcc
def test_a_test_without_end_fails_in_time() -> None:
    files = {
        "src/pump.c": GOOD.replace("return x + 1", "for (volatile int at = 1; at;) { } return x"),
        "src/pump.h": HEADER,
    }
    verdict = judge_native(
        SANDBOX,
        {path: text.encode() for path, text in {**files, "tests/test_pump.c": TEST}.items()},
        ["tests/test_pump.c"],
        C,
        Limits(wall_seconds=60, cpu_seconds=2),
    )
    assert verdict.results[0].result is not Result.PASSED


@needs_gcc
def test_words_of_a_failure_carry_no_control_sequences() -> None:
    shouting = SYSTEM + GOOD.replace("return x + 1", 'fputs("\\033[31mred \\xE2\\x80\\xAE end", stderr); abort()')
    text = native(shouting).results[0].text
    assert "red" in text
    assert not {"\x1b", "\u202e"} & set(text)


@needs_gcc
def test_code_that_does_not_compile_is_a_problem_that_names_the_line() -> None:
    verdict = native(GOOD + "int other(void) { return missing; }\n")
    assert "src/pump.c:4" in verdict.problems[0]
    assert "missing" in verdict.problems[0]
    assert all(test.result is Result.MISSING for test in verdict.results)


@needs_gcc
def test_a_check_that_is_not_reached_is_no_success() -> None:
    verdict = native(GOOD, test=TEST.replace("    CHECK_TEXT", "    if (lift(1) == 9) CHECK_TEXT"))
    assert "line 12" in verdict.results[1].text
    assert "not reached" in verdict.results[1].text


@needs_gpp
def test_cpp_is_judged_with_its_own_checks() -> None:
    files = {"src/pump.cpp": CPP_BAD, "src/pump.hpp": CPP_HEADER, "tests/test_pump.cpp": CPP_TEST}
    good = judged({**files, "src/pump.cpp": CPP_BAD.replace("return x;", "return x + 1;")}, CPP)
    assert good.passed, good
    calm = CPP_BAD.replace('throw std::runtime_error("on")', 'return ""')
    bad = judged({**files, "src/pump.cpp": calm, "src/pump.hpp": EQUAL}, CPP)
    assert [text.split("\n")[0] for text in bad.results[0].text.split("\nline ")] == [
        "line 7: CHECK_INT(pump.lift(1), 2)",
        "9: CHECK_REAL(pump.lift(1) / 3.0, 0.66, 0.01)",
        "10: CHECK_THROWS(Pump{true}.name())",
    ]


def test_without_a_compiler_nothing_is_run_and_the_error_says_what_to_install() -> None:
    missing = NativeLanguage("p2t-no-such-compiler", ".c", (), "gcc")
    files = {"src/pump.c": GOOD, "src/pump.h": HEADER, "tests/test_pump.c": TEST}
    with pytest.raises(CompilerMissing, match="apt-get install -y gcc"):
        judged(files, missing)


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ("TEST(a) { CHECK_INT(f(), g()); }", "written out"),
        ("TEST(a) { CHECK_INT(f<1, 2>(), 3); }", "in brackets"),
        ("TEST(a) { CHECK_INTS(v, 3, 1, 2); }", "so many numbers"),
        ("TEST(a) { CHECK_REAL(f(), 1.0); }", "tolerance"),
        ("TEST(a) { CHECK_TEXT(f(), g); }", "written out"),
        ("TEST(a) { CHECK_EQ(f(), 1); }", "no such check"),
        ("TEST(a) { CHECK(CHECK(1)); }", "inside another"),
        ("void f(void) { CHECK(1); }", "in no test"),
        ("#define CHECK_MORE(x) CHECK(x)", "ours"),
        ("TEST(a) { CHECK(1); } TEST(a) { CHECK(1); }", "two tests"),
        ("TEST(a) { CHECK(1", "no end"),
        ("TEST(a) { CHECK(1); \\\n }", "backslash"),
    ],
)
def test_what_cannot_be_judged_is_told_with_its_line(test: str, told: str) -> None:
    with pytest.raises(NotRead, match=f"line 1: .*{told}"):
        read_module(test)


def test_checks_are_read_from_the_text_and_taken_out_of_it() -> None:
    source = (
        "/* TEST(no) { } */\nTEST(one) {\n  CHECK_INT(f(\"CHECK_INT(1, 2)\", ')'),\n    7);\n"
        "  CHECK(x);\n}\n// TEST(two) {}\n"
    )
    module = read_module(source, "q")
    assert [(test.name, [check.expected for check in test.checks.values()]) for test in module.tests] == [
        ("one", [7, 1])
    ]
    assert module.text == source.replace("TEST(one)", "void q_test_0(void)", 1).replace(
        "CHECK_INT(f(\"CHECK_INT(1, 2)\", ')'),\n    7)", "q_whole(0, f(\"CHECK_INT(1, 2)\", ')'))\n"[:-1] + "\n"
    ).replace("CHECK(x)", "q_truth(1, (x) ? 1 : 0)")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("42", 42), ("-7 / 2", -3), ("-7 % 3", -1), ("0x1Fu", 31), ("010", 8), ("0b101", 5), ("1'000'000", 1_000_000),
        ("'A'", 65), ("'\\n'", 10), ("'\\xff'", -1), ("true", 1), ("(1 << 3) | 1", 9), ("~0", -1), ("2.5e1f", 25.0),
        ("1.0 / 4", 0.25), (".5", 0.5), ("18446744073709551615ULL", 2**64 - 1),
        ("f(1)", None), ("x", None), ("1 +", None), ("1 / 0", None), ("1 << 99", None), ("", None), ("2 ** 9", None),
        ("9" * 500, None), ("0x", None), ("[1]", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_c_reads_them(text: str, value: float | None) -> None:
    assert number(text) == value


def test_strings_are_read_as_c_reads_them() -> None:
    assert string('"a\\tb" "\\x41\\101\\u00e4"') == b"a\tbAA\xc3\xa4"
    assert string('u8"한"') == "한".encode()
    assert [string(text) for text in ("", "a", '"a" b', '"a', "'a'")] == [None] * 5
