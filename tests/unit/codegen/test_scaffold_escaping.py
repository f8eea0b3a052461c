"""No text of a patent leaves the docstrings, comments and strings of a scaffold, whatever it is."""

from __future__ import annotations

import ast
import datetime as dt
import io
import tokenize
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patent2tech.codegen.escaping import Source, environment, plain
from patent2tech.codegen.languages import LANGUAGES, language_of
from patent2tech.codegen.packaging import package
from patent2tech.codegen.result import CodeResult, CodeStatus, Ending
from patent2tech.codegen.scaffold import scaffold
from patent2tech.codegen.specifying import specify
from patent2tech.codegen.testing import SandboxTester
from patent2tech.patents import Claim, Paragraph, Patent, PatentType, PublicationNumber
from patent2tech.reading import read
from patent2tech.sandbox import ChosenSandbox
from patent2tech.store.derived import Derived
from patent2tech.text import Lang, Note

if TYPE_CHECKING:
    from pathlib import Path

    from patent2tech.codegen.project import Project
    from patent2tech.codegen.specification import Specification

CALLS = frozenset(
    "Assembly Condition ModuleType Pipeline Step Things Work build carries_its_text check chain dict all "
    "isinstance items join keys list loads parametrize parents read_text requirements_of resolve run "
    "sorted split to_write values Path getdoc append reversed tuple get kind holds action steps_of index "
    "dataclass field".split()
) | {""}
IMPORTS = frozenset(
    "__future__ collections dataclasses inspect json pathlib pytest types typing us99900009b2".split()
) | {""}
PAYLOADS = (
    '"""\nprint("PWNED")\n"""',
    '\\"\\"\\"\nprint("PWNED")\n\\"\\"\\"',
    '"; print("PWNED"); x = "',
    "'; print('PWNED'); x = '",
    "ends with a backslash \\",
    '\\""" + print("PWNED") + """',
    "*/ console.log('PWNED'); /*",
    "*\\/ console.log('PWNED'); //",
    "${console.log('PWNED')} `console.log('PWNED')`",
    "\u2028console.log('PWNED')\u2029print('PWNED')",
    "line\r\nprint('PWNED')\rprint('PWNED')\x0bprint('PWNED')\x0cprint('PWNED')\x85print('PWNED')",
    "\u202e'PWNED'tnirp \u2066 hidden \u2069",
    "{{ 7 * 7 }}{% for x in y %}{# no #}",
    "nul \x00 bell \x07 escape \x1b[31m delete \x7f",
    "lone \ud800 surrogate \udfff",
    "</script><script>console.log('PWNED')</script>",
    "??/ trigraph ??' and a long" + "word" * 400,
    "class def import return __import__('os').system('echo PWNED')",
    '한국어 ‘따옴표’ """ 와 */ 그리고 \\',
    "",
)


def a_specification(text: str, *, process: bool = True) -> Specification:
    kind = "A method, comprising:" if process else "A device, comprising:"
    lead = "receiving" if process else "a"
    patent = Patent(
        number=PublicationNumber.parse("US99900009B2"),
        title=text or "title",
        type=PatentType.UTILITY,
        language="en",
        source_format="test",
        claims=(
            Claim(1, f"1. {kind}\n{lead} {text};\n{lead} thing {text} with the thing; and\nwherein {text} holds."),
            Claim(2, f"2. The {'method' if process else 'device'} of claim 1, further comprising {lead} {text}."),
        ),
        description=(Paragraph("0001", f"The thing {text} is received by the threshold of 5 mm {text}."),),
    )
    return specify(read(patent, dt.date(2026, 11, 2)))


def foreign_code(project: Project) -> set[str]:
    """What the Python files call or import beyond what a scaffold calls and imports."""
    found = set()
    for path, content in project.files.items():
        if not path.endswith(".py"):
            continue
        for node in ast.walk(ast.parse(content)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                found |= {name} - CALLS - {row.symbol for row in project.trace}
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names = [each.name for each in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                found |= {name for name in names if name.split(".")[0] not in IMPORTS}
        list(tokenize.generate_tokens(io.StringIO(content).readline))
    return found


HOSTILE = st.text(
    alphabet=st.one_of(st.sampled_from("\"'\\*/`${}()[];:#\n\r\t\x00\u2028\u202e%?<>= a"), st.characters()), max_size=60
)


@settings(max_examples=80)
@given(text=HOSTILE, process=st.booleans())
def test_python_scaffolds_hold_no_foreign_code(text: str, *, process: bool) -> None:
    specification = a_specification(text, process=process)
    project = scaffold(specification, language_of("python"), "none")
    assert foreign_code(project) == set()
    docstrings = {
        " ".join((ast.get_docstring(node) or "").split())
        for path, content in project.files.items()
        if "/claim_" in path and not path.startswith("tests/")
        for node in ast.walk(ast.parse(content))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    for requirement in specification.requirements:
        wanted = " ".join(plain(requirement.text).split())
        assert any(wanted in found for found in docstrings), requirement.id


@settings(max_examples=30)
@given(text=HOSTILE, process=st.booleans(), name=st.sampled_from(["javascript", "typescript", "c", "cpp"]))
def test_other_scaffolds_have_the_same_code_whatever_the_text(text: str, name: str, *, process: bool) -> None:
    language = language_of(name)
    project = scaffold(a_specification(text, process=process), language, "none")
    assert language.faults(project.files, (), "none") == ()
    assert {row.test for row in project.trace} <= set(language.calls(project.files))


@pytest.mark.parametrize("language", [each.name for each in LANGUAGES])
def test_hostile_texts_run_as_mere_text(language: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """All payloads in one project: its tests pass, which compare every text, and nothing says PWNED."""
    claims = [
        Claim(number, f"{number}. A {kind}, comprising:\n" + "\n".join(f"{lead} {payload}" for payload in PAYLOADS))
        for number, (kind, lead) in enumerate((("method", "sending"), ("device", "a"), ("method", "wherein")), 1)
    ]
    patent = Patent(
        number=PublicationNumber.parse("US99900009B2"),
        title=" ".join(PAYLOADS),
        type=PatentType.UTILITY,
        language="en",
        source_format="test",
        claims=tuple(claims),
        description=tuple(Paragraph(f"{at:04}", f"Sending {payload}.") for at, payload in enumerate(PAYLOADS, 1)),
    )
    specification = specify(read(patent, dt.date(2026, 11, 2)))
    # With a framework, the application imports every module.
    framework = language_of(language).frameworks[-1]
    project = scaffold(specification, language_of(language), framework)
    tester = SandboxTester(ChosenSandbox(), Derived(tmp_path_factory.mktemp("runs")))
    report = tester.test(project, ())
    assert report.good, report
    assert "PWNED" not in report.output


def test_a_template_refuses_text_that_nothing_made_harmless() -> None:
    template = environment("python").from_string("x = {{ text }}")
    assert template.render(text=Source("1")) == "x = 1"
    with pytest.raises(TypeError, match="no filter has made harmless"):
        template.render(text="print('PWNED')")


def test_a_package_shows_hostile_text_literally(tmp_path: Path) -> None:
    from patent2tech.codegen.packaging import write_package, zip_bytes

    specification = a_specification("![x](http://evil.example) <img src=x> | cell | `code`")
    project = scaffold(specification, language_of("python"), "none")
    result = CodeResult(specification, project, CodeStatus.SCAFFOLD, Ending.NO_MODEL, Note("code.ending.no_model"))
    files = package(result, Lang.EN)
    readme = files["README.md"].decode()
    assert "![x]" not in readme
    assert "<img" not in readme
    assert all(not path.startswith("/") and ".." not in path.split("/") for path in files)
    assert zip_bytes("name", files) == zip_bytes("name", dict(reversed(files.items())))
    folder, _ = write_package("name", files, tmp_path)
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == set(files)
