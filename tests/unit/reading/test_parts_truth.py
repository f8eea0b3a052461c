"""The parts list against hand-labelled patents: precision and recall of numerals, and the first name of each."""

import pytest

from benchmarks.corpus import SHARED
from benchmarks.parts import SETS, score

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here; only the project's machines have it"),
]


@pytest.mark.parametrize("labelled", SETS)
def test_precision_and_recall_are_at_least_95_percent(labelled: str) -> None:
    found = score(labelled)
    assert found.patents == 10
    assert found.precision >= 0.95
    assert found.recall >= 0.95
    assert found.first_name >= 0.9
