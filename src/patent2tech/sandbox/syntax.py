"""Reading Python's grammar without running it, also where other threads read it too."""

import ast

_TRIES = 8


def parsed(source: str | bytes) -> ast.Module:
    """The syntax tree of a module's text.

    CPython counts the depth of a tree in one place for all threads. Where another thread, or an object's finalizer,
    reads a text in the middle of this one, as numpy does for every array that it opens, a text without fault ends in
    `SystemError` (python/cpython#106905). It is read again then.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: As `ast.parse` does, for a text that cannot be read.
    """
    for _ in range(_TRIES - 1):
        try:
            return ast.parse(source)
        except SystemError:
            continue
    return ast.parse(source)
