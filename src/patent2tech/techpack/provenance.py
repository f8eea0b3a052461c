"""The provenance: what each piece of a pack came from, when and by what, and what the status estimate rests on."""

from __future__ import annotations

import json
from collections.abc import Sequence

from patent2tech.techpack.contributions import Contribution
from patent2tech.techpack.request import PackRequest
from patent2tech.text.notes import Lang, Note

PROVENANCE_FILE = "provenance.json"
SCHEMA_VERSION = 1


def provenance(request: PackRequest, contributions: Sequence[Contribution], left_out: Sequence[Note]) -> bytes:
    """The provenance as a JSON document that a person can read in both languages."""
    status = request.reading.status
    document = {
        "format": "patent2tech/provenance",
        "schema_version": SCHEMA_VERSION,
        "number": str(request.patent.number),
        "created": request.created.isoformat(),
        "program": {"name": "patent2tech", "version": request.program_version},
        "source": {
            "name": request.source.name,
            "sha256": request.source.sha256,
            "format": request.source.format,
        },
        "produced": [
            {"part": each.part, "engine": each.engine, "files": sorted(each.files), **each.account}
            for each in contributions
        ],
        "legal_status": {
            "estimate": status.estimate,
            "on": status.on.isoformat(),
            "expires": status.expires.isoformat() if status.expires else None,
            "basis": [_said(note) for note in status.basis],
        },
        "notice": _said(Note("pack.not_legal_advice")),
        "left_out": [_said(note) for note in left_out],
        "warnings": [_said(note) for note in (*request.notes, *request.reading.warnings)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def _said(note: Note) -> dict[str, str]:
    return {"code": note.code, **{str(lang): note.wording(lang) for lang in Lang}}
