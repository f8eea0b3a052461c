"""Test modules in C and C++: what they check is read from their text, and what they expect never enters the sandbox.

A test is `TEST(name) { ... }`, and in it stand checks: `CHECK_INT(actual, 42)`, `CHECK_REAL(actual, 0.5, 1e-9)`,
`CHECK_TEXT(actual, "abc")`, `CHECK_INTS(array, 3, 1, 2, 3)`, `CHECK(condition)` and in C++ `CHECK_THROWS(expression)`.
The expected values are written out. For a run each check becomes a call that only reports its actual value, under a
name made up for the run, and the expected value is taken out of the text: tested code that reports by itself would
have to know the right answers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from patent2tech.sandbox import c_values
from patent2tech.sandbox.c_text import CText, c_text

_TEST: Final = re.compile(r"(?<![\w.])TEST\s*\(\s*([A-Za-z_]\w{0,200})\s*\)\s*(?=\{)")
_CHECK: Final = re.compile(r"(?<![\w.])(CHECK(?:_[A-Z]+)?)\s*(?=\()")
_OURS: Final = re.compile(r"(?<![\w.])(?:CHECK(?:_[A-Z]+)?|TEST)\b")
_OWN_HEADER: Final = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"(?:[\w.]+/)*check\.h"', re.MULTILINE)
_DEFINES: Final = re.compile(r"^[ \t]*#[ \t]*(?:define|undef)[ \t]+(?:CHECK|TEST)\w*", re.MULTILINE)
_SPLICED: Final = re.compile(r"\\[ \t]*$", re.MULTILINE)
_SPLICED_WHY: Final = "a backslash at the end of a line has no place in a test"
_MOST_ITEMS: Final = 1000
_BITS: Final = 1 << 64


class NotRead(Exception):
    """A test module says something that cannot be judged; the message says where and what."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what its actual value must be, its tolerance, the line that it stands in, and how it is written."""

    line: int
    written: str
    expected: int | float | bytes
    tolerance: float = 0.0
    of_value: bool = True

    def holds(self, claimed: str) -> bool:
        """Whether a reported value is the expected one."""
        try:
            if isinstance(self.expected, bytes):
                return claimed != "null" and bytes.fromhex(claimed) == self.expected
            if isinstance(self.expected, int):
                return int(_whole(claimed)) % _BITS == self.expected % _BITS
            value = float.fromhex(claimed)
        except ValueError:
            return False
        return value == self.expected or math.isclose(value, self.expected, rel_tol=0, abs_tol=self.tolerance)

    def shown(self, claimed: str) -> str:
        """A failure in words."""
        return f"line {self.line}: {self.written}\nexpected {self._told(self.expected)}, got {self._read(claimed)}"

    def _read(self, claimed: str) -> str:
        if claimed == "null":
            return "a null pointer"
        try:
            if isinstance(self.expected, bytes):
                return self._told(bytes.fromhex(claimed))
            return f"{float.fromhex(claimed):.17g}" if isinstance(self.expected, float) else _whole(claimed)
        except ValueError:
            return "nothing that is a value"

    @staticmethod
    def _told(value: float | bytes) -> str:
        return repr(value.decode("utf-8", "replace")) if isinstance(value, bytes) else f"{value!r}"


def _whole(claimed: str) -> str:
    """A whole number without the places behind its point; another keeps them."""
    return claimed.removesuffix(".000000000")


@dataclass(frozen=True, slots=True)
class NativeTest:
    """One test with its checks by the number that a run reports them under."""

    name: str
    checks: dict[int, Check]


@dataclass(slots=True)
class TestModule:
    """The tests of a module, and its text with reporting calls in place of the checks."""

    __test__ = False

    tests: list[NativeTest] = field(default_factory=list)
    text: str = ""
    checks: int = 0


def read_module(source: str, prefix: str = "P2T") -> TestModule:
    """The tests of a module; the calls in its text have names that begin with `prefix`.

    Raises:
        NotRead: when a check is none that can be judged.
    """
    text = c_text(source)
    for pattern, view, why in (
        (_DEFINES, source, "CHECK and TEST are ours and cannot be defined"),
        (_SPLICED, source, _SPLICED_WHY),
    ):
        if found := pattern.search(view):
            raise NotRead(f"line {text.line(found.start())}: {why}")
    module, written, position = TestModule(), [], 0
    for match in _TEST.finditer(text.masked):
        end = text.closing(match.end())
        if end is None:
            raise NotRead(f"line {text.line(match.start())}: the test has no end")
        if match[1] in {test.name for test in module.tests}:
            raise NotRead(f"line {text.line(match.start())}: there are two tests {match[1]}")
        written += [source[position : match.start()], f"void {prefix}_test_{len(module.tests)}(void) "]
        checks, body = _body(text, (match.end(), end + 1), module.checks, prefix)
        _no_other(text, position, match.start())
        module.checks += len(checks)
        module.tests.append(NativeTest(match[1], checks))
        written.append(body)
        position = end + 1
    _no_other(text, position, len(source))
    written.append(source[position:])
    module.text = _OWN_HEADER.sub("", "".join(written))
    return module


def _no_other(text: CText, start: int, end: int) -> None:
    if found := _OURS.search(text.masked, start, end):
        raise NotRead(
            f"line {text.line(found.start())}: {found.group()} stands in no test of the form TEST(name) {{ }}"
        )


def _body(text: CText, place: tuple[int, int], first: int, prefix: str) -> tuple[dict[int, Check], str]:
    checks: dict[int, Check] = {}
    written: list[str] = []
    position, end = place
    while match := _CHECK.search(text.masked, position, end):
        close = text.closing(match.end())
        line = text.line(match.start())
        if close is None:
            raise NotRead(f"line {line}: {match[1]} has no end")
        arguments = list(_arguments(text, match.end() + 1, close))
        whole = text.plain[match.start() : close + 1]
        if _CHECK.search(text.masked, match.end(), close):
            raise NotRead(f"line {line}: a check stands inside another one")
        found, call = _read_check(match[1], arguments, first + len(checks), prefix)
        if not found:
            raise NotRead(
                f"line {line}: {' '.join(whole.split())[:120]}: {_USAGE.get(match[1], 'there is no such check')}"
            )
        shown = " ".join(whole.split())[:300]
        for each in found:
            checks[first + len(checks)] = Check(line, shown, *each)
        # The lines keep their numbers, so that messages of the compiler name the right ones.
        lines = whole.count("\n") - call.count("\n")
        written += [text.source[position : match.start()], call, "\n" * lines]
        position = close + 1
    written.append(text.source[position:end])
    return checks, "".join(written)


_USAGE: Final = {
    "CHECK": "it takes one condition",
    "CHECK_INT": "it takes an actual value (in brackets where it has commas) and the expected number, written out",
    "CHECK_REAL": "it takes an actual value, the expected number and a tolerance, both written out",
    "CHECK_TEXT": "it takes an actual text and the expected one, written out",
    "CHECK_INTS": "it takes an array, its length and so many numbers, all written out",
    "CHECK_THROWS": "it takes one expression",
}
_Found = tuple[int | float | bytes, float, bool]
_SINGLE: Final = {"CHECK": "_truth({number}, ({actual}) ? 1 : 0)", "CHECK_THROWS": "_THROWS({number}, {actual})"}
_CALLS: Final = {"CHECK_INT": "whole", "CHECK_REAL": "real", "CHECK_TEXT": "text"}


def _read_check(name: str, arguments: Sequence[str], number: int, prefix: str) -> tuple[list[_Found], str]:
    """What a check expects, and the call that reports what is."""
    actual, *rest = arguments
    if name == "CHECK_INTS":
        return _read_items(arguments, number, prefix)
    if name in _SINGLE:
        call = _SINGLE[name].format(number=number, actual=actual)
        return ([] if rest else [(1, 0.0, False)]), f"{prefix}{call}"
    return list(_stated(name, rest)), f"{prefix}_{_CALLS.get(name)}({number}, {actual})"


def _stated(name: str, rest: Sequence[str]) -> Iterator[_Found]:
    """The expected value as it is written, if it is."""
    if name == "CHECK_TEXT" and len(rest) == 1 and (text := c_values.string(rest[0])) is not None:
        yield text, 0.0, True
    values = [c_values.number(each) for each in rest]
    match name, values:
        case "CHECK_INT", [int() as value]:
            yield value, 0.0, True
        case "CHECK_REAL", [int() | float() as value, int() | float() as tolerance]:
            yield float(value), abs(float(tolerance)), True


def _read_items(arguments: Sequence[str], number: int, prefix: str) -> tuple[list[_Found], str]:
    length = c_values.number(arguments[1]) if len(arguments) > 1 else None
    values = [c_values.number(each) for each in arguments[2:]]
    if not isinstance(length, int) or not 0 < length == len(values) <= _MOST_ITEMS:
        return [], ""
    found: list[_Found] = [(value, 0.0, True) for value in values if isinstance(value, int)]
    at = f"{prefix}_at"
    loop = f"for (int {at} = 0; {at} < {length}; {at}++) {prefix}_whole({number} + {at}, ({arguments[0]})[{at}])"
    return (found if len(found) == length else []), f"do {{ {loop}; }} while (0)"


def _arguments(text: CText, start: int, end: int) -> Iterator[str]:
    """The source between the commas of a call; only round brackets hold commas of their own, as in any macro."""
    depth, first = 0, start
    for position in range(start, end):
        letter = text.masked[position]
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            yield text.plain[first:position]
            first = position + 1
    yield text.plain[first:end]
