"""`trace.json`: claim element -> file -> symbol -> test, as a file of the package that its own tests can read."""

from __future__ import annotations

import json

from patent2tech.codegen.escaping import plain
from patent2tech.codegen.project import Project
from patent2tech.codegen.specification import Specification

TRACE_FILE = "trace.json"
TRACE_FORMAT = "patent2tech/trace"


def trace_json(specification: Specification, project: Project) -> str:
    """The trace as JSON; the texts are as they stand in the scaffold, without unprintable characters."""
    rows = {row.requirement: row for row in project.trace}
    document = {
        "format": TRACE_FORMAT,
        "number": specification.number,
        "trace": [
            {
                "requirement": requirement.id,
                "claim": requirement.claim,
                "element": requirement.element,
                "kind": requirement.kind,
                "text": plain(requirement.text),
                "file": row.file if row else None,
                "symbol": row.symbol if row else None,
                "test": row.test if row else None,
            }
            for requirement in specification.requirements
            for row in [rows.get(requirement.id)]
        ],
        "gaps": [row.requirement for row in project.trace if not row.complete],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
