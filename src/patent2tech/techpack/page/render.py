"""Rendering: templates, style and script become one page that may load nothing and run nothing but its own script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from markupsafe import Markup

from patent2tech.patents import Locator
from patent2tech.techpack.mentions import Mentions, part_anchor
from patent2tech.techpack.page.anchors import Anchors, fragment
from patent2tech.techpack.page.view import view_of
from patent2tech.techpack.page.wording import both, count, place, said, word, words
from patent2tech.techpack.request import PackRequest
from patent2tech.techpack.sheets import DrawnSheets

# Control characters, lone surrogates and the marks that turn the direction of a line around: no patent needs them,
# and an HTML parser or a reader's eye can be misled by them.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_SCRIPT_PARTS = ("page.js", "find.js", "sheets.js", "tip.js", "parts.js")


def render_page(request: PackRequest, drawn: DrawnSheets) -> str:
    """The whole page as text; everything that came from the patent is escaped by the templates."""
    sections = [each.section for each in request.contributions if each.section]
    boot = _asset("boot.js")
    script = "".join([*(_asset(name) for name in _SCRIPT_PARTS), *(section.script for section in sections)])
    page = (
        _environment()
        .get_template("page.html")
        .render(
            request=request,
            reading=request.reading,
            patent=request.patent,
            view=view_of(request, drawn),
            mentions=Mentions(request.reading),
            anchors=Anchors(),
            css=Markup("".join([_asset("page.css"), *(section.style for section in sections)])),  # noqa: S704 - our own files
            boot=Markup(boot),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own files
            policy=_policy(boot, script),
        )
    )
    return without_unshowable(page)


def without_unshowable(text: str) -> str:
    """The text without characters that no reader sees and some parsers trip over."""
    return _UNSHOWABLE.sub("", text)


def data(value: object) -> Markup:
    """A value as JSON that may stand inside `<script type="application/json">`, whatever text is in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 - escaped


def _policy(*scripts: str) -> str:
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    return (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {hashes}; "
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


@cache
def _asset(name: str) -> str:
    return files("patent2tech.techpack.page").joinpath("assets", name).read_text(encoding="utf-8")


def _compiled_templates() -> FileSystemBytecodeCache | None:
    """Compiling the templates takes longer than filling them; without a safe folder of this user alone it goes on."""
    try:
        return FileSystemBytecodeCache()
    except (OSError, RuntimeError):
        return None


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("patent2tech.techpack.page"),
        bytecode_cache=_compiled_templates(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(t=both, said=said, count=count, word=word, words=words, place=place)
    environment.globals.update(part_anchor=part_anchor, figure=Locator.figure)
    environment.filters["fragment"] = fragment
    return environment
