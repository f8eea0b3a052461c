"""Formulas in MathML and what is raised in running text."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from patent2tech.formats.formulas import readable, write_formulas
from patent2tech.formats.prose import mark_layout, marked_prose, prose

A, B, C = "<mi>a</mi>", "<mi>b</mi>", "<mi>c</mi>"
SUM = f"<mrow>{A}<mo>+</mo>{B}</mrow>"


def written(mathml: str) -> str:
    return readable(etree.fromstring(f"<math>{mathml}</math>"))


@pytest.mark.parametrize(
    ("mathml", "text"),
    [
        (f"<mfrac>{SUM}{C}</mfrac>", "(a + b)/c"),
        (f"<mfrac>{A}<mrow><mo>(</mo>{SUM}<mo>)</mo></mrow></mfrac>", "a/(a + b)"),
        (f"<mfrac><mrow><mo>(</mo>{A}<mo>)</mo><mo>-</mo><mo>(</mo>{B}<mo>)</mo></mrow>{C}</mfrac>", "((a) - (b))/c"),
        ("<msqrt><mi>x</mi></msqrt>", "sqrt(x)"),
        (f"<mroot>{SUM}<mn>3</mn></mroot>", "root(a + b, 3)"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x^2"),
        (f"<msup>{SUM}<mrow><mi>n</mi><mo>-</mo><mn>1</mn></mrow></msup>", "(a + b)^(n - 1)"),
        ("<msup><mi>e</mi><mrow><mo>-</mo><mi>t</mi></mrow></msup>", "e^(-t)"),
        ("<msub><mi>x</mi><mi>i</mi></msub>", "x_i"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_i^2"),
        ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
        (
            (
                "<munderover><mo>∑</mo><mrow><mi>k</mi><mo>=</mo><mn>0</mn></mrow><mi>n</mi></munderover>"
                "<msub><mi>x</mi><mi>k</mi></msub>"
            ),
            "∑_(k = 0)^n x_k",
        ),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "bar(x)"),
        ("<mi>E</mi><mo>=</mo><mi>m</mi><mo>\u2062</mo><msup><mi>c</mi><mn>2</mn></msup>", "E = m c^2"),
        ("<mi>f</mi><mo>\u2061</mo><mrow><mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo></mrow>", "f(x, y)"),
        ("<mi>y</mi><mo>=</mo><mo>-</mo><mi>x</mi>", "y = -x"),
        (
            (
                f"<mo>[</mo><mtable><mtr><mtd>{A}</mtd><mtd>{B}</mtd></mtr><mtr><mtd>{B}</mtd><mtd>{C}</mtd></mtr></mtable>"
                "<mo>]</mo>"
            ),
            "[[a, b; b, c]]",
        ),
        (f"<mfenced open='[' close=')'>{A}{SUM}</mfenced>", "[a, a + b)"),
        ("<mtext>mass of</mtext><mspace width='1em'/><mi>x</mi>", "mass of x"),
    ],
)
def test_a_formula_is_written_as_a_person_types_it(mathml: str, text: str) -> None:
    assert written(mathml) == text


def test_the_rows_of_an_equation_and_its_number_stand_on_lines_with_tabs() -> None:
    rows = "".join(
        f"<mtr><mtd><mrow><mi>{name}</mi><mo>=</mo>{SUM}</mrow></mtd><mtd><mtext>({number})</mtext></mtd></mtr>"
        for number, name in enumerate("xy", 1)
    )
    root = etree.fromstring(f"<d><p>As in <maths><math><mtable>{rows}</mtable></math></maths> above.</p></d>")
    mark_layout(root)
    assert marked_prose(root[0]) == "As in\nx = a + b\t(1)\ny = a + b\t(2)\nabove."


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("10<sup>5</sup> cells", "10^5 cells"),
        ("10<sup>−6 </sup>m", "10^−6 m"),
        ("x<sup>2</sup> and x<sup>n+1</sup>", "x^2 and x^(n+1)"),
        ("(a+b)<sup>2</sup>", "(a+b)^2"),
        ("R<sub>D</sub><sup>1</sup>", "RD^1"),
        ("x<sup><i>n</i>−1</sup>", "x^(n−1)"),
        ("the 1<sup>st</sup> and n<sup>th</sup> arm 12<sup>a</sup>", "the 1st and nth arm 12a"),
        ("a <sup>14</sup>C atom, arm 12<sup>′</sup>, Velcro<sup>®</sup>", "a 14C atom, arm 12′, Velcro®"),
        ("H<sub>2</sub>O", "H2O"),
    ],
)
def test_what_is_raised_is_not_taken_for_a_digit_of_its_base(xml: str, text: str) -> None:
    marked = etree.fromstring(f"<d><p>{xml}</p></d>")
    mark_layout(marked)
    assert marked_prose(marked[0]) == text
    root = etree.fromstring(f"<d><p>{xml}</p></d>")
    write_formulas(root)
    write_formulas(root)
    assert prose(root[0]) == text


NAMES = st.text("abcxyzαβ0123456789", min_size=1, max_size=3)
LEAVES = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["mi", "mn", "mtext"]), NAMES)


def node(name: str, count: int, children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(children, min_size=count, max_size=count).map(lambda parts: f"<{name}>{''.join(parts)}</{name}>")


FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        *(node(name, 2, inner) for name in ("mfrac", "msup", "msub", "mroot", "munder")),
        *(node(name, 3, inner) for name in ("msubsup", "munderover")),
        node("msqrt", 1, inner),
        st.lists(inner, max_size=4).map(lambda parts: f"<mrow>{'<mo>+</mo>'.join(parts)}</mrow>"),
        st.lists(inner, max_size=3).map(
            lambda cells: f"<mtable><mtr><mtd>{'</mtd><mtd>'.join(cells)}</mtd></mtr></mtable>"
        ),
    ),
    max_leaves=12,
)


@given(FORMULAS)
@settings(max_examples=100)
def test_no_symbol_of_a_formula_is_lost_and_its_parentheses_match(mathml: str) -> None:
    element = etree.fromstring(f"<math>{mathml}</math>")
    symbols = Counter("".join("".join(map(str, element.itertext())).split()))
    text = readable(element)
    assert not symbols - Counter(text)
    assert text.count("(") == text.count(")")


@pytest.mark.parametrize("tag", ["msup", "mfrac", "msqrt", "mrow", "mover", "mfenced", "mtable"])
def test_a_formula_of_absurd_depth_keeps_its_symbols(tag: str) -> None:
    element = etree.fromstring(f"<math>{f'<{tag}>' * 240}<mi>x</mi>{f'</{tag}>' * 240}</math>")
    assert "x" in readable(element)
