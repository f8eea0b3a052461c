"""Importing what a client sent."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from patent2tech.api.problems import Refusal
from patent2tech.api.schemas import ProblemItem, RejectedItem

if TYPE_CHECKING:
    from fastapi import UploadFile

    from patent2tech.app import App
    from patent2tech.library.importing import ImportReport

_NAME_CHARACTERS: Final = 120


def import_upload(app: App, file: UploadFile) -> ImportReport:
    """Keep every document of an uploaded file and let it be indexed; what cannot be read is reported."""
    name = PurePosixPath((file.filename or "upload").replace("\\", "/")).name[-_NAME_CHARACTERS:]
    report = app.importer.import_upload(name or "upload", file.file.read())
    if report.kept:
        app.indexing.notice()
    return report


def nothing_kept(report: ImportReport) -> Refusal:
    """The refusal of an upload of which nothing could be kept, with the reason for each document."""
    rejected = tuple(map(RejectedItem.of, report.rejected))
    errors = tuple(ProblemItem(**each.model_dump()) for each in rejected)
    match report.rejected:
        case [only]:
            return Refusal(only.reason.status, only.reason.code, str(only.reason), errors)
        case []:
            return Refusal(422, "nothing_imported", "the file holds no patent document", errors)
    detail = f"none of the {len(rejected)} documents could be imported; the first: {rejected[0].detail}"
    return Refusal(422, "nothing_imported", detail, errors)
