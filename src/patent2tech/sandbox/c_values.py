"""Values that a test in C or C++ states, read from its text: numbers, sums and products of numbers, strings."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Final

from patent2tech.sandbox.syntax import parsed

_WHOLE_SUFFIX: Final = r"(?:[uU](?:ll|LL|[lLzZ])?|(?:ll|LL|[lLzZ])[uU]?)?"
_TOKEN: Final = re.compile(
    rf"\s*(?:(?P<real>(?:\d[\d']*\.[\d']*|\.\d[\d']*|\d[\d']*(?=[eE]))(?:[eE][-+]?\d+)?[fFlL]?)"
    rf"|(?P<whole>0[xX][0-9a-fA-F']+|0[bB][01']+|\d[\d']*){_WHOLE_SUFFIX}(?![\w.])"
    r"|(?P<letter>'(?:\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)|[^'\\])')"
    r"|(?P<word>true|false)\b|(?P<sign><<|>>|[-+*/%()&|^~]))"
)
_STRING: Final = re.compile(r'\s*(?:u8)?"((?:\\.|[^"\\\n])*)"', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:x([0-9a-fA-F]+)|([0-7]{1,3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_LETTERS: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}
_LONGEST: Final = 400
_MOST_BITS: Final = 64


def number(text: str) -> int | float | None:
    """The value of a written number or of a calculation with such numbers, `None` where it is none."""
    text, python = text.strip(), []
    if not text or len(text) > _LONGEST:
        return None
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            return None
        python.append(_python(match))
        position = match.end()
    try:
        match parsed(" ".join(python)).body:
            case [ast.Expr(value=value)]:
                return _value(value)
            case _:
                return None
    except (SyntaxError, ValueError, ArithmeticError, RecursionError, KeyError):
        return None


def string(text: str) -> bytes | None:
    """The bytes of a written string, or of several that stand behind each other."""
    position, found = 0, b""
    text = text.strip()
    while position < len(text):
        match = _STRING.match(text, position)
        if not match:
            return None
        found += _unescaped(match[1])
        position = match.end()
    return found if text else None


def _python(match: re.Match[str]) -> str:
    if match["real"]:
        return repr(float(match["real"].replace("'", "").rstrip("fFlL")))
    if match["letter"]:
        held = _unescaped(match["letter"][1:-1])
        return str(int.from_bytes(held[:1], signed=True)) if len(held) == 1 else "none"
    if match["word"]:
        return "1" if match["word"] == "true" else "0"
    if match["sign"]:
        return match["sign"]
    digits = match["whole"].replace("'", "").lower()
    octal = len(digits) > 1 and digits.isdigit() and digits[0] == "0"
    return str(int(digits, 8) if octal else int(digits, 0))


def _value(node: ast.expr) -> int | float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.UnaryOp):
        return _UNARY[type(node.op)](_value(node.operand))
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left), _value(node.right)
        if isinstance(node.op, ast.LShift | ast.RShift) and not 0 <= right < _MOST_BITS:
            raise ValueError("a shift is too far")
        return _BINARY[type(node.op)](left, right)
    raise ValueError("no number")


def _divided(left: float, right: float) -> int | float:
    """Division as C does it: of whole numbers toward zero."""
    if isinstance(left, int) and isinstance(right, int):
        whole = abs(left) // abs(right)
        return whole if (left < 0) == (right < 0) else -whole
    return left / right


def _left_over(left: float, right: float) -> int | float:
    return left - right * _divided(left, right)


_UNARY: Final[Mapping[type[ast.unaryop], Callable[..., int | float]]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
}
_BINARY: Final[Mapping[type[ast.operator], Callable[..., int | float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: _divided,
    ast.Mod: _left_over,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}


def _unescaped(text: str) -> bytes:
    found, position = b"", 0
    for match in _ESCAPE.finditer(text):
        found += text[position : match.start()].encode("utf-8", "replace")
        position = match.end()
        if match[1] or match[2]:
            found += bytes([(int(match[1], 16) if match[1] else int(match[2], 8)) & 0xFF])
        elif match[3] or match[4]:
            found += chr(int(match[3] or match[4], 16)).encode("utf-8", "replace")
        else:
            found += _LETTERS.get(match[5], match[5]).encode("utf-8", "replace")
    return found + text[position:].encode("utf-8", "replace")
