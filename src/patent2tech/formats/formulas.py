"""Formulas in MathML as a line that a person can type and read: `(a + b)/(c)`, `sqrt(x)`, `x_i^2`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from patent2tech.formats.marks import CELL, LINE
from patent2tech.formats.powers import RAISED, write_power

MATH: Final = ("math", "{http://www.w3.org/1998/Math/MathML}math")
_FORMULA: Final = "formula"

_SPACED: Final = frozenset("= < > ≤ ≥ ≦ ≧ ≠ ≈ ≅ ≡ ∼ ∝ + - − ± ∓ × · ÷ ∈ ∉ ⊂ ⊆ ∪ ∩ → ⇒ ⇔ ← ∧ ∨ := == << >> ≪ ≫".split())
_LISTING: Final = frozenset(",;")
_OPENING: Final = frozenset("([{⌈⌊⟨")
_CLOSING: Final = frozenset(")]}⌉⌋⟩")
_APPLY: Final = "\u2061"
_TIMES: Final = "\u2062"
_INVISIBLE: Final = frozenset((_APPLY, _TIMES, "\u2063", "\u2064", "\u200b"))
_UNSEEN: Final = dict.fromkeys(map(ord, _INVISIBLE), " ")
_ACCENTS: Final = {
    **dict.fromkeys("¯‾_ˉ―", "bar"),
    **dict.fromkeys("^ˆ̂", "hat"),
    **dict.fromkeys("~˜̃", "tilde"),
    **dict.fromkeys("→⇀⃗", "vec"),
    **dict.fromkeys(".˙̇", "dot"),
    "..": "ddot",
    "¨": "ddot",
}
_AS_THEY_ARE: Final = re.compile(r"[′″‴'\"°*†‡]+")
_ATOM: Final = re.compile(r"[\w.′″%∞∂∑∏∫]+|.", re.DOTALL)
_CALL: Final = re.compile(r"\w*\(")


def write_formulas(root: etree._Element) -> None:
    """Put readable text in the place of every formula below the element, and a sign before what is raised."""
    for formula in list(root.iter(*MATH)):
        write_formula(formula)
    for element in root.iter(RAISED):
        write_power(element)


def write_formula(math: etree._Element) -> None:
    """Put its readable text in the place of what a formula is made of."""
    text, tail = readable(math), math.tail
    math.clear()
    math.tag = _FORMULA
    math.text, math.tail = text, tail


def readable(math: etree._Element) -> str:
    """The formula as text; rows and cells of its outermost tables begin with the marks of lines and cells.

    A formula of absurd depth is given as its symbols in order.
    """
    try:
        text = _row(math, outermost=True)
    except RecursionError:
        text = " ".join(map(str, math.itertext()))
    return " ".join(text.translate(_UNSEEN).split())


def _row(element: etree._Element, *, outermost: bool = False) -> str:
    """The parts of a row one after another, with spaces where they help."""
    line = _Row()
    line.add(element.text)
    for child in element:
        tag = _tag(child)
        if tag == "mo":
            line.add_operator(_token(child))
        elif tag == "mspace":
            line.space()
        elif tag in _ROWS:
            line.add(_row(child, outermost=outermost and not line.text))
        elif tag == "mtable":
            line.add(_table(child, outermost=outermost and not line.text))
        elif tag:
            line.add(_WRITERS.get(tag, _row)(child))
        line.add(child.tail)
    return line.text


class _Row:
    """A row of a formula, as it grows."""

    def __init__(self) -> None:
        self.text = ""
        self._binary_next = False

    def add(self, part: str | None) -> None:
        """Set down a part; two words never grow together."""
        if not part or not (part := part.strip(" \t\r\n")):
            return
        if part[0] in _CLOSING:
            self.text = self.text.rstrip()
        elif part[0].isalnum() and (self.text[-1:].isalnum() or self.text.endswith(")")):
            self.space()
        self.text += part
        self._binary_next = True

    def add_operator(self, operator: str) -> None:
        """Set down an operator; between two operands it has spaces around it."""
        if operator in _INVISIBLE or not operator:
            if operator == _TIMES:
                self.space()
            return
        if operator in _LISTING:
            self.text = f"{self.text.rstrip()}{operator} "
            self._binary_next = False
        elif operator in _SPACED and self._binary_next:
            self.text = f"{self.text.rstrip()} {operator} "
            self._binary_next = False
        elif operator.isalpha():
            self.add(operator)
        else:
            self.text = f"{self.text.rstrip() if operator in _CLOSING else self.text}{operator}"
            self._binary_next = operator not in _OPENING and operator not in _SPACED

    def space(self) -> None:
        """Keep apart what follows."""
        if self.text and not self.text.endswith((" ", "(", LINE, CELL)):
            self.text += " "


def _token(element: etree._Element) -> str:
    """The text of a token; white space alone, as the office sets it between two words, keeps them apart."""
    text = "".join(map(str, element.itertext()))
    words = " ".join(text.translate(_UNSEEN).split())
    return words or (_TIMES if text and _APPLY not in text else "")


def _fraction(element: etree._Element) -> str:
    above, below = _parts(element, 2)
    return f"{_group(above)}/{_group(below)}"


def _square_root(element: etree._Element) -> str:
    return f"sqrt({_row(element).strip()})"


def _root(element: etree._Element) -> str:
    inner, degree = _parts(element, 2)
    return f"root({inner}, {degree})"


def _superscript(element: etree._Element) -> str:
    base, raised = _parts(element, 2)
    return _group(base) + _power(raised)


def _subscript(element: etree._Element) -> str:
    base, lowered = _parts(element, 2)
    return _group(base) + _index(lowered)


def _both(element: etree._Element) -> str:
    base, lowered, raised = _parts(element, 3)
    return _group(base) + _index(lowered) + _power(raised)


def _over(element: etree._Element) -> str:
    base, above = _parts(element, 2)
    accent = _ACCENTS.get(above)
    return f"{accent}({base})" if accent else _group(base) + _power(above)


def _under(element: etree._Element) -> str:
    base, below = _parts(element, 2)
    return _group(base) + _index(below)


def _fenced(element: etree._Element) -> str:
    separators = element.get("separators", ",").strip()[:1]
    parts = f"{separators} ".join(_part(child) for child in element if _tag(child))
    return f"{element.get('open', '(')}{parts}{element.get('close', ')')}"


def _table(element: etree._Element, *, outermost: bool = False) -> str:
    """Rows on lines of their own where the table lays out the formula, else a matrix `[a, b; c, d]`."""
    rows = [
        [_row(cell, outermost=outermost).strip() for cell in row if _tag(cell)]
        if _tag(row) in _TABLE_ROWS
        else [_part(row)]
        for row in element
        if _tag(row)
    ]
    if outermost:
        return "".join(LINE + CELL.join(row) for row in rows)
    return f"[{'; '.join(', '.join(row) for row in rows)}]"


def _parts(element: etree._Element, count: int) -> list[str]:
    """The children, as many as the element needs; what is too many is part of the last, so that nothing is lost."""
    found = [_part(child) for child in element if _tag(child)]
    if loose := " ".join(
        filter(None, ((text or "").strip() for text in (element.text, *(each.tail for each in element))))
    ):
        found.append(loose)
    if len(found) > count:
        found[count - 1 :] = [" ".join(found[count - 1 :])]
    return found + [""] * (count - len(found))


def _part(element: etree._Element) -> str:
    tag = _tag(element)
    if tag in {"mo", "mi", "mn", "mtext", "ms"}:
        token = _token(element)
        return "" if token in _INVISIBLE else token
    if tag == "mtable":
        return _table(element)
    return _WRITERS.get(tag, _row)(element).strip()


def _power(raised: str) -> str:
    if not raised:
        return ""
    return raised if _AS_THEY_ARE.fullmatch(raised) else f"^{_group(raised)}"


def _index(lowered: str) -> str:
    return f"_{_group(lowered)}" if lowered else ""


def _group(text: str) -> str:
    """The text, in parentheses unless it is one thing already."""
    return text if not text or _ATOM.fullmatch(text) or _is_enclosed(text) else f"({text})"


def _is_enclosed(text: str) -> bool:
    call = _CALL.match(text)
    if not call or not text.endswith(")"):
        return False
    depth = 1
    for place, character in enumerate(text[call.end() :], call.end()):
        depth += (character == "(") - (character == ")")
        if not depth:
            return place == len(text) - 1
    return False


def _tag(element: etree._Element) -> str:
    """The name without namespace; empty for comments and processing instructions, which have no text."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


_ROWS: Final = frozenset("math mrow mstyle mpadded menclose merror semantics maction".split())
_TABLE_ROWS: Final = frozenset(("mtr", "mlabeledtr"))
_WRITERS: Final[dict[str, Callable[[etree._Element], str]]] = {
    **dict.fromkeys(("mi", "mn", "mtext", "ms"), _token),
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "msup": _superscript,
    "msub": _subscript,
    "msubsup": _both,
    "munderover": _both,
    "mover": _over,
    "munder": _under,
    "mfenced": _fenced,
}
