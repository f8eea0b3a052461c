"""A pack: everything about one patent as files in memory, built by a pure function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pydantic import TypeAdapter

from patent2tech.patents import Patent
from patent2tech.techpack.contributions import Contribution, PartName
from patent2tech.techpack.manifest import MANIFEST_FILE, Manifest, entries, parts_of
from patent2tech.techpack.page import render_page
from patent2tech.techpack.provenance import PROVENANCE_FILE, provenance
from patent2tech.techpack.report import render_report
from patent2tech.techpack.request import PackRequest
from patent2tech.techpack.sheets import DrawnSheets, draw_sheets

PAGE_FILE = "index.html"
REPORT_FILE = "report.md"
PATENT_FILE = "patent.json"

_PATENT = TypeAdapter(Patent)


@dataclass(frozen=True, slots=True)
class Pack:
    """The files of one pack by their path, sorted, and the manifest that lists them; `name` names folder and ZIP."""

    name: str
    files: Mapping[str, bytes]
    manifest: Manifest

    @property
    def page(self) -> bytes:
        """The self-contained web page."""
        return self.files[PAGE_FILE]

    @property
    def report(self) -> bytes:
        """The Markdown report."""
        return self.files[REPORT_FILE]


def build_pack(request: PackRequest) -> Pack:
    """Put patent, reading, figures and the contributions of other makers together.

    Raises:
        ValueError: when two contributions claim the same part or the same path, which is a defect of a maker.
    """
    drawn = draw_sheets(request.patent.sheets, request.images)
    contributions = _together(_own_parts(request, drawn), request.contributions)
    whole = {
        PAGE_FILE: render_page(request, drawn).encode("utf-8"),
        REPORT_FILE: render_report(request, drawn).encode("utf-8"),
        PROVENANCE_FILE: provenance(request, contributions, drawn.left_out),
    }
    _check_distinct(whole, contributions)
    manifest = Manifest(
        number=str(request.patent.number),
        title=request.patent.title.encode("utf-8", "replace").decode("utf-8"),
        created=request.created,
        program_version=request.program_version,
        parts=parts_of(contributions),
        makers=dict(request.makers),
        files=entries(whole),
    )
    files = dict(whole)
    for contribution in contributions:
        files.update(contribution.files)
    files[MANIFEST_FILE] = manifest.model_dump_json(indent=2).encode() + b"\n"
    return Pack(str(request.patent.number), MappingProxyType(dict(sorted(files.items()))), manifest)


def patent_json(patent: Patent) -> bytes:
    """The patent as the pack holds it."""
    return _PATENT.dump_json(patent, indent=2) + b"\n"


def _own_parts(request: PackRequest, drawn: DrawnSheets) -> list[Contribution]:
    parts = [
        Contribution(PartName.PATENT, {PATENT_FILE: patent_json(request.patent)}),
        Contribution(PartName.READING, {"reading.json": request.reading_json.encode("utf-8", "replace")}),
    ]
    if drawn.images:
        parts.append(Contribution(PartName.FIGURES, {image.path: image.png for image in drawn.images}))
    return parts


def _together(own: Sequence[Contribution], made: Sequence[Contribution]) -> list[Contribution]:
    """All parts in their order; the single figures of a maker join the sheets, which the pack has without any maker."""
    sheets = next((part for part in own if part.part is PartName.FIGURES), None)
    figures = next((part for part in made if part.part is PartName.FIGURES), None)
    if sheets is None or figures is None:
        return [*own, *made]
    twice = sorted(sheets.files.keys() & figures.files.keys())
    if twice:
        raise ValueError(f"the path {twice[0]!r} was contributed twice")
    joined = replace(figures, files={**sheets.files, **figures.files})
    return [*(part for part in own if part is not sheets), joined, *(part for part in made if part is not figures)]


def _check_distinct(whole: Mapping[str, bytes], contributions: Sequence[Contribution]) -> None:
    parts = [str(contribution.part) for contribution in contributions]
    paths = [*whole, MANIFEST_FILE, *(path for contribution in contributions for path in contribution.files)]
    for kind, names in (("part", parts), ("path", paths)):
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"the {kind} {twice[0]!r} was contributed twice")
    for path in paths:
        if path.startswith("/") or "\\" in path or any(step in {"", ".", ".."} for step in path.split("/")):
            raise ValueError(f"{path!r} is no path inside a pack")
