"""Figures found on real and generated sheets: labels, boxes, orientation, views, time, by truth files.

Real sheets were labelled by hand (`tests/data/figures_truth`): rotation and labels by looking at each sheet; the boxes
are those of the program, each one looked at on its sheet. Generated packages bring their own truth.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import numerals
from benchmarks.corpus import SHARED
from benchmarks.measuring import row
from patent2tech.figures import see
from patent2tech.figures.model import Box, Projection, Role, SeenFigure, SeenFigures, Side, View
from patent2tech.figures.views import read_views
from patent2tech.formats import Parsed, read_path
from patent2tech.patents import Figure, Patent, PatentType, PublicationNumber, Sheet
from patent2tech.reading import figures_and_parts
from patent2tech.store.derived import Derived

TRUTH = Path(__file__).parents[1] / "tests" / "data" / "figures_truth"
PACKAGES = SHARED.parent / "bench" / "shape" / "packages"
_SAME_BOX = 0.8
_OTHER_SIDE = {"front": "rear", "rear": "front", "left": "right", "right": "left", "top": "bottom", "bottom": "top"}


@dataclass(slots=True)
class Score:
    """Counts of what was found rightly, and the CPU seconds that it took."""

    found: int = 0
    true: int = 0
    right: int = 0
    boxes: int = 0
    sheets: int = 0
    upright: int = 0
    views: int = 0
    views_right: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Of the figures with their labels."""
        return 2 * self.right / max(1, self.found + self.true)

    def __str__(self) -> str:
        shares = (
            f"label F1 {self.f1:.3f} of {self.true}, box {_share(self.boxes, self.right)}, "
            f"upright {_share(self.upright, self.sheets)} of {self.sheets}, "
            f"view {_share(self.views_right, self.views)} of {self.views}"
        )
        return f"{shares}, {self.seconds / max(1, self.sheets):.1f} CPU s a sheet"


def run(folder: Path = PACKAGES) -> None:
    """Print the figures; with the environment variable SHOW also what is wrong."""
    if not TRUTH.is_dir() or not SHARED.is_dir():
        row("figures", "needs ../shared")
        return
    row("views of real captions", str(_captions()))
    with tempfile.TemporaryDirectory() as cache:
        kept = Derived(Path(os.environ.get("P2T_BENCH_CACHE", cache)))
        _tell("figures on real sheets", real(kept))
        _tell("figures on pages of OPS", pages(kept))
        for level in sorted(path for path in folder.iterdir() if path.is_dir()):
            _tell(f"figures on generated sheets, {level.name}", generated(sorted(level.glob("*.zip")), kept))
    numerals.run()
    row("figures: most memory, GB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f}")


def _tell(name: str, score: Score) -> None:
    row(name, str(score))
    if os.environ.get("SHOW"):
        print("\n".join(score.wrong))


def real(kept: Derived) -> Score:
    """The labelled real sheets."""
    score = Score()
    for path in sorted(TRUTH.glob("US*.json")):
        truth = json.loads(path.read_text())
        patent, images = _patent(SHARED / truth["source"])
        named = {sheet.file.rsplit("-", 1)[1]: sheet for sheet in patent.sheets}
        kept_sheets = tuple(named[name] for name in truth["sheets"])
        patent = replace(patent, sheets=kept_sheets)
        described, seen = _see(patent, images, kept, score)
        for sheet in seen.sheets:
            expected = truth["sheets"][sheet.file.rsplit("-", 1)[1]]
            own = [figure for figure in seen.figures if figure.sheet is sheet]
            _count_sheet(score, sheet.file, sheet.rotation == expected["rotation"])
            _count(score, sheet.file, own, {label: tuple(box) for label, box in expected["figures"].items()})
        views = read_views(patent, described)
        for label, wording in truth["views"].items():
            _count_view(score, f"{path.stem} {label}", wording == in_words(views[label]))
    return score


def pages(kept: Derived) -> Score:
    """Pages as an office hands them out, with running heads; their text is not at hand."""
    score = Score()
    for path in sorted(TRUTH.glob("pages-*.json")):
        truth = json.loads(path.read_text())
        sheets = tuple(Sheet(number, name) for number, name in enumerate(truth["images"], 1))
        patent = Patent(PublicationNumber("EP", "1"), "pages", PatentType.UTILITY, "en", "benchmark", sheets=sheets)
        described = [Figure(label) for sheet in truth["sheets"].values() for label in sheet["figures"]]
        start = time.process_time()
        seen = see(patent, described, {name: (SHARED / name).read_bytes() for name in truth["images"]}, cache=kept)
        score.seconds += time.process_time() - start
        for sheet in seen.sheets:
            expected = truth["sheets"][str(sheet.number)]
            own = [figure for figure in seen.figures if figure.sheet is sheet]
            _count_sheet(score, f"{path.stem} {sheet.number}", sheet.rotation == expected["rotation"])
            _count(score, f"{path.stem} {sheet.number}", own, {k: tuple(box) for k, box in expected["figures"].items()})
    return score


def generated(packages: list[Path], kept: Derived) -> Score:
    """Packages of the ruler with their truth."""
    score = Score()
    for package in packages:
        truth = json.loads((package.parent / "truth" / f"{package.stem}.json").read_text())
        patent, images = _patent(package)
        _, seen = _see(patent, images, kept, score)
        for sheet in seen.sheets:
            placed = [one for one in truth["figures"] if one["sheet"] == sheet.number]
            own = [figure for figure in seen.figures if figure.sheet is sheet]
            name = f"{package.parent.name}/{package.stem} sheet {sheet.number}"
            _count_sheet(score, name, sheet.rotation == -placed[0]["sheet_turn_deg"] % 360)
            size = _size(images[patent.sheets[sheet.number].sha256 or ""])
            # Boxes of a skewed scan are compared as they lie; a skew of half a degree moves them by a few pixels.
            boxes = {_label(one): _turned(one["drawing_bbox"], size, sheet.rotation) for one in placed}
            _count(score, name, own, boxes)
            by_label = {figure.label: figure.view for figure in own}
            for one in placed:
                if view := by_label.get(_label(one)):
                    _count_view(score, f"{name} {one['caption']}", _agrees(view, one))
    return score


def _patent(path: Path) -> tuple[Patent, Mapping[str, bytes]]:
    (parsed,) = (one for one in read_path(path) if isinstance(one, Parsed))
    return parsed.patent, parsed.sheets


def _see(
    patent: Patent, images: Mapping[str, bytes], kept: Derived, score: Score
) -> tuple[tuple[Figure, ...], SeenFigures]:
    described = tuple(figures_and_parts(patent)[0])
    start = time.process_time()
    seen = see(patent, described, images, cache=kept)
    score.seconds += time.process_time() - start
    return described, seen


def _count_sheet(score: Score, name: str, right: bool) -> None:  # noqa: FBT001 - one fact about the sheet
    score.sheets += 1
    score.upright += right
    if not right:
        score.wrong.append(f"  orientation {name}")


def _count(score: Score, name: str, figures: list[SeenFigure], boxes: Mapping[str, Box]) -> None:
    score.true += len(boxes)
    score.found += sum(figure.label is not None for figure in figures)
    for label, box in boxes.items():
        own = next((figure for figure in figures if figure.label == label), None)
        if own is None:
            score.wrong.append(f"  label {name} {label}")
            continue
        score.right += 1
        agreement = _agreement(own.box, box)
        score.boxes += agreement >= _SAME_BOX
        if agreement < _SAME_BOX:
            score.wrong.append(f"  box {name} {label}: {agreement:.2f}")


def _count_view(score: Score, name: str, right: bool) -> None:  # noqa: FBT001 - one fact about the figure
    score.views += 1
    score.views_right += right
    if not right:
        score.wrong.append(f"  view {name}")


def _captions() -> str:
    """How many captions of the labelled patents are read as a person reads them."""
    truth = json.loads((TRUTH / "captions.json").read_text())
    wanted = {(one["number"], one["label"]): one["view"] for one in truth["figures"]}
    right = 0
    found = set()
    for file in sorted({one["file"] for one in truth["figures"]}):
        for parsed in _parsed(SHARED / truth["source"] / file):
            number = str(parsed.patent.number)
            views = read_views(parsed.patent, figures_and_parts(parsed.patent)[0])
            for label, view in views.items():
                if (number, label) in wanted and (number, label) not in found:
                    found.add((number, label))
                    right += wanted[number, label] == in_words(view)
    return f"{_share(right, len(found))} of {len(found)}"


def _parsed(path: Path) -> Iterator[Parsed]:
    yield from (one for one in read_path(path) if isinstance(one, Parsed))


def in_words(view: View) -> str:
    """A view in the words of the truth files: projection, sides, and the role where it is not the whole."""
    role = [] if view.role is Role.WHOLE else [f"({view.role})"]
    return " ".join([view.projection, *view.direction, *role])


def _agrees(view: View, placed: Mapping[str, str]) -> bool:
    """Whether a view is that of the generated figure, as far as its caption tells."""
    caption, kind, name = placed["caption"], placed["kind"], placed["view"]
    if kind in {"detail", "in_use"}:
        return view.role == kind
    if kind == "section":
        return view.projection is Projection.SECTION and view.section is not None and view.section.line == "3-3"
    if view.role is not Role.WHOLE:
        return False
    if name == "perspective":
        wording = re.split(r" of |thereof", re.sub(r"^[\d.]+ : ", "", caption))[0]
        told = {side for side in _OTHER_SIDE if re.search(rf"\b{side}\b", wording)}
        return view.projection is Projection.PERSPECTIVE and set(view.direction) == told
    mirrored = "mirror image of FIG" not in caption or view.mirror_of is not None
    also = () if "being a mirror image" not in caption else (Side(_OTHER_SIDE[name]),)
    straight = view.projection is Projection.ORTHOGRAPHIC and view.direction == (Side(name),)
    return straight and mirrored and view.also == also


def _label(placed: Mapping[str, str]) -> str:
    return re.sub(r"^\D+", "", placed["label"])


def _size(content: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as image:
        return image.size


def _turned(box: list[int], size: tuple[int, int], turn: int) -> Box:
    """A box of the stored sheet on the sheet turned counter-clockwise."""
    x0, y0, x1, y1 = box
    wide, high = size
    for _ in range(turn // 90):
        x0, y0, x1, y1 = y0, wide - x1, y1, wide - x0
        wide, high = high, wide
    return x0, y0, x1, y1


def _agreement(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return 0.0
    both = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across * down / (both - across * down)


def _share(part: int, whole: int) -> str:
    return f"{part / max(1, whole):.3f}"


if __name__ == "__main__":
    run(Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGES)
