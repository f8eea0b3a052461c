"""Numerals, lead lines and kinds of figures on the hand-labelled real sheets, by the way that the product takes."""

from __future__ import annotations

import io
import json
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.corpus import SHARED
from benchmarks.measuring import row
from patent2tech.app import one_patent
from patent2tech.figures import annotate, see
from patent2tech.figures.model import Box, Numeral, SeenFigure
from patent2tech.patents import Patent, PatentType, PublicationNumber, Sheet
from patent2tech.reading import figures_and_parts

TRUTH = Path(__file__).parents[1] / "tests" / "data" / "numerals_truth"
_NEAR = 0.02
"""A tip is right within this share of its figure's longer side."""


@dataclass(slots=True)
class Score:
    """What was found on some sheets against what is there."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    leads: int = 0
    leads_found: int = 0
    tips_right: int = 0
    tips_wrong: int = 0
    turned_right: int = 0
    kinds_right: int = 0
    figures: int = 0
    sheets: int = 0
    seconds: float = 0.0

    def add(self, other: Score) -> None:
        """Take another score in."""
        for name in Score.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def precision(self) -> float:
        """The share of found numerals that are there."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of numerals that were found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def tips(self) -> float:
        """The share of followed lead lines whose tip is right."""
        return self.tips_right / max(1, self.tips_right + self.tips_wrong)


def run() -> None:
    """Print the figures, where the labelled sheets are at hand."""
    if not SHARED.is_dir():
        row("numerals on real sheets", "needs ../shared/data")
        return
    total = Score()
    for path in sorted(TRUTH.glob("*.json")):
        own = Score()
        for score in scores(json.loads(path.read_text("utf-8"))):
            own.add(score)
        _print(path.stem, own)
        total.add(own)
    _print("all", total)


def _print(name: str, score: Score) -> None:
    row(
        f"numerals, {name} ({score.sheets} sheets)",
        f"precision {score.precision:.3f}, recall {score.recall:.3f}, n={score.right + score.missed}",
    )
    row(
        f"lead lines, {name}",
        f"followed {score.leads_found / max(1, score.leads):.3f} of {score.leads}, tip right {score.tips:.3f}",
    )
    row(
        f"kinds of figures, {name}",
        f"{score.kinds_right} of {score.figures}, {score.seconds / max(1, score.sheets):.1f} s CPU a sheet",
    )


def scores(document: Mapping[str, Any], sheets: Sequence[str] | None = None) -> Iterator[Score]:
    """The score of each labelled sheet of a document, or of those named."""
    wanted = [one for one in document["sheets"] if sheets is None or one["sheet"] in sheets]
    patent, images = _patent(document["document"], wanted)
    described, parts = figures_and_parts(patent)
    names = {part.numeral: part.names[0] if part.names else None for part in parts}
    for number, labelled in enumerate(wanted, 1):
        alone = [sheet for sheet in patent.sheets if sheet.file == images[number][0]]
        single = _with_sheets(patent, alone)
        start = time.process_time()
        seen = annotate(see(single, described, {images[number][0]: images[number][1]}), names)
        score = _score(labelled, seen.figures, seen.sheets[0].rotation if seen.sheets else 0)
        score.seconds = time.process_time() - start
        yield score


def _score(labelled: Mapping[str, Any], figures: Sequence[SeenFigure], rotation: int) -> Score:
    score = Score(sheets=1, turned_right=int(rotation == labelled["turn"]))
    kinds = [str(figure.kind) for figure in sorted(figures, key=lambda one: one.box[1])]
    score.figures = len(labelled["kind"])
    score.kinds_right = sum(kind in kinds for kind in labelled["kind"])
    found = [(each, figure) for figure in figures for each in figure.numerals]
    for true in labelled["numerals"]:
        match = next((one for one in found if one[0].text == true["text"] and _meet(one[0].box, true["box"])), None)
        score.leads += bool(true.get("tip"))
        if match is None:
            score.missed += 1
            continue
        found.remove(match)
        score.right += 1
        _score_tip(score, true, *match)
    score.wrong = len(found)
    return score


def _score_tip(score: Score, true: Mapping[str, Any], numeral: Numeral, figure: SeenFigure) -> None:
    if "tip" not in true:
        return
    if numeral.tip is None or true["tip"] is None:
        score.tips_wrong += numeral.tip is not None
        return
    score.leads_found += 1
    size = max(figure.box[2] - figure.box[0], figure.box[3] - figure.box[1])
    right = math.dist(numeral.tip, true["tip"]) <= _NEAR * size
    score.tips_right += right
    score.tips_wrong += not right


def _meet(one: Box, other: Sequence[int]) -> bool:
    """Whether two boxes overlap, by their middles: a turned or straightened sheet shifts them a little."""
    high = other[3] - other[1]
    return all(abs(one[i] + one[i + 2] - other[i] - other[i + 2]) / 2 <= 1.2 * high for i in (0, 1))


def _patent(name: str, sheets: Sequence[Mapping[str, Any]]) -> tuple[Patent, dict[int, tuple[str, bytes]]]:
    """The patent with its text where there is one, and the bytes of the labelled sheets by their order."""
    images = {number: _image(one["source"], number) for number, one in enumerate(sheets, 1)}
    text = sorted(SHARED.glob(f"figures_redbook_apps/{name}*/*.XML"))
    if text:
        return one_patent(text[0]).patent, images
    bare = Patent(
        number=PublicationNumber.parse(name),
        title="",
        type=PatentType.UTILITY,
        language="en",
        source_format="pdf",
        sheets=tuple(Sheet(number, file) for number, (file, _) in images.items()),
    )
    return bare, images


def _image(source: str, number: int) -> tuple[str, bytes]:
    """The file name by which the patent knows a sheet, and its bytes."""
    pattern, _, page = source.partition("#")
    path = next(iter(sorted(SHARED.glob(pattern))))
    if path.suffix.lower() != ".pdf":
        return path.name, path.read_bytes()
    import pypdfium2
    from pypdfium2 import raw

    pages = pypdfium2.PdfDocument(path)
    held = pages[int(page or 0)].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    picture: Image.Image = next(iter(held)).get_bitmap(render=False).to_pil()
    stream = io.BytesIO()
    picture.convert("1", dither=Image.Dither.NONE).save(stream, "PNG")
    return f"sheet{number}.png", stream.getvalue()


def _with_sheets(patent: Patent, sheets: Sequence[Sheet]) -> Patent:
    return replace(patent, sheets=tuple(sheets))
