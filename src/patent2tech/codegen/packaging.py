"""A code project as a folder or a ZIP that a stranger can use: its files, README, trace, licence, patent notice."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from patent2tech.codegen._scaffold_view import disclosed
from patent2tech.codegen.escaping import plain
from patent2tech.codegen.languages import language_of
from patent2tech.codegen.result import CodeResult, CodeStatus
from patent2tech.codegen.tracing import TRACE_FILE, TRACE_FORMAT, trace_json
from patent2tech.codegen.wire import CodeRead
from patent2tech.errors import BadInput
from patent2tech.text import Lang, Note
from patent2tech.text.markdown import escape_markdown

README_FILE: Final = "README.md"
ACCOUNT_FILE: Final = "code.json"

# The first moment that a ZIP can state: the same project gives the same bytes on every day.
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_ZIP_FILE_MODE: Final = 0o100644 << 16
_ZIP_MADE_BY_UNIX: Final = 3
_LICENSE: Final = """\
MIT No Attribution

Permission is hereby granted, free of charge, to any person obtaining a copy of this
software and associated documentation files (the "Software"), to deal in the Software
without restriction, including without limitation the rights to use, copy, modify,
merge, publish, distribute, sublicense, and/or sell copies of the Software, and to
permit persons to whom the Software is furnished to do so.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED,
INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR
PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
DEALINGS IN THE SOFTWARE.
"""


def package(result: CodeResult, lang: Lang) -> dict[str, bytes]:
    """Every file of the package by its path."""
    project = result.project
    language = language_of(project.language, project.framework)
    files = {path: content.encode("utf-8", "replace") for path, content in project.files.items()}
    for path, content in language.extra_files(project).items():
        files[path] = content.encode()
    files[TRACE_FILE] = trace_json(result.specification, project).encode("utf-8", "replace")
    files["LICENSE"] = _LICENSE.encode()
    files["NOTICE.md"] = _notice(result).encode("utf-8", "replace")
    files[README_FILE] = ("\n".join(_readme(result, lang, sorted(files))) + "\n").encode("utf-8", "replace")
    files[ACCOUNT_FILE] = CodeRead.of(result, files, lang).model_dump_json(indent=2).encode() + b"\n"
    return dict(sorted(files.items()))


def package_name(result: CodeResult) -> str:
    """The name of the folder and of the ZIP: `US1234567B2-python`."""
    framework = result.project.framework
    suffix = "" if framework == "none" else f"-{framework}"
    return f"{result.specification.number}-{result.project.language}{suffix}"


def zip_bytes(name: str, files: dict[str, bytes]) -> bytes:
    """The package as a ZIP whose bytes depend on the files alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{name}/{path}", date_time=_ZIP_EPOCH)
            entry.external_attr, entry.create_system = _ZIP_FILE_MODE, _ZIP_MADE_BY_UNIX
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def write_package(name: str, files: dict[str, bytes], out: Path) -> tuple[Path, Path]:
    """Write the folder and the ZIP, whole or not at all, replacing what an earlier run wrote there.

    Raises:
        BadInput: when something that is no package of ours stands in the place.
    """
    folder, archive = out / name, out / f"{name}.zip"
    _check_place(folder)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{name}.", dir=out) as temporary:
        staged = Path(temporary) / "new"
        for path, content in files.items():
            (staged / path).parent.mkdir(parents=True, exist_ok=True)
            (staged / path).write_bytes(content)
        (Path(temporary) / "zip").write_bytes(zip_bytes(name, files))
        if folder.exists():
            folder.rename(Path(temporary) / "old")
        staged.rename(folder)
        (Path(temporary) / "zip").replace(archive)
        shutil.rmtree(Path(temporary) / "old", ignore_errors=True)
    return folder, archive


def _check_place(folder: Path) -> None:
    """A folder is replaced only when our trace stands in it and every file of it is in our account."""
    if not folder.exists() and not folder.is_symlink():
        return
    try:
        ours = json.loads((folder / TRACE_FILE).read_bytes())["format"] == TRACE_FORMAT and not folder.is_symlink()
        listed = {each["path"] for each in json.loads((folder / ACCOUNT_FILE).read_bytes())["files"]} | {ACCOUNT_FILE}
    except (OSError, ValueError, KeyError, TypeError):
        ours, listed = False, set()
    if not ours:
        raise BadInput(f"{folder} exists and is no code package; choose another folder or move it away")
    for path in sorted(folder.rglob("*")):
        left = path.relative_to(folder).as_posix()
        if (
            not path.is_dir()
            and left not in listed
            and "__pycache__" not in path.parts
            and ".pytest_cache" not in path.parts
        ):
            raise BadInput(f"{path} is not part of the package that would be replaced; move it away first")


def _notice(result: CodeResult) -> str:
    number = escape_markdown(result.specification.number)
    return "\n\n".join(Note.of("code.notice", number=number).wording(lang) for lang in Lang) + "\n"


def _readme(result: CodeResult, lang: Lang, paths: list[str]) -> Iterator[str]:
    def say(code: str, **values: object) -> str:
        return Note.of(code, **values).wording(lang)

    specification, project = result.specification, result.project
    yield f"# {escape_markdown(specification.number)}: {escape_markdown(plain(specification.title))}"
    yield ""
    yield f"**{say(f'code.status.{result.status}')}** {escape_markdown(result.reason.wording(lang))}"
    if result.status is not CodeStatus.VERIFIED:
        yield ""
        yield f"> {say(f'code.not_working.{result.status}')}"
    yield from ("", f"## {say('code.readme.run')}", "", "```sh", *_commands(result), "```", "")
    report = result.report
    if report:
        yield say("code.tests.ran", passed=len(report.passed), failed=len(report.failed), backend=report.backend)
        yield ""
    if project.stand_ins:
        yield from (say("code.stand_in", framework=project.framework), "")
    yield from (f"## {say('code.readme.trace')}", "")
    columns = ("requirement", "element", "symbol", "test")
    yield f"| {' | '.join(say(f'code.trace.{column}') for column in columns)} |"
    yield "|---|---|---|---|"
    texts = {each.id: each for each in specification.requirements}
    for row in project.trace:
        text = f"{say('pack.place.claim', label=row.claim)}, {row.element}: {plain(texts[row.requirement].text)}"
        symbol = f"{row.file}: {row.symbol}" if row.symbol else say("code.trace.gap")
        cells = (row.requirement, text, symbol, row.test or say("code.trace.gap"))
        yield f"| {' | '.join(map(escape_markdown, cells))} |"
    values = [
        f"- {each.id}: {escape_markdown(disclosed(parameter))}"
        for each in specification.requirements
        for parameter in each.parameters
    ]
    gaps = [f"- {gap.requirement}: {escape_markdown(gap.note.wording(lang))}" for gap in specification.not_disclosed]
    assumed = [
        f"- {each.id}{f' ({each.requirement})' if each.requirement else ''}: {escape_markdown(each.note.wording(lang))}"
        for each in result.assumptions
    ]
    for code, lines in (
        ("code.readme.assumptions", assumed),
        ("code.readme.not_disclosed", gaps),
        ("code.readme.disclosed", values),
    ):
        if lines:
            yield from ("", f"## {say(code)}", "", *lines)
    yield from ("", f"## {say('code.readme.files')}", "", *(f"- `{path}`" for path in paths))
    yield from ("", f"## {say('code.readme.licence')}", "", say("code.readme.licence.text"))


def _commands(result: CodeResult) -> Iterator[str]:
    project = result.project
    if project.language == "python":
        yield "python -m venv .venv && .venv/bin/pip install pytest -r requirements.txt"
        yield ".venv/bin/python -m pytest"
    elif project.language in {"c", "cpp"}:
        yield "make test"
    else:
        if project.framework != "none":
            yield "npm install"
        yield "node --test"
