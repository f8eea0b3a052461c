"""Precision and recall of the parts list on the hand-labelled patents."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import SHARED
from benchmarks.measuring import row
from patent2tech.formats.splitting import split_documents
from patent2tech.formats.uspto.document import parse_document
from patent2tech.formats.xml import parse_xml
from patent2tech.reading import figures_and_parts

_TRUTH = Path(__file__).parents[1] / "tests" / "data"
SETS = {
    "parts_truth": "rules were written on it",
    "parts_truth_heldout": "rules were corrected on it",
    "parts_truth_test": "looked at last",
}


def run() -> None:
    """Print the figures per set, where the labelled documents are at hand."""
    if not SHARED.is_dir():
        row("parts list", "needs ../shared/data")
        return
    for name, remark in SETS.items():
        found = score(name)
        row(
            f"parts list, {name} ({remark})",
            f"precision {found.precision:.3f}, recall {found.recall:.3f}, first name {found.first_name:.3f}, "
            f"n={found.right + found.missed}",
        )


@dataclass(slots=True)
class Score:
    """Numerals found rightly, wrongly and not at all, and rightly found ones whose first name is right."""

    patents: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    named: int = 0

    @property
    def precision(self) -> float:
        """The share of found numerals that are parts."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of parts that were found."""
        return self.right / (self.right + self.missed)

    @property
    def first_name(self) -> float:
        """The share of found parts whose first name is one that the text uses."""
        return self.named / self.right


def score(name: str) -> Score:
    """Compare the parts lists of one labelled set with its labels."""
    total = Score()
    for path in sorted((_TRUTH / name).glob("*.json")):
        label = json.loads(path.read_text())
        found = _found(SHARED / label["source"], label["document"])
        truth = {_numeral(numeral): names for numeral, names in label["parts"].items()}
        optional = {_numeral(numeral) for numeral in label.get("optional", {})}
        hits = truth.keys() & found.keys()
        total.patents += 1
        total.right += len(hits)
        total.wrong += len(found.keys() - truth.keys() - optional)
        total.missed += len(truth.keys() - found.keys())
        total.named += sum(_wording(found[numeral]) in map(_wording, truth[numeral]) for numeral in hits)
    return total


def _found(source: Path, document: int) -> dict[str, str]:
    with source.open("rb") as stream:
        content = list(split_documents(stream))[document]
    if not isinstance(content, bytes):
        raise content
    parts = figures_and_parts(parse_document(parse_xml(content)))[1]
    return {part.numeral: part.names[0] for part in parts}


def _numeral(text: str) -> str:
    return text.replace("′", "'").replace("’", "'")


def _wording(name: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", name.lower().replace("-", " ")).strip()
