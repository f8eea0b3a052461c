"""Source code as markup with its kinds of words told apart, made when the page is made, so that it needs no script."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from markupsafe import Markup, escape
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, String

_LEXERS: Final = {
    ".py": "python",
    ".js": "javascript",
    ".mjs": "javascript",
    ".ts": "typescript",
    ".json": "json",
    ".c": "c",
    ".h": "c",
    ".cpp": "cpp",
    ".hpp": "cpp",
}
_CLASSES: Final = (
    (Comment, "c"),
    (String.Doc, "c"),
    (String, "s"),
    (Number, "n"),
    (Keyword, "k"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Decorator, "f"),
)
STYLE: Final = """
.hl { tab-size: 4; }
.hl .c { color: var(--soft); font-style: italic; }
.hl .s { color: #2f6b1d; }
.hl .n { color: #8a3d00; }
.hl .k { color: #7a2580; }
.hl .f { color: var(--accent); }
@media (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) .hl .s { color: #a5d18f; }
  :root:not([data-theme="light"]) .hl .n { color: #f0b27a; }
  :root:not([data-theme="light"]) .hl .k { color: #d9a5de; }
}
:root[data-theme="dark"] .hl .s { color: #a5d18f; }
:root[data-theme="dark"] .hl .n { color: #f0b27a; }
:root[data-theme="dark"] .hl .k { color: #d9a5de; }
"""


def highlight(path: str, content: str) -> Markup:
    """The content as the inside of a `<pre class="hl">`; a file of no known kind stays plain."""
    name = _LEXERS.get(PurePosixPath(path).suffix)
    if name is None:
        return escape(content)
    pieces: list[Markup] = []
    run: list[str] = []
    current = ""
    for kind, text in get_lexer_by_name(name, ensurenl=False, stripnl=False).get_tokens(content):
        found = next((short for token, short in _CLASSES if kind in token), "")
        if found != current and run:
            pieces.append(_run(current, "".join(run)))
            run = []
        current = found
        run.append(text)
    if run:
        pieces.append(_run(current, "".join(run)))
    return Markup("").join(pieces)


def _run(kind: str, text: str) -> Markup:
    return Markup('<span class="{}">{}</span>').format(kind, text) if kind and text.strip() else escape(text)
