"""Sources that harm who compiles them: reading the host, and never coming to an end."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from patent2tech.sandbox import Limits, Outcome, Run
from tests.security.sandbox.host import ATTACKS, LIMITS, Attack, Attacker, attack

_BOMB = replace(LIMITS, wall_seconds=0.8, cpu_seconds=1)
_ROOM = replace(LIMITS, memory_bytes=192 << 20)


def compiling(function: Attack) -> Attack:
    """An attack that needs a compiler; where there is none, it is none."""
    return attack(function) if shutil.which("gcc") and shutil.which("g++") else function


def _compiled(attacker: Attacker, source: str, *flags: str, limits: Limits = _ROOM, name: str = "a.c") -> Run:
    compiler = "g++" if name.endswith("pp") else "gcc"
    return attacker.sandbox.run({name: source.encode()}, [compiler, *flags, "-c", name, "-o", "out.o"], limits, ("*",))


def _leaked(attacker: Attacker, run: Run) -> bool:
    marker = attacker.marker
    return marker in run.output + run.errors or any(marker.encode() in content for content in run.files.values())


def _endless(run: Run) -> bool:
    """Whether it came to an end by itself that it should not have come to, or left more than it may."""
    return run.outcome is Outcome.EXITED and run.exit_code == 0


@compiling
def secret_included(attacker: Attacker) -> object:
    return _leaked(attacker, _compiled(attacker, f'#include "{attacker.secret}"\nint main(void) {{ return 0; }}\n'))


@compiling
def secret_included_by_the_assembler(attacker: Attacker) -> object:
    return _leaked(attacker, _compiled(attacker, f'__asm__(".incbin \\"{attacker.secret}\\"");\n')) or _leaked(
        attacker, _compiled(attacker, f'__asm__(".include \\"{attacker.secret}\\"");\n')
    )


@compiling
def users_of_the_host_included(attacker: Attacker) -> object:
    root = Path("/etc/passwd").read_text(encoding="utf-8").splitlines()[0]
    run = _compiled(attacker, '#include "/etc/passwd"\n')
    return root in run.output + run.errors


@compiling
def device_included(attacker: Attacker) -> object:
    return any(
        _endless(_compiled(attacker, f'#include "/dev/{device}"\n', limits=_BOMB)) for device in ("zero", "urandom")
    )


@compiling
def plug_in_named_by_the_source(attacker: Attacker) -> object:
    """A library that says so when it is loaded, and a source that asks the compiler to load it."""
    files = {
        "evil.c": b'#include <stdio.h>\n__attribute__((constructor)) void f(void) { fclose(fopen("loaded", "w")); }\n',
        "a.c": b'#pragma GCC optimize("-fplugin=./evil.so")\n#pragma GCC plugin "./evil.so"\n'
        b'#pragma comment(lib, "./evil.so")\nint f(void) { return 0; }\n',
        "run.py": b"import subprocess\nsubprocess.run(['gcc', '-shared', '-fPIC', 'evil.c', '-o', 'evil.so'], check=True)\n"
        b"subprocess.run(['gcc', '-c', 'a.c', '-o', 'a.o'])\nprint('tried')\n",
    }
    run = attacker.sandbox.run(files, ["python", "run.py"], _ROOM, ("loaded",))
    return "loaded" in run.files or "tried" not in run.output


@compiling
def templates_without_end(attacker: Attacker) -> object:
    source = (
        "template <long N, long M> struct T { static const long v = T<N - 1, M * 2>::v + T<N - 1, M * 2 + 1>::v; };\n"
        "template <long M> struct T<0, M> { static const long v = M; };\nlong x = T<40, 0>::v;\n"
    )
    return _endless(_compiled(attacker, source, limits=_BOMB, name="a.cpp"))


@compiling
def constants_computed_without_end(attacker: Attacker) -> object:
    source = "constexpr int f(int n) { int s = 0; for (;;) s = (s + n) % 7; return s; }\nconstexpr int x = f(1);\n"
    flags = ("-std=c++20", "-fconstexpr-loop-limit=2147483647", "-fconstexpr-ops-limit=9223372036854775807")
    return _endless(_compiled(attacker, source, *flags, limits=_BOMB, name="a.cpp"))


@compiling
def file_that_includes_itself(attacker: Attacker) -> object:
    return _endless(_compiled(attacker, "#include __FILE__\n#include __FILE__\n", limits=_BOMB))


@compiling
def macros_that_double(attacker: Attacker) -> object:
    source = "#define A0 1 + 1 +\n" + "".join(f"#define A{n} A{n - 1} A{n - 1}\n" for n in range(1, 40))
    return _endless(_compiled(attacker, f"{source}int x = A39 1;\n", limits=_BOMB))


@compiling
def object_larger_than_a_file_may_be(attacker: Attacker) -> object:
    run = _compiled(attacker, '__asm__(".fill 0x10000000, 8, 1");\n')
    return _endless(run) or any(len(content) > LIMITS.file_bytes for content in run.files.values())


@compiling
def sources_named_like_options(attacker: Attacker) -> object:
    """The judge names sources as `./PATH`, so that none is taken for an option or for a file of options."""
    files = {"-fplugin=x.c": b"int a;", "@b.c": b"int b;"}
    run = attacker.sandbox.run(files, ["gcc", "-c", "./-fplugin=x.c", "./@b.c"], _ROOM)
    return run.exit_code != 0


NAMES = [name for name, function in ATTACKS.items() if function.__module__ == __name__]
