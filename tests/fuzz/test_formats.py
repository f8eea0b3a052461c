"""Mutated real documents: a patent or a typed refusal, within the time and memory of one document.

`make fuzz DOCUMENTS=100000` runs more than the share of continuous integration.
"""

import datetime as dt
import os
import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from patent2tech.errors import BadInput
from patent2tech.formats import Parsed, read_path, read_upload
from patent2tech.formats.splitting import split_documents
from patent2tech.reading import PatentRead, read
from patent2tech.samples import sample_names, sample_path
from tests.fuzz.mutating import mutated
from tests.pdf_files import BODY, FRONT, drawing, pdf

DOCUMENTS = int(os.environ.get("P2T_FUZZ_DOCUMENTS", "400"))
SEED = int(os.environ.get("P2T_FUZZ_SEED", "20261123"))
MAX_SECONDS = 5.0
MAX_BYTES = 1024**3
REPORTED = 10_000
LONGEST_SOURCE = 400_000
SHARED = Path(__file__).parents[3] / "shared" / "data"
KINDS = {".xml", ".txt", ".json", ".zip", ".greenbook", ".html", ".pdf"}


def sources() -> list[bytes]:
    """Documents of every format at hand, one each."""
    found = [sample_path(name).read_bytes() for name in sample_names()]
    found += [pdf(FRONT, drawing(), BODY), pdf(BODY)]
    found += [
        each.content for name in sample_names() for each in read_path(sample_path(name)) if isinstance(each, Parsed)
    ]
    for path in sorted(SHARED.rglob("*")):
        if path.suffix.lower() in KINDS and "dtd" not in path.parent.name:
            with path.open("rb") as stream:
                first = next(split_documents(stream), b"") if path.suffix.lower() == ".xml" else stream.read()
            if isinstance(first, bytes) and 0 < len(first) <= LONGEST_SOURCE:
                found.append(first)
    return found


def ends_of(content: bytes) -> Counter[str]:
    """What became of each document; anything but an outcome or a typed refusal is raised."""
    ends: Counter[str] = Counter()
    try:
        for outcome in read_upload("mutated", content):
            ends[type(outcome).__name__] += 1
            if isinstance(outcome, Parsed):
                PatentRead.of(read(outcome.patent, dt.date(2026, 11, 23))).model_dump_json()
    except BadInput as refusal:
        ends["refused" if str(refusal) else "refused without a word"] += 1
    return ends


@pytest.fixture(autouse=True)
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pages of scans empty: OCR takes its 8 to 15 s for each, whatever is on it."""
    monkeypatch.setattr("patent2tech.formats.pdf.pages.read_scan", lambda *_: ())


def test_no_mutated_document_crashes_hangs_or_swells() -> None:
    documents, chance = sources(), random.Random(SEED)
    ends: Counter[str] = Counter()
    slowest, slowest_number = 0.0, 0
    for number in range(DOCUMENTS):
        content = mutated(chance, chance.choice(documents), documents)
        start = time.process_time()
        ends += ends_of(content)
        seconds = time.process_time() - start
        if seconds > slowest:
            slowest, slowest_number = seconds, number
        if number % REPORTED == REPORTED - 1:
            sys.stdout.write(f"\n{number + 1} documents, slowest {slowest:.2f} s")
            sys.stdout.flush()
        assert slowest < MAX_SECONDS, f"document {number} of seed {SEED} took {slowest:.1f} s"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    found = f"{DOCUMENTS} documents of {len(documents)}: {dict(ends)}"
    sys.stdout.write(f"\n{found}, {slowest:.2f} s (number {slowest_number}), {peak / 1e6:.0f} MB\n")
    assert ends["Parsed"] > 0
    assert ends["refused without a word"] == 0
    assert peak < MAX_BYTES
