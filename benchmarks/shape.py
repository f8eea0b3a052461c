"""3D benchmark: packages with known solids, from sheets to mesh, scored by the ruler in `../shared/bench/shape`.

    python -m benchmarks.shape [FOLDER] [--levels L0,L3] [--limit 3] [--true-boxes] [--figures KEPT] [--rows FILE]

FOLDER holds one folder of packages per level. The sheets are read as the product reads them, numerals and their lines
included; `--figures` keeps what was read in a folder, so that the next run costs only the time of the models.
`--true-boxes` takes boxes and views of the figures from the truth instead. Seconds are CPU seconds of one core after
the figures are read; with `--true-boxes` no pictures are made.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import pickle
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from scipy.stats import spearmanr

from benchmarks.measuring import row
from benchmarks.true_figures import true_figures
from patent2tech.app import one_patent
from patent2tech.figures.model import SeenFigures
from patent2tech.formats import Parsed
from patent2tech.patents import PatentType
from patent2tech.settings import Settings
from patent2tech.shape.model import Model, ShapeOptions
from patent2tech.shape.modeller import Modeller
from patent2tech.shape.modelling import models_from
from patent2tech.store.derived import Derived

RULER = Path(__file__).resolve().parents[2] / "shared" / "bench" / "shape"
_HIGH = 0.9
_FALSE = 0.75


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one package gave."""

    level: str
    name: str
    status: str
    iou: float
    chamfer: float
    seconds: float
    quality: float | None
    watertight: bool
    evidence: dict[str, Any]


def run(folder: Path | None = None, levels: Sequence[str] = (), limit: int = 0, *, true_boxes: bool = False) -> None:
    """Run all levels and print a line for each."""
    list(_run(folder or RULER / "packages", levels, limit, _Reading(true_boxes)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the figures of a package are come by, and where they are kept."""

    true_boxes: bool = False
    kept: Path | None = None

    def figures(self, package: Path, parsed: Parsed, modeller: Modeller) -> SeenFigures:
        if self.true_boxes:
            return true_figures(package)
        kept = self.kept / package.parent.name / f"{package.stem}.pickle" if self.kept else None
        if kept and kept.exists():
            seen: SeenFigures = pickle.loads(kept.read_bytes())
            return seen
        seen = modeller.figures(parsed.patent, parsed.sheets)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(pickle.dumps(seen))
        return seen


def _run(
    folder: Path, levels: Sequence[str], limit: int, reading: _Reading, rows: Path | None = None
) -> Iterator[Outcome]:
    score = _ruler()
    found = [level for level in sorted(folder.iterdir()) if level.is_dir() and (not levels or level.name in levels)]
    everything: list[Outcome] = []
    settings = Settings()
    modeller = Modeller(Derived(settings.cache_dir or settings.data_dir / "derived"))
    for level in found:
        outcomes = []
        for package in sorted(level.glob("*.zip"))[: limit or None]:
            outcome = _outcome(level.name, package, score, modeller, reading)
            outcomes.append(outcome)
            if rows:
                with rows.open("a") as sink:
                    sink.write(json.dumps(asdict(outcome)) + "\n")
            yield outcome
        _summary(level.name, outcomes)
        everything += outcomes
    _trust(everything)
    row("peak memory, MB (scoring included)", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def _outcome(level: str, package: Path, score: ModuleType, modeller: Modeller, reading: _Reading) -> Outcome:
    parsed = one_patent(package)
    seen = reading.figures(package, parsed, modeller)
    options = ShapeOptions(pictures=not reading.true_boxes, hidden_edges=parsed.patent.type is not PatentType.DESIGN)
    start = time.process_time()
    model = models_from(seen, parsed.patent.title, options)[0]
    seconds = time.process_time() - start
    scored = score.FAILED
    if model.mesh is not None:
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "model.ply"
            model.mesh.export(path)
            scored = score.score(path, package.parent / "truth" / f"{package.stem}.stl")
    return Outcome(
        level,
        package.stem,
        model.status.value,
        scored["iou"],
        scored["chamfer_l1_over_diag"],
        seconds,
        model.quality,
        scored["watertight"],
        _evidence(model),
    )


def _evidence(model: Model) -> dict[str, Any]:
    """What the self-check saw, to fit its weights on."""
    used = [check for check in model.figures if check.used]
    return {
        "figures": [(check.view, check.silhouette_iou, check.line_score) for check in used],
        "residual": model.extents_residual,
        "extents": model.extents,
        "depths": [(each.basis.value, each.share, each.depth) for each in model.depths],
        "notes": [note.code for note in model.notes],
        "missing": [side.value for side in model.missing],
    }


def _summary(level: str, outcomes: Sequence[Outcome]) -> None:
    if not outcomes:
        return
    iou = np.array([each.iou for each in outcomes])
    seconds = np.array([each.seconds for each in outcomes])
    made = [each for each in outcomes if each.iou > 0]
    chamfer = f"{np.median([each.chamfer for each in made]):.4f}" if made else "-"
    closed = np.mean([each.watertight for each in made]) if made else 0
    row(
        f"shape {level}: IoU mean / median, CD/diag, s median / p95",
        f"{iou.mean():.3f} / {np.median(iou):.3f}, {chamfer}, {np.median(seconds):.1f} / "
        f"{np.percentile(seconds, 95):.1f}, watertight {closed:.0%}, n={len(outcomes)}",
    )


def _trust(outcomes: Sequence[Outcome]) -> None:
    rated = [(each.quality, each.iou) for each in outcomes if each.quality is not None]
    if len(rated) > 3 and len({quality for quality, _ in rated}) > 1:
        rho = spearmanr(*zip(*rated, strict=True)).statistic
        high = [iou for quality, iou in rated if quality is not None and quality >= _HIGH]
        row("shape quality: Spearman with IoU", f"{rho:.2f}, n={len(rated)}")
        row(
            f"shape quality >= {_HIGH}: models, of them IoU < {_FALSE}",
            f"{len(high)}, {sum(iou < _FALSE for iou in high)}",
        )


def _ruler() -> ModuleType:
    if not RULER.is_dir():
        sys.exit(f"the ruler is not there: {RULER}")
    specification = importlib.util.spec_from_file_location("ruler_score", RULER / "score.py")
    if specification is None or specification.loader is None:
        sys.exit("the ruler cannot be loaded")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=RULER / "packages")
    parser.add_argument("--levels", default="")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--true-boxes", action="store_true")
    parser.add_argument("--figures", type=Path)
    parser.add_argument("--rows", type=Path)
    given = parser.parse_args()
    levels = [level for level in given.levels.split(",") if level]
    for outcome in _run(given.folder, levels, given.limit, _Reading(given.true_boxes, given.figures), given.rows):
        quality = "-" if outcome.quality is None else f"{outcome.quality:.2f}"
        print(
            f"  {outcome.level} {outcome.name:<34} {outcome.iou:.3f}  quality {quality}  {outcome.seconds:.1f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
