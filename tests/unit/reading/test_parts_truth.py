"""The parts list against hand-labelled patents: precision and recall of numerals, and the first name of each."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from patent2tech.formats.splitting import split_documents
from patent2tech.formats.uspto import parse_document
from patent2tech.formats.xml import parse_xml
from patent2tech.reading import figures_and_parts

TRUTH = Path(__file__).parents[2] / "data"
SHARED = Path(__file__).parents[4] / "shared" / "data"
SETS = ("parts_truth", "parts_truth_heldout", "parts_truth_test")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here; only the project's machines have it"),
]


@dataclass
class Score:
    right: int = 0
    wrong: int = 0
    missed: int = 0
    named: int = 0

    def add(self, path: Path) -> None:
        label = json.loads(path.read_text())
        with (SHARED / label["source"]).open("rb") as stream:
            content = list(split_documents(stream))[label["document"]]
        assert isinstance(content, bytes)
        patent = parse_document(parse_xml(content))
        assert str(patent.number) == label["number"]
        found = {part.numeral: part.names[0] for part in figures_and_parts(patent)[1]}
        truth = {ascii_prime(numeral): names for numeral, names in label["parts"].items()}
        optional = {ascii_prime(numeral) for numeral in label.get("optional", {})}
        hits = truth.keys() & found.keys()
        self.right += len(hits)
        self.wrong += len(found.keys() - truth.keys() - optional)
        self.missed += len(truth.keys() - found.keys())
        self.named += sum(wording(found[numeral]) in map(wording, truth[numeral]) for numeral in hits)


def ascii_prime(numeral: str) -> str:
    return numeral.replace("′", "'").replace("’", "'")


def wording(name: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", name.lower().replace("-", " ")).strip()


@pytest.mark.parametrize("labelled", SETS)
def test_precision_and_recall_are_at_least_95_percent(labelled: str) -> None:
    score = Score()
    paths = sorted((TRUTH / labelled).glob("*.json"))
    assert len(paths) == 10
    for path in paths:
        score.add(path)
    assert score.right / (score.right + score.wrong) >= 0.95
    assert score.right / (score.right + score.missed) >= 0.95
    assert score.named / score.right >= 0.9
