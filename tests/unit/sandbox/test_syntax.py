"""Reading Python's grammar while something else reads it too."""

import ast
import gc
from collections.abc import Iterator

import pytest

from patent2tech.sandbox.syntax import parsed


class _ReadsAnother:
    """Garbage that reads a text of its own when it is collected, as another thread may at any moment."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        ast.parse("1")


@pytest.fixture(autouse=True)
def _garbage_is_collected_often() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(50)
    yield
    gc.set_threshold(*before)


def test_a_text_is_read_whole_though_another_is_read_in_its_middle() -> None:
    _ReadsAnother()
    tree = parsed("x = [" + "(1, 'a')," * 3000 + "]")

    assert isinstance(tree.body[0], ast.Assign)
    assert isinstance(tree.body[0].value, ast.List)
    assert len(tree.body[0].value.elts) == 3000


def test_a_text_with_a_fault_is_refused_as_ever() -> None:
    with pytest.raises(SyntaxError):
        parsed("x = [")
