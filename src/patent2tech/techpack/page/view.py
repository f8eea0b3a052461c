"""What the page shows, gathered from the reading so that the templates only print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patent2tech.patents import Figure, Heading, Paragraph
from patent2tech.reading.model import Reading, Statement, StatementKind
from patent2tech.techpack.claims import ClaimNode, claim_tree
from patent2tech.techpack.contributions import Contribution, PartName
from patent2tech.techpack.request import PackRequest
from patent2tech.techpack.sheets import DrawnSheets, SheetImage
from patent2tech.text.notes import Note


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A sheet of the gallery with the figures that it is known to show."""

    image: SheetImage
    anchor: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Outlined:
    """A block of the description; a heading has an anchor for the contents."""

    block: Heading | Paragraph
    heading: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything that the templates print, beside the reading itself.

    `figures` is the section of the single figures, which stands beside the sheets; `sections` are the others.
    """

    tree: tuple[ClaimNode, ...]
    cover: SheetImage | None
    sheets: tuple[ShownSheet, ...]
    sheet_of: Mapping[str, ShownSheet]
    statements: Mapping[StatementKind, tuple[Statement, ...]]
    description: tuple[Outlined, ...]
    figures: Contribution | None
    sections: tuple[Contribution, ...]
    absent: tuple[PartName, ...]
    warnings: tuple[Note, ...]

    @property
    def independent(self) -> int:
        """How many claims stand alone."""
        return sum(node.read.independent for node in self.tree)


def view_of(request: PackRequest, drawn: DrawnSheets) -> PageView:
    """Gather what the page of this request shows."""
    reading = request.reading
    sheets = _sheets(reading, drawn)
    made = {contribution.part for contribution in request.contributions}
    shown = [contribution for contribution in request.contributions if contribution.section]
    by_number = {sheet.image.number: sheet for sheet in reversed(sheets)}
    return PageView(
        tree=claim_tree(reading),
        cover=next((image for image in drawn.images if image.representative), None),
        sheets=sheets,
        sheet_of={
            figure.label: by_number[figure.sheet]
            for figure in reading.figures
            if figure.sheet is not None and figure.sheet in by_number
        },
        statements={
            kind: tuple(statement for statement in reading.statements if statement.kind is kind)
            for kind in StatementKind
        },
        description=_description(reading),
        figures=next((each for each in shown if each.part is PartName.FIGURES), None),
        sections=tuple(each for each in shown if each.part is not PartName.FIGURES),
        absent=tuple(part for part in (PartName.ANALYSIS, PartName.CODE, PartName.MODEL) if part not in made),
        warnings=(*request.notes, *reading.warnings, *drawn.left_out),
    )


def _sheets(reading: Reading, drawn: DrawnSheets) -> tuple[ShownSheet, ...]:
    images = [image for image in drawn.images if not image.representative]
    # A document with nothing but a front-page drawing still has a gallery.
    images = images or list(drawn.images)
    shown: list[ShownSheet] = []
    for image in images:
        anchor = f"sheet{image.number}"
        if any(sheet.anchor == anchor for sheet in shown):
            anchor = f"sheet{image.number}-{len(shown)}"
        figures = tuple(figure for figure in reading.figures if figure.sheet == image.number)
        shown.append(ShownSheet(image, anchor, figures))
    return tuple(shown)


def _description(reading: Reading) -> tuple[Outlined, ...]:
    outlined = []
    headings = 0
    for block in reading.patent.description:
        heading = isinstance(block, Heading)
        headings += heading
        anchor = f"h{headings}" if isinstance(block, Heading) else block.locator.anchor
        outlined.append(Outlined(block, heading, anchor))
    return tuple(outlined)
