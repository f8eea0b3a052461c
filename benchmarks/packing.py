"""Time of whole commands, as a user waits for them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.corpus import documents, typical, weekly_files
from benchmarks.measuring import median_of_commands, row

_RUNS = 5


def run() -> None:
    """Print the times of pack and import; the first start of the database is timed apart."""
    with tempfile.TemporaryDirectory(prefix="p2t-bench-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        environment = {**os.environ, "P2T_DATA_DIR": str(place / "data")}
        out = str(place / "packs")
        row("pack: first command on this machine, s", f"{_pack(1, typical(), out, environment):.2f}")
        row("pack: typical patent with its sheets, s", f"{_pack(_RUNS, typical(), out, environment):.2f}")
        many = place / "many.xml"
        many.write_text(_patent_of_200_claims(), encoding="utf-8")
        row("pack: 200 claims, 300 paragraphs, s", f"{_pack(_RUNS, many, out, environment):.2f}")
        paths = [str(path) for path in weekly_files()]
        seconds = median_of_commands(1, ["import", *paths], environment)
        count = sum(1 for _ in documents())
        row("import: documents, per second", f"{count}, {count / seconds:.0f}")
        seconds = median_of_commands(1, ["import", *paths], environment)
        row("import again, all unchanged: per second", f"{count / seconds:.0f}")


def _pack(runs: int, source: Path, out: str, environment: dict[str, str]) -> float:
    return median_of_commands(runs, ["pack", str(source), "--out", out], environment)


def _patent_of_200_claims() -> str:
    claims = "".join(_claim(number) for number in range(1, 201))
    paragraphs = "".join(
        f'<p num="{number:04}">Referring to FIG. {number % 20 + 1}, the body {10 + 2 * (number % 40)} carries a flange '
        f"{11 + 2 * (number % 40)}. The ring 12 reduces leakage, which known couplings suffer from.</p>"
        for number in range(1, 301)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><us-patent-grant lang="EN" dtd-version="v4.5 2014-04-03">'
        "<us-bibliographic-data-grant><publication-reference><document-id><country>US</country>"
        "<doc-number>09900200</doc-number><kind>B2</kind><date>20210105</date></document-id></publication-reference>"
        "<invention-title>Coupling</invention-title></us-bibliographic-data-grant>"
        f'<description id="d">{paragraphs}</description><claims id="c">{claims}</claims></us-patent-grant>'
    )


def _claim(number: int) -> str:
    opening = "A coupling comprising:"
    if number % 20 != 1:
        opening = f'The coupling of <claim-ref idref="CLM-{number - 1:05}">claim {number - 1}</claim-ref>, comprising:'
    body = escape(f"a body {10 + 2 * (number % 40)}; and a nut clamping a ring 12.")
    return (
        f'<claim id="CLM-{number:05}" num="{number:05}"><claim-text>{number}. {opening}'
        f"<claim-text>{body}</claim-text></claim-text></claim>"
    )
